"""Does a DfE education record become the school, a summary for each year, and statuses, and no more than it says?"""

import pytest

from agencies.school import AGENCY
from contracts.strict_json import Json
from contracts.vocabulary import Precision, Sex, StatementKind
from tests.support.places import sample
from tests.support.translations import only, raw, reason, reports, said

BARE = "9990004331_EducationDetailsRecordV1.json"


def test_the_public_record_gives_the_facts_worked_out_by_hand() -> None:
    path = sample("education", "sui-9449303223_EducationDetailsRecordV1.json")
    outcomes = AGENCY.translate(path.read_bytes(), path.name)
    enrolled = only(outcomes, "school.enrolled")
    assert said(enrolled, "school")[0].value == "Redwood Academy"
    assert enrolled.place is not None
    assert enrolled.place.postcode == "SE6 8DL"
    first, second = reports(outcomes, "attendance.summary")
    assert said(first, "school_year")[0].value == "2025/2026"
    assert (first.happened.value, first.happened.precision) == ("2025", Precision.YEAR)
    assert said(second, "attendance_percent")[0].value == 62.7
    assert said(second, "exclusions")[0].value == 1
    status = only(outcomes, "involvement.stated")
    assert said(status, "plan")[0].value == "Education, Health and Care (EHC) plan"


def test_sums_are_marked_as_derived_and_a_missing_one_as_not_known() -> None:
    year: Json = {"academicTermYearStart": 2024, "academicTermYearEnd": 2025, "suspensions": 0, "exclusions": None}
    summary = only(AGENCY.translate(raw({"yearlyEducationAttendances": [year]}), BARE), "attendance.summary")
    assert said(summary, "suspensions")[0].kind is StatementKind.SYSTEM_DERIVED
    assert said(summary, "suspensions")[0].value == 0
    assert not said(summary, "exclusions")
    assert "exclusions" in [each.value for each in said(summary, "not_known")]


def test_the_earlier_name_of_the_yearly_figures_is_read_too() -> None:
    year: Json = {"academicTermYearStart": 2023, "attendancePercentage": 70}
    outcomes = AGENCY.translate(raw({"educationAttendances": [year]}), BARE)
    assert said(only(outcomes, "attendance.summary"), "school_year")[0].value == "2023"


def test_a_custodians_personal_record_describes_the_person_and_says_what_it_does_not_know() -> None:
    path = sample("education", "sui-stub-education-01.custodian.json")
    person = only(AGENCY.translate(path.read_bytes(), path.name), "person.described")
    assert person.subject().names[0].given == "Octavia"
    assert person.subject().names[0].family is None
    assert person.subject().sex is Sex.UNKNOWN
    assert len(said(person, "household_member")) == 5
    assert {"last_name", "date_of_birth", "birth_assigned_sex"} <= {each.value for each in said(person, "not_known")}


@pytest.mark.parametrize(
    ("payload", "code"),
    [
        ({"yearlyEducationAttendances": [{"academicTermYearStart": "2024"}]}, "wrong_type"),
        ({"yearlyEducationAttendances": [{"suspensions": 1}]}, "missing_field"),
        ({"yearlyEducationAttendances": [{"academicTermYearStart": 12}]}, "not_valid"),
        ({"yearlyEducationAttendances": [{"academicTermYearStart": 2024, "suspensions": True}]}, "wrong_type"),
        ({"educationSettingName": "x" * 500, "educationSettingAddress": {"postcode": "x" * 40}}, "not_valid"),
    ],
)
def test_what_cannot_be_read_for_certain_is_quarantined(payload: Json, code: str) -> None:
    assert reason(AGENCY.translate(raw(payload), BARE)) == code
