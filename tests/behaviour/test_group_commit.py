"""Are keeps of several threads made durable together, each for itself, and none by another's failure?"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier, Event
from uuid import uuid4

import pytest
from eventsourcing.persistence import IntegrityError, OperationalError, StoredEvent

from hub.adapters.group_commit import MOST_AT_ONCE, Gathering, Waiting
from hub.adapters.recorder_port import Recorder
from hub.application.ports import Entry, Stream
from hub.domain.errors import Conflict, StoreUnavailable
from tests.support.engines import Engine
from tests.support.given import a_decision, an_id
from tests.support.small_hub import SmallHub

AT_ONCE = 24


def an_event(version: int = 1) -> StoredEvent:
    return StoredEvent(uuid4(), version, "k01", b"sealed")


class Committing:
    """Commits as the test says: the first group waits until it is let go."""

    def __init__(self, fails: type[Exception] | None = None) -> None:
        self.let_go = Event()
        self.began = Event()
        self.groups: list[int] = []
        self._fails = fails

    def __call__(self, group: tuple[Waiting, ...]) -> None:
        self.groups.append(len(group))
        self.began.set()
        assert self.let_go.wait(20)
        if self._fails is not None and len(self.groups) == 1:
            raise self._fails("broken")
        for one in group:
            one.outcome = (1,)


def keep_behind_a_first(gathering: Gathering, committing: Committing, others: int) -> list[object]:
    """What each of many keeps came to: one first, and the others while it is being committed."""

    def keep() -> object:
        try:
            return gathering.keep(Waiting((), {}))
        except (OperationalError, StoreUnavailable, RuntimeError) as failed:
            return type(failed)

    with ThreadPoolExecutor(others + 1) as pool:
        first = pool.submit(keep)
        assert committing.began.wait(20)
        rest = [pool.submit(keep) for _ in range(others)]
        while len(gathering._queue) < others:
            continue
        committing.let_go.set()
        return [one.result(20) for one in (first, *rest)]


def test_whoever_waits_while_one_commits_is_committed_together() -> None:
    committing = Committing()
    found = keep_behind_a_first(Gathering(committing), committing, MOST_AT_ONCE + 5)
    assert committing.groups == [1, MOST_AT_ONCE, 5]
    assert found == [(1,)] * (MOST_AT_ONCE + 6)


@pytest.mark.parametrize(("fails", "told"), [(OperationalError, OperationalError), (RuntimeError, RuntimeError)])
def test_a_commit_that_fails_is_nobodys_and_the_next_goes_on(fails: type[Exception], told: type[Exception]) -> None:
    committing = Committing(fails)
    found = keep_behind_a_first(Gathering(committing), committing, 5)
    assert committing.groups == [1, 5]
    assert found == [told, *[(1,)] * 5]


@pytest.fixture
def recorder(engine: Engine) -> Recorder:
    return engine.recorder()


def at_once(recorder: Recorder, events: Sequence[StoredEvent]) -> list[object]:
    """The position of each event, or what its keep failed by, all kept at one moment."""
    barrier = Barrier(len(events))

    def keep(event: StoredEvent) -> object:
        barrier.wait(20)
        try:
            (position,) = recorder.insert_events([event]) or ()
        except (IntegrityError, Conflict) as failed:
            return type(failed)
        return position

    with ThreadPoolExecutor(len(events)) as pool:
        return list(pool.map(keep, events))


def test_a_keep_whose_place_is_taken_fails_alone(recorder: Recorder) -> None:
    taken = an_event()
    recorder.insert_events([taken])
    events = [taken if number % 3 == 0 else an_event() for number in range(AT_ONCE)]
    found = at_once(recorder, events)
    assert [one is IntegrityError for one in found] == [event is taken for event in events]
    kept = recorder.select_notifications(0, 100, inclusive_of_start=False)
    assert {row.originator_id for row in kept} == {event.originator_id for event in events}
    assert [row.id for row in kept] == sorted(row.id for row in kept)


def test_a_history_that_moved_on_refuses_one_and_not_its_neighbours(recorder: Recorder) -> None:
    read_id = uuid4()
    recorder.insert_events([StoredEvent(read_id, 1, "k01", b"sealed")])
    barrier = Barrier(AT_ONCE)

    def keep(number: int) -> object:
        barrier.wait(20)
        try:
            return recorder.insert_events([an_event()], seen=((read_id, number % 2),))
        except Conflict:
            return Conflict

    with ThreadPoolExecutor(AT_ONCE) as pool:
        found = list(pool.map(keep, range(AT_ONCE)))
    assert [one is Conflict for one in found] == [number % 2 == 0 for number in range(AT_ONCE)]


def test_many_who_look_at_one_child_at_once_are_all_on_record(tmp_path: Path, engine: Engine) -> None:
    hub = SmallHub(tmp_path, recorder=engine.recorder())
    person_id, barrier = uuid4(), Barrier(AT_ONCE)

    def look(number: int) -> None:
        decision = a_decision(person_id, 0).model_copy(update={"decision_id": an_id(f"look {number}")})
        barrier.wait(20)
        hub.store.keep((Entry(Stream.access(person_id), decision.decision_id, decision),))

    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(look, range(AT_ONCE)))
    kept = {one.decision_id for one in hub.store.read_access(person_id)}
    assert kept == {an_id(f"look {number}") for number in range(AT_ONCE)}
