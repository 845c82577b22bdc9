"""Who may read a child's chronology, for what, and how much of it?"""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from consent.circumstances import Circumstances, LogUse
from consent.decide import Outcome, decide
from consent.examples import basis, item, read
from consent.request import FactsInLaw, Item
from contracts.vocabulary import AgencyKind, FieldClass, Purpose, RestrictedKind, SensitivityTag, StaffRole

EVERYTHING = frozenset(FieldClass)
POLICE = replace(item(AgencyKind.POLICE, basis(), classes=EVERYTHING), item_id=UUID(int=11))
HEALTH = replace(item(AgencyKind.NHS, basis(), classes=EVERYTHING), item_id=UUID(int=12))
SCHOOL = replace(item(AgencyKind.ACADEMY, basis(), classes=EVERYTHING), item_id=UUID(int=13))
WELFARE = (Purpose.EARLY_HELP, Purpose.SECTION_17, Purpose.SECTION_47, Purpose.EMERGENCY)
ADMINISTRATIVE = frozenset({FieldClass.ADMINISTRATIVE})


def asked(
    role: StaffRole | None,
    purpose: Purpose | None,
    *items: Item,
    by: AgencyKind = AgencyKind.LOCAL_AUTHORITY,
    around: Circumstances = Circumstances(),
) -> Outcome:
    """What the law answers this reader."""
    return decide(read(role, purpose, by), FactsInLaw(items or (POLICE, HEALTH, SCHOOL), around))


def tagged(tag: SensitivityTag) -> Item:
    """A health item that bears this mark."""
    return replace(HEALTH, tags=frozenset({tag}))


@pytest.mark.parametrize("role", [*StaffRole, None])
def test_nobody_reads_without_a_purpose(role: StaffRole | None) -> None:
    outcome = asked(role, None)
    assert not outcome.permitted
    assert "purpose-missing" in {each.rule for each in outcome.bars}


@pytest.mark.parametrize("purpose", list(Purpose))
def test_nobody_reads_without_a_role(purpose: Purpose) -> None:
    assert not asked(None, purpose).permitted


@pytest.mark.parametrize("purpose", WELFARE)
def test_a_decision_maker_sees_the_items_of_all_agencies(purpose: Purpose) -> None:
    outcome = asked(StaffRole.MASH_DECISION_MAKER, purpose)
    assert outcome.permitted
    assert [each.classes for each in outcome.items] == [EVERYTHING] * 3
    assert "Children Act 1989" in outcome.grounds[0].citation


@pytest.mark.parametrize("role", [StaffRole.MASH_DECISION_MAKER, StaffRole.MASH_RESEARCHER, StaffRole.PRACTITIONER])
@pytest.mark.parametrize("purpose", [purpose for purpose in Purpose if purpose not in WELFARE])
def test_a_purpose_that_is_not_the_role_s_is_refused(role: StaffRole, purpose: Purpose) -> None:
    outcome = asked(role, purpose, by=AgencyKind.POLICE)
    assert not outcome.permitted
    assert "read-purpose-not-of-role" in {each.rule for each in outcome.bars}


def test_a_researcher_is_refused_for_early_help() -> None:
    assert not asked(StaffRole.MASH_RESEARCHER, Purpose.EARLY_HELP).permitted


@pytest.mark.parametrize("purpose", [Purpose.SECTION_17, Purpose.SECTION_47, Purpose.EMERGENCY])
def test_a_researcher_never_sees_who_told(purpose: Purpose) -> None:
    outcome = asked(StaffRole.MASH_RESEARCHER, purpose)
    assert outcome.permitted
    assert all(each.classes == EVERYTHING - {FieldClass.SOURCE} for each in outcome.items)


@pytest.mark.parametrize(
    "tag", [SensitivityTag.SEXUAL_HEALTH_FGM, SensitivityTag.MENTAL_HEALTH, SensitivityTag.ADOPTION]
)
def test_a_researcher_is_sent_to_the_holder_for_the_most_sensitive(tag: SensitivityTag) -> None:
    (seen,) = asked(StaffRole.MASH_RESEARCHER, Purpose.SECTION_47, tagged(tag)).items
    assert seen.shown
    assert seen.classes == ADMINISTRATIVE
    assert (FieldClass.NARRATIVE, "Held by northborough-nhs: ask them") in seen.withheld


def test_a_practitioner_sees_only_what_their_own_agency_reported() -> None:
    outcome = asked(StaffRole.PRACTITIONER, Purpose.SECTION_17, by=AgencyKind.ACADEMY)
    assert outcome.permitted
    assert [each.shown for each in outcome.items] == [False, False, True]
    assert [each.classes for each in outcome.items] == [frozenset(), frozenset(), EVERYTHING]


@pytest.mark.parametrize("purpose", WELFARE)
def test_a_practitioner_whose_agency_reported_nothing_is_refused(purpose: Purpose) -> None:
    outcome = asked(StaffRole.PRACTITIONER, purpose, POLICE, HEALTH, by=AgencyKind.ACADEMY)
    assert not outcome.permitted
    assert "Nothing links your agency to this child" in outcome.bars[0].says
    assert not any(each.shown or each.classes for each in outcome.items)


def test_an_agency_of_the_same_kind_is_not_the_same_agency() -> None:
    other = replace(SCHOOL, agency="southmere-academy")
    assert not asked(StaffRole.PRACTITIONER, Purpose.SECTION_17, other, by=AgencyKind.ACADEMY).permitted


def test_an_officer_who_checks_sees_dates_and_references_only() -> None:
    outcome = asked(StaffRole.IG_OFFICER, Purpose.AUDIT)
    assert outcome.permitted
    assert all(each.classes == ADMINISTRATIVE for each in outcome.items)


@pytest.mark.parametrize("purpose", [purpose for purpose in Purpose if purpose is not Purpose.AUDIT])
def test_an_officer_who_checks_may_do_nothing_else(purpose: Purpose) -> None:
    assert not asked(StaffRole.IG_OFFICER, purpose).permitted


def test_a_log_is_not_for_counting_how_hard_people_work() -> None:
    outcome = asked(StaffRole.IG_OFFICER, Purpose.AUDIT, around=Circumstances(log_use=LogUse.PRODUCTIVITY))
    assert not outcome.permitted


@pytest.mark.parametrize("role", list(StaffRole))
@pytest.mark.parametrize("purpose", list(Purpose))
def test_nobody_sees_a_protected_address(role: StaffRole, purpose: Purpose) -> None:
    (seen,) = asked(role, purpose, tagged(SensitivityTag.ADDRESS_PROTECTED), by=AgencyKind.NHS).items
    assert FieldClass.LOCATION not in seen.classes


@pytest.mark.parametrize("role", list(StaffRole))
@pytest.mark.parametrize("purpose", list(Purpose))
def test_nobody_sees_a_protected_source(role: StaffRole, purpose: Purpose) -> None:
    (seen,) = asked(role, purpose, tagged(SensitivityTag.INFORMANT), by=AgencyKind.NHS).items
    assert FieldClass.SOURCE not in seen.classes


@pytest.mark.parametrize("kind", list(RestrictedKind))
def test_restricted_content_is_held_back_and_its_existence_is_not(kind: RestrictedKind) -> None:
    secret = replace(POLICE, restricted=frozenset({kind}))
    outcome = asked(StaffRole.MASH_DECISION_MAKER, Purpose.EMERGENCY, secret, HEALTH)
    assert outcome.permitted
    assert [each.classes for each in outcome.items] == [ADMINISTRATIVE, EVERYTHING]
    assert [(each.item, bool(each.citation)) for each in outcome.bars] == [(secret.item_id, True)]


def test_a_restricted_item_of_another_agency_stays_hidden_from_a_practitioner() -> None:
    secret = replace(POLICE, restricted=frozenset({RestrictedKind.LEGAL_PRIVILEGE}))
    outcome = asked(StaffRole.PRACTITIONER, Purpose.SECTION_17, secret, SCHOOL, by=AgencyKind.ACADEMY)
    assert [each.shown for each in outcome.items] == [False, True]


def test_an_emergency_read_is_not_delayed_by_a_warning() -> None:
    outcome = asked(StaffRole.PRACTITIONER, Purpose.EMERGENCY, by=AgencyKind.ACADEMY)
    assert outcome.warnings
    assert outcome.permitted


def test_every_class_that_is_held_and_not_shown_has_a_reason() -> None:
    for role in StaffRole:
        for item_outcome in asked(role, Purpose.SECTION_47).items:
            assert {each for each, _ in item_outcome.withheld} == EVERYTHING - item_outcome.classes
            assert all(reason for _, reason in item_outcome.withheld)


def test_a_past_reading_is_judged_by_its_own_day() -> None:
    request = read(StaffRole.MASH_DECISION_MAKER, Purpose.SECTION_47, on=date(2024, 1, 10))
    assert decide(request, FactsInLaw((POLICE,))).pack == "WT2023"


@pytest.mark.parametrize("first_is_open", [True, False])
def test_items_that_differ_only_in_their_marks_are_not_taken_for_each_other(first_is_open: bool) -> None:
    """The answer for one item is used again for those like it; a mark or a bar makes it unlike."""
    secret = replace(POLICE, restricted=frozenset({RestrictedKind.INTELLIGENCE}), item_id=UUID(int=21))
    hidden = replace(POLICE, tags=frozenset({SensitivityTag.ADDRESS_PROTECTED}), item_id=UUID(int=22))
    others = (secret, hidden)
    outcome = asked(
        StaffRole.MASH_DECISION_MAKER, Purpose.SECTION_47, *((POLICE, *others) if first_is_open else (*others, POLICE))
    )
    seen = {each.item_id: each.classes for each in outcome.items}
    assert seen[POLICE.item_id] == EVERYTHING
    assert seen[secret.item_id] == ADMINISTRATIVE
    assert seen[hidden.item_id] == EVERYTHING - {FieldClass.LOCATION}
