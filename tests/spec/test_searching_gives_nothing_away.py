"""Can anybody find out who is known by asking for one number after another, or by how long an answer takes?"""

import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from statistics import median
from time import perf_counter
from uuid import UUID

import pytest

from contracts.events.access import EmergencyReason, ReadDecided
from contracts.events.hub import Actor, SearchMade
from contracts.events.need import AlarmKind, AlarmRaised
from contracts.identifiers import Identifier, parse_identifier
from contracts.vocabulary import AgencyKind, CheckState, Purpose, StaffRole
from hub.application.break_glass import break_glass
from hub.application.enrol import enrol_staff
from hub.application.ports import Store
from hub.application.read_chronology import Reading, read_chronology
from hub.domain.emergency import Opening
from hub.domain.errors import AccessRefused
from hub.domain.searching import Budget
from tests.support.given import ROBIN, WREN, a_concern, an_actor
from tests.support.ranks import rank_test
from tests.support.small_hub import SmallHub
from tests.support.watched_store import WatchedStore

THERE, ABSENT = parse_identifier(f"nhs:{ROBIN}"), parse_identifier(f"nhs:{WREN}")
SAM = an_actor("sam", "school", AgencyKind.ACADEMY, StaffRole.PRACTITIONER)
KIM = an_actor("kim", "school", AgencyKind.ACADEMY, StaffRole.PRACTITIONER)
PRIYA = an_actor()
SMALL = Budget(person=5, agency=8)
AMPLE = Budget(person=10**6, agency=10**6)
SAMPLES = 1000  # of each of two
LEAST_CHANCE = 0.001


@pytest.fixture
def hub(tmp_path: Path) -> SmallHub:
    """Robin is known, by many reports; nobody else is."""
    made = SmallHub(tmp_path)
    for number in range(20):
        made.receive(a_concern(f"C-{number}"))
    for actor in (SAM, KIM, PRIYA):
        enrol_staff(made.store, made.clock, actor, "Somebody Invented", "hash")
    return made


def numbers() -> Iterator[Identifier]:
    """Well formed numbers of the range for tests, one after the other."""
    tried = (parse_identifier(f"nhs:99900{tail:05}") for tail in range(100_000))
    return (one for one in tried if one.check is CheckState.PASSED)


def reading(hub: SmallHub, budget: Budget = SMALL) -> Reading:
    made = hub.reading()
    return replace(made, deciding=replace(made.deciding, budget=budget))


def ask(hub: SmallHub, child: Identifier, actor: Actor = SAM, budget: Budget = SMALL) -> bool:
    try:
        read_chronology(reading(hub, budget), actor, child, Purpose.SECTION_47)
    except AccessRefused:
        return False
    return True


def kept(hub: SmallHub) -> list[object]:
    return [hub.store.open_row(row) for row in hub.store.rows_after(0, 5000)]


def test_asking_for_one_number_after_another_ends_at_the_budget_with_all_of_it_on_record(hub: SmallHub) -> None:
    for child, _ in zip(numbers(), range(40), strict=False):
        assert not ask(hub, child)
    facts = kept(hub)
    searches = [one for one in facts if isinstance(one, SearchMade)]
    stopped = [one for one in facts if isinstance(one, ReadDecided) and one.what == "search"]
    alarms = [one for one in facts if isinstance(one, AlarmRaised)]
    assert (len({one.token for one in searches}), len(stopped)) == (SMALL.person, 40 - SMALL.person)
    assert {one.effect for one in stopped} == {"refused"}
    assert [(one.kind, one.actor.subject, one.count) for one in alarms] == [(AlarmKind.BUDGET_OF_PERSON, "sam", 5)]


def test_who_may_read_is_stopped_at_the_budget_too_and_in_an_emergency(hub: SmallHub) -> None:
    for child, _ in zip(numbers(), range(SMALL.person), strict=False):
        ask(hub, child, PRIYA)
    assert not ask(hub, THERE, PRIYA)
    with pytest.raises(AccessRefused):
        break_glass(reading(hub), Opening(PRIYA, EmergencyReason.HURT, hub.clock.now()), THERE)


def test_looking_again_costs_nothing_and_the_next_hour_has_room(hub: SmallHub) -> None:
    for _ in range(SMALL.person * 2):
        assert ask(hub, THERE, PRIYA)
    for child, _ in zip(numbers(), range(SMALL.person + 1), strict=False):
        ask(hub, child, PRIYA)
    assert ask(hub, THERE, PRIYA)
    other = next(numbers())
    assert not ask(hub, other, PRIYA)
    hub.clock.forward(timedelta(hours=1))
    before = len([one for one in kept(hub) if isinstance(one, SearchMade)])
    ask(hub, other, PRIYA)
    assert len([one for one in kept(hub) if isinstance(one, SearchMade)]) == before + 1


def test_colleagues_share_the_budget_of_their_agency(hub: SmallHub) -> None:
    children = [child for child, _ in zip(numbers(), range(10), strict=False)]
    for actor, own in ((SAM, children[:5]), (KIM, children[5:])):
        for child in own:
            ask(hub, child, actor)
    (alarm,) = [one for one in kept(hub) if isinstance(one, AlarmRaised)]
    assert (alarm.kind, alarm.actor.subject, alarm.count) == (AlarmKind.BUDGET_OF_AGENCY, "kim", 8)


def test_running_out_tells_nothing_of_who_is_there(hub: SmallHub) -> None:
    others = [child for child, _ in zip(numbers(), range(SMALL.person), strict=False)]
    for first in (THERE, ABSENT):
        for child in (first, *others[1:]):
            ask(hub, child)
        before = len(kept(hub))
        assert not ask(hub, others[0])
        assert len(kept(hub)) - before in (1, 2)  # refused, and those who check are told once an hour
        hub.clock.forward(timedelta(hours=1))


class LeakingStore(WatchedStore):
    """Reads a history, where there is one, again and again before it says at which version it is."""

    def history_version(self, person_id: UUID) -> int:
        """See ports.Store."""
        for _ in range(20):
            super().read_history(person_id)
        return super().history_version(person_id)


def seconds(hub: SmallHub, store: Store, child: Identifier) -> float:
    made = replace(reading(hub, AMPLE), store=store)
    start = perf_counter()
    with pytest.raises(AccessRefused):
        read_chronology(made, SAM, child, Purpose.SECTION_47)
    return perf_counter() - start


def measured(hub: SmallHub, store: Store, samples: int) -> tuple[float, float, float]:
    """The chance that both refusals take the same time, by ranks; and the median of each in milliseconds.

    Interleaved, each first in turn, so that whatever else the machine does falls on both alike.
    """
    forbidden: list[float] = []
    absent: list[float] = []
    for number in range(samples):
        order = ((THERE, forbidden), (ABSENT, absent))
        for child, found in order if number % 2 else order[::-1]:
            found.append(seconds(hub, store, child))
    return rank_test(forbidden, absent), median(forbidden) * 1000, median(absent) * 1000


@pytest.mark.slow
def test_a_refusal_takes_as_long_for_absent_as_for_forbidden(hub: SmallHub, capsys: pytest.CaptureFixture[str]) -> None:
    """Fails where three measurements in a row say that the two differ: one alone does so by chance now and then."""
    for _ in range(3):
        chance, forbidden, absent = measured(hub, hub.store, SAMPLES)
        with capsys.disabled():
            sys.stdout.write(
                f"\n  {SAMPLES} refusals each: forbidden {forbidden:.3f} ms, absent {absent:.3f} ms, "
                f"rank test p = {chance:.3f}\n"
            )
        if chance > LEAST_CHANCE:
            return
    pytest.fail("a refusal for a known child takes another time than one for a child who is not there")


@pytest.mark.slow
def test_the_rank_test_finds_a_refusal_that_reads_the_history(hub: SmallHub) -> None:
    chance, forbidden, absent = measured(hub, LeakingStore(hub.store), 150)
    assert chance < LEAST_CHANCE
    assert forbidden > absent


def test_the_rank_test_knows_like_from_unlike() -> None:
    one = [float(number % 17) for number in range(400)]
    assert rank_test(one, one) > 0.9
    assert rank_test(one, [value + 4 for value in one]) < LEAST_CHANCE
