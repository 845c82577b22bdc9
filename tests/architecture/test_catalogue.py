"""Is every version of every fact published, with an example that reads, and are the generated files those of today?"""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator, Draft202012Validator, FormatChecker

from agencies.registry import AGENCIES
from contracts import catalogue, export, vocabulary
from contracts.described import Described
from contracts.errors import NotOfShape, UnknownType
from contracts.event import Fact
from contracts.events.hub import SessionOpened
from contracts.events.shared import ConcernRaised
from contracts.identifiers import check_state
from contracts.report import Report
from contracts.vocabulary import Telling
from tests.support.source_tree import ROOT

CONTRACTS = ROOT / "contracts"
EXAMPLES = CONTRACTS / "examples"
OFFICIAL = ROOT / "tests" / "support" / "asyncapi" / "3.0.0.json"
Document = dict[str, Any]  # parsed JSON or YAML: its shape is what the tests ask


def versions() -> Iterator[tuple[type[Fact], int]]:
    """Every version ever published, with the class that reads it."""
    for fact in catalogue.EVENTS:
        for version in range(1, fact.VERSION + 1):
            yield fact, version


VERSIONS = tuple(versions())
NAMES = tuple(f"{fact.TYPE}.v{version}" for fact, version in VERSIONS)
each_version = pytest.mark.parametrize(("fact", "version"), VERSIONS, ids=NAMES)
each_report = pytest.mark.parametrize("report", catalogue.REPORTS, ids=lambda report: report.TYPE)


def example(fact: type[Fact], version: int) -> bytes:
    return (EXAMPLES / f"{fact.TYPE}.v{version}.json").read_bytes()


@cache
def validator(name: str) -> Draft202012Validator:
    """A checker of the committed schema, dates and all."""
    schema: Document = json.loads((CONTRACTS / "schemas" / f"{name}.json").read_bytes())
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=FormatChecker())


def test_every_version_has_one_example_and_no_example_is_left_over() -> None:
    assert {path.name for path in EXAMPLES.iterdir()} == {f"{name}.json" for name in NAMES}


@each_version
def test_the_example_reads_and_comes_back(fact: type[Fact], version: int) -> None:
    read = fact.from_bytes(example(fact, version), version)
    assert fact.from_bytes(read.to_bytes(), fact.VERSION) == read
    assert fact.from_kept_bytes(example(fact, version), version) == read


@each_version
def test_the_schema_takes_the_example_and_no_unknown_field(fact: type[Fact], version: int) -> None:
    checker = validator(f"{fact.TYPE}.v{version}")
    stated: Document = json.loads(example(fact, version))
    assert not list(checker.iter_errors(stated))
    assert list(checker.iter_errors(stated | {"another": 1}))


@each_version
def test_the_schema_refuses_a_date_that_is_none(fact: type[Fact], version: int) -> None:
    """Without rfc3339-validator the check of date-time is silently off; this fails where it is missing."""
    checker = validator(f"{fact.TYPE}.v{version}")
    stated: Document = json.loads(example(fact, version))
    dates = [name for name in ("at", "received", "recorded") if name in stated]
    assert dates
    for name in dates:
        wrong = {"value": "yesterday", "precision": "day"} if isinstance(stated[name], dict) else "yesterday"
        assert list(checker.iter_errors(stated | {name: wrong}))
        with pytest.raises(NotOfShape):
            fact.from_bytes(json.dumps(stated | {name: wrong}).encode(), version)


@each_report
def test_the_schema_takes_only_the_statements_of_its_type(report: type[Report]) -> None:
    checker = validator(f"{report.TYPE}.v{report.VERSION}")
    stated: Document = json.loads(example(report, report.VERSION))
    kinds = {kind.value for kind in vocabulary.StatementKind}
    for rule in report.FIELDS:
        for kind in kinds:
            statement = {"field": rule.name, "kind": kind, "value": "words"}
            fits = not list(checker.iter_errors(stated | {"statements": [statement]}))
            assert fits == (kind in {allowed.value for allowed in rule.kinds})
    assert list(checker.iter_errors(stated | {"statements": [{"field": "another", "kind": "observation"}]}))


@each_report
def test_examples_are_of_invented_people_with_sound_identifiers(report: type[Report]) -> None:
    for version in range(1, report.VERSION + 1):
        read = report.from_bytes(example(report, version), version)
        for person in read.people:
            for identifier in person.identifiers:
                assert identifier.check is check_state(identifier.scheme, identifier.value)
                assert identifier.scheme != "nhs" or identifier.value.startswith("999")


def test_no_type_is_stated_twice() -> None:
    names = [fact.TYPE for fact in catalogue.EVENTS]
    assert len(set(names)) == len(names)


@each_version
def test_the_name_on_the_wire_leads_back_to_the_class(fact: type[Fact], version: int) -> None:
    assert catalogue.parse_wire_type(catalogue.wire_type(fact, version)) == (fact, version)
    with pytest.raises(UnknownType):
        catalogue.parse_wire_type(catalogue.wire_type(fact, fact.VERSION + 1))


_NOT_VERSIONS = ("concern.raised.v0", "concern.raised.v01", "concern.raised.v1\n", "concern.raised.v١")


@pytest.mark.parametrize(
    "text",
    ["", "concern.raised", *("uk.childhub." + end for end in ("no.such.v1", "concern.raised", *_NOT_VERSIONS))],
)
def test_another_name_is_refused(text: str) -> None:
    with pytest.raises(UnknownType):
        catalogue.parse_wire_type(text)


def test_the_hubs_own_facts_are_no_reports() -> None:
    with pytest.raises(UnknownType):
        catalogue.parse_report_type(catalogue.wire_type(SessionOpened))
    assert catalogue.parse_report_type("uk.childhub.concern.raised.v1") == (ConcernRaised, 1)
    with pytest.raises(UnknownType):
        catalogue.report_class("session.opened")


@pytest.mark.parametrize("fact", catalogue.EVENTS, ids=lambda fact: fact.TYPE)
def test_each_version_has_its_step_up_and_its_old_schema(fact: type[Fact]) -> None:
    assert set(fact.UPCASTS) == set(fact.OLD_SCHEMAS) == set(range(1, fact.VERSION))


@each_report
def test_a_reports_fields_are_named_once(report: type[Report]) -> None:
    names = [rule.name for rule in report.FIELDS]
    assert names
    assert len(set(names)) == len(names)
    assert all(rule.meaning and rule.kinds for rule in report.FIELDS)


@pytest.mark.parametrize("fact", catalogue.EVENTS, ids=lambda fact: fact.TYPE)
def test_what_may_be_absent_has_a_default(fact: type[Fact]) -> None:
    """`to_bytes` leaves out what is None, so a field that may be None and must be given could not be read back."""
    for name, field in fact.model_fields.items():
        assert "None" not in str(field.annotation) or not field.is_required(), name


def test_an_answer_for_the_whole_family_tells_nobody() -> None:
    read = ConcernRaised.from_bytes(example(ConcernRaised, 1), 1)
    assert [(told.person, told.state, told.reason) for told in read.telling] == [
        ("mother", Telling.NOT_KNOWN, "v1_family_told_yes")
    ]


@pytest.mark.parametrize(
    "change",
    [
        {"family_told": "perhaps"},
        {"family_told": None},
        {"family_told": True},
        {"telling": []},
        {"people": [{"role": "parent_or_carer"}]},
        {"people": "mother"},
    ],
)
def test_a_first_version_of_another_shape_is_refused(change: Document) -> None:
    stated: Document = json.loads(example(ConcernRaised, 1))
    with pytest.raises(NotOfShape):
        ConcernRaised.from_bytes(json.dumps(stated | change).encode(), 1)
    assert list(validator("concern.raised.v1").iter_errors(stated | change))


def test_the_two_versions_do_not_read_as_each_other() -> None:
    with pytest.raises(NotOfShape):
        ConcernRaised.from_bytes(example(ConcernRaised, 1), 2)
    with pytest.raises(NotOfShape):
        ConcernRaised.from_bytes(example(ConcernRaised, 2), 1)


def test_generated_files_are_those_of_today() -> None:
    """Run `hub contracts export` and commit what it writes when this fails."""
    written = export.files(tuple(agency.name for agency in AGENCIES))
    for name, content in written.items():
        assert (CONTRACTS / name).read_bytes() == content, name
    schemas = {path.relative_to(CONTRACTS).as_posix() for path in Path(CONTRACTS, "schemas").iterdir()}
    assert schemas | {export.ASYNCAPI_FILE} == set(written)


def test_the_asyncapi_document_is_valid() -> None:
    official: Document = json.loads(OFFICIAL.read_bytes())
    document: Document = yaml.safe_load((CONTRACTS / export.ASYNCAPI_FILE).read_bytes())
    checker = Draft7Validator(official, format_checker=FormatChecker())
    assert not list(checker.iter_errors(document))
    document["channels"]["reports"]["bindings"]["kafka"]["another"] = 1
    assert list(checker.iter_errors(document)), "the official schema must reach into the Kafka bindings"


def test_the_asyncapi_document_points_only_at_what_is_there() -> None:
    document: Document = yaml.safe_load((CONTRACTS / export.ASYNCAPI_FILE).read_bytes())
    messages = document["components"]["messages"]
    for message in messages.values():
        schema = CONTRACTS / message["payload"]["schema"]["contentSchema"]["$ref"]
        assert schema.is_file()
        assert message["name"] == f"uk.childhub.{schema.stem}"
    for channel in document["channels"].values():
        assert set(channel["messages"]) <= set(messages)


def test_every_member_of_every_closed_set_has_its_own_meaning() -> None:
    sets = [found for found in vars(vocabulary).values() if isinstance(found, type) and issubclass(found, Described)]
    assert len(sets) > 15
    for found in sets:
        meanings = [member.meaning.strip() for member in found if found is not Described]
        assert all(meanings)
        assert len(set(meanings)) == len(meanings), found.__name__
