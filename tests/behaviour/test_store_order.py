"""Does every follower of the store see everything, in one order, whoever writes at the same time?"""

from concurrent.futures import ThreadPoolExecutor
from threading import Event
from uuid import UUID, uuid4

import pytest
from eventsourcing.persistence import IntegrityError, StoredEvent

from hub.adapters.placed_rows import PlacedRows
from hub.adapters.recorder_port import Recorder
from hub.application.ports import Term
from hub.domain.errors import Conflict
from tests.support.engines import Engine
from tests.support.in_time import in_time

WRITERS = 4
SAVES = 25


@pytest.fixture
def recorder(engine: Engine) -> Recorder:
    return engine.recorder()


def an_event(stream: UUID, version: int, state: bytes = b"sealed") -> StoredEvent:
    return StoredEvent(stream, version, "k01", state)


def write(recorder: Recorder, stream: UUID) -> list[int]:
    """The positions of many saves, each of two events, on one stream."""
    found: list[int] = []
    for number in range(SAVES):
        found += recorder.insert_events([an_event(stream, 2 * number + 1), an_event(stream, 2 * number + 2)]) or ()
    return found


def follow(recorder: Recorder, written: Event) -> list[int]:
    """The positions that a follower saw: it never looks back."""
    seen: list[int] = []
    while True:
        last_look = written.is_set()
        rows = recorder.select_notifications(seen[-1] if seen else 0, 7, inclusive_of_start=False)
        seen += [row.id for row in rows]
        if last_look and not rows:
            return seen


def test_no_follower_skips_a_position_while_four_write_at_once(recorder: Recorder) -> None:
    written = Event()
    with ThreadPoolExecutor(WRITERS + 2) as pool:
        followers = [pool.submit(follow, recorder, written) for _ in range(2)]
        writers = [pool.submit(write, recorder, uuid4()) for _ in range(WRITERS)]
        positions = sorted(position for writer in writers for position in writer.result(120))
        written.set()
        assert len(set(positions)) == WRITERS * SAVES * 2
        assert [follower.result(120) for follower in followers] == [positions, positions]


def test_positions_come_back_in_the_order_of_the_events_given(recorder: Recorder) -> None:
    stream = uuid4()
    given = [an_event(stream, version) for version in range(300, 0, -1)]
    positions = recorder.insert_events(given) or ()
    found = recorder.select_notifications(0, 1000, inclusive_of_start=False)
    assert [(row.id, row.originator_version) for row in found] == list(zip(positions, range(300, 0, -1), strict=True))


def test_rows_are_found_at_their_positions_however_many_and_none_where_there_is_none(recorder: Recorder) -> None:
    stream = uuid4()
    given = [an_event(stream, version, version.to_bytes(2, "big")) for version in range(1, 302)]
    positions = tuple(recorder.insert_events(given) or ())
    found = PlacedRows(recorder).rows_at((*positions[::2], positions[-1] + 7))
    said = {at: (row.position, row.stream_id, row.version, row.code, row.state) for at, row in found.items()}
    pairs = tuple(zip(positions, given, strict=True))[::2]
    assert said == {at: (at, stream, one.originator_version, one.topic, one.state) for at, one in pairs}
    assert PlacedRows(recorder).rows_at(()) == {}


def test_a_collision_keeps_nothing_of_the_save(recorder: Recorder) -> None:
    stream, other, term = uuid4(), uuid4(), Term(b"t" * 32, uuid4())
    recorder.insert_events([an_event(stream, 1)])
    with pytest.raises(IntegrityError):
        recorder.insert_events([an_event(other, 1), an_event(stream, 1)], terms=(term,))
    assert recorder.version(other) == 0
    assert not recorder.terms_with(term.token)


def test_terms_are_kept_with_their_events_and_once(recorder: Recorder) -> None:
    stream, one, two = uuid4(), UUID(int=1), UUID(int=2)
    terms = (Term(b"t" * 32, two), Term(b"t" * 32, one), Term(b"t" * 32, two))
    recorder.insert_events([an_event(stream, 1)], terms=terms)
    recorder.insert_events([an_event(stream, 2)], terms=terms)
    assert [term.person_id for term in recorder.terms_with(b"t" * 32)] == [one, two]
    assert recorder.terms_with(b"u" * 32) == ()
    assert [term.person_id for term in recorder.terms_after(Term(b"t" * 32, one), 5)] == [two]


def test_a_stream_that_moved_on_since_it_was_read_refuses_the_save(recorder: Recorder) -> None:
    read, other, empty = uuid4(), uuid4(), uuid4()
    recorder.insert_events([an_event(read, 1)])
    recorder.insert_events([an_event(other, 1)], seen=((read, 1), (empty, 0)))
    recorder.insert_events([an_event(read, 2)])
    for seen in (((read, 1),), ((empty, 0), (read, 1)), ((empty, 1),)):
        with pytest.raises(Conflict):
            recorder.insert_events([an_event(other, 2)], seen=seen)
    assert recorder.version(other) == 1


def test_of_two_that_decided_on_one_history_only_one_is_kept(recorder: Recorder) -> None:
    read = uuid4()

    def decide(number: int) -> bool:
        try:
            recorder.insert_events([an_event(read, 1, bytes([number]))], seen=((read, 0),))
        except (Conflict, IntegrityError):
            return False
        return True

    with ThreadPoolExecutor(WRITERS) as pool:
        assert sum(pool.map(decide, range(12))) == 1
    assert recorder.version(read) == 1


def test_two_thousand_events_are_kept_in_one_save(recorder: Recorder) -> None:
    stream = uuid4()
    events = [an_event(stream, version, version.to_bytes(2, "big") * 550) for version in range(1, 2001)]
    positions = in_time(20, lambda: recorder.insert_events(events)) or ()
    assert len(positions) == 2000
    assert [row.state for row in recorder.select_events(stream)] == [event.state for event in events]
