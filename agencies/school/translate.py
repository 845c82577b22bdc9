"""School files turned into facts: DfE education records in either shape."""

from agencies.agency import Outcome, Stated
from agencies.formats.bases import public_task
from agencies.formats.draft import Content, Desk, says, state
from agencies.formats.native_json import read_as
from agencies.formats.sui import EDUCATION, PERSONAL, SuiRecord, translate_sui
from agencies.formats.sui_facts import child, described, involvements, part_of, place_of
from agencies.formats.sui_records import EducationRecord, YearOfAttendance
from contracts.events.school import AttendanceSummary, SchoolEnrolled
from contracts.report import Statement
from contracts.strict_json import Json
from contracts.vocabulary import Gateway, Precision, StatementKind
from contracts.when import When

SOURCE = "urn:childhub:agency:school"
_DESK = Desk(source=SOURCE, adapter="school", basis=lambda person, _: public_task(person, True, Gateway.EA02_S175))


def translate(raw: bytes, file_name: str) -> tuple[Outcome, ...]:
    """What became of each record in the file."""
    return translate_sui(raw, file_name, _READERS, "EDUCATION")


def _education(record: SuiRecord) -> tuple[Stated, ...]:
    education = read_as(EducationRecord, record.payload)
    years = (*(education.yearly_education_attendances or ()), *(education.education_attendances or ()))
    return (
        *_enrolled(record, education),
        *(_attendance(record, year) for year in years),
        *involvements(_DESK, record, education.education_active_statuses_and_plans or ()),
    )


def _enrolled(record: SuiRecord, education: EducationRecord) -> tuple[Stated, ...]:
    school = says("school", StatementKind.FACT_RECORDED, education.education_setting_name)
    if not school:
        return ()
    place = place_of(education.education_setting_address)
    telephone = education.education_setting_telephone
    native: Json = {
        "school": education.education_setting_name,
        "address": None if place is None else [place.text, place.postcode],
        "telephone": telephone,
        "notes": list(education.notes),
    }
    content = Content(
        people=(child(record),),
        statements=(*school, *says("contact", StatementKind.FACT_RECORDED, telephone)),
        place=place,
        notes=("state_without_a_date", *education.notes),
    )
    return (state(_DESK, SchoolEnrolled, part_of(record, "school", native, "1"), content),)


def _attendance(record: SuiRecord, year: YearOfAttendance) -> Stated:
    figures = (
        ("attendance_percent", year.attendance_percentage),
        ("unauthorised_absence_percent", year.unauthorised_absence_percentage),
        ("school_average_attendance_percent", year.schools_average_attendance),
        ("suspensions", year.suspensions),
        ("exclusions", year.exclusions),
        ("school_moves", year.school_moves_non_transitional),
    )
    native: Json = {
        "start": year.academic_term_year_start,
        "end": year.academic_term_year_end,
        "notes": list(year.notes),
        **dict(figures),
    }
    content = Content(
        people=(child(record),),
        statements=(*_school_year(year), *(each for name, figure in figures for each in _figure(name, figure))),
        happened=_year(year.academic_term_year_start),
        ended=None if year.academic_term_year_end is None else _year(year.academic_term_year_end),
        notes=year.notes,
    )
    item = part_of(record, "attendance", native, str(year.academic_term_year_start))
    return state(_DESK, AttendanceSummary, item, content)


def _school_year(year: YearOfAttendance) -> tuple[Statement, ...]:
    end = year.academic_term_year_end
    label = str(year.academic_term_year_start) + ("" if end is None else f"/{end}")
    return says("school_year", StatementKind.SYSTEM_DERIVED, label)


def _figure(name: str, figure: float | int | None) -> tuple[Statement, ...]:
    if figure is None:
        return says("not_known", StatementKind.FACT_RECORDED, name)
    return says(name, StatementKind.SYSTEM_DERIVED, figure)


def _year(year: int) -> When:
    return When(value=f"{year:04}", precision=Precision.YEAR)


_READERS = {EDUCATION: _education, PERSONAL: lambda record: described(_DESK, record)}
