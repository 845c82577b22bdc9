"""Whom a report is not to be seen by: agencies under their sources, whatever short name their sender wrote."""

from collections.abc import Iterable
from dataclasses import dataclass

from contracts.agreement import Agreement
from contracts.events.hub import Mark
from contracts.report import Report

UNKNOWN = Mark(
    code="not_to_be_seen_by_unknown",
    says="It names somebody it is not to be seen by who is no agency here and nobody in the report: that bars nobody.",
    propose=("state the agency's source, such as urn:childhub:agency:police",),
)


@dataclass(frozen=True, slots=True)
class KeptFrom:
    """Whom, with each agency under its source, and a mark when somebody is named whom nobody knows."""

    whom: tuple[str, ...]
    marks: tuple[Mark, ...]


def kept_from(report: Report, agreements: Iterable[Agreement]) -> KeptFrom:
    """Whom the report is not to be seen by. A label of a person in the report stays as it is."""
    if not report.handling.not_to_be_seen_by:
        return KeptFrom((), ())
    sources = {name: one.source for one in agreements for name in _names(one)}
    whom = tuple(sources.get(_folded(text), text) for text in report.handling.not_to_be_seen_by)
    known = {*sources.values(), *(person.ref for person in report.people)}
    return KeptFrom(tuple(dict.fromkeys(whom)), () if known.issuperset(whom) else (UNKNOWN,))


def _names(agreement: Agreement) -> tuple[str, ...]:
    """The names by which a sender may mean an agency, folded: its source, the end of it, its short name, its title."""
    return tuple(
        _folded(name)
        for name in (agreement.source, agreement.source.rpartition(":")[2], agreement.agency, agreement.title)
    )


def _folded(text: str) -> str:
    return text.strip().casefold().replace("_", "-").replace(" ", "-")
