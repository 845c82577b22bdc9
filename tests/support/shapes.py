"""The shape of each published fact, as a digest that its descriptions do not change; and what a newer shape refuses.

`python -m tests.support.shapes` writes down what is not yet recorded; it changes nothing that is.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from contracts import export
from contracts.strict_json import Json
from tests.support.golden import GOLDEN

RECORD = GOLDEN / "shapes.json"
Object = Mapping[str, Json]
_NAMED = ("properties", "$defs")  # under these a key is a name of ours, and no word of JSON Schema
_SAID = frozenset({"$id", "$schema", "description", "title"})
_IN_NO_ORDER = ("required", "enum")


@dataclass(frozen=True)
class Published:
    """Each version of each fact with the digest of its shape, and each closed set that they name with its members."""

    shapes: Mapping[str, str]
    closed_sets: Mapping[str, tuple[str, ...]]

    def with_new(self, today: "Published") -> "Published":
        """This, and what today publishes that is not in it; what is in it stays as it is."""
        names = {*self.closed_sets, *today.closed_sets}
        members = {name: {*self.closed_sets.get(name, ()), *today.closed_sets.get(name, ())} for name in names}
        sets = {name: tuple(sorted(found)) for name, found in members.items()}
        return Published({**today.shapes, **self.shapes}, sets)


def published(schemas: Mapping[str, Object]) -> Published:
    """What these schemas publish: fields, what each may hold, which must be there; not what is said of them."""
    sets: dict[str, tuple[str, ...]] = {}
    for schema in schemas.values():
        for name, part in _object(schema.get("$defs")).items():
            members = _list(_object(part).get("enum"))
            if members:
                sets[name] = tuple(sorted({*sets.get(name, ()), *map(str, members)}))
    return Published({name: _digest(schema) for name, schema in schemas.items()}, sets)


def recorded() -> Published:
    """What was published so far, as it was recorded."""
    found = json.loads(RECORD.read_bytes())
    return Published(found["shapes"], {name: tuple(members) for name, members in found["closed_sets"].items()})


def record(found: Published, path: Path = RECORD) -> None:
    """Write it down."""
    said = {"shapes": found.shapes, "closed_sets": {name: list(one) for name, one in found.closed_sets.items()}}
    path.write_text(json.dumps(said, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def refused_now(older: Json, newer: Json, place: str = "") -> Iterator[str]:
    """The places at which `newer` may refuse, or read otherwise, what `older` takes. A wider shape gives none."""
    if isinstance(older, dict) and isinstance(newer, dict):
        for word in sorted({*older, *newer} - _SAID):
            yield from _word_refused(word, older.get(word), newer.get(word), f"{place}/{word}")
    elif older != newer:
        yield place


def _word_refused(word: str, older: Json, newer: Json, place: str) -> Iterator[str]:
    if word in _NAMED:
        parts = _object(newer)
        for name, part in _object(older).items():
            yield from refused_now(part, parts.get(name), f"{place}/{name}")
    elif word == "required":
        yield from (f"{place}/{name}" for name in _beyond(newer, older))
    elif word in ("enum", "anyOf") and older:
        yield from (f"{place}/{part}" for part in _beyond(older, newer))
    elif word != "default" or older is not None:
        yield from refused_now(older, newer, place)


def _beyond(some: Json, others: Json) -> list[str]:
    """Those of `some` that are not among the others, as text."""
    known = {_text(_bare(other)) for other in _list(others)}
    return sorted({_text(_bare(one)) for one in _list(some)} - known)


def _digest(schema: Object) -> str:
    parts = {name: _a_set(part) for name, part in _object(schema.get("$defs")).items()}
    return hashlib.sha256(_text(_bare({**schema, "$defs": parts})).encode()).hexdigest()[:32]


def _a_set(part: Json) -> Json:
    """That it is a closed set, where it is one: its members are recorded by themselves."""
    return {"closed set": _object(part).get("type")} if "enum" in _object(part) else part


def _bare(value: Json, names: bool = False) -> Json:
    """What is stated, without what is said of it. `names`: the keys of this object are names of ours."""
    if isinstance(value, list):
        return [_bare(part) for part in value]
    if not isinstance(value, dict):
        return value
    kept: dict[str, Json] = {}
    for key, part in value.items():
        if names or key not in _SAID:
            bare = _bare(part, not names and key in _NAMED)
            kept[key] = sorted(bare, key=_text) if isinstance(bare, list) and key in _IN_NO_ORDER else bare
    return kept


def _text(value: Json) -> str:
    return json.dumps(value, sort_keys=True)


def _object(value: Json) -> Object:
    return value if isinstance(value, dict) else {}


def _list(value: Json) -> Sequence[Json]:
    return value if isinstance(value, list) else ()


if __name__ == "__main__":
    record(recorded().with_new(published(export.schemas())))
