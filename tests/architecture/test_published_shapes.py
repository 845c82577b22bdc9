"""Does every fact keep the shape under which its version was published, and is what an older release wrote read?"""

import copy
import json
import tarfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from contracts import catalogue, export
from tests.support import shapes
from tests.support.golden import GOLDEN
from tests.support.places import REPO
from tests.support.releases import OLDER
from tests.support.shapes import Published, published, recorded, refused_now

RAISE_IT = (
    "This fact has another shape than was published under this version. What was signed under it stays for ever: raise "
    "VERSION, write UPCASTS and OLD_SCHEMAS for the step, add an example. Only where no hub has ever kept one may its "
    "line in tests/golden/shapes.json be taken out instead, and written anew: python -m tests.support.shapes"
)
WRITE_IT = "Not recorded yet. Write it down: python -m tests.support.shapes"
NEVER_GONE = "A published version, or a member of a closed set, is gone; facts that were signed with it would not read"
Schema = dict[str, Any]  # parsed JSON: its shape is what the tests ask


def amiss(today: Published, before: Published) -> tuple[tuple[str, str], ...]:
    """What is to be done, and for which published shape or closed set."""
    found = [(name, RAISE_IT) for name, was in before.shapes.items() if today.shapes.get(name, was) != was]
    found += [(name, WRITE_IT) for name in today.shapes.keys() - before.shapes.keys()]
    found += [(name, NEVER_GONE) for name in before.shapes.keys() - today.shapes.keys()]
    for name in today.closed_sets.keys() | before.closed_sets.keys():
        have, had = set(today.closed_sets.get(name, ())), set(before.closed_sets.get(name, ()))
        found += [(name, WRITE_IT)] if have - had else []
        found += [(name, NEVER_GONE)] if had - have else []
    return tuple(sorted(found))


@cache
def of_the_older_release(folder: str) -> dict[str, bytes]:
    """The files under `contracts/<folder>` of the release that is kept whole, by their names without `.json`."""
    with tarfile.open(GOLDEN / OLDER / "release.tar.gz") as kept:
        read = {one.name: kept.extractfile(one) for one in kept if one.name.startswith(f"contracts/{folder}/")}
        return {name.rsplit("/", 1)[1].removesuffix(".json"): file.read() for name, file in read.items() if file}


@cache
def today() -> Published:
    """What is published today."""
    return published(written())


@cache
def written() -> Mapping[str, shapes.Object]:
    """The schemas of today."""
    return export.schemas()


def changed(name: str, change: Callable[[Schema], object]) -> Published:
    """What would be published if the fact of that name were changed so."""
    schema: Schema = copy.deepcopy(dict(written()[name]))
    change(schema)
    alone = published({name: schema})
    return Published({**today().shapes, **alone.shapes}, {**today().closed_sets, **alone.closed_sets})


def with_field(name: str) -> Published:
    """What would be published if a fact had one more field, which may be absent."""
    return changed(SETTINGS, lambda schema: schema["properties"].update({name: {"type": "string", "default": ""}}))


SETTINGS, LINK = "settings.stated.v1", "report.linked.v1"
ALTERED: Mapping[str, Callable[[], Published]] = {
    "field": lambda: with_field("another"),
    "field called title": lambda: with_field("title"),
    "required": lambda: changed(SETTINGS, lambda schema: schema["required"].append("policies")),
    "limit": lambda: changed(SETTINGS, lambda schema: schema["properties"]["rulebook"].update(maxLength=3)),
    "default": lambda: changed(SETTINGS, lambda schema: schema["properties"]["policies"].update(default="0")),
    "words": lambda: changed(SETTINGS, lambda schema: schema.update(description="otherwise", title="Otherwise")),
    "order": lambda: changed(SETTINGS, lambda schema: schema["required"].reverse()),
    "member more": lambda: changed(LINK, lambda schema: schema["$defs"]["Compartment"]["enum"].append("another")),
    "member gone": lambda: changed(LINK, lambda schema: schema["$defs"]["Compartment"]["enum"].remove("refuge")),
    "fresh": lambda: replace(today(), shapes={**today().shapes, "settings.stated.v2": "0"}),
    "taken back": lambda: replace(today(), shapes={name: one for name, one in today().shapes.items() if name != LINK}),
}


def test_no_published_version_has_another_shape_than_was_recorded() -> None:
    assert amiss(today(), recorded()) == ()
    assert len(recorded().shapes) >= len(catalogue.EVENTS)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        *[(change, RAISE_IT) for change in ("field", "field called title", "required", "limit", "default")],
        *[(change, NEVER_GONE) for change in ("taken back", "member gone")],
        *[(change, WRITE_IT) for change in ("fresh", "member more")],
    ],
)
def test_a_change_of_shape_is_answered_with_what_to_do(change: str, said: str) -> None:
    assert [words for _, words in amiss(ALTERED[change](), recorded())] == [said]


@pytest.mark.parametrize("change", ["words", "order"])
def test_what_is_only_said_of_a_fact_may_change(change: str) -> None:
    assert amiss(ALTERED[change](), recorded()) == ()


def test_writing_down_what_is_new_leaves_what_is_recorded() -> None:
    for change in ("fresh", "member more"):
        assert amiss(ALTERED[change](), recorded().with_new(ALTERED[change]())) == ()
    for change in ("field", "member gone", "taken back"):
        assert amiss(ALTERED[change](), recorded().with_new(ALTERED[change]())) == amiss(ALTERED[change](), recorded())


def test_today_takes_every_shape_that_the_older_release_wrote() -> None:
    older = {name: json.loads(content) for name, content in of_the_older_release("schemas").items()}
    assert len(older) > 90
    schemas: dict[str, Schema] = {name: dict(schema) for name, schema in written().items()}
    assert [(name, place) for name, was in older.items() for place in refused_now(was, schemas.get(name))] == []


def test_the_examples_of_the_older_release_stand_unedited_and_read() -> None:
    examples = of_the_older_release("examples")
    assert examples.keys() == of_the_older_release("schemas").keys()
    for name, body in examples.items():
        assert (REPO / "contracts" / "examples" / f"{name}.json").read_bytes() == body, name
        fact, version = catalogue.parse_wire_type(f"uk.childhub.{name}")
        assert type(fact.from_kept_bytes(body, version)) is fact


_OLDER: Schema = {
    "type": "object",
    "description": "as it was",
    "properties": {"a": {"type": "string"}, "b": {"$ref": "#/$defs/B"}},
    "required": ["a", "b"],
    "$defs": {"B": {"enum": ["x", "y"], "type": "string"}},
}


@pytest.mark.parametrize(
    ("newer", "places"),
    [
        ({"description": "as it is"}, ()),
        ({"required": ["a"]}, ()),
        ({"properties": _OLDER["properties"] | {"c": {"default": 0, "type": "integer"}}}, ()),
        ({"$defs": {"B": {"enum": ["y", "z", "x"], "type": "string"}}}, ()),
        ({"required": ["a", "b", "c"]}, ('/required/"c"',)),
        ({"properties": {"a": {"type": "string"}}}, ("/properties/b",)),
        ({"properties": _OLDER["properties"] | {"a": {"type": "integer"}}}, ("/properties/a/type",)),
        (
            {"properties": _OLDER["properties"] | {"a": {"type": "string", "maxLength": 9}}},
            ("/properties/a/maxLength",),
        ),
        ({"$defs": {"B": {"enum": ["y"], "type": "string"}}}, ('/$defs/B/enum/"x"',)),
    ],
)
def test_what_a_newer_shape_refuses_is_found(newer: Schema, places: tuple[str, ...]) -> None:
    assert tuple(refused_now(_OLDER, _OLDER | newer)) == places
