"""A report with one text in every place of it that takes any text at all."""

import json
from typing import TypeVar

from pydantic import ValidationError

from contracts.report import Report
from contracts.strict_json import Json

R = TypeVar("R", bound=Report)
Where = tuple[str | int, ...]
# By these the report and its people are known and held together; they take codes alone or would make it another's.
_KEPT = frozenset({"record", "identifiers", "ref", "about", "person", "provenance", "change", "birth_date", "given"})


def planted(report: R, text: str) -> tuple[R, tuple[Where, ...]]:
    """The report with the text (cut to what fits) wherever it may stand, and the places."""
    whole: Json = json.loads(report.to_bytes())
    places: list[Where] = []
    for where in _texts(whole):
        if _KEPT.isdisjoint(where) and _fits(report, changed := _with(whole, where, text)):
            whole = changed
            places.append(where)
    return type(report).model_validate_json(json.dumps(whole)), tuple(places)


def _fits(report: Report, whole: Json) -> bool:
    try:
        type(report).model_validate_json(json.dumps(whole))
    except ValidationError:
        return False
    return True


def _texts(value: Json, where: Where = ()) -> tuple[Where, ...]:
    """Where a text stands."""
    if isinstance(value, str):
        return (where,)
    if isinstance(value, dict):
        return tuple(one for name, each in value.items() for one in _texts(each, (*where, name)))
    if isinstance(value, list):
        return tuple(one for number, each in enumerate(value) for one in _texts(each, (*where, number)))
    return ()


def _with(value: Json, where: Where, text: str) -> Json:
    """A copy with the text at the place."""
    if not where:
        return text
    step, rest = where[0], where[1:]
    if isinstance(value, dict) and isinstance(step, str):
        return {**value, step: _with(value[step], rest, text)}
    if isinstance(value, list) and isinstance(step, int):
        return [*value[:step], _with(value[step], rest, text), *value[step + 1 :]]
    raise KeyError(step)
