"""What do FHIR flags, missed appointments and messages about a child's safety become?"""

import pytest

from contracts.strict_json import Json
from contracts.vocabulary import PersonRole, SensitivityTag, StatementKind
from tests.support.fhir import (
    SNOMED,
    Body,
    alert,
    bundle,
    by_number,
    message,
    outcomes,
    patient,
    reasons,
    reports,
)

LOCAL = "https://childhub.example/StructureDefinition/"
ACT = "http://terminology.hl7.org/CodeSystem/v3-ActCode"


def missed(**more: Json) -> Body:
    whole: Body = {
        "resourceType": "Appointment",
        "id": "a-1",
        "status": "noshow",
        "start": "2026-09-03T10:20:00+01:00",
        "participant": [{"actor": by_number() | {"type": "Patient"}, "status": "accepted"}],
    }
    return whole | more


# Flag


def test_a_flag_of_the_national_programme_is_set() -> None:
    (made,) = reports(alert())
    assert made.TYPE == "health.flag_set"
    assert made.happened.value == "2026-02-03"
    assert [one.kind for one in made.statements if one.field == "flag"] == [StatementKind.PROFESSIONAL_OPINION]


def test_an_inactive_flag_ended_and_is_no_retraction() -> None:
    (made,) = reports(alert(status="inactive", period={"start": "2026-02-03", "end": "2026-05-01"}))
    assert (made.TYPE, made.happened.value) == ("health.flag_cleared", "2026-05-01")
    assert made.change.of is None


def test_a_flag_about_mutilation_is_marked_so() -> None:
    (made,) = reports(alert("902961000000107", "FGM"))
    assert SensitivityTag.SEXUAL_HEALTH_FGM in made.handling.sensitivity


def test_another_flag_is_ignored_and_one_in_words_alone_is_for_a_person() -> None:
    assert reasons(alert("226201008", "diet")) == ["ignored:not_safeguarding"]
    assert reasons(alert(category="x") | {"category": [], "code": {"text": "Worry"}}) == ["quarantined:code_unknown"]


# Appointment


def test_a_child_not_brought_is_a_missed_appointment() -> None:
    (made,) = reports(missed(description="Review"))
    assert (made.TYPE, made.happened.value) == ("health.missed_appointment", "2026-09-03T10:20:00+01:00")
    assert [one.value for one in made.statements] == ["Review"]


@pytest.mark.parametrize(
    ("status", "outcome"),
    [("fulfilled", "ignored:not_missed"), ("cancelled", "ignored:not_missed"), ("absent", "quarantined:status")],
)
def test_an_appointment_not_missed_is_ignored(status: str, outcome: str) -> None:
    assert reasons(missed(status=status)) == [outcome]


def test_an_appointment_of_nobody_is_quarantined() -> None:
    nobody: Json = [{"actor": {"reference": "Practitioner/1"}, "status": "accepted"}]
    assert reasons(missed(participant=nobody)) == ["quarantined:person_missing"]


# Communication


def test_a_concern_is_raised_for_each_child_named() -> None:
    made = reports(message(by_number("9990001375")))
    assert [one.subject().identifiers[0].value for one in made] == ["9990001006", "9990001375"]
    assert len({fact.event_id for outcome in outcomes(message(by_number("9990001375"))) for fact in outcome.facts}) == 2


def test_a_child_named_twice_has_one_concern() -> None:
    assert len(reports(message(by_number()))) == 1
    assert len(outcomes(bundle(patient(), message(by_number(), subject={"reference": "Patient/robin"})))[1].facts) == 1


def test_two_children_with_the_same_filler_number_are_two() -> None:
    filler = "9999999999"
    assert len(reports(message(by_number(filler), subject=by_number(filler)))) == 2


def test_the_words_of_a_message_are_what_somebody_says_unless_marked() -> None:
    (made,) = reports(message())
    words = next(one for one in made.statements if one.field == "what_happened")
    assert (words.kind, words.confidence) == (StatementKind.ALLEGATION, "low_mapping")


def test_a_marked_message_keeps_the_kind_that_its_sender_gave() -> None:
    mark: Json = {
        "url": LOCAL + "statement",
        "extension": [{"url": "field", "valueCode": "child_words"}, {"url": "kind", "valueCode": "child_voice"}],
    }
    (made,) = reports(message(payload=[{"extension": [mark], "contentString": "I hide."}]))
    assert [(one.field, one.kind, one.value) for one in made.statements if one.field != "category"] == [
        ("child_words", StatementKind.CHILD_VOICE, "I hide.")
    ]


def test_an_adult_whom_the_message_is_about_is_not_taken_for_a_child() -> None:
    grown = patient(id="erin", birthDate="1997-07-30", identifier=[])
    whole = bundle(grown, message(by_number(), subject={"reference": "Patient/erin"}))
    made = outcomes(whole)[1].facts
    assert [fact.report.subject().identifiers[0].value for fact in made] == ["9990001006"]
    assert reasons(bundle(grown, message(subject={"reference": "Patient/erin"})))[1] == "quarantined:no_child_named"


def test_an_unborn_child_is_named_with_its_mother_and_has_no_birth_date() -> None:
    category: Json = [{"coding": [{"system": SNOMED, "code": "878111000000109"}]}]
    (made,) = reports(message(category=category))
    assert made.subject().role is PersonRole.UNBORN_CHILD
    assert made.subject().birth_expected
    assert [one.role for one in made.people[1:]] == [PersonRole.PARENT_OR_CARER]


@pytest.mark.parametrize(
    ("change", "outcome"),
    [
        ({"category": [{"coding": [{"system": SNOMED, "code": "1"}]}]}, "ignored:resource_not_shared"),
        ({"status": "preparation"}, "ignored:not_sent"),
        ({"subject": {"reference": "Patient/1"}}, "quarantined:person_missing"),
    ],
)
def test_other_messages_are_not_concerns(change: Body, outcome: str) -> None:
    assert reasons(message() | change) == [outcome]


# what is not shared


def test_another_resource_is_ignored_but_not_when_it_carries_a_code_of_child_protection() -> None:
    plain: Body = {"resourceType": "Observation", "status": "final", "code": {"coding": [{"code": "1"}]}}
    coded = plain | {"code": {"coding": [{"system": SNOMED, "code": "836881000000105"}]}}
    assert reasons(plain) == ["ignored:resource_not_shared"]
    assert reasons(coded) == ["quarantined:safeguarding_code_unread"]
