"""Emergency Encounters: a person came to a department, left it, or was admitted from it."""

from agencies.agency import Stated
from agencies.formats.draft import says
from agencies.formats.fhir_build import Happening, Item, label_people, open_case, report, retraction
from agencies.formats.fhir_parts import Left, escorts, required_subject, site, time_of
from agencies.formats.fhir_r4 import Body
from agencies.formats.fhir_values import Coding, as_code, coding, codings, member, members, text, updated, wording
from contracts.errors import NotReadable
from contracts.events.health import EmergencyAdmission, EmergencyAttendance, EmergencyAttendanceEnded
from contracts.report import Statement
from contracts.vocabulary import StatementKind

_STATUSES = frozenset({"planned", "arrived", "triaged", "in-progress", "onleave", "finished", "cancelled"})
_SPECIAL_STATUSES = frozenset({"entered-in-error", "unknown"})
_ADMITTED = frozenset({"IMP", "ACUTE", "NONAC", "OBSENC"})


def encounter(item: Item) -> tuple[Stated, ...]:
    """The facts of an emergency Encounter; a stay that began there is one record, told by its history of classes.

    Raises Left (not_emergency, planned, cancelled), NotReadable, pydantic's ValidationError.
    """
    status = text(item.body, "status") or ""
    if status not in _STATUSES | _SPECIAL_STATUSES:
        raise NotReadable("status")
    now = coding(member(item.body, "class"))
    earlier = [one for one in members(item.body, "classHistory") if _is_emergency(coding(member(one, "class")))]
    if not _is_emergency(now) and not earlier:
        raise Left("not_emergency")
    if status in ("planned", "cancelled"):
        raise Left(status)
    period = member(item.body, "period")
    there = period if _is_emergency(now) or not earlier else member(earlier[0], "period") or period
    return _facts(item, status, there, admitted=not _is_emergency(now) and now is not None and now.code in _ADMITTED)


def _is_emergency(found: Coding | None) -> bool:
    return found is not None and found.code == "EMER" and found.scheme in ("v3-actcode", "")


def _facts(item: Item, status: str, there: Body, *, admitted: bool) -> tuple[Stated, ...]:
    start, end = text(there, "start"), text(there, "end")
    day = time_of(start, updated(item.body)).day()
    who = required_subject(item)
    place, drawn = site(member(item.body, "serviceProvider"), item)
    case = open_case(item, label_people(((who, who.role_on(day)), *escorts(item, day))), drawn)
    about = case.people[0]
    if status == "entered-in-error":
        return (retraction(case, EmergencyAttendance, about),)
    left = time_of(end) if end is not None else None
    gone = _gone(item.body)
    state = says("attendance_status", StatementKind.FACT_RECORDED, status)
    came = Happening(time_of(start), left, (*place, *_reasons(item.body, StatementKind.OBSERVATION), *state, *gone))
    facts = [report(case, EmergencyAttendance, about, came)]
    if admitted:
        reasons = _reasons(item.body, StatementKind.FACT_RECORDED)
        facts.append(
            report(case, EmergencyAdmission, about, Happening(time_of(end), None, (*place, *reasons)), whole=False)
        )
    elif status == "finished" and end is not None:
        ending = Happening(time_of(end), None, (*place, *gone))
        facts.append(report(case, EmergencyAttendanceEnded, about, ending, whole=False))
    return tuple(facts)


def _reasons(body: Body, kind: StatementKind) -> tuple[Statement, ...]:
    found: list[Statement] = []
    for reason in members(body, "reasonCode"):
        first = next(iter(codings(reason)), None)
        code = as_code(first, recognised=False) if first is not None else None
        found += says("reason", kind, wording(reason), code=code)
    return tuple(found)


def _gone(body: Body) -> tuple[Statement, ...]:
    where = member(member(body, "hospitalization"), "dischargeDisposition")
    first = next(iter(codings(where)), None)
    code = as_code(first, recognised=False) if first is not None else None
    return says("discharge", StatementKind.FACT_RECORDED, wording(where), code=code)
