"""What is true of every answer of the law, whatever is asked?"""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from consent.circumstances import AccessExemption, Circumstances, Investigation, LogUse, Requester, ServiceAgreement
from consent.decide import RULEBOOK, Outcome, decide
from consent.finding import Effect
from consent.minimise import held_classes
from consent.packs import LawSettings, boundaries, pack_on
from consent.request import Act, FactsInLaw, Item, PersonBasis, PersonTelling, Request
from contracts.vocabulary import FieldClass, SensitivityTag

DAYS = st.dates(date(2018, 6, 1), date(2027, 12, 31))
SETTINGS = st.builds(LawSettings, st.none() | st.just(date(2026, 9, 30)))
CITED = {rule.law.id: rule.law for rule in RULEBOOK}
AGENCIES = st.sampled_from(("northborough", "hexley", "fenwold"))

BASES = st.builds(
    PersonBasis, person=st.sampled_from(("person-1", "person-2")), authority_36_4=st.none() | st.just("x")
)
TELLINGS = st.builds(PersonTelling, person=st.just("person-1"), review_on=st.none() | DAYS)
AROUND = st.builds(
    Circumstances,
    service_agreement=st.sampled_from(ServiceAgreement),
    investigation=st.sampled_from(Investigation),
    more_detrimental=st.none(),
    requester=st.none() | st.sampled_from(Requester),
    exemption=st.none() | st.sampled_from(AccessExemption),
    log_use=st.none() | st.sampled_from(LogUse),
)
ITEMS = st.builds(
    Item,
    item_id=st.uuids(),
    type=st.just("concern"),
    agency=AGENCIES,
    happened=st.none(),
    received=DAYS,
    bases=st.lists(BASES, max_size=2, unique_by=lambda basis: basis.person).map(tuple),
    tellings=st.lists(TELLINGS, max_size=1).map(tuple),
    health_opinion_on=st.none() | DAYS,
    keep_until=st.none() | DAYS,
)
REQUESTS = st.builds(Request, on=DAYS, agency=AGENCIES, acknowledged=st.just(frozenset()))
FACTS = st.builds(FactsInLaw, st.lists(ITEMS, max_size=3, unique_by=lambda item: item.item_id).map(tuple), AROUND)


@given(REQUESTS, FACTS, SETTINGS)
def test_every_finding_carries_its_citation_and_says_something(
    request: Request, facts: FactsInLaw, settings: LawSettings
) -> None:
    for finding in decide(request, facts, settings=settings).findings:
        assert finding.citation == CITED[finding.rule].citation != ""
        assert finding.says.endswith(".")


@given(REQUESTS, FACTS, SETTINGS)
def test_no_bar_is_beaten(request: Request, facts: FactsInLaw, settings: LawSettings) -> None:
    outcome = decide(request, facts, settings=settings)
    for bar in outcome.bars:
        if bar.item is None:
            assert not outcome.permitted
            assert not any(each.classes for each in outcome.items)
        else:
            (held,) = (each for each in outcome.items if each.item_id == bar.item)
            assert held.classes <= {FieldClass.ADMINISTRATIVE}


@given(REQUESTS, FACTS, SETTINGS)
def test_a_refusal_always_has_a_reason(request: Request, facts: FactsInLaw, settings: LawSettings) -> None:
    assume(facts.items or request.act is not Act.ERASE)
    assume(request.on >= boundaries(settings)[0])
    outcome = decide(request, facts, settings=settings)
    held_back = {rule.law.id for rule in RULEBOOK if rule.law.holds}
    reasons = (*outcome.bars, *outcome.fixes, *(each for each in outcome.warnings if each.rule in held_back))
    assert outcome.permitted or reasons


@given(REQUESTS, FACTS, SETTINGS)
def test_nothing_goes_without_a_ground_unless_it_is_pressing(
    request: Request, facts: FactsInLaw, settings: LawSettings
) -> None:
    outcome = decide(request, facts, settings=settings)
    assume(request.act is not Act.HOLD and not request.pressing)
    assert not outcome.permitted or outcome.grounds


@given(REQUESTS, FACTS, SETTINGS)
def test_holding_is_never_refused(request: Request, facts: FactsInLaw, settings: LawSettings) -> None:
    outcome = decide(replace(request, act=Act.HOLD), facts, settings=settings)
    assert outcome.permitted
    assert not outcome.bars


@given(REQUESTS, FACTS, SETTINGS)
def test_nothing_is_shown_that_an_item_does_not_hold_and_every_gap_is_explained(
    request: Request, facts: FactsInLaw, settings: LawSettings
) -> None:
    outcome = decide(request, facts, settings=settings)
    assert [each.item_id for each in outcome.items] == [each.item_id for each in facts.items]
    for item, seen in zip(facts.items, outcome.items, strict=True):
        assert seen.classes | {each for each, _ in seen.withheld} == held_classes(item)
        assert not seen.classes & {each for each, _ in seen.withheld}
        assert seen.shown is bool(seen.classes)


@given(REQUESTS, FACTS, SETTINGS)
def test_a_protected_address_or_source_never_goes_or_shows(
    request: Request, facts: FactsInLaw, settings: LawSettings
) -> None:
    assume(request.act in (Act.READ, Act.SHARE))
    for item, seen in zip(facts.items, decide(request, facts, settings=settings).items, strict=True):
        if SensitivityTag.ADDRESS_PROTECTED in item.tags:
            assert FieldClass.LOCATION not in seen.classes
        if SensitivityTag.INFORMANT in item.tags:
            assert FieldClass.SOURCE not in seen.classes


@given(REQUESTS, FACTS, ITEMS, SETTINGS)
def test_more_items_of_others_never_undo_a_refusal_to_read(
    request: Request, facts: FactsInLaw, more: Item, settings: LawSettings
) -> None:
    reading = replace(request, act=Act.READ)
    assume(more.agency != request.agency)
    before = decide(reading, facts, settings=settings)
    after = decide(reading, replace(facts, items=(*facts.items, more)), settings=settings)
    assert before.permitted or not after.permitted
    assert after.items[: len(before.items)] == before.items


@given(REQUESTS, FACTS, ITEMS, SETTINGS)
def test_another_item_changes_nothing_about_the_items_already_asked_for(
    request: Request, facts: FactsInLaw, more: Item, settings: LawSettings
) -> None:
    sharing = replace(request, act=Act.SHARE)
    assume(facts.items)
    before = decide(sharing, facts, settings=settings)
    after = decide(sharing, replace(facts, items=(*facts.items, more)), settings=settings)
    assert after.items[: len(before.items)] == before.items


@given(REQUESTS, FACTS, SETTINGS)
def test_an_urgent_share_gets_at_least_what_a_patient_one_gets(
    request: Request, facts: FactsInLaw, settings: LawSettings
) -> None:
    patient = replace(request, act=Act.SHARE, urgent=False)
    slow = decide(patient, facts, settings=settings)
    fast = decide(replace(patient, urgent=True), facts, settings=settings)
    assert all(before.classes <= after.classes for before, after in zip(slow.items, fast.items, strict=True))


def _dated(facts: FactsInLaw, day: date) -> FactsInLaw:
    """The same facts, with every day that a rule could count from moved to `day` or taken away."""
    items = tuple(
        replace(item, received=day, tellings=(), health_opinion_on=None, keep_until=None) for item in facts.items
    )
    return replace(facts, items=items)


def _answer(request: Request, facts: FactsInLaw, day: date, settings: LawSettings) -> Outcome:
    return decide(replace(request, on=day), _dated(facts, day), settings=settings)


@given(REQUESTS, FACTS, SETTINGS, DAYS, DAYS)
def test_two_days_with_the_same_law_give_the_same_answer(
    request: Request, facts: FactsInLaw, settings: LawSettings, one: date, other: date
) -> None:
    assume(pack_on(one, settings).codes == pack_on(other, settings).codes)
    assert _answer(request, facts, one, settings) == _answer(request, facts, other, settings)


@given(REQUESTS, FACTS, SETTINGS, st.data())
def test_crossing_a_boundary_changes_only_what_the_pack_changes(
    request: Request, facts: FactsInLaw, settings: LawSettings, data: st.DataObject
) -> None:
    day = data.draw(st.sampled_from(boundaries(settings)))
    eve = day - timedelta(days=1)
    before, after = _answer(request, facts, eve, settings), _answer(request, facts, day, settings)
    changed = {
        rule.law.id
        for rule in RULEBOOK
        if rule.law.in_force(eve, pack_on(eve, settings)) != rule.law.in_force(day, pack_on(day, settings))
    }
    different = {each.rule for each in set(before.findings) ^ set(after.findings)}
    assert different <= changed
    assert before.permitted == after.permitted or different


@given(REQUESTS, FACTS, SETTINGS)
def test_the_same_question_has_the_same_answer(request: Request, facts: FactsInLaw, settings: LawSettings) -> None:
    assert decide(request, facts, settings=settings) == decide(request, facts, settings=settings)


@given(REQUESTS, FACTS)
def test_taking_a_bar_out_never_adds_a_refusal(request: Request, facts: FactsInLaw) -> None:
    rest = tuple(rule for rule in RULEBOOK if rule.law.effect is not Effect.BAR)
    assert decide(request, facts, rest).permitted or not decide(request, facts).permitted
