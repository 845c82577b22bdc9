"""Do the shared sample files and the invented messages of the story give the facts they should?"""

import tomllib
from pathlib import Path

import pytest

from agencies.agency import Agency, Outcome, Result
from agencies.gp import AGENCY as GP
from agencies.health import AGENCY as HEALTH
from agencies.health_visiting import AGENCY as HEALTH_VISITING
from contracts.agreement import Agreement
from contracts.report import Report
from contracts.vocabulary import SensitivityTag, StatementKind, Telling
from tests.support.fhir import REPO, SAMPLES

AGENCIES = (HEALTH, HEALTH_VISITING, GP)
ROBIN, WREN = "9990001006", "9990001375"


def shared_files() -> list[Path]:
    return sorted(path for path in SAMPLES.rglob("*") if path.is_file())


def read(path: Path, agency: Agency = HEALTH) -> tuple[Outcome, ...]:
    return agency.translate(path.read_bytes(), path.name)


def story(agency: Agency) -> list[Report]:
    folder = REPO / "agencies" / agency.name / "samples"
    found = [outcome for path in sorted(folder.glob("made-up-*")) for outcome in read(path, agency)]
    assert all(outcome.result is not Result.QUARANTINED for outcome in found)
    return [fact.report for outcome in found for fact in outcome.facts]


def said(made: Report) -> dict[str, tuple[StatementKind, object]]:
    return {one.field: (one.kind, one.value) for one in made.statements}


def of(made: list[Report], name: str, number: str) -> Report:
    return next(
        one for one in made if name == one.TYPE and number in {held.value for held in one.subject().identifiers}
    )


def test_the_shared_samples_are_there() -> None:
    assert len(shared_files()) > 50


@pytest.mark.parametrize("agency", AGENCIES, ids=lambda agency: agency.name)
def test_every_shared_file_balances_and_raises_nothing(agency: Agency) -> None:
    for path in shared_files():
        found = read(path, agency)
        assert found, path.name
        for outcome in found:
            assert bool(outcome.facts) == (outcome.result is Result.ACCEPTED), path.name
            assert bool(outcome.reason) == (outcome.result is not Result.ACCEPTED), path.name


@pytest.mark.parametrize(
    ("name", "outcome"),
    [
        ("UKCore-Bundle-BatchPOST-Example.xml", "ignored:resource_not_shared"),
        ("UKCore-Communication-FirstMMRVaccination-Example.xml", "ignored:resource_not_shared"),
        ("UKCore-DocumentReference-CarePlanReportPDF-Example.xml", "ignored:resource_not_shared"),
        ("UKCore-Encounter-InpatientEncounter-Example.xml", "ignored:not_emergency"),
        ("UKCore-Flag-FoodAllergy-Example.xml", "ignored:not_safeguarding"),
        ("UKCore-Patient-BabyPatient-Example.xml", "accepted:"),
        ("UKCore-Patient-RichardSmith-Example.xml", "accepted:"),
        ("hl7-r4-cc0/Patient-example.json", "accepted:"),
        ("hl7-r4-cc0/Encounter-example.json", "ignored:not_emergency"),
        ("hl7-r4-cc0/Consent-consent-example-Emergency.json", "ignored:resource_not_shared"),
        ("hl7v2-itk/A04_example.txt", "quarantined:not_of_form"),
        ("cpis-fsh/CPISFlagExample1.fsh", "quarantined:not_of_form"),
        ("sui-stub-health-01.custodian.json", "accepted:"),
    ],
)
def test_each_health_sample_has_its_outcome(name: str, outcome: str) -> None:
    assert {f"{one.result}:{one.reason}" for one in read(SAMPLES / "health" / name)} == {outcome}


def test_the_baby_of_the_national_sample_keeps_a_number_that_fails_its_check() -> None:
    (outcome,) = read(SAMPLES / "health" / "UKCore-Patient-BabyPatient-Example.xml")
    number = outcome.facts[0].report.subject().identifiers[0]
    assert (number.check, number.traced, number.may_match) == ("failed", True, False)


def test_the_health_record_of_the_education_department_gives_days_not_moments() -> None:
    first, _ = read(SAMPLES / "health" / "sui-stub-health-01.custodian.json")
    found = [(fact.report.TYPE, fact.report.happened.value) for fact in first.facts]
    assert found[:4] == [
        ("health.missed_appointment", "2025-10-29"),
        ("health.missed_appointment", "2025-10-30"),
        ("ae.attendance", "2025-11-29"),
        ("ae.attendance", "2025-11-30"),
    ]
    teams = [fact.report for fact in first.facts if fact.report.TYPE == "involvement.stated"]
    assert any(SensitivityTag.MENTAL_HEALTH in one.handling.sensitivity for one in teams)
    assert all(one.happened.value is None for one in teams)


def test_wren_was_not_brought_and_robins_history_knows_it() -> None:
    made = story(HEALTH_VISITING)
    missed = of(made, "health.missed_appointment", WREN)
    assert missed.happened.value == "2026-09-03T10:20:00+01:00"
    assert said(missed)["times_missed"] == (StatementKind.FACT_RECORDED, 2)
    assert said(missed)["impact_on_child"][0] is StatementKind.PROFESSIONAL_OPINION
    assert Telling.TOLD_BEFORE in {one.state for one in missed.telling}
    assert of(made, "concern.raised", ROBIN).happened.value == "2026-09-03T10:20:00+01:00"


def test_robins_visit_to_the_department_keeps_seen_said_and_judged_apart() -> None:
    made = story(HEALTH)
    visit = of(made, "ae.attendance", ROBIN)
    assert visit.happened.value == "2026-10-02T18:25:00+01:00"
    assert said(visit)["reason"] == (StatementKind.OBSERVATION, "Bruise to the forehead")
    assert said(visit)["explanation_given"][0] is StatementKind.THIRD_PARTY
    assert said(visit)["professional_view"][0] is StatementKind.PROFESSIONAL_OPINION
    assert Telling.TOLD_AT in {one.state for one in visit.telling}
    assert said(of(made, "concern.raised", ROBIN))["action_taken"][0] is StatementKind.FACT_RECORDED


def test_the_surgerys_note_about_the_mother_stands_in_both_childrens_histories() -> None:
    made = story(GP)
    for child in (ROBIN, WREN):
        concern = of(made, "concern.raised", child)
        assert said(concern)["what_happened"][0] is StatementKind.THIRD_PARTY
        health = next(one for one in concern.statements if one.field == "health_detail")
        assert next(person.role for person in concern.people if person.ref == health.about) == "parent_or_carer"
        assert SensitivityTag.MENTAL_HEALTH in concern.handling.sensitivity
        assert {basis.confidence for basis in concern.bases} == {"public_interest"}


@pytest.mark.parametrize("agency", AGENCIES, ids=lambda agency: agency.name)
def test_the_agreement_fits_and_covers_what_the_story_states(agency: Agency) -> None:
    text = (REPO / "agencies" / agency.name / "agreement.toml").read_text(encoding="utf-8")
    agreement = Agreement.model_validate(tomllib.loads(text))
    assert (agreement.agency, agreement.source) == (agency.name, agency.source)
    made = story(agency)
    assert {one.TYPE for one in made} <= set(agreement.publishes.types)
    assert {held for one in made for held in one.classes()} <= set(agreement.publishes.classes)
    assert {one.handling.purpose for one in made} <= set(agreement.publishes.purposes)
