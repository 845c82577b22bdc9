"""Does a DfE crime record become states, episodes and markers, with nothing invented and null never a no?"""

import pytest

from agencies.agency import Result
from agencies.police import AGENCY
from contracts.report import Report
from contracts.strict_json import Json
from contracts.vocabulary import CheckState, Precision, Regime, SensitivityTag, StatementKind
from contracts.when import unknown_time
from tests.support.places import sample
from tests.support.translations import only, raw, reason, reports, said

BARE = "9990001006_CrimeDataRecordV1.json"
RECORD: dict[str, Json] = {"riskRadicalisation": True, "missingEpisodes": [{"date": "2026-01-04"}]}


def wrapped(*records: Json, org_type: str = "POLICE") -> bytes:
    return raw({"orgId": "POLICE-01", "orgName": "Example Police", "orgType": org_type, "records": [*records]})


def record(**changes: Json) -> Json:
    whole: dict[str, Json] = {
        "recordId": "R-1",
        "personId": "9990001006",
        "recordType": "crime-justice.details",
        "systemId": "S-1",
        "payload": RECORD,
    }
    return {**whole, **changes}


def risk_named(found: tuple[Report, ...], name: str) -> Report:
    for report in found:
        for statement in said(report, "risk"):
            if statement.code is not None and statement.code.code == name:
                return report
    raise AssertionError(name)


def test_the_public_record_gives_the_facts_worked_out_by_hand() -> None:
    path = sample("police", "sui-9449303223_CrimeDataRecordV1.json")
    outcomes = AGENCY.translate(path.read_bytes(), path.name)
    assert [outcome.result for outcome in outcomes] == [Result.ACCEPTED]
    missing = only(outcomes, "missing.started")
    assert (missing.happened.value, missing.happened.precision, missing.ended) == ("2024-10-30", Precision.DAY, None)
    assert said(only(outcomes, "return_interview.held"), "attended")[0].value is True
    assert only(outcomes, "police_protection.used").happened.value == "2025-10-30"
    risks = reports(outcomes, "risk.state")
    assert len(risks) == 5
    assert sum(bool(said(risk, "present")) for risk in risks) == 3


def test_a_null_risk_is_said_to_be_not_known_and_never_absent() -> None:
    found = reports(AGENCY.translate(raw({"riskRadicalisation": None, "riskCriminalExploitation": False}), BARE))
    unknown = risk_named(found, "riskRadicalisation")
    assert not said(unknown, "present")
    assert said(unknown, "not_known")[0].value is True
    assert said(risk_named(found, "riskCriminalExploitation"), "present")[0].value is False


def test_a_state_has_no_date_of_its_own() -> None:
    risk = risk_named(reports(AGENCY.translate(raw(RECORD), BARE)), "riskRadicalisation")
    assert risk.happened == risk.recorded == unknown_time()
    assert "state_without_a_date" in risk.provenance.notes


def test_whether_the_child_came_to_the_interview_is_not_known_when_it_is_not_said() -> None:
    outcomes = AGENCY.translate(raw(RECORD), BARE)
    assert not reports(outcomes, "return_interview.held")
    not_known = said(only(outcomes, "missing.started"), "not_known")
    assert not_known[0].value == "returned_home_interview_attended"


def test_the_person_is_the_one_in_the_file_name_and_held_under_part_3() -> None:
    report = reports(AGENCY.translate(raw(RECORD), BARE))[0]
    (number,) = report.subject().identifiers
    assert (str(number), number.check, number.traced) == ("nhs:9990001006", CheckState.PASSED, None)
    (basis,) = report.bases
    assert (basis.regime, basis.article10, basis.authority_36_4) == (Regime.PART_3, True, "Children Act 2004 s11")


def test_a_marker_about_whoever_lives_there_is_marked_as_criminal_and_about_third_parties() -> None:
    marker = only(AGENCY.translate(raw({"policeMarkerDetails": "Dog loose"}), BARE), "warning_marker.stated")
    assert {SensitivityTag.CRIMINAL, SensitivityTag.THIRD_PARTY_ADULT} <= set(marker.handling.sensitivity)
    assert said(marker, "marker")[0].kind is StatementKind.PROFESSIONAL_OPINION


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("CrimeDataRecordV1.json", "person_missing"),
        ("9990001006_9990001375_CrimeDataRecordV1.json", "person_ambiguous"),
        ("99900010061_CrimeDataRecordV1.json", "person_missing"),
    ],
)
def test_a_bare_record_whose_file_names_nobody_for_certain_waits_for_a_person(name: str, code: str) -> None:
    assert reason(AGENCY.translate(raw(RECORD), name)) == code


@pytest.mark.parametrize(
    ("payload", "code"),
    [
        ({"riskRadicalisation": "true"}, "wrong_type"),
        ({"riskRadicalisation": 1}, "wrong_type"),
        ({"lastPoliceProtectionPowerEvent": "None"}, "bad_date"),
        ({"missingEpisodes": [{"date": "30/10/2024"}]}, "bad_date"),
        ({"missingEpisodes": [{"date": "2024-13-30"}]}, "bad_date"),
        ({"missingEpisodes": {"date": "2024-10-30"}}, "wrong_type"),
        ({"servicesKnownTo": ["Police", None]}, "wrong_type"),
        ({"shoeSize": 4}, "not_of_form"),
    ],
)
def test_what_cannot_be_read_for_certain_is_quarantined_whole(payload: Json, code: str) -> None:
    assert reason(AGENCY.translate(raw(payload), BARE)) == code


def test_each_record_of_a_custodian_has_its_own_outcome() -> None:
    outcomes = AGENCY.translate(
        wrapped(
            record(),
            record(recordType="education.details"),
            record(recordType="fishing.details"),
            record(personId=None),
            record(payload=None),
            "not a record",
        ),
        "police.custodian.json",
    )
    assert [(outcome.result.value, outcome.reason) for outcome in outcomes] == [
        ("accepted", ""),
        ("ignored", "not_our_record_type"),
        ("quarantined", "unknown_record_type"),
        ("quarantined", "person_missing"),
        ("quarantined", "wrong_type"),
        ("quarantined", "wrong_type"),
    ]


def test_another_custodians_file_is_not_stated_as_the_forces_own() -> None:
    outcomes = AGENCY.translate(wrapped(record(recordType="personal.details"), org_type="EDUCATION"), "x.json")
    assert reason(outcomes) == "not_our_custodian"


def test_a_custodian_with_no_records_is_not_silence() -> None:
    assert reason(AGENCY.translate(wrapped(), "x.json")) == "no_records"


def test_names_on_the_wire_with_a_raised_first_letter_are_read() -> None:
    outcomes = AGENCY.translate(raw({"RiskRadicalisation": True}), BARE)
    assert said(risk_named(reports(outcomes), "riskRadicalisation"), "present")[0].value is True


def test_two_spellings_of_one_name_are_refused() -> None:
    assert reason(AGENCY.translate(raw({"RiskRadicalisation": True, "riskRadicalisation": False}), BARE)) == "dup_key"


def test_an_item_that_stays_the_same_keeps_its_id_when_another_joins_it() -> None:
    before = AGENCY.translate(wrapped(record()), "a.json")
    more: Json = {**RECORD, "missingEpisodes": [{"date": "2026-05-05"}, {"date": "2026-01-04"}]}
    after = AGENCY.translate(wrapped(record(payload=more)), "b.json")
    old = {fact.event_id: fact.report.to_bytes() for outcome in before for fact in outcome.facts}
    new = {fact.event_id: fact.report.to_bytes() for outcome in after for fact in outcome.facts}
    assert len(new) == len(old) + 1
    assert old.items() <= new.items()


def test_unknown_fields_are_counted_and_passed_over() -> None:
    report = reports(AGENCY.translate(raw({**RECORD, "extraOne": 1, "extraTwo": {"a": "secret"}}), BARE))[0]
    assert "unknown_field:2" in report.provenance.notes
    assert b"secret" not in report.to_bytes()
