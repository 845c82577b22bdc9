"""What does the duty to share of the Children Act 2004, s16LA, change, and what does it change before it starts?"""

from datetime import date

import pytest

from consent.circumstances import Circumstances, Refusal
from consent.decide import decide
from consent.examples import basis, item, share
from consent.packs import LawSettings
from consent.request import FactsInLaw
from contracts.vocabulary import AgencyKind, Article6, Gateway

DUTY = basis(Article6.LEGAL_OBLIGATION, gateway=Gateway.CA04_S16LA)
NHS = AgencyKind.NHS
FACTS = FactsInLaw((item(NHS, DUTY),))
START = date(2026, 9, 30)


@pytest.mark.parametrize(
    ("settings", "on", "permitted"),
    [
        (LawSettings(), date(2026, 10, 6), False),
        (LawSettings(START), date(2026, 9, 29), False),
        (LawSettings(START), START, True),
        (LawSettings(START), date(2026, 10, 6), True),
    ],
)
def test_the_duty_carries_a_share_from_the_day_that_is_set(settings: LawSettings, on: date, permitted: bool) -> None:
    outcome = decide(share(NHS, on=on), FACTS, settings=settings)
    assert outcome.permitted is permitted
    assert bool(outcome.fixes) is not permitted


def test_a_body_outside_the_list_may_be_brought_in_by_designation() -> None:
    facts = FactsInLaw((item(AgencyKind.ACADEMY, DUTY),), Circumstances(sharer_designated=True))
    assert decide(share(AgencyKind.ACADEMY), facts, settings=LawSettings(START)).permitted
    undesignated = FactsInLaw(facts.items)
    assert not decide(share(AgencyKind.ACADEMY), undesignated, settings=LawSettings(START)).permitted


def test_detriment_to_the_child_stops_even_an_urgent_share_once_someone_has_decided_so() -> None:
    around = Circumstances(more_detrimental=Refusal("reprisal", "housing manager", date(2026, 10, 20)))
    outcome = decide(share(NHS, urgent=True), FactsInLaw(FACTS.items, around), settings=LawSettings(START))
    assert not outcome.permitted
    assert "s16LA(3)" in outcome.bars[0].citation


def test_a_decision_not_to_share_that_nobody_signed_does_not_stop_an_urgent_share() -> None:
    around = Circumstances(more_detrimental=Refusal("reprisal", None, date(2026, 10, 20)))
    outcome = decide(share(NHS, urgent=True), FactsInLaw(FACTS.items, around), settings=LawSettings(START))
    assert outcome.permitted
    assert "section-16la-refusal-incomplete" in {each.rule for each in outcome.fixes}


def test_without_the_duty_there_is_no_statutory_exception_to_it() -> None:
    around = Circumstances(more_detrimental=Refusal("reprisal", "housing manager", date(2026, 10, 20)))
    facts = FactsInLaw((item(NHS, basis()),), around)
    assert decide(share(NHS), facts).permitted
