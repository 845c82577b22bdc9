"""Facts that schools and other places of education state."""

from contracts.events.shared import ACTION, CHILDS_WORDS, NOT_KNOWN, VIEW
from contracts.report import FieldRule, Report
from contracts.vocabulary import FieldClass as Class
from contracts.vocabulary import SensitivityTag as Tag
from contracts.vocabulary import StatementKind as Kind


def _fact(name: str, meaning: str, content: Class = Class.EDUCATION, *tags: Tag) -> FieldRule:
    return FieldRule(name=name, kinds=(Kind.FACT_RECORDED,), content=content, tags=tags, meaning=meaning)


def _view(name: str, meaning: str, content: Class = Class.OPINION, *tags: Tag) -> FieldRule:
    return FieldRule(name=name, kinds=(Kind.PROFESSIONAL_OPINION,), content=content, tags=tags, meaning=meaning)


_SUMMARY = (
    ("school_year", "School year that the figures are of"),
    ("attendance_percent", "Sessions attended, per cent"),
    ("unauthorised_absence_percent", "Sessions missed without leave, per cent"),
    ("school_average_attendance_percent", "The school's own average, per cent"),
    ("suspensions", "Number of suspensions"),
    ("exclusions", "Number of exclusions"),
    ("school_moves", "Moves of school outside the usual times"),
)


class AttendanceSummary(Report):
    """Attendance, suspensions and exclusions over a period, as the school adds them up."""

    TYPE = "attendance.summary"
    TITLE = "Attendance over a school year"
    FIELDS = (
        *(
            FieldRule(name=name, kinds=(Kind.SYSTEM_DERIVED,), content=Class.EDUCATION, meaning=meaning)
            for name, meaning in _SUMMARY
        ),
        NOT_KNOWN,
    )


class SchoolEnrolled(Report):
    """A child is on the roll of a school."""

    TYPE = "school.enrolled"
    TITLE = "On the roll of a school"
    FIELDS = (
        _fact("school", "Name of the school"),
        _fact("school_urn", "Unique reference number of the school"),
        _fact("contact", "How to reach the school", Class.ADMINISTRATIVE),
    )


class SchoolLeft(Report):
    """A child left the roll of a school."""

    TYPE = "school.left"
    TITLE = "Left a school"
    FIELDS = (
        _fact("school", "Name of the school"),
        _fact("destination", "Where to, if known"),
        _fact("leaving_reason", "Why, as coded"),
    )


class SchoolSuspended(Report):
    """A child was suspended."""

    TYPE = "school.suspended"
    TITLE = "Suspended from school"
    FIELDS = (
        _fact("sessions", "How many half days"),
        _view("suspension_reason", "Reason, as the school coded it"),
        ACTION,
        CHILDS_WORDS,
        VIEW,
    )


class SchoolExcluded(Report):
    """A child was permanently excluded."""

    TYPE = "school.excluded"
    TITLE = "Excluded from school"
    FIELDS = (
        _view("exclusion_reason", "Reason, as the school coded it"),
        ACTION,
        CHILDS_WORDS,
        VIEW,
    )


FACTS = (
    AttendanceSummary,
    SchoolEnrolled,
    SchoolLeft,
    SchoolSuspended,
    SchoolExcluded,
)
