"""DfE health records turned into facts: appointments missed, visits to a department, and who works with the child."""

from agencies.agency import Stated, digest
from agencies.formats.draft import Content, Desk, says, state
from agencies.formats.native_json import read_as
from agencies.formats.sui import SuiRecord
from agencies.formats.sui_facts import child, involvements, part_of
from agencies.formats.sui_records import DepartmentAttendance, HealthRecord, MissedAppointment
from contracts.events.health import AppointmentMissed, EmergencyAttendance
from contracts.events.shared import InvolvementStated
from contracts.strict_json import Json
from contracts.vocabulary import SensitivityTag, StatementKind
from contracts.when import When, unknown_time

_HEALTH = (SensitivityTag.HEALTH,)
_MENTAL_HEALTH = (SensitivityTag.HEALTH, SensitivityTag.MENTAL_HEALTH)


def health_facts(desk: Desk, record: SuiRecord) -> tuple[Stated, ...]:
    """The facts of one record. Raises Unsound, pydantic's ValidationError."""
    health = read_as(HealthRecord, record.payload)
    return (
        *(_missed(desk, record, one) for one in health.missed_appointments or ()),
        *(_attended(desk, record, one) for one in health.emergency_department_attendances or ()),
        *_teams(desk, record, health),
        *involvements(desk, record, health.health_active_statuses_and_plans or ()),
        *_practice(desk, record, health),
    )


def _missed(desk: Desk, record: SuiRecord, one: MissedAppointment) -> Stated:
    native: Json = {"date": _value(one.date), "setting": one.setting, "reason": one.reason, "notes": list(one.notes)}
    content = Content(
        people=(child(record),),
        happened=one.date or unknown_time(),
        statements=(
            *says("setting", StatementKind.FACT_RECORDED, one.setting),
            *says("reason", StatementKind.FACT_RECORDED, one.reason),
        ),
        tags=_HEALTH,
        notes=one.notes,
    )
    return state(desk, AppointmentMissed, part_of(record, "missed", native), content)


def _attended(desk: Desk, record: SuiRecord, one: DepartmentAttendance) -> Stated:
    native: Json = {"date": _value(one.date), "reason": one.reason, "notes": list(one.notes)}
    content = Content(
        people=(child(record),),
        happened=one.date or unknown_time(),
        statements=says("reason", StatementKind.OBSERVATION, one.reason),
        tags=_HEALTH,
        notes=one.notes,
    )
    return state(desk, EmergencyAttendance, part_of(record, "attendance", native), content)


def _teams(desk: Desk, record: SuiRecord, health: HealthRecord) -> tuple[Stated, ...]:
    """The mental-health teams, with how to reach them; each a state with no date of its own."""
    contacts = tuple(dict.fromkeys((*(health.camhs_contact_details or ()), health.camhs_contact_telephone or "")))
    facts = []
    for name in dict.fromkeys(health.camhs_team_involvement or ()):
        said = says("service", StatementKind.FACT_RECORDED, name)
        reached = tuple(each for line in contacts for each in says("contact", StatementKind.FACT_RECORDED, line))
        native: Json = {"team": name, "contacts": list(contacts)}
        content = Content(
            people=(child(record),),
            statements=(*said, *reached),
            tags=_MENTAL_HEALTH,
            notes=("state_without_a_date",),
        )
        if said:
            item = part_of(record, "camhs", native, digest(name)[:16])
            facts.append(state(desk, InvolvementStated, item, content))
    return tuple(facts)


def _practice(desk: Desk, record: SuiRecord, health: HealthRecord) -> tuple[Stated, ...]:
    """The general practice that the child is registered with, and its doctor."""
    fact = StatementKind.FACT_RECORDED
    doctor = health.registered_gp_name or health.registered_gp
    service = says("service", fact, health.registered_gp_surgery or doctor)
    if not service:
        return ()
    native: Json = {"surgery": health.registered_gp_surgery, "doctor": doctor, "telephone": health.gp_telephone}
    content = Content(
        people=(child(record),),
        statements=(*service, *says("contact", fact, doctor), *says("contact", fact, health.gp_telephone)),
        tags=_HEALTH,
        notes=("state_without_a_date",),
    )
    item = part_of(record, "practice", native, "1")
    return (state(desk, InvolvementStated, item, content),)


def _value(time: When | None) -> str | None:
    return None if time is None else time.value
