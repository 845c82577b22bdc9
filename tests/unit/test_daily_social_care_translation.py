"""Does a child of the DfE daily JSON become its facts: codes kept, unborn children known, withdrawals told?"""

import pytest

from agencies.agency import Result
from agencies.social_care import AGENCY
from contracts.event_id import event_id
from contracts.strict_json import Json
from contracts.vocabulary import ChangeKind, NeedLevel, PersonRole, SensitivityTag, Sex, StatementKind
from tests.support.places import sample
from tests.support.translations import only, raw, reason, reports, said

Object = dict[str, Json]


def child(**changes: Json) -> Object:
    whole: Object = {"la_child_id": "C-1"}
    return {**whole, **changes}


def episode(**changes: Json) -> Object:
    whole: Object = {"social_care_episode_id": "E-1"}
    return child(social_care_episodes=[{**whole, **changes}])


def test_the_public_child_gives_the_facts_worked_out_by_hand() -> None:
    path = sample("social-care", "csc_api_Child1234.json")
    outcomes = AGENCY.translate(path.read_bytes(), path.name)
    referral = only(outcomes, "referral.received")
    source = said(referral, "reported_by")[0]
    assert source.code is not None
    assert (source.code.code, source.code.recognised, source.kind) == ("1C", True, StatementKind.THIRD_PARTY)
    assert SensitivityTag.INFORMANT in referral.handling.sensitivity
    factors = [each.code.code for each in said(only(outcomes, "assessment.completed"), "factor") if each.code]
    assert factors == ["1C", "4A"]
    looked_after = only(outcomes, "looked_after.started")
    assert {SensitivityTag.ADDRESS_PROTECTED, SensitivityTag.CRIMINAL} <= set(looked_after.handling.sensitivity)
    kinds = {report.TYPE for report in reports(outcomes)}
    assert {"cin_plan.ended", "s47.ended", "cp_plan.ended", "care_leaver.contacted", "wellbeing.scored"} <= kinds
    assert len(reports(outcomes, "adoption.step_recorded")) == 3


def test_the_council_is_assumed_only_when_nothing_says_which_and_it_is_noted() -> None:
    item = episode(referral_date="2026-01-02")
    wrapped = only(AGENCY.translate(raw({"la_code": 201, "Children": item}), "x.json"), "referral.received")
    named = only(AGENCY.translate(raw(item), "daily_LA_330.json"), "referral.received")
    assumed = only(AGENCY.translate(raw(item), "daily-2026-330.json"), "referral.received")
    found = [str(report.subject().identifiers[0]) for report in (wrapped, named, assumed)]
    assert found == ["la:201/C-1", "la:330/C-1", "la:999/C-1"]
    assert not wrapped.provenance.notes
    assert named.provenance.notes == ("la_code_from_file_name",)
    assert assumed.provenance.notes == ("la_code_assumed",)


@pytest.mark.parametrize("la_code", ["20", 7, True, [], "2011", "２０１"])
def test_a_council_code_of_another_shape_stops_the_file(la_code: Json) -> None:
    assert reason(AGENCY.translate(raw({"la_code": la_code, "Children": [child()]}), "x.json")) == "wrong_type"


def test_every_wrapping_gives_the_same_facts() -> None:
    item = episode(referral_date="2026-01-02")
    wrappings: tuple[Json, ...] = (item, [item], {"Children": item}, {"Children": [item]}, {"children": [item]})
    found = [reports(AGENCY.translate(raw(each), "x.json")) for each in wrappings]
    assert found[0]
    assert all(each == found[0] for each in found)


def test_a_child_not_yet_born_has_an_expected_date_and_a_plan_before_birth_stands() -> None:
    plan: Json = {"child_protection_plan_id": "P-1", "start_date": "2026-09-01"}
    item: Object = {
        **episode(child_protection_plans=[plan]),
        "child_details": {"expected_date_of_birth": "2027-01-18", "date_of_birth": None},
    }
    outcomes = AGENCY.translate(raw(item), "x.json")
    described = only(outcomes, "person.described").subject()
    assert (described.role, described.birth_expected) == (PersonRole.UNBORN_CHILD, True)
    assert described.birth_date is not None
    assert described.birth_date.value == "2027-01-18"
    started = only(outcomes, "cp_plan.started")
    assert started.subject().role is PersonRole.UNBORN_CHILD
    assert started.handling.need is NeedLevel.SIGNIFICANT_HARM


def test_an_unknown_code_is_kept_as_sent_and_marked() -> None:
    assessment: Json = {"child_and_family_assessment_id": "A", "start_date": "2026-01-01", "factors": ["RB", "22A"]}
    report = only(
        AGENCY.translate(raw(episode(child_and_family_assessments=[assessment])), "x"), "assessment.completed"
    )
    codes = [(each.code.code, each.code.recognised) for each in said(report, "factor") if each.code]
    assert codes == [("RB", False), ("22A", True)]
    assert SensitivityTag.SEXUAL_HEALTH_FGM in report.handling.sensitivity
    assert "not_yet_authorised" in report.provenance.notes


def test_an_older_sex_code_is_mapped_with_low_confidence_and_marked() -> None:
    item = child(child_details={"first_name": "Sam", "sex": "1"})
    report = only(AGENCY.translate(raw(item), "x"), "person.described")
    assert report.subject().sex is Sex.MALE
    statement = said(report, "characteristic")[0]
    assert statement.code is not None
    assert (statement.code.recognised, statement.confidence) == (False, "low_mapping")


def test_disability_and_asylum_stand_in_facts_of_their_own() -> None:
    item = child(child_details={"surname": "A", "disabilities": ["HEAR"], "uasc_flag": True})
    described = reports(AGENCY.translate(raw(item), "x"), "person.described")
    tags = [set(report.handling.sensitivity) - {SensitivityTag.OFFICIAL_SENSITIVE} for report in described]
    assert tags == [set(), {SensitivityTag.HEALTH}, {SensitivityTag.IMMIGRATION}]


@pytest.mark.parametrize("source", ["1A", "1B", "1C", "1D", "9"])
def test_a_person_who_told_is_an_informant(source: str) -> None:
    report = only(AGENCY.translate(raw(episode(referral_source=source)), "x"), "referral.received")
    assert SensitivityTag.INFORMANT in report.handling.sensitivity


@pytest.mark.parametrize("source", ["2A", "6", "10", "77"])
def test_a_body_that_told_is_no_informant(source: str) -> None:
    report = only(AGENCY.translate(raw(episode(referral_source=source)), "x"), "referral.received")
    assert SensitivityTag.INFORMANT not in report.handling.sensitivity


def test_a_withdrawn_plan_names_the_plan_in_any_version() -> None:
    plan: Object = {"child_protection_plan_id": "P-1", "start_date": "2026-09-01"}
    stated = only(AGENCY.translate(raw(episode(child_protection_plans=[plan])), "x"), "cp_plan.started")
    gone: Json = {"child_protection_plan_id": "P-1", "purge": True}
    withdrawn = only(AGENCY.translate(raw(episode(child_protection_plans=[gone])), "x"), "record.retracted")
    assert withdrawn.change.kind is ChangeKind.RETRACTION
    assert withdrawn.record.record_id == stated.record.record_id
    bare = stated.model_copy(update={"record": stated.record.model_copy(update={"record_version": None})})
    assert withdrawn.change.of == event_id(AGENCY.source, bare)
    assert "of_any_version" in withdrawn.provenance.notes


@pytest.mark.parametrize(
    "item",
    [
        child(purge=True, social_care_episodes=[{"referral_date": "2026-01-01"}]),
        child(child_details={"purge": True}),
        child(health_and_wellbeing={"purge": True}),
        episode(purge=True, referral_date="2026-01-01"),
        episode(adoption={"purge": True}),
        episode(care_leavers={"purge": True}),
        episode(section_47_assessments=[{"section_47_assessment_id": "S", "purge": True}]),
        episode(child_in_need_plans=[{"child_in_need_plan_id": "S", "purge": True}]),
        episode(child_looked_after_placements=[{"child_looked_after_placement_id": "S", "purge": True}]),
        episode(child_and_family_assessments=[{"child_and_family_assessment_id": "S", "purge": True}]),
    ],
)
def test_purge_at_any_level_withdraws_and_states_nothing_below_it(item: Object) -> None:
    found = reports(AGENCY.translate(raw(item), "x"))
    assert [report.TYPE for report in found] == ["record.retracted"]


def test_what_did_not_change_keeps_its_id_and_bytes_when_the_name_does() -> None:
    plan: Json = {"child_protection_plan_id": "P-1", "start_date": "2026-09-01"}
    first: Object = {**episode(child_protection_plans=[plan]), "child_details": {"surname": "Before"}}
    later: Object = {**first, "child_details": {"surname": "After"}}
    before, after = (
        {
            fact.event_id: fact.report.to_bytes()
            for outcome in AGENCY.translate(raw(item), "x")
            for fact in outcome.facts
        }
        for item in (first, later)
    )
    assert before.keys() != after.keys()
    shared = before.keys() & after.keys()
    assert shared
    assert all(before[each] == after[each] for each in shared)


@pytest.mark.parametrize(
    ("item", "code"),
    [
        (child(child_details={"date_of_birth": "14/06/2022"}), "bad_date"),
        (episode(referral_date="2026-02-30"), "bad_date"),
        (child(health_and_wellbeing={"sdq_assessments": [{"date": "2026-01-01", "score": "20"}]}), "wrong_type"),
        (episode(referral_no_further_action_flag="false"), "wrong_type"),
        (episode(referral_no_further_action_flag=0), "wrong_type"),
        ({"child_details": {"surname": "Nobody"}}, "person_missing"),
        ({"la_child_id": "  "}, "person_missing"),
        (child(purge="true"), "wrong_type"),
    ],
)
def test_what_cannot_be_read_for_certain_quarantines_the_child_whole(item: Object, code: str) -> None:
    outcomes = AGENCY.translate(raw([item, episode(referral_date="2026-01-02")]), "x")
    assert [outcome.result for outcome in outcomes] == [Result.QUARANTINED, Result.ACCEPTED]
    assert outcomes[0].reason == code


@pytest.mark.parametrize("name", ["CIN_Census_2024.xml", "903_missing.csv", "903_DoLo.csv"])
def test_the_yearly_returns_are_not_of_this_form(name: str) -> None:
    assert reason(AGENCY.translate(sample("social-care", name).read_bytes(), name)) == "not_of_form"


def test_unknown_fields_are_counted_where_they_stand() -> None:
    item = episode(referral_date="2026-01-02", closure_date="2026-02-02", favourite_colour="blue")
    outcomes = AGENCY.translate(raw(item), "x")
    assert "unknown_field:1" in only(outcomes, "referral.received").provenance.notes
    assert b"blue" not in b"".join(report.to_bytes() for report in reports(outcomes))


def test_a_child_with_nothing_said_is_ignored_and_counted() -> None:
    assert reason(AGENCY.translate(raw({"Children": [child()]}), "x")) == "nothing_stated"
    assert reason(AGENCY.translate(raw([]), "x")) == "no_records"
