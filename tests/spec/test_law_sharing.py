"""May these items go to that recipient, which of them, and how much of each?"""

from dataclasses import replace
from itertools import product
from uuid import UUID

import pytest

from consent.circumstances import Circumstances, ServiceAgreement
from consent.decide import Outcome, decide
from consent.examples import ABOUT_HEALTH, ORDINARY, basis, item, share
from consent.request import Act, FactsInLaw, Item, Request
from contracts.vocabulary import (
    AgencyKind,
    Annex1,
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
    RestrictedKind,
    SensitivityTag,
)

LA, NHS, POLICE, SCHOOL = (
    AgencyKind.LOCAL_AUTHORITY,
    AgencyKind.NHS,
    AgencyKind.POLICE,
    AgencyKind.ACADEMY,
)
EVERYTHING = frozenset(FieldClass)
SOUND = basis(article9=Article9.SAFEGUARDING, why=NoConsentReason.WOULD_PREJUDICE, policy=True, article10=True)
WHOLE = item(LA, SOUND, classes=EVERYTHING)
WRONG = basis(Article6.LEGITIMATE_INTERESTS)
PRESSING = (
    share(LA, NHS, urgent=True),
    share(LA, NHS, need=NeedLevel.SIGNIFICANT_HARM),
    share(LA, NHS, purpose=Purpose.EMERGENCY),
)


def asked(request: Request, *items: Item, around: Circumstances = Circumstances()) -> Outcome:
    """What the law answers this sharer."""
    return decide(request, FactsInLaw(items, around))


def goes(request: Request, one: Item, around: Circumstances = Circumstances()) -> frozenset[FieldClass]:
    """The classes of this item that go."""
    return asked(request, one, around=around).items[0].classes


def test_a_sound_share_goes() -> None:
    outcome = asked(share(LA, NHS), item(LA, basis()))
    assert outcome.permitted
    assert outcome.items[0].classes == ORDINARY


def test_a_wrong_label_waits_until_it_is_right() -> None:
    outcome = asked(share(LA, NHS), item(LA, WRONG))
    assert not outcome.permitted
    assert not outcome.items[0].classes
    assert outcome.fixes


@pytest.mark.parametrize("request_", PRESSING)
def test_a_wrong_label_never_delays_a_pressing_share(request_: Request) -> None:
    outcome = asked(request_, item(LA, WRONG))
    assert outcome.permitted
    assert outcome.items[0].classes == ORDINARY
    assert outcome.fixes


@pytest.mark.parametrize("request_", PRESSING)
@pytest.mark.parametrize("kind", list(RestrictedKind))
def test_even_a_pressing_share_leaves_restricted_content_behind(request_: Request, kind: RestrictedKind) -> None:
    free = replace(item(LA, basis()), item_id=UUID(int=2))
    outcome = asked(request_, replace(free, restricted=frozenset({kind}), item_id=UUID(int=1)), free)
    assert outcome.permitted
    assert [each.shown for each in outcome.items] == [False, True]
    assert outcome.bars[0].item == UUID(int=1)


@pytest.mark.parametrize("request_", PRESSING)
def test_a_warning_never_delays_a_pressing_share(request_: Request) -> None:
    around = Circumstances(service_agreement=ServiceAgreement.DECLINED)
    assert asked(request_, replace(item(LA, basis()), collected_on_consent=True), around=around).permitted


def test_one_person_without_a_basis_holds_the_item_back() -> None:
    two = item(LA, basis(), replace(basis(None), person="person-2", role=PersonRole.SIBLING))
    outcome = asked(share(LA, NHS), two)
    assert not outcome.permitted
    assert [each.person for each in outcome.fixes] == ["person-2"]


def test_an_item_about_nobody_does_not_go() -> None:
    outcome = asked(share(LA, NHS), item(LA))
    assert not outcome.permitted
    assert [each.rule for each in outcome.fixes] == ["persons-missing"]


def test_a_wrong_item_does_not_hold_back_a_right_one() -> None:
    outcome = asked(share(LA, NHS), item(LA, WRONG), replace(item(LA, basis()), item_id=UUID(int=2)))
    assert outcome.permitted
    assert [each.shown for each in outcome.items] == [False, True]


def test_a_refusal_in_confidence_holds_until_a_person_has_acknowledged_it() -> None:
    told = item(AgencyKind.GP, basis(consent=ConsentState.REFUSED, confidence=Confidence.PUBLIC_INTEREST))
    low = share(AgencyKind.GP, purpose=Purpose.EARLY_HELP, need=NeedLevel.EARLY_HELP)
    assert not asked(low, told).permitted
    assert asked(replace(low, acknowledged=frozenset({"confidence-refused-low-need"})), told).permitted
    assert not asked(replace(low, acknowledged=frozenset({"service-declined"})), told).permitted


@pytest.mark.parametrize("act", [Act.SHARE, Act.READ, Act.ERASE])
def test_where_no_law_speaks_nothing_but_holding_is_permitted(act: Act) -> None:
    request = replace(share(LA, NHS), act=act)
    facts = FactsInLaw((item(LA, basis()),))
    assert not decide(request, facts, rulebook=()).permitted
    assert decide(replace(request, act=Act.HOLD), facts, rulebook=()).permitted


def test_nothing_goes_without_a_purpose() -> None:
    assert not asked(share(LA, NHS, purpose=None, urgent=True), item(LA, basis())).permitted


def test_nothing_goes_to_nobody() -> None:
    assert not asked(share(LA, None, urgent=True), item(LA, basis())).permitted


def test_a_recipient_whose_kind_is_unknown_is_still_a_recipient() -> None:
    unknown = replace(share(LA, NHS), recipient_kind=None)
    assert asked(unknown, item(LA, basis())).permitted


def test_an_empty_share_is_refused_with_a_reason() -> None:
    outcome = asked(share(LA, NHS, urgent=True))
    assert not outcome.permitted
    assert [each.rule for each in outcome.bars] == ["nothing-to-share"]


@pytest.mark.parametrize("to", [NHS, AgencyKind.GP, AgencyKind.PROBATION, AgencyKind.YOUTH_OFFENDING_TEAM])
def test_a_statutory_recipient_gets_all_but_who_told(to: AgencyKind) -> None:
    assert goes(share(LA, to), WHOLE) == EVERYTHING - {FieldClass.SOURCE}


@pytest.mark.parametrize("to", [POLICE, LA])
def test_those_who_investigate_may_know_who_told(to: AgencyKind) -> None:
    assert goes(share(LA, to), WHOLE) == EVERYTHING


@pytest.mark.parametrize("to", [SCHOOL, AgencyKind.CLUB, AgencyKind.VCSE_INDEPENDENT])
def test_others_get_health_and_crime_only_when_it_is_grave(to: AgencyKind) -> None:
    kept = {FieldClass.HEALTH, FieldClass.CRIMINAL, FieldClass.SOURCE}
    assert goes(share(LA, to), WHOLE) == EVERYTHING - kept
    assert goes(share(LA, to, purpose=Purpose.SECTION_47), WHOLE) == EVERYTHING - {FieldClass.SOURCE}
    assert goes(share(LA, to, urgent=True), WHOLE) == EVERYTHING - {FieldClass.SOURCE}


def test_early_help_needs_no_criminal_record_and_no_source() -> None:
    sent = goes(share(LA, POLICE, purpose=Purpose.EARLY_HELP, need=NeedLevel.EARLY_HELP), WHOLE)
    assert sent == EVERYTHING - {FieldClass.CRIMINAL, FieldClass.SOURCE}
    assert goes(share(LA, POLICE, purpose=Purpose.EARLY_HELP, urgent=True), WHOLE) == EVERYTHING


def test_health_stays_behind_where_no_condition_is_found_for_a_person() -> None:
    unmarked = item(POLICE, basis(role=PersonRole.PROFESSIONAL), classes=ABOUT_HEALTH)
    assert goes(share(POLICE), unmarked) == ORDINARY


def test_a_professional_s_own_basis_needs_no_health_condition() -> None:
    nurse = replace(basis(role=PersonRole.PROFESSIONAL), person="person-2")
    assert goes(share(LA, NHS), item(LA, SOUND, nurse, classes=ABOUT_HEALTH)) == ABOUT_HEALTH


def test_crime_stays_behind_where_nobody_is_marked() -> None:
    unmarked = item(POLICE, basis(), classes=ORDINARY | {FieldClass.CRIMINAL})
    outcome = asked(share(POLICE), unmarked)
    assert outcome.items[0].classes == ORDINARY
    assert "criminal-unmarked" in {each.rule for each in outcome.warnings}


def test_the_notice_to_a_school_carries_the_least() -> None:
    sent = goes(share(POLICE, SCHOOL, purpose=Purpose.DOMESTIC_ABUSE_SCHOOL), item(POLICE, SOUND, classes=EVERYTHING))
    assert sent == {FieldClass.ADMINISTRATIVE, FieldClass.IDENTITY, FieldClass.NARRATIVE}


@pytest.mark.parametrize("request_", [*PRESSING, share(LA, NHS), share(LA, POLICE, urgent=True)])
def test_a_protected_address_never_leaves(request_: Request) -> None:
    hidden = replace(WHOLE, tags=frozenset({SensitivityTag.ADDRESS_PROTECTED, SensitivityTag.INFORMANT}))
    assert not goes(request_, hidden) & {FieldClass.LOCATION, FieldClass.SOURCE}


def test_a_person_s_own_request_never_shows_a_protected_address_or_a_source() -> None:
    hidden = replace(WHOLE, tags=frozenset({SensitivityTag.ADDRESS_PROTECTED}), health_opinion_on=share(LA).on)
    sent = goes(share(LA, None, purpose=Purpose.SUBJECT_ACCESS), hidden)
    assert sent == EVERYTHING - {FieldClass.LOCATION, FieldClass.SOURCE}


def test_an_abuser_in_reach_learns_nothing_that_leads_to_the_child_however_urgent() -> None:
    around = Circumstances(alleged_abuser_in_reach=True)
    sent = goes(share(LA, POLICE, urgent=True), WHOLE, around)
    assert sent == EVERYTHING - {FieldClass.LOCATION, FieldClass.EDUCATION, FieldClass.SOURCE}
    assert not asked(share(LA, POLICE), WHOLE, around=around).permitted


def test_the_sharer_s_kind_counts_and_not_the_first_sender_s() -> None:
    outcome = asked(share(LA, NHS), item(AgencyKind.CLUB, basis()))
    assert "public-task-of-local-authority" in {each.rule for each in outcome.grounds}
    assert outcome.permitted


@pytest.mark.parametrize("kind", list(AgencyKind))
def test_a_label_that_cannot_carry_a_share_is_always_answered_with_a_correction(kind: AgencyKind) -> None:
    """Every basis, condition of Annex 1, gateway and regime: a ground for it, or a correction of it, never silence."""
    labels = product([*Article6, None], [*Annex1, None], [*Gateway, None], Regime)
    for article6, annex1, gateway, regime in labels:
        label = basis(article6, annex1=annex1, gateway=gateway, regime=regime)
        outcome = asked(share(kind, NHS), item(kind, label))
        assert outcome.permitted is not bool(outcome.fixes), (article6, annex1, gateway, regime)


@pytest.mark.parametrize("article9", list(Article9))
@pytest.mark.parametrize("policy", [True, False])
@pytest.mark.parametrize("consent", list(ConsentState))
@pytest.mark.parametrize("why", [*NoConsentReason, None])
@pytest.mark.parametrize("kind", [LA, AgencyKind.CLUB])
def test_a_health_condition_is_met_or_corrected(
    article9: Article9, policy: bool, consent: ConsentState, why: NoConsentReason | None, kind: AgencyKind
) -> None:
    """A body that says how it may use health information sends it or is told what is wrong, never neither or both."""
    article6 = Article6.PUBLIC_TASK if kind is LA else Article6.LEGITIMATE_INTERESTS
    label = basis(article6, article9=article9, policy=policy, consent=consent, why=why)
    outcome = asked(share(kind, NHS), item(kind, label, classes=ABOUT_HEALTH))
    assert (FieldClass.HEALTH in outcome.items[0].classes) is not bool(outcome.fixes)


@pytest.mark.parametrize("tag", [SensitivityTag.HEALTH, SensitivityTag.MENTAL_HEALTH, SensitivityTag.SEXUAL_HEALTH_FGM])
def test_a_mark_of_health_asks_for_a_condition_like_the_class_does(tag: SensitivityTag) -> None:
    marked = replace(item(LA, basis()), tags=frozenset({tag}))
    assert "special-category-unaddressed" in {each.rule for each in asked(share(LA, NHS), marked).fixes}


def test_a_mark_of_crime_asks_whose_it_is_like_the_class_does() -> None:
    marked = replace(item(LA, basis()), tags=frozenset({SensitivityTag.CRIMINAL}))
    assert "criminal-unmarked" in {each.rule for each in asked(share(LA, NHS), marked).warnings}


@pytest.mark.parametrize("request_", PRESSING)
def test_a_missing_condition_does_not_thin_out_a_pressing_share(request_: Request) -> None:
    unmarked = item(LA, basis(), classes=ABOUT_HEALTH | {FieldClass.CRIMINAL})
    assert goes(request_, unmarked) == ABOUT_HEALTH | {FieldClass.CRIMINAL}
