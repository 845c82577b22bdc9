"""How long the law takes to decide: one shared item with two people, and a reading of 1,000 items."""

import time
from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from bench.figures import Figure, show
from consent.decide import decide
from consent.examples import ABOUT_HEALTH, basis, item, read, share, told
from consent.request import FactsInLaw, Item
from contracts.vocabulary import (
    AgencyKind,
    Article9,
    Confidence,
    Gateway,
    NeedLevel,
    NoConsentReason,
    PersonRole,
    Purpose,
    SensitivityTag,
    StaffRole,
    Telling,
)

CALLS = 2000
_TAGS = frozenset({SensitivityTag.OFFICIAL_SENSITIVE})


def measure() -> None:
    """Print the figures."""
    reading = read(StaffRole.MASH_DECISION_MAKER, Purpose.SECTION_47)
    few, many = FactsInLaw(_items(20)), FactsInLaw(_items(1000))
    sharing = share(AgencyKind.POLICE, AgencyKind.NHS, purpose=Purpose.SECTION_47, need=NeedLevel.SIGNIFICANT_HARM)
    shared = FactsInLaw((_shared(),))
    show("decide_sharing_one_item_two_people", _each(lambda: decide(sharing, shared), CALLS), "under 0.2 ms")
    show("decide_reading_20_items", _each(lambda: decide(reading, few), CALLS), "under 0.2 ms")
    show("decide_reading_1000_items", _each(lambda: decide(reading, many), 100), "under 10 ms")


def _each(what: Callable[[], object], calls: int) -> Figure:
    what()
    seconds = []
    for _ in range(calls):
        start = time.perf_counter()
        what()
        seconds.append(time.perf_counter() - start)
    return Figure(tuple(seconds))


def _shared() -> Item:
    """One item about a child and a parent, as a concern is: two bases, two people told."""
    child = basis(
        article9=Article9.SAFEGUARDING,
        why=NoConsentReason.NOT_REASONABLE_TO_OBTAIN,
        gateway=Gateway.CA89_S47,
        confidence=Confidence.PUBLIC_INTEREST,
        policy=True,
    )
    parent = told(Telling.TOLD_AT)
    mother = replace(child, person=parent.person, role=parent.role)
    tellings = (parent, replace(parent, person=child.person, role=PersonRole.CHILD))
    return item(AgencyKind.POLICE, child, mother, classes=ABOUT_HEALTH, tags=_TAGS, tellings=tellings)


def _items(count: int) -> tuple[Item, ...]:
    one = item(AgencyKind.POLICE, tags=_TAGS)
    return tuple(replace(one, item_id=UUID(int=number)) for number in range(count))
