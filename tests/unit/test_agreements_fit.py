"""Does each partner's agreement fit, and cover every type and class that its own messages give?"""

import tomllib
from datetime import date

import pytest

from agencies.agency import Agency, Result
from agencies.registry import AGENCIES, NoSuchAgency, by_name
from contracts.agreement import Agreement
from contracts.catalogue import report_class
from tests.support.places import REPO, own_samples
from tests.support.translations import reports

EVERY = pytest.mark.parametrize("agency", AGENCIES, ids=[agency.name for agency in AGENCIES])


def agreement(agency: Agency) -> Agreement:
    path = REPO / "agencies" / agency.name / "agreement.toml"
    return Agreement.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))


def test_the_registry_names_nine_partners_each_by_its_folder_and_source() -> None:
    names = [agency.name for agency in AGENCIES]
    assert names == [
        "police", "health", "health_visiting", "gp", "school", "nursery", "social_care", "housing", "probation",
    ]  # fmt: skip
    assert all(by_name(agency.name) is agency for agency in AGENCIES)
    assert all(agency.source == f"urn:childhub:agency:{agency.name.replace('_', '-')}" for agency in AGENCIES)
    with pytest.raises(NoSuchAgency):
        by_name("nobody")


@EVERY
def test_the_agreement_is_of_this_agency_and_in_force_through_the_story(agency: Agency) -> None:
    found = agreement(agency)
    assert (found.agency, found.agency_kind, found.source) == (agency.name, agency.kind, agency.source)
    assert found.starts <= date(2026, 9, 3)
    assert not found.is_due_for_review(date(2026, 12, 31))


@EVERY
def test_every_type_in_the_agreement_is_one_that_exists(agency: Agency) -> None:
    found = agreement(agency)
    named = (*found.publishes.types, *found.receives.types)
    assert [report_class(name).TYPE for name in named] == [*named]


@EVERY
def test_the_agencys_own_messages_are_taken_in_and_covered_by_its_agreement(agency: Agency) -> None:
    found = agreement(agency)
    samples = own_samples(agency.name)
    assert samples
    for path in samples:
        outcomes = agency.translate(path.read_bytes(), path.name)
        results = {outcome.result for outcome in outcomes}
        assert Result.ACCEPTED in results, path.name
        assert Result.QUARANTINED not in results, path.name
        for report in reports(outcomes):
            found.check_publish(report.TYPE, date(2026, 9, 3))
            assert report.classes() <= set(found.publishes.classes), report.TYPE
            assert report.handling.purpose in found.publishes.purposes
