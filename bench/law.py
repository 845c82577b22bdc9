"""How long the law takes to decide: one shared item with two people, and a reading of 1,000 items."""

import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from uuid import UUID

from bench.figures import Figure, show
from consent.decide import decide
from consent.request import Act, FactsInLaw, Item, Request
from contracts.vocabulary import AgencyKind, FieldClass, NeedLevel, Purpose, SensitivityTag, StaffRole

CALLS = 2000


def measure() -> None:
    """Print the figures."""
    reading = _request()
    few, many = FactsInLaw(_items(20)), FactsInLaw(_items(1000))
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


def _request() -> Request:
    return Request(
        act=Act.READ,
        on=date(2026, 11, 21),
        purpose=Purpose.SECTION_47,
        agency="urn:childhub:agency:social-care",
        agency_kind=AgencyKind.LOCAL_AUTHORITY,
        role=StaffRole.MASH_DECISION_MAKER,
        need=NeedLevel.SIGNIFICANT_HARM,
        urgent=False,
    )


def _items(count: int) -> tuple[Item, ...]:
    day = datetime(2026, 10, 1, tzinfo=UTC).date()
    return tuple(
        Item(
            item_id=UUID(int=number),
            type="concern.raised",
            agency="urn:childhub:agency:police",
            agency_kind=AgencyKind.POLICE,
            happened=day,
            received=day,
            classes=frozenset({FieldClass.ADMINISTRATIVE, FieldClass.IDENTITY, FieldClass.NARRATIVE}),
            tags=frozenset({SensitivityTag.OFFICIAL_SENSITIVE}),
            restricted=frozenset(),
            bases=(),
            tellings=(),
        )
        for number in range(count)
    )
