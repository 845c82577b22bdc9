"""Ways to look into what a translation gave."""

import json
from collections.abc import Callable

from agencies.agency import Outcome, Result
from contracts.report import Report, Statement
from contracts.strict_json import Json

Translate = Callable[[bytes, str], tuple[Outcome, ...]]


def reports(outcomes: tuple[Outcome, ...], kind: str | None = None) -> tuple[Report, ...]:
    """The reports of every fact, in order; only those of a TYPE when one is given."""
    found = (fact.report for outcome in outcomes for fact in outcome.facts)
    return tuple(report for report in found if kind is None or kind == report.TYPE)


def only(outcomes: tuple[Outcome, ...], kind: str) -> Report:
    """The one report of that TYPE."""
    (found,) = reports(outcomes, kind)
    return found


def said(report: Report, field: str) -> tuple[Statement, ...]:
    """The report's statements under that field."""
    return tuple(statement for statement in report.statements if statement.field == field)


def raw(value: Json) -> bytes:
    """The value as a native JSON file."""
    return json.dumps(value).encode()


def reason(outcomes: tuple[Outcome, ...]) -> str:
    """Why the one record was not accepted."""
    (outcome,) = outcomes
    assert outcome.result is not Result.ACCEPTED
    return outcome.reason
