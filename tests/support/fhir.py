"""FHIR messages about invented people, as small as a test needs them."""

import json
from pathlib import Path

from agencies.agency import Outcome
from agencies.health import AGENCY
from contracts.report import Report
from contracts.strict_json import Json

REPO = Path(__file__).resolve().parents[2]
SAMPLES = REPO.parent / "shared" / "samples"
NHS_SYSTEM = "https://fhir.nhs.uk/Id/nhs-number"
VERIFIED_URL = "https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-NHSNumberVerificationStatus"
ENGLAND = "https://fhir.hl7.org.uk/CodeSystem/UKCore-NHSNumberVerificationStatusEngland"
SNOMED = "http://snomed.info/sct"

Body = dict[str, Json]


def bytes_of(value: Json) -> bytes:
    return json.dumps(value).encode()


def outcomes(value: Json) -> tuple[Outcome, ...]:
    return AGENCY.translate(bytes_of(value), "message.json")


def only(value: Json) -> Outcome:
    found = outcomes(value)
    assert len(found) == 1
    return found[0]


def reports(value: Json) -> list[Report]:
    found = [fact.report for outcome in outcomes(value) for fact in outcome.facts]
    assert found, outcomes(value)
    return found


def reasons(value: Json) -> list[str]:
    return [f"{outcome.result}:{outcome.reason}" for outcome in outcomes(value)]


def number(value: str, *, status: str | None = None, system: str = ENGLAND, **more: Json) -> Body:
    found: Body = {"system": NHS_SYSTEM, "value": value, **more}
    if status is not None:
        coding: Json = {"coding": [{"system": system, "code": status}]}
        found["extension"] = [{"url": VERIFIED_URL, "valueCodeableConcept": coding}]
    return found


def patient(**more: Json) -> Body:
    whole: Body = {
        "resourceType": "Patient",
        "id": "robin",
        "meta": {"versionId": "1", "lastUpdated": "2026-09-01T08:00:00Z"},
        "identifier": [number("9990001006", status="01")],
        "name": [{"use": "official", "family": "Exemplar", "given": ["Robin"]}],
        "birthDate": "2022-05-11",
        "gender": "male",
    }
    return whole | more


def by_number(value: str = "9990001006") -> Body:
    return {"identifier": number(value)}


def visit(**more: Json) -> Body:
    whole: Body = {
        "resourceType": "Encounter",
        "id": "ed-1",
        "meta": {"versionId": "2", "lastUpdated": "2026-10-02T20:00:00Z"},
        "status": "finished",
        "class": {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "EMER"},
        "subject": by_number(),
        "period": {"start": "2026-10-02T18:25:00+01:00", "end": "2026-10-02T20:10:00+01:00"},
    }
    return whole | more


def alert(code: str = "224353004", category: str = "CP-IS", **more: Json) -> Body:
    whole: Body = {
        "resourceType": "Flag",
        "id": "flag-1",
        "status": "active",
        "category": [
            {"coding": [{"system": "https://fhir.nhs.uk/England/CodeSystem/PatientFlagCategory", "code": category}]}
        ],
        "code": {"coding": [{"system": SNOMED, "code": code}]},
        "subject": by_number(),
        "period": {"start": "2026-02-03"},
    }
    return whole | more


def message(*about: Json, **more: Json) -> Body:
    whole: Body = {
        "resourceType": "Communication",
        "id": "note-1",
        "status": "completed",
        "category": [{"coding": [{"system": SNOMED, "code": "836881000000105"}]}],
        "subject": by_number(),
        "about": list(about),
        "sent": "2026-10-06T09:12:00+01:00",
        "payload": [{"contentString": "Words."}],
    }
    if not about:
        del whole["about"]
    return whole | more


def bundle(*bodies: Json, kind: str = "collection") -> Body:
    return {"resourceType": "Bundle", "type": kind, "entry": [{"resource": body} for body in bodies]}
