"""What becomes of FHIR and XML input that is wrong, hostile or unclear (bad-input corpus, rows 47-55 and 67-70)?"""

from pathlib import Path

import pytest

from agencies.agency import Outcome, Result
from agencies.gp import AGENCY as GP
from agencies.health import AGENCY as HEALTH
from contracts.strict_json import Json
from contracts.vocabulary import SensitivityTag
from tests.support.fhir import (
    REPO,
    alert,
    bundle,
    by_number,
    message,
    number,
    only,
    outcomes,
    patient,
    reasons,
    reports,
    visit,
)

CORPUS = REPO / "tests" / "corpus" / "fhir"


def corpus() -> list[Path]:
    return sorted(CORPUS.glob("*.bin"))


def expected(path: Path) -> str:
    return path.with_suffix(".txt").read_text(encoding="utf-8").strip()


def shown(found: tuple[Outcome, ...]) -> str:
    return " ".join(f"{outcome.result}:{outcome.reason}".rstrip(":") for outcome in found)


def test_the_corpus_is_there() -> None:
    assert len(corpus()) >= 20


@pytest.mark.parametrize("path", corpus(), ids=lambda path: path.stem)
def test_each_file_of_the_corpus_has_its_outcome(path: Path) -> None:
    raw = path.read_bytes()
    assert shown(HEALTH.translate(raw, path.name)) == expected(path)
    assert shown(GP.translate(raw, path.name)) == expected(path)


# 47: the wrong resource, Bundle or edition


def test_an_r5_encounter_is_not_read_as_r4() -> None:
    assert reasons(visit() | {"class": [{"coding": [{"code": "EMER"}]}]}) == ["quarantined:wrong_type"]
    assert reasons(visit(actualPeriod={"start": "2026-10-02"})) == ["quarantined:schema"]


def test_an_unknown_kind_of_bundle_is_quarantined_whole() -> None:
    assert reasons(bundle(patient(), kind="subscription-notification")) == ["quarantined:bundle_type"]


def test_a_bad_entry_does_not_stop_its_neighbours() -> None:
    found = outcomes(bundle(patient(), {"resourceType": "Nonesuch"}, visit()))
    assert [outcome.result for outcome in found] == [Result.ACCEPTED, Result.QUARANTINED, Result.ACCEPTED]


# 48: narrative


def test_narrative_is_dropped_and_its_script_reaches_no_fact() -> None:
    div = '<div xmlns="http://www.w3.org/1999/xhtml"><script>alert(1)</script></div>'
    (made,) = reports(patient(text={"status": "generated", "div": div}))
    assert "narrative_dropped" in made.provenance.notes
    assert b"script" not in made.to_bytes()


# 49: references


@pytest.mark.parametrize(
    ("reference", "code"),
    [
        ("https://elsewhere.example/Patient/1", "person_missing"),
        ("Patient/not-in-the-file", "person_missing"),
        ("#nobody", "person_missing"),
        ("#", "reference_loop"),
    ],
)
def test_a_reference_that_leads_nowhere_is_not_fetched_or_guessed(reference: str, code: str) -> None:
    subject: Json = {"reference": reference, "type": "Patient", "display": "Robin Exemplar"}
    assert reasons(visit(subject=subject)) == [f"quarantined:{code}"]


def test_an_absolute_address_does_not_match_a_local_id() -> None:
    found = reasons(bundle(patient(), visit(subject={"reference": "https://elsewhere.example/Patient/robin"})))
    assert found == ["accepted:", "quarantined:person_missing"]


def test_contained_resources_in_a_ring_are_quarantined() -> None:
    ring: Json = [
        {"resourceType": "RelatedPerson", "id": "a", "patient": {"reference": "#b"}},
        {
            "resourceType": "Patient",
            "id": "b",
            "link": [{"other": {"reference": "#a"}, "type": "seealso"}],
            "name": [{"text": "B"}],
        },
    ]
    assert reasons(visit(contained=ring, subject={"reference": "#b"})) == ["quarantined:reference_loop"]


def test_contained_within_contained_is_quarantined() -> None:
    deep: Json = [{"resourceType": "Patient", "id": "a", "contained": [{"resourceType": "Patient"}]}]
    assert reasons(visit(contained=deep, subject={"reference": "#a"})) == ["quarantined:nested_contained"]


def test_two_records_under_one_reference_are_ambiguous() -> None:
    found = reasons(bundle(patient(), patient(gender="female"), visit(subject={"reference": "Patient/robin"})))
    assert found[2] == "quarantined:reference_ambiguous"


def test_what_leans_on_an_unreadable_record_is_not_read() -> None:
    found = reasons(bundle(patient(birthDate="2022-31-31"), visit(subject={"reference": "Patient/robin"})))
    assert found == ["quarantined:bad_date", "quarantined:reference_unreadable"]


# 50: two NHS numbers


def test_two_current_numbers_are_ambiguous() -> None:
    both: Json = [number("9990001006", status="01"), number("9990001375", status="01")]
    assert reasons(patient(identifier=both)) == ["quarantined:ambiguous_identifier"]


def test_the_one_official_verified_number_is_taken_and_the_other_kept() -> None:
    both: Json = [number("9990001375"), number("9990001006", status="01", use="official")]
    (made,) = reports(patient(identifier=both))
    assert [(one.value, one.traced) for one in made.subject().identifiers] == [
        ("9990001006", True),
        ("9990001375", False),
    ]


def test_an_old_number_is_kept_and_is_not_ambiguous() -> None:
    both: Json = [number("9990001375", use="old"), number("9990001006", status="02")]
    (made,) = reports(patient(identifier=both))
    assert [(one.value, one.traced) for one in made.subject().identifiers] == [
        ("9990001006", False),
        ("9990001375", False),
    ]


def test_a_subject_whose_number_is_not_its_patients_is_ambiguous() -> None:
    subject = by_number("9990001375") | {"reference": "Patient/robin"}
    assert reasons(bundle(patient(), visit(subject=subject)))[1] == "quarantined:ambiguous_identifier"


# 51: security labels


@pytest.mark.parametrize("code", ["R", "V", "REDACTED"])
def test_a_protected_address_never_leaves(code: str) -> None:
    home: Json = [{"use": "home", "line": ["1 Secret Place"], "postalCode": "ZZ1 1ZZ"}]
    label: Json = {"security": [{"system": "http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "code": code}]}
    (made,) = reports(patient(meta=label, address=home))
    assert b"Secret" not in made.to_bytes()
    assert b"ZZ1" not in made.to_bytes()
    assert made.subject().address is not None
    assert SensitivityTag.ADDRESS_PROTECTED in made.handling.sensitivity


def test_a_protected_childs_address_does_not_leave_through_a_sister() -> None:
    home: Json = [{"use": "home", "line": ["1 Secret Place"], "postalCode": "ZZ1 1ZZ"}]
    label: Json = {"security": [{"code": "R"}]}
    sister = patient(id="wren", address=home, identifier=[number("9990001375")])
    made = reports(bundle(patient(meta=label), sister))
    assert all(b"Secret" not in one.to_bytes() for one in made)
    assert all(SensitivityTag.ADDRESS_PROTECTED in one.handling.sensitivity for one in made)


def test_a_digest_does_not_tell_a_protected_address() -> None:
    label: Json = {"security": [{"code": "R"}]}
    here, there = (
        reports(patient(meta=label, address=[{"line": [line]}]))[0].provenance.native_sha256 for line in ("1 A", "2 B")
    )
    assert here == there


def test_an_unrestricted_label_protects_nothing() -> None:
    label: Json = {"security": [{"system": "http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "code": "U"}]}
    (made,) = reports(patient(meta=label, address=[{"line": ["1 Open Road"]}]))
    assert made.subject().address is not None
    assert SensitivityTag.ADDRESS_PROTECTED not in made.handling.sensitivity


# 52: modifier extensions


@pytest.mark.parametrize("where", ["top", "deep"])
def test_a_modifier_extension_may_reverse_the_meaning_and_is_not_read(where: str) -> None:
    reverses: Json = [{"url": "https://elsewhere.example/not", "valueBoolean": True}]
    body = (
        patient(modifierExtension=reverses)
        if where == "top"
        else patient(contact=[{"modifierExtension": reverses, "name": {"text": "A"}}])
    )
    assert reasons(body) == ["quarantined:modifier_extension"]


# 53: entered in error


@pytest.mark.parametrize("body", [visit(), alert(), message()], ids=["Encounter", "Flag", "Communication"])
def test_entered_in_error_is_a_retraction_naming_the_record(body: dict[str, Json]) -> None:
    (made,) = reports(body | {"status": "entered-in-error"})
    assert made.TYPE == "record.retracted"
    assert made.change.of is not None
    assert "of_any_version" in made.provenance.notes


# 54: partial dates


@pytest.mark.parametrize(("text", "precision"), [("2020", "year"), ("2020-02", "month"), ("2020-02-29", "day")])
def test_a_partial_date_keeps_its_precision(text: str, precision: str) -> None:
    (made,) = reports(patient(birthDate=text))
    born = made.subject().birth_date
    assert born is not None
    assert (born.value, born.precision) == (text, precision)


@pytest.mark.parametrize(
    "text", ["2020-02-30", "01/02/2020", "20200201", "2026-10-02T18:25:00", "2026-10-02T18:25Z", "1700-01-01"]
)
def test_a_date_that_cannot_be_read_is_never_guessed(text: str) -> None:
    assert reasons(visit(period={"start": text})) == ["quarantined:bad_date"]


# 55: requests about whatever record fits, or about another's


@pytest.mark.parametrize(
    ("request_", "code"),
    [
        ({"method": "POST", "url": "Patient", "ifNoneExist": "identifier=x"}, "conditional_request"),
        ({"method": "PUT", "url": "Patient?identifier=x"}, "conditional_request"),
        ({"method": "PUT", "url": "Patient/wren"}, "request_of_another"),
        ({"method": "DELETE", "url": "Patient/robin"}, "delete_or_patch"),
    ],
)
@pytest.mark.parametrize("kind", ["transaction", "batch"])
def test_a_request_about_an_unnamed_or_other_record_is_not_read(kind: str, request_: Json, code: str) -> None:
    whole: Json = {"resourceType": "Bundle", "type": kind, "entry": [{"resource": patient(), "request": request_}]}
    assert reasons(whole) == [f"quarantined:{code}"]


def test_a_plain_create_is_read() -> None:
    create: Json = {"resource": patient(), "request": {"method": "POST", "url": "Patient"}}
    assert only({"resourceType": "Bundle", "type": "transaction", "entry": [create]}).result is Result.ACCEPTED


# types are never coerced


@pytest.mark.parametrize(
    ("name", "value"), [("active", "true"), ("multipleBirthInteger", "2"), ("birthDate", 20220511), ("name", {})]
)
def test_a_value_of_the_wrong_type_is_not_coerced(name: str, value: Json) -> None:
    assert reasons(patient(**{name: value})) == ["quarantined:wrong_type"]


# limits


def test_a_message_that_would_make_too_big_a_fact_is_quarantined() -> None:
    parts: Json = [{"contentString": "x" * 60_000} for _ in range(20)]
    assert reasons(message(payload=parts)) == ["quarantined:too_big"]


@pytest.mark.parametrize(
    "raw",
    [
        b"<Patient xmlns='http://hl7.org/fhir'>" + b"<a/>" * 300_000 + b"</Patient>",
        b'{"resourceType":"Patient","a":[' + b"0," * 300_000 + b"0]}",
    ],
    ids=["xml", "json"],
)
def test_a_file_of_too_many_parts_is_left_unread(raw: bytes) -> None:
    assert shown(GP.translate(raw, "x")) == "quarantined:too_many"
