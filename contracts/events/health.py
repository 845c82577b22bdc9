"""Facts that health services state."""

from contracts.events.shared import ACTION, CHILD_SEEN, CHILDS_WORDS, IMPACT, VIEW
from contracts.report import FieldRule, Report
from contracts.vocabulary import FieldClass as Class
from contracts.vocabulary import SensitivityTag as Tag
from contracts.vocabulary import StatementKind as Kind


def _fact(name: str, meaning: str, content: Class = Class.HEALTH, *tags: Tag) -> FieldRule:
    return FieldRule(name=name, kinds=(Kind.FACT_RECORDED,), content=content, tags=tags, meaning=meaning)


def _view(name: str, meaning: str, content: Class = Class.OPINION, *tags: Tag) -> FieldRule:
    return FieldRule(name=name, kinds=(Kind.PROFESSIONAL_OPINION,), content=content, tags=tags, meaning=meaning)


class EmergencyAttendance(Report):
    """A person came to an emergency department."""

    TYPE = "ae.attendance"
    TITLE = "A&E attendance"
    FIELDS = (
        ACTION,
        VIEW,
        CHILDS_WORDS,
        CHILD_SEEN,
        _fact("site", "Where", Class.ADMINISTRATIVE),
        FieldRule(
            name="reason",
            kinds=(Kind.OBSERVATION,),
            content=Class.HEALTH,
            tags=(Tag.HEALTH,),
            meaning="Why the person came, as coded or recorded",
        ),
        FieldRule(
            name="explanation_given",
            kinds=(Kind.THIRD_PARTY, Kind.ALLEGATION),
            content=Class.NARRATIVE,
            meaning="The explanation given, and by whom",
        ),
        _fact("attendance_status", "Status at the department", Class.ADMINISTRATIVE),
        _fact("discharge", "Where the person went on leaving", Class.ADMINISTRATIVE),
    )


class EmergencyAttendanceEnded(Report):
    """A person left an emergency department."""

    TYPE = "ae.attendance_ended"
    TITLE = "Left A&E"
    FIELDS = (
        _fact("site", "Where", Class.ADMINISTRATIVE),
        _fact("discharge", "Where the person went on leaving", Class.ADMINISTRATIVE),
    )


class EmergencyAdmission(Report):
    """A person was admitted to hospital from an emergency department."""

    TYPE = "ae.admitted"
    TITLE = "Admitted through A&E"
    FIELDS = (
        _fact("site", "Where", Class.ADMINISTRATIVE),
        _fact("reason", "Why, as coded", Class.HEALTH, Tag.HEALTH),
    )


class AppointmentMissed(Report):
    """A child was not brought, or a person did not come."""

    TYPE = "health.missed_appointment"
    TITLE = "Appointment missed"
    FIELDS = (
        ACTION,
        IMPACT,
        VIEW,
        _fact("setting", "Where the appointment was", Class.ADMINISTRATIVE),
        _fact("reason", "Reason given, if any", Class.HEALTH, Tag.HEALTH),
        _fact("appointment", "What the appointment was for", Class.HEALTH, Tag.HEALTH),
        _fact("times_missed", "How many in a row", Class.ADMINISTRATIVE),
    )


class HealthFlagSet(Report):
    """A flag was set on a person's health record."""

    TYPE = "health.flag_set"
    TITLE = "Flag on the health record"
    FIELDS = (
        _view("flag", "What the flag says", Class.HEALTH, Tag.HEALTH),
        _fact("flag_category", "Category of the flag", Class.ADMINISTRATIVE),
        _fact("flag_status", "Status of the flag", Class.ADMINISTRATIVE),
    )


class HealthFlagCleared(Report):
    """A flag on a person's health record ended. The concern was not thereby wrong."""

    TYPE = "health.flag_cleared"
    TITLE = "Flag ended"
    FIELDS = (
        _view("flag", "What the flag said", Class.HEALTH, Tag.HEALTH),
        _fact("flag_category", "Category of the flag", Class.ADMINISTRATIVE),
    )


FACTS = (
    EmergencyAttendance,
    EmergencyAttendanceEnded,
    EmergencyAdmission,
    AppointmentMissed,
    HealthFlagSet,
    HealthFlagCleared,
)
