"""Does the budget of searches hold in one moment too, and for every way in which a child is looked for?"""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from threading import Barrier

import pytest

from consent.decide import LawSettings
from contracts.events.access import ReadDecided
from contracts.events.hub import Actor, SearchMade
from contracts.events.need import AlarmKind, AlarmRaised
from contracts.identifiers import Identifier, parse_identifier
from contracts.vocabulary import CheckState, Purpose, Telling
from hub.application.answer_family import AnsweringFamilies, answer_family
from hub.application.enrol import enrol_staff
from hub.application.list_shares import list_shares
from hub.application.read_chronology import read_chronology
from hub.application.share_reports import share_reports
from hub.application.stand_to import Deciding
from hub.application.state_telling import StatingTelling, state_telling, undo_telling
from hub.domain.errors import AccessRefused
from hub.domain.searching import Budget
from hub.domain.told import NowTold
from tests.support.families import CALLED, CHECKS, FATHER
from tests.support.given import ROBIN, a_child, a_concern, an_actor, an_id
from tests.support.sharers import SharingHub

THERE = parse_identifier(f"nhs:{ROBIN}")
SMALL = Budget(person=5, agency=8)
DAY = date(2026, 10, 6)


@pytest.fixture
def hub(tmp_path: Path) -> SharingHub:
    """Robin is known; two members of staff are on the registry."""
    made = SharingHub(tmp_path)
    made.receive(a_concern())
    for actor in (an_actor(), CHECKS):
        enrol_staff(made.store, made.clock, actor, "Somebody Invented", "hash")
    return made


def numbers() -> Iterator[Identifier]:
    """Well formed numbers of the range for tests, one after the other; none is Robin's."""
    tried = (parse_identifier(f"nhs:99900{tail:05}") for tail in range(20_000, 100_000))
    return (one for one in tried if one.check is CheckState.PASSED)


def some(count: int) -> list[Identifier]:
    return [child for child, _ in zip(numbers(), range(count), strict=False)]


def deciding(hub: SharingHub) -> Deciding:
    return replace(hub.deciding(), budget=SMALL)


def ask(hub: SharingHub, actor: Actor, child: Identifier) -> bool:
    try:
        read_chronology(replace(hub.reading(), deciding=deciding(hub)), actor, child, Purpose.SECTION_47)
    except AccessRefused:
        return False
    return True


def kept(hub: SharingHub) -> list[object]:
    return [hub.store.open_row(row) for row in hub.store.rows_after(0, 5000)]


def looked_for(hub: SharingHub) -> set[str]:
    return {one.token for one in kept(hub) if isinstance(one, SearchMade)}


def in_one_moment(asks: Sequence[Callable[[], bool]]) -> list[bool]:
    """What each answers, all begun together, each in a thread of its own."""
    ready = Barrier(len(asks))

    def begin(one: Callable[[], bool]) -> bool:
        ready.wait(timeout=120)
        return one()

    with ThreadPoolExecutor(len(asks)) as pool:
        return [begun.result(timeout=300) for begun in [pool.submit(begin, one) for one in asks]]


def test_one_person_who_asks_many_times_in_one_moment_gets_no_further(hub: SharingHub) -> None:
    answered = in_one_moment([partial(ask, hub, an_actor(), child) for child in some(SMALL.person * 3)])
    assert not any(answered)
    assert len(looked_for(hub)) == SMALL.person


def test_colleagues_who_ask_in_one_moment_are_shown_no_more_than_their_agency_may(hub: SharingHub) -> None:
    deciders, children = [an_actor(f"priya{number}") for number in range(4)], some(12)
    for actor in deciders:
        enrol_staff(hub.store, hub.clock, actor, "Somebody Invented", "hash")
    for number, child in enumerate(children):
        hub.receive(a_concern(f"N-{number}", a_child(child.value)))
    asks = [partial(ask, hub, deciders[number % 4], child) for number, child in enumerate(children)]
    assert sum(in_one_moment(asks)) <= SMALL.agency
    alarms = {one.kind for one in kept(hub) if isinstance(one, AlarmRaised)}
    assert alarms == {AlarmKind.BUDGET_OF_AGENCY}


class AtOnce:
    """Lets each answer go as soon as it is there."""

    def begin(self) -> float:
        """See answer_family.Release."""
        return 0.0

    def wait(self, begun: float) -> None:
        """See answer_family.Release."""


def ways(hub: SharingHub) -> dict[str, Callable[[Identifier], object]]:
    """What else looks for a child, by the same person."""
    actor, with_few = an_actor(), deciding(hub)
    sharing = replace(hub.sharing(), deciding=with_few)
    stating = StatingTelling(hub.store, hub.index, hub.clock, LawSettings(), with_few)
    family = AnsweringFamilies(hub.store, hub.index, hub.clock, LawSettings(), CALLED, AtOnce(), with_few)
    made = NowTold(actor, an_id("report"), "child", Telling.TOLD_AFTER, DAY, "in_person", "A social worker")
    return {
        "share": lambda child: share_reports(sharing, child, hub.asked(a_concern(), actor=actor)),
        "shares": lambda child: list_shares(sharing, actor, child),
        "telling": lambda child: state_telling(stating, child, made),
        "undo": lambda child: undo_telling(stating, child, actor, an_id("telling"), "A mistake"),
        "family": lambda child: answer_family(family, CHECKS, child, FATHER),
    }


@pytest.mark.parametrize("way", ["share", "shares", "telling", "undo", "family"])
def test_what_else_looks_for_a_child_is_counted_and_stops_with_the_budget(hub: SharingHub, way: str) -> None:
    look, before = ways(hub)[way], looked_for(hub)
    absent, *others = some(SMALL.person + 1)
    with suppress(AccessRefused):
        look(absent)
    assert len(looked_for(hub) - before) == 1
    for child in others:
        ask(hub, CHECKS if way == "family" else an_actor(), child)
    last = len(kept(hub))
    with pytest.raises(AccessRefused):
        look(THERE)
    added = kept(hub)[last:]
    assert [(one.what, one.effect) for one in added if isinstance(one, ReadDecided)] == [("search", "refused")]
    assert not [one for one in added if not isinstance(one, ReadDecided | AlarmRaised)]
