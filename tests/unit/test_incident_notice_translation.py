"""Is a force's notice split by child, with what was seen, said, thought and spoken by the child kept apart?"""

import json

import pytest

from agencies.police import AGENCY
from contracts.strict_json import Json
from contracts.vocabulary import PersonRole, SensitivityTag, StatementKind, Telling
from tests.support.places import own_samples
from tests.support.translations import only, raw, reason, reports, said


def notice(**changes: Json) -> dict[str, Json]:
    path = next(path for path in own_samples("police") if "notice" in path.name)
    value: dict[str, Json] = json.loads(path.read_bytes())
    return {**value, **changes}


def incident(**changes: Json) -> Json:
    whole: dict[str, Json] = {"nature": "Something else", "domestic_abuse": False}
    return {**whole, **changes}


def test_each_child_has_a_fact_of_its_own_and_the_other_is_named_as_sibling() -> None:
    robin, wren = reports(AGENCY.translate(raw(notice()), "n.json"), "domestic_abuse.notified")
    assert str(robin.subject().identifiers[0]) == "nhs:9990001006"
    assert str(wren.subject().identifiers[0]) == "nhs:9990001375"
    assert [person.role for person in robin.people] == [
        PersonRole.CHILD,
        PersonRole.SIBLING,
        PersonRole.PARENT_OR_CARER,
        PersonRole.ADULT_OF_CONCERN,
    ]
    assert robin.record.record_id != wren.record.record_id


def test_seen_said_thought_and_heard_are_different_kinds_of_statement() -> None:
    words: Json = {"ref": "child1", "given_name": "Robin", "words": "I was scared"}
    report = only(AGENCY.translate(raw(notice(children=[words])), "n.json"), "domestic_abuse.notified")
    assert [each.kind for each in said(report, "what_happened")] == [
        StatementKind.OBSERVATION,
        StatementKind.ALLEGATION,
    ]
    assert said(report, "professional_view")[0].kind is StatementKind.PROFESSIONAL_OPINION
    heard = said(report, "child_words")[0]
    assert (heard.kind, heard.value, heard.about) == (StatementKind.CHILD_VOICE, "I was scared", "child1")


def test_why_a_child_was_not_spoken_to_is_kept_for_that_child_alone() -> None:
    robin, wren = reports(AGENCY.translate(raw(notice()), "n.json"))
    assert said(robin, "child_not_heard")[0].value == "Asleep when officers came"
    assert said(wren, "child_not_heard")[0].value == "Asleep, and too young to speak"


def test_each_person_is_told_or_not_told_alone_and_silence_is_not_known() -> None:
    robin = reports(AGENCY.translate(raw(notice()), "n.json"))[0]
    told = {each.person: each for each in robin.telling}
    assert told["mother"].state is Telling.TOLD_AT
    held = told["adult1"]
    assert held.state is Telling.NOT_TOLD_SAFETY
    assert held.approved_by == "Sergeant, Hexley Police"
    assert held.review_on is not None
    assert held.review_on.value == "2026-12-15"
    assert told["child1"].state is Telling.NOT_KNOWN


def test_domestic_abuse_is_kept_from_the_suspect_and_the_caller_is_protected() -> None:
    robin = reports(AGENCY.translate(raw(notice()), "n.json"))[0]
    assert {SensitivityTag.VICTIM_SAFETY, SensitivityTag.INFORMANT, SensitivityTag.CRIMINAL} <= set(
        robin.handling.sensitivity
    )
    assert robin.handling.not_to_be_seen_by == ("adult1",)


def test_every_person_but_a_professional_has_a_basis_of_their_own() -> None:
    robin = reports(AGENCY.translate(raw(notice()), "n.json"))[0]
    assert {basis.person for basis in robin.bases} == {person.ref for person in robin.people}


def test_an_incident_that_is_not_domestic_abuse_is_a_concern() -> None:
    found = reports(AGENCY.translate(raw(notice(incident=incident())), "n.json"))
    assert {report.TYPE for report in found} == {"concern.raised"}
    assert all(not report.handling.not_to_be_seen_by for report in found)


def test_a_clock_time_without_a_zone_is_taken_as_london_and_says_so() -> None:
    happened = incident(started_at="2026-09-15T02:40")
    report = reports(AGENCY.translate(raw(notice(incident=happened)), "n.json"))[0]
    assert (report.happened.value, report.happened.zone_assumed) == ("2026-09-15T02:40+01:00", True)


def test_a_list_of_notices_has_one_outcome_for_each() -> None:
    outcomes = AGENCY.translate(raw([notice(), notice(children=[]), notice(recorded_at="soon")]), "n.json")
    assert [(outcome.result.value, outcome.reason) for outcome in outcomes] == [
        ("accepted", ""),
        ("ignored", "nothing_stated"),
        ("quarantined", "bad_date"),
    ]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"children": [{"ref": "child1"}]}, "person_missing"),
        ({"children": [{"ref": "Not A Ref", "given_name": "Robin"}]}, "not_valid"),
        ({"children": [{"ref": "c", "given_name": "A"}, {"ref": "c", "given_name": "B"}]}, "not_valid"),
        ({"children": [{"ref": "c", "given_name": "A", "told": {"state": "perhaps"}}]}, "unknown_telling"),
        ({"recorded_at": None}, "missing_field"),
        ({"urgent": "no"}, "wrong_type"),
        ({"need": "5"}, "wrong_type"),
    ],
)
def test_a_notice_that_cannot_be_read_for_certain_waits_for_a_person(changes: dict[str, Json], code: str) -> None:
    assert reason(AGENCY.translate(raw(notice(**changes)), "n.json")) == code
