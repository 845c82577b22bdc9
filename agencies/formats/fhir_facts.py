"""FHIR R4 files turned into facts (UK Core): each entry of a Bundle, or a lone resource, is one native record.

Patients become descriptions of a person; emergency Encounters attendances; Flags of the programmes that protect
children flags; missed Appointments missed appointments; safeguarding Communications concerns. Nothing else is shared.
"""

from collections.abc import Callable

from pydantic import ValidationError

from agencies.agency import Outcome, Stated, accepted, ignored, quarantined
from agencies.formats import fhir_bundle
from agencies.formats.draft import Desk, says
from agencies.formats.fhir_build import Case, Happening, Item, label_people, open_case, report, retraction
from agencies.formats.fhir_bundle import Entry, File
from agencies.formats.fhir_codes import is_table_code
from agencies.formats.fhir_flag import flag
from agencies.formats.fhir_message import communication
from agencies.formats.fhir_parts import Left, subject, time_of
from agencies.formats.fhir_people import contacts_of, is_protected, party_at, party_of
from agencies.formats.fhir_r4 import Body, type_of
from agencies.formats.fhir_values import as_code, coding, codings, members, text, updated, wording
from agencies.formats.fhir_visit import encounter
from contracts.errors import NotReadable
from contracts.events.health import AppointmentMissed
from contracts.events.shared import PersonDescribed
from contracts.report import Statement
from contracts.strict_json import MAX_BYTES, Json
from contracts.vocabulary import PersonRole, StatementKind
from contracts.when import unknown_time

Reader = Callable[[Item], tuple[Stated, ...]]


def translate_fhir(raw: bytes, desk: Desk) -> tuple[Outcome, ...]:
    """What became of each record of the file; a file that is not FHIR R4 is one record, quarantined."""
    try:
        file = fhir_bundle.read(raw)
    except NotReadable as refused:
        return (quarantined("file", refused.code),)
    if not file.entries:
        return (ignored("file", "no_entries"),)
    shielded = any(_shields(entry.body) for entry in file.entries)
    return tuple(_outcome(entry, file, desk, shielded) for entry in file.entries)


def _shields(body: Body | None) -> bool:
    return body is not None and (is_protected(body) or any(is_protected(one) for one in members(body, "contained")))


def _outcome(entry: Entry, file: File, desk: Desk, shielded: bool) -> Outcome:
    if entry.code:
        return quarantined(entry.place, entry.code)
    if entry.body is None:
        return ignored(entry.place, "no_resource")
    reader = _READERS.get(type_of(entry.body), _not_shared)
    try:
        fhir_bundle.refuse_loops(entry.body)
        facts = reader(Item(entry.body, file, desk, shielded))
        if any(len(fact.report.to_bytes()) > MAX_BYTES for fact in facts):
            raise NotReadable("too_big")
        return accepted(entry.place, facts)
    except Left as left:
        return ignored(entry.place, left.reason)
    except NotReadable as refused:
        return quarantined(entry.place, refused.code)
    except ValidationError:
        return quarantined(entry.place, "not_valid")


def _not_shared(item: Item) -> tuple[Stated, ...]:
    """A kind of record that is not shared; but one that carries a code of child protection is for a person to look at.

    Raises Left, NotReadable (safeguarding_code_unread).
    """
    if _carries_table_code(item.body):
        raise NotReadable("safeguarding_code_unread")
    raise Left("resource_not_shared")


def _carries_table_code(value: Json) -> bool:
    if isinstance(value, dict):
        found = coding(value)
        return (found is not None and is_table_code(found)) or any(map(_carries_table_code, value.values()))
    return isinstance(value, list) and any(map(_carries_table_code, value))


def _patient(item: Item) -> tuple[Stated, ...]:
    party = party_of(item.body, f"Patient/{text(item.body, 'id') or ''}")
    if not party.is_known():
        raise NotReadable("person_missing")
    role = party.role_on(time_of(updated(item.body)).day())
    contacts = tuple((one, one.role or PersonRole.OTHER) for one in contacts_of(item.body))
    case = open_case(item, label_people(((party, role), *contacts)))
    order = item.body.get("multipleBirthInteger")
    said: tuple[Statement, ...] = ()
    if isinstance(order, int):
        said = says("characteristic", StatementKind.FACT_RECORDED, f"birth {order} of a multiple birth")
    return (report(case, PersonDescribed, case.people[0], Happening(unknown_time(), statements=said)),)


def _appointment(item: Item) -> tuple[Stated, ...]:
    """Raises Left (not_missed), NotReadable."""
    status = text(item.body, "status")
    if status not in _APPOINTMENT_STATUSES:
        raise NotReadable("status")
    if status not in ("noshow", "entered-in-error"):
        raise Left("not_missed")
    start = text(item.body, "start")
    day = time_of(start, updated(item.body)).day()
    actors = [one["actor"] for one in members(item.body, "participant") if isinstance(one.get("actor"), dict)]
    subjects = [found for actor in actors if isinstance(actor, dict) and (found := subject(actor, item)) is not None]
    if not subjects:
        raise NotReadable("person_missing")
    also = (party_at(one, item.body, item.file) for one in members(item.body, "supportingInformation"))
    people = label_people((one, one.role_on(day)) for one in (*subjects, *also) if one is not None)
    case = open_case(item, people)
    patients = [one for one in people if one.party in subjects and one.party.role in (None, PersonRole.CHILD)]
    if status == "entered-in-error":
        return tuple(retraction(case, AppointmentMissed, one, _part(at)) for at, one in enumerate(patients))
    return tuple(
        report(case, AppointmentMissed, one, Happening(time_of(start), None, _missed(item.body, case), _part(at)))
        for at, one in enumerate(patients)
    )


def _part(place: int) -> str:
    return str(place) if place else ""


_APPOINTMENT_STATUSES = frozenset(
    {"proposed", "pending", "booked", "arrived", "fulfilled", "cancelled", "noshow"}
    | {"entered-in-error", "checked-in", "waitlist"}
)


def _missed(body: Body, case: Case) -> tuple[Statement, ...]:
    fact = StatementKind.FACT_RECORDED
    services = (*members(body, "serviceType"), *members(body, "serviceCategory"), *members(body, "specialty"))
    setting = next((said for said in map(wording, services) if said is not None), None)
    said = [*says("setting", fact, setting), *says("appointment", fact, text(body, "description"))]
    for reason in members(body, "reasonCode"):
        found = next(iter(codings(reason)), None)
        code = as_code(found, recognised=is_table_code(found)) if found is not None else None
        said += says("reason", fact, wording(reason), code=code)
    return tuple(said)


_READERS: dict[str, Reader] = {
    "Patient": _patient,
    "Encounter": encounter,
    "Flag": flag,
    "Appointment": _appointment,
    "Communication": communication,
}
