"""How long the law takes to decide: one shared item with two people, and a reading of 1,000 items."""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

from bench.figures import Figure, show
from consent.decide import decide
from consent.request import Act, FactsInLaw, Item, PersonBasis, PersonTelling, Request
from contracts.vocabulary import (
    AgencyKind,
    Article6,
    Article9,
    Confidence,
    ConsentState,
    FieldClass,
    Gateway,
    NeedLevel,
    NoConsentReason,
    PersonRole,
    Purpose,
    Regime,
    SensitivityTag,
    StaffRole,
    Telling,
)

CALLS = 2000


def measure() -> None:
    """Print the figures."""
    reading = _request()
    few, many = FactsInLaw(_items(20)), FactsInLaw(_items(1000))
    sharing, shared = _sharing(), FactsInLaw((_shared(),))
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


def _sharing() -> Request:
    return replace(_request(), act=Act.SHARE, recipient="urn:childhub:agency:health", recipient_kind=AgencyKind.NHS)


def _shared() -> Item:
    """One item about a child and a parent, as a concern is: two bases, two people told."""
    people = (("child", PersonRole.CHILD), ("mother", PersonRole.PARENT_OR_CARER))
    bases = tuple(
        PersonBasis(
            person=person,
            role=role,
            article6=Article6.PUBLIC_TASK,
            annex1=None,
            article9=Article9.SAFEGUARDING,
            no_consent_reason=NoConsentReason.NOT_REASONABLE_TO_OBTAIN,
            article10=False,
            gateway=Gateway.CA89_S47,
            regime=Regime.UK_GDPR,
            confidence=Confidence.PUBLIC_INTEREST,
            consent=ConsentState.NOT_BASIS,
            authority_36_4=None,
            policy_document=True,
        )
        for person, role in people
    )
    tellings = tuple(PersonTelling(person, role, Telling.TOLD_AT) for person, role in people)
    (item,) = _items(1)
    return replace(item, classes=item.classes | {FieldClass.HEALTH}, bases=bases, tellings=tellings)


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
