"""What facts does a FHIR R4 resource give, about whom, when and marked how?"""

import pytest

from agencies.agency import Result
from agencies.gp import AGENCY as GP
from agencies.health import AGENCY as HEALTH
from agencies.health_visiting import AGENCY as HEALTH_VISITING
from contracts.identifiers import Scheme
from contracts.strict_json import Json
from contracts.vocabulary import PersonRole, SensitivityTag, StatementKind, Telling
from tests.support.fhir import (
    Body,
    bundle,
    bytes_of,
    number,
    only,
    outcomes,
    patient,
    reasons,
    reports,
    visit,
)

LOCAL = "https://childhub.example/StructureDefinition/"
ACT = "http://terminology.hl7.org/CodeSystem/v3-ActCode"


def types(value: Json) -> list[str]:
    return [made.TYPE for made in reports(value)]


# Patient


def test_a_patient_under_eighteen_when_last_updated_is_a_child() -> None:
    (made,) = reports(patient())
    assert made.TYPE == "person.described"
    assert made.subject().role is PersonRole.CHILD
    assert made.happened.value is None
    assert made.recorded.value == "2026-09-01T08:00:00Z"


@pytest.mark.parametrize(
    ("born", "updated", "role"),
    [
        ("2008-09-02", "2026-09-01T08:00:00Z", PersonRole.CHILD),
        ("2008-09-01", "2026-09-01T08:00:00Z", PersonRole.OTHER),
        ("2008", "2026-09-01T08:00:00Z", PersonRole.CHILD),
        ("2022-05-11", None, PersonRole.OTHER),
    ],
)
def test_age_is_taken_on_the_senders_day_and_never_guessed(born: str, updated: str | None, role: PersonRole) -> None:
    meta: Json = {"lastUpdated": updated} if updated is not None else {"versionId": "1"}
    (made,) = reports(patient(birthDate=born, meta=meta))
    assert made.subject().role is role


def test_an_adult_is_marked_as_a_third_party_and_a_baby_of_unknown_day_is_not() -> None:
    (adult,) = reports(patient(birthDate="1970-09-11", meta={}))
    (baby,) = reports(patient(birthDate="2021-02-11", meta={}))
    assert SensitivityTag.THIRD_PARTY_ADULT in adult.handling.sensitivity
    assert SensitivityTag.THIRD_PARTY_ADULT not in baby.handling.sensitivity


@pytest.mark.parametrize(
    ("system", "code", "traced"),
    [
        ("https://fhir.hl7.org.uk/CodeSystem/UKCore-NHSNumberVerificationStatusEngland", "01", True),
        ("HTTPS://FHIR.HL7.ORG.UK/CodeSystem/ukcore-nhsnumberverificationstatusengland", "01", True),
        (
            "https://fhir.hl7.org.uk/CodeSystem/UKCore-NHSNumberVerificationStatus",
            "number-present-and-verified",
            True,
        ),
        ("https://fhir.hl7.org.uk/CodeSystem/UKCore-NHSNumberVerificationStatusEngland", "03", False),
        ("https://elsewhere.example/CodeSystem/other", "01", False),
    ],
)
def test_a_number_is_traced_only_when_its_status_says_verified(system: str, code: str, traced: bool) -> None:
    (made,) = reports(patient(identifier=[number("9990001006", status=code, system=system)]))
    assert made.subject().identifiers[0].traced is traced


def test_a_number_under_an_address_in_other_case_is_still_an_nhs_number() -> None:
    (made,) = reports(patient(identifier=[{"system": "https://fhir.nhs.uk/id/NHS-number", "value": "999 000 1006"}]))
    assert [str(one) for one in made.subject().identifiers] == ["nhs:9990001006"]


def test_a_local_number_carries_its_numbering_so_that_two_hospitals_do_not_mix() -> None:
    own: Json = [{"system": "https://a.example/Id/mrn", "value": "12345"}, {"value": "12345"}]
    (made,) = reports(patient(identifier=own))
    assert [(one.scheme, one.value) for one in made.subject().identifiers] == [
        (Scheme.LOCAL, "https://a.example/id/mrn|12345")
    ]


def test_a_patient_of_whom_nothing_is_said_is_missing() -> None:
    assert reasons({"resourceType": "Patient", "gender": "male"}) == ["quarantined:person_missing"]


# Encounter


def test_an_emergency_encounter_is_an_attendance_and_its_end() -> None:
    came, left = reports(visit(reasonCode=[{"text": "Bruise"}]))
    assert (came.TYPE, left.TYPE) == ("ae.attendance", "ae.attendance_ended")
    assert came.happened.value == "2026-10-02T18:25:00+01:00"
    assert left.happened.value == "2026-10-02T20:10:00+01:00"
    assert [one.kind for one in came.statements if one.field == "reason"] == [StatementKind.OBSERVATION]


@pytest.mark.parametrize("status", ["arrived", "triaged", "in-progress", "onleave", "unknown"])
def test_a_visit_not_finished_has_not_ended(status: str) -> None:
    assert types(visit(status=status)) == ["ae.attendance"]


@pytest.mark.parametrize(
    ("change", "outcome"),
    [
        ({"class": {"system": ACT, "code": "IMP"}}, "ignored:not_emergency"),
        ({"class": {"system": "https://elsewhere.example/classes", "code": "EMER"}}, "ignored:not_emergency"),
        ({"status": "planned"}, "ignored:planned"),
        ({"status": "cancelled"}, "ignored:cancelled"),
        ({"status": "completed"}, "quarantined:status"),
    ],
)
def test_other_encounters_are_ignored_with_the_reason(change: Body, outcome: str) -> None:
    assert reasons(visit() | change) == [outcome]


def test_a_stay_that_began_in_the_department_is_an_attendance_and_an_admission() -> None:
    history: Json = [
        {
            "class": {"system": ACT, "code": "EMER"},
            "period": {"start": "2026-10-02T18:25:00Z", "end": "2026-10-02T22:00:00Z"},
        },
        {"class": {"system": ACT, "code": "IMP"}, "period": {"start": "2026-10-02T22:00:00Z"}},
    ]
    came, admitted = reports(visit(classHistory=history) | {"class": {"system": ACT, "code": "IMP"}})
    assert (came.TYPE, admitted.TYPE) == ("ae.attendance", "ae.admitted")
    assert admitted.happened.value == "2026-10-02T22:00:00Z"


def test_the_site_is_the_ods_code_of_the_organisation_in_the_file() -> None:
    place: Body = {
        "resourceType": "Organization",
        "id": "o",
        "name": "Fenwold",
        "identifier": [{"system": "https://fhir.nhs.uk/id/ODS-organization-code", "value": "ZZFEN"}],
    }
    whole = bundle(visit(serviceProvider={"reference": "Organization/o"}), place)
    site = next(one for one in reports(whole)[0].statements if one.field == "site")
    assert site.value == "Fenwold"
    assert site.code is not None
    assert site.code.code == "ZZFEN"


# ids and versions


def test_an_unchanged_record_sent_again_has_the_same_id_and_bytes() -> None:
    alone = only(visit()).facts
    among = outcomes(bundle(patient(id="other"), visit()))[1].facts
    assert [(fact.event_id, fact.report.to_bytes()) for fact in alone] == [
        (fact.event_id, fact.report.to_bytes()) for fact in among
    ]


def test_one_id_never_has_two_contents_when_the_patient_changed_meanwhile() -> None:
    def sent(given: str) -> tuple[str, bytes]:
        name: Json = [{"use": "official", "family": "Exemplar", "given": [given]}]
        whole = bundle(patient(name=name), visit(subject={"reference": "Patient/robin"}))
        fact = outcomes(whole)[1].facts[0]
        return str(fact.event_id), fact.report.to_bytes()

    assert sent("Robin")[0] != sent("Robyn")[0]
    assert sent("Robin") == sent("Robin")


def test_a_retraction_names_the_id_that_the_record_would_have_without_a_version() -> None:
    first, second = (
        reports(visit(status="entered-in-error", meta={"versionId": version}))[0].change.of for version in ("3", "4")
    )
    assert first == second


def test_the_same_message_from_two_partners_is_two_statements() -> None:
    raw = bytes_of(visit())
    ids = {
        agency.translate(raw, "m.json")[0].facts[0].event_id: agency.name for agency in (HEALTH, GP, HEALTH_VISITING)
    }
    assert len(ids) == 3


# our own extensions


def test_telling_and_basis_are_taken_for_the_person_named() -> None:
    told: Json = {
        "url": LOCAL + "telling",
        "extension": [
            {"url": "person", "valueReference": {"reference": "#erin"}},
            {"url": "state", "valueCode": "told_at"},
        ],
    }
    basis: Json = {"url": LOCAL + "basis", "extension": [{"url": "gateway", "valueCode": "ca89_s47"}]}
    erin: Json = [{"resourceType": "Patient", "id": "erin", "name": [{"text": "Erin"}], "birthDate": "1997-07-30"}]
    (made, _) = reports(visit(extension=[told, basis], contained=erin))
    states = {one.person: one.state for one in made.telling}
    assert set(states.values()) == {Telling.TOLD_AT, Telling.NOT_KNOWN}
    assert states[made.about] is Telling.NOT_KNOWN
    assert {one.gateway for one in made.bases} == {"ca89_s47"}


@pytest.mark.parametrize("state", ["told", "", None])
def test_a_code_of_ours_that_is_not_ours_is_quarantined(state: str | None) -> None:
    part: Json = {"url": "state", "valueString": "x"} if state is None else {"url": "state", "valueCode": state or "-"}
    told: Json = {"url": LOCAL + "telling", "extension": [part]}
    assert reasons(visit(extension=[told])) == ["quarantined:local_extension"]


def test_a_statement_of_a_kind_its_fact_may_not_carry_is_quarantined() -> None:
    said: Json = {
        "url": LOCAL + "statement",
        "extension": [
            {"url": "field", "valueCode": "child_words"},
            {"url": "kind", "valueCode": "fact_recorded"},
            {"url": "value", "valueString": "x"},
        ],
    }
    assert only(visit(extension=[said])).result is Result.QUARANTINED
    assert reasons(visit(extension=[said])) == ["quarantined:not_valid"]
