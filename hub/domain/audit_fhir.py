"""The record of access as FHIR R4B AuditEvent resources, one for each person whose record an operation was on.

Source: IHE ITI Basic Audit Log Patterns (BALP) 1.1: Read, PatientRead, Query, PatientQuery, PatientCreate,
PatientUpdate and PrivacyDisclosure.Source. What these have no pattern for (refusals, sign-in, emergencies, looks at
this record itself) is written with the DICOM event codes of DCM (PS3.16, CID 400 and 401), and claims no profile.
"""

from collections.abc import Iterator
from datetime import UTC
from typing import Final
from uuid import UUID

from contracts.base64_text import to_text
from contracts.strict_json import Json
from hub.domain.access_line import REFUSED, AccessLine

Coding = dict[str, Json]
_DCM: Final = "http://dicom.nema.org/resources/ontology/DCM"
_HL7: Final = "http://terminology.hl7.org/CodeSystem"
_REST: Final = "http://hl7.org/fhir/restful-interaction"
_BALP: Final = "https://profiles.ihe.net/ITI/BALP"
HUB: Final = "urn:childhub:hub"
PERSON: Final = "urn:childhub:person"
_SERVER: Final[Json] = {"system": f"{_HL7}/security-source-type", "code": "4", "display": "Application Server"}
_URI: Final = "5"  # http://hl7.org/fhir/network-type
_SUCCESS, _FAILURE = "0", "8"
_OF_THE_LOG: Final = frozenset({"audit_read", "export", "count", "review"})


def events(line: AccessLine) -> Iterator[dict[str, Json]]:
    """The resources of one line: one for each person, or one for nobody."""
    for number, person in enumerate(line.people or (None,)):
        yield {
            "resourceType": "AuditEvent",
            "id": f"{line.position}-{number}",
            **_what(line, person is not None),
            "recorded": line.at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
            "outcome": _FAILURE if line.effect == REFUSED else _SUCCESS,
            "agent": _agents(line),
            "source": {"observer": _hub(), "type": [_SERVER]},
            "entity": [*_entities(line), *([_patient(person)] if person is not None else [])],
        }


def _what(line: AccessLine, of_a_person: bool) -> dict[str, Json]:
    """The type, subtype and action, and the profile that is claimed."""
    if line.effect == REFUSED and line.kind != "sign_in":
        role = _coding(f"{_BALP}/CodeSystem/AuthZsubType", "AuthZ-Role", "Authorization Decision using only Roles")
        return _event("", _dcm("110113", "Security Alert"), role, "E")
    match line.kind:
        case "sign_in":
            return _event("", _dcm("110114", "User Authentication"), _dcm("110122", "Login"), "E")
        case "break_glass":
            emergency = _dcm("110127", "Emergency Override Started")
            return _event("", _dcm("110113", "Security Alert"), emergency, "E")
        case "disclosure":
            disclosed = _coding(f"{_HL7}/iso-21089-lifecycle", "disclose", "Disclose Record Lifecycle Event")
            return _event("PrivacyDisclosure.Source", _dcm("110106", "Export"), disclosed, "R")
        case kind if kind in _OF_THE_LOG:
            return _event("", _dcm("110101", "Audit Log Used"), None, "R")
        case _:
            return _restful(line, "Patient" if of_a_person else "")


def _restful(line: AccessLine, patient: str) -> dict[str, Json]:
    name, interaction, action = {
        "search": ("Query", "search", "E"),
        "collection": ("Create", "create", "C"),
        "alteration": ("Update", "update", "U"),
        "combination": ("Update", "update", "U"),
        "taken_back": ("Update", "update", "U"),
    }.get(line.kind, ("Read", "read", "R"))
    rest = _coding(f"{_HL7}/audit-event-type", "rest", "Restful Operation")
    return _event(f"{patient}{name}", rest, _coding(_REST, interaction, interaction), action)


def _event(profile: str, kind: Coding, subtype: Coding | None, action: str) -> dict[str, Json]:
    claimed: list[Json] = [f"{_BALP}/StructureDefinition/IHE.BasicAudit.{profile}"] if profile else []
    subtypes: list[Json] = [subtype] if subtype is not None else []
    return {
        **({"meta": {"profile": claimed}} if claimed else {}),
        "type": kind,
        **({"subtype": subtypes} if subtypes else {}),
        "action": action,
    }


def _agents(line: AccessLine) -> list[Json]:
    """Client and server, in the direction in which the pattern has the content go; the recipients; the person."""
    source, destination = _dcm("110153", "Source Role ID"), _dcm("110152", "Destination Role ID")
    if line.kind == "disclosure":
        to: list[Json] = [_machine(destination, one, one) for one in line.recipients]
        return [_machine(source, HUB, HUB), *to, *_person(line)]
    asks = line.kind in ("search", "collection", "alteration", "combination", "taken_back")
    client, server = (source, destination) if asks else (destination, source)
    via = line.actor.via if line.actor is not None else "bus"
    where = f"{HUB}:{via}"
    return [_machine(client, line.source or where, where), _machine(server, HUB, HUB), *_person(line)]


def _machine(role: Coding, who: str, address: str) -> dict[str, Json]:
    identified: Json = {"identifier": {"value": who}}
    network: Json = {"address": address, "type": _URI}
    return {"type": {"coding": [role]}, "who": identified, "requestor": False, "network": network}


def _person(line: AccessLine) -> list[Json]:
    if line.actor is None:
        return []
    recipient = _coding(f"{_HL7}/v3-ParticipationType", "IRCP", "information recipient")
    agency: Json = {"identifier": {"value": line.actor.agency}}
    who: Json = {"identifier": {"system": line.actor.issuer, "value": line.actor.subject, "assigner": agency}}
    role: Json = [{"coding": [_coding("urn:childhub:role", line.actor.role.value, line.actor.role.meaning)]}]
    said: dict[str, Json] = {"type": {"coding": [recipient]}, "who": who, "requestor": True, "role": role}
    if line.purpose is not None:
        why = _coding("urn:childhub:purpose", line.purpose.value, line.purpose.meaning)
        said["purposeOfUse"] = [{"coding": [why]}]
    return [said]


def _entities(line: AccessLine) -> list[Json]:
    kind = _coding(f"{_HL7}/audit-entity-type", "2", "System Object")
    if line.kind == "search":
        # The number that was typed is kept nowhere in clear: only its kind can be told.
        asked = to_text(f"identifier-kind={line.what}".encode())
        return [{"type": kind, "role": _coding(f"{_HL7}/object-role", "24", "Query"), "query": asked}]
    if line.kind == "sign_in":
        return []
    of_the_log = line.kind in _OF_THE_LOG
    role = ("13", "Security Resource") if of_the_log else ("4", "Domain Resource")
    what: Json = {"identifier": {"system": "urn:childhub:decision", "value": str(line.decision_id or line.position)}}
    return [{"what": what, "type": kind, "role": _coding(f"{_HL7}/object-role", *role), "description": line.what}]


def _patient(person: UUID) -> dict[str, Json]:
    what: Json = {"type": "Patient", "identifier": {"system": PERSON, "value": str(person)}}
    kind = _coding(f"{_HL7}/audit-entity-type", "1", "Person")
    return {"what": what, "type": kind, "role": _coding(f"{_HL7}/object-role", "1", "Patient")}


def _hub() -> dict[str, Json]:
    return {"identifier": {"value": HUB}}


def _dcm(code: str, display: str) -> Coding:
    return _coding(_DCM, code, display)


def _coding(system: str, code: str, display: str) -> Coding:
    return {"system": system, "code": code, "display": display}
