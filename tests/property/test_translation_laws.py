"""For every partner and any bytes: translation never raises, accounts for each record, and is the same every time."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agencies.agency import Agency, Outcome, Result
from agencies.registry import AGENCIES
from contracts.catalogue import parse_report_type
from contracts.strict_json import Json
from tests.support.places import every_sample, own_samples
from tests.support.translations import raw

EVERY = pytest.mark.parametrize("agency", AGENCIES, ids=[agency.name for agency in AGENCIES])
FILES = {path.name: path.read_bytes() for path in every_sample()}
OWN = {agency.name: {path.name: path.read_bytes() for path in own_samples(agency.name)} for agency in AGENCIES}
JSON: st.SearchStrategy[Json] = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 10**6) | st.text(max_size=12) | st.just("2026-01-01"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


def check(agency: Agency, content: bytes, file_name: str) -> tuple[Outcome, ...]:
    outcomes = agency.translate(content, file_name)
    assert outcomes, "every file has at least one record"
    for outcome in outcomes:
        assert bool(outcome.facts) == (outcome.result is Result.ACCEPTED)
        assert bool(outcome.reason) != (outcome.result is Result.ACCEPTED)
        assert len(outcome.reason) <= 40
    for fact in (fact for outcome in outcomes for fact in outcome.facts):
        kind, version = parse_report_type(fact.type)
        assert kind.from_bytes(fact.report.to_bytes(), version) == fact.report
        refs = {person.ref for person in fact.report.people if person.role != "professional"}
        assert refs <= {basis.person for basis in fact.report.bases}
        assert refs <= {told.person for told in fact.report.telling}
    return outcomes


def bodies(outcomes: tuple[Outcome, ...]) -> list[tuple[object, bytes]]:
    return [(fact.event_id, fact.report.to_bytes()) for outcome in outcomes for fact in outcome.facts]


@EVERY
def test_every_shared_sample_is_accounted_for_by_every_partner(agency: Agency) -> None:
    for name, content in FILES.items():
        outcomes = check(agency, content, name)
        counts = [sum(outcome.result is each for outcome in outcomes) for each in Result]
        assert sum(counts) == len(outcomes)


@EVERY
def test_the_same_file_gives_the_same_ids_and_the_same_bytes(agency: Agency) -> None:
    for name, content in {**FILES, **OWN[agency.name]}.items():
        first, again = agency.translate(content, name), agency.translate(content, name)
        assert bodies(first) == bodies(again)


@EVERY
def test_no_two_different_facts_of_a_file_share_an_id(agency: Agency) -> None:
    for name, content in {**FILES, **OWN[agency.name]}.items():
        found = bodies(agency.translate(content, name))
        assert len(set(found)) == len({event_id for event_id, _ in found}), name


@EVERY
@given(content=st.binary(max_size=200))
def test_any_bytes_are_taken_without_a_word_of_complaint(agency: Agency, content: bytes) -> None:
    check(agency, content, "9990001006_x.json")


@EVERY
@given(data=st.data())
def test_a_damaged_file_is_accounted_for(agency: Agency, data: st.DataObject) -> None:
    files = {**{name: content for name, content in FILES.items() if len(content) < 8000}, **OWN[agency.name]}
    name = data.draw(st.sampled_from(sorted(files)))
    content = files[name]
    start = data.draw(st.integers(0, len(content)))
    end = data.draw(st.integers(start, min(len(content), start + 60)))
    patch = data.draw(st.binary(max_size=8) | st.sampled_from([b"null", b"[]", b"{}", b"true", b"1e400", b'""', b"0"]))
    check(agency, content[:start] + patch + content[end:], name)


@EVERY
@given(data=st.data())
def test_a_file_with_another_value_somewhere_is_accounted_for(agency: Agency, data: st.DataObject) -> None:
    files = {name: content for name, content in {**FILES, **OWN[agency.name]}.items() if name.endswith(".json")}
    name = data.draw(st.sampled_from(sorted(files)))
    value: Json = json.loads(files[name])
    here = value
    for _ in range(data.draw(st.integers(1, 6))):
        if isinstance(here, dict) and here:
            key = data.draw(st.sampled_from(sorted(here)))
            if data.draw(st.booleans()) and isinstance(here[key], dict | list):
                here = here[key]
                continue
            here[key] = data.draw(JSON)
        elif isinstance(here, list) and here:
            place = data.draw(st.integers(0, len(here) - 1))
            if isinstance(here[place], dict | list) and data.draw(st.booleans()):
                here = here[place]
                continue
            here[place] = data.draw(JSON)
        break
    check(agency, raw(value), name)
