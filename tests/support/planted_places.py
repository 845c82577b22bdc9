"""A protected place written into every text that a report can carry, in the ways in which people write it."""

import json
import random
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from html import unescape
from typing import Any, Final

from pydantic import BaseModel, ValidationError

from contracts.catalogue import REPORTS
from contracts.identifiers import Scheme, identifier
from contracts.report import Code, Name, Person, Place, Report
from contracts.strict_json import Json
from tests.support.canaries import marked
from tests.support.given import a_child

SAFE: Final = Place(text="12 Canary Refuge Road, Leeds, 01632 960123", postcode="ZE9 4QZ")
POSTCODES: Final = ("ZE9 4QZ", "ze94qz", "Ze9\n4qZ", "ＺＥ９ ４ＱＺ", "Z.E.9. 4.Q.Z.", "ZE9 - 4QZ", "ZE9\u200b4QZ")
TELEPHONES: Final = ("01632 960123", "+44 1632 960 123", "+44 (0)1632 960123", "0044-1632-960-123", "01632.960.123")
LINES: Final = ("12 Canary Refuge Road", "12, CANARY  refuge-road", "12 canary\nrefuge road")
_NEEDLES: Final = ("ze94qz", "1632960123", "12canaryrefugeroad")
_TAG: Final = re.compile(r"<[^>]*>")
_LABELS: Final = frozenset({"ref", "person", "about"})
Leaf = tuple[str | int, ...]


def ways() -> tuple[str, ...]:
    """Every way in which the place is written, among other words."""
    return tuple(f"(seen: {one})" for one in (*POSTCODES, *TELEPHONES, *LINES))


def sampled(seed: int, singles: int, child: Person | None = None, how: tuple[str, ...] = ()) -> Iterator[Report]:
    """One of every kind with it in every text at once; then some with it in one text alone, drawn by the seed."""
    drawn, kinds, written = random.Random(seed), list(REPORTS), how or ways()
    for number, kind in enumerate(kinds):
        yield _planted(kind, number, None, drawn, written, child)
    for number in range(len(kinds), len(kinds) + singles):
        kind = drawn.choice(kinds)
        leaves = places_for_words(full(kind, number, child))
        tries = (_planted(kind, number, (drawn.choice(leaves),), drawn, written, child) for _ in range(1000))
        yield next(one for one in tries if told(strings(one)))  # not every text takes such words: a code does not


def full(kind: type[Report], number: int, child: Person | None = None) -> Report:
    """A report of this kind with a word in every text that it can carry."""
    base = marked(kind, number)
    who, mother = child or a_child(), base.people[1]
    also = Name(family="F", given="G", text="T", use="alias")
    who = who.model_copy(update={"address": Place(text="1 Elsewhere"), "names": (*who.names, also)})
    coded = Code(system="made-up", code="x1", display="plain")
    said = tuple(
        one.model_copy(update={"said_by": "somebody", **({"code": coded} if at % 2 else {})})
        for at, one in enumerate(base.statements)
    )
    away = Place(text="2 Elsewhere", withheld_reason="plain")
    own = identifier(Scheme.CRN, "X318822")
    people: tuple[Person, ...] = (
        who.model_copy(update={"relationship": "plain"}),
        mother.model_copy(update={"address": away}),
    )
    people = (*people, Person(ref="uncle", role=mother.role, names=(also,), identifiers=(own,)))
    record = base.record.model_copy(update={"part": f"{who.names[0].given}", "record_version": "1"})
    handling = base.handling.model_copy(update={"not_to_be_seen_by": ("somebody",)})
    bases = tuple(one.model_copy(update={"authority_36_4": "plain", "gateway": "x"}) for one in base.bases)
    provenance = base.provenance.model_copy(update={"notes": ("plain",)})
    change = base.change.model_copy(update={"reason": "plain"})
    return base.model_copy(
        update={
            **{"people": people, "statements": said, "record": record, "handling": handling, "bases": bases},
            **{"provenance": provenance, "change": change},
        }
    )


def places_for_words(report: Report) -> list[Leaf]:
    """Every text of a report, but its labels of people, and by what its subject is known."""
    leaves = _leaves(report.model_dump(mode="json"))
    known_by = {("people", 0, "identifiers"), ("people", 0, "names", 0)}
    return [leaf for leaf in leaves if leaf[-1] not in _LABELS and not {leaf[:3], leaf[:4]} & known_by]


def text_at(report: Report, leaf: Leaf) -> str:
    """The text that stands there."""
    found: Any = report.model_dump(mode="json")  # as loose as JSON is, until a text is reached
    for part in leaf:
        found = found[part]
    return str(found)


def strings(held: object) -> Iterator[str]:
    """Every text in a value, each as it is and by itself."""
    if isinstance(held, str):
        yield held
    elif isinstance(held, BaseModel):
        yield from strings([getattr(held, name) for name in type(held).model_fields])
    elif is_dataclass(held):
        yield from strings([getattr(held, one.name) for one in fields(held)])
    elif isinstance(held, dict):
        yield from strings([*held.keys(), *held.values()])
    elif isinstance(held, (list, tuple, set, frozenset)):
        for one in held:
            yield from strings(one)


def told(texts: Iterable[str]) -> list[str]:
    """The texts in which the place stands, however it is written; a page is read with and without its tags."""
    return [text for text in texts if any(needle in plain for plain in _read(text) for needle in _NEEDLES)]


def _read(text: str) -> tuple[str, ...]:
    return tuple(_plain(unescape(one)) for one in (text, _TAG.sub("", text)))


def _plain(text: str) -> str:
    return "".join(one for one in unicodedata.normalize("NFKC", text).casefold() if one.isalnum())


def _planted(
    kind: type[Report],
    number: int,
    where: tuple[Leaf, ...] | None,
    drawn: random.Random,
    written: tuple[str, ...],
    child: Person | None,
) -> Report:
    """The report with it in these texts (None: in all); where a text takes no such words, what was there stays."""
    base = full(kind, number, child)
    whole: dict[str, Json] = base.model_dump(mode="json")
    leaves = {leaf: f"{drawn.choice(written)} {number}" for leaf in where or places_for_words(base)}
    for _ in range(6):
        body = _with(whole, leaves)
        try:
            return kind.model_validate_json(json.dumps(body))
        except ValidationError as refused:
            found = [one["loc"] for one in refused.errors()]
            wrong = [one for one in found if not any(one != other and other[: len(one)] == one for other in found)]
            left = {leaf: words for leaf, words in leaves.items() if not any(_is_at(leaf, at) for at in wrong)}
            leaves = left if len(left) < len(leaves) else {}
    return base


def _is_at(leaf: Leaf, where: Leaf) -> bool:
    """Whether an error is of this text; one of a whole part is of every text in it."""
    return bool(where) and leaf[: len(where)] == where[: len(leaf)]


def _with(whole: Json, leaves: dict[Leaf, str], at: Leaf = ()) -> Any:  # as loose as JSON is, until it is read
    if isinstance(whole, dict):
        return {name: _with(one, leaves, (*at, name)) for name, one in whole.items()}
    if isinstance(whole, list):
        return [_with(one, leaves, (*at, place)) for place, one in enumerate(whole)]
    return leaves.get(at, whole)


def _leaves(whole: Json, at: Leaf = ()) -> Iterator[Leaf]:
    if isinstance(whole, dict):
        for name, one in whole.items():
            yield from _leaves(one, (*at, name))
    elif isinstance(whole, list):
        for place, one in enumerate(whole):
            yield from _leaves(one, (*at, place))
    elif isinstance(whole, str):
        yield at
