"""Whether a data-sharing agreement lets a share pass on a day, and what is wrong with an agreement.

An agreement is good practice and orders routine sharing (ICO data sharing code; DPA 2018 s121). It is never what makes
protecting a child lawful, so where delay could harm a child nothing here is closed: it is open, and marked.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import Literal

from agencies.agency import Agency
from contracts.agreement import Agreement, Clause
from contracts.vocabulary import NeedLevel, Purpose

SOON = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A share as an agreement sees it: which way, what type of fact, why, when, and how pressing."""

    way: Literal["publishes", "receives"]
    report_type: str
    purpose: Purpose
    day: date
    need: NeedLevel | None = None
    urgent: bool = False

    @property
    def pressing(self) -> bool:
        """Whether delay itself could harm the child (the same test as in law: `consent.request.Request.pressing`)."""
        return self.urgent or self.need is NeedLevel.SIGNIFICANT_HARM or self.purpose is Purpose.EMERGENCY


@dataclass(frozen=True, slots=True)
class Passage:
    """Whether it passes; `marks` are the codes of what is not as agreed; `version` is stamped on the decision."""

    open: bool
    marks: tuple[str, ...]
    version: str


class Weight(Enum):
    """How much a finding about an agreement matters."""

    WRONG = "wrong"  # it does not fit, or contradicts itself or the registry
    CLOSED = "closed"  # routine sharing waits until somebody acts
    SOON = "soon"  # it will close unless somebody acts


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing about one agreement: a code, and what it means in words."""

    agency: str
    weight: Weight
    code: str
    says: str


_CLOSED = (
    "routine sharing under it is closed until it is reviewed and signed again; sharing for immediate protection goes on"
)


def passage(agreement: Agreement, wanted: Wanted) -> Passage:
    """Whether the agreement lets this share pass on its day."""
    clause = _clause(agreement, wanted.way)
    marks = [
        code
        for code, found in (
            ("agreement_not_started", wanted.day < agreement.starts),
            ("agreement_review_overdue", agreement.is_due_for_review(wanted.day)),
            ("agreement_type", wanted.report_type not in clause.types),
            ("agreement_purpose", wanted.purpose not in clause.purposes),
        )
        if found
    ]
    return Passage(wanted.pressing or not marks, tuple(marks), agreement.version)


def check(agreement: Agreement, agency: Agency, known_types: frozenset[str], on: date) -> tuple[Finding, ...]:
    """Everything wrong with an agreement on a day, the worst first."""
    wrong: Mapping[str, bool] = {
        "it is another agency's": agreement.agency != agency.name or agreement.source != agency.source,
        "the registry knows the agency as another kind of body": agreement.agency_kind is not agency.kind,
        "its review date does not lie after its start": agreement.review_by <= agreement.starts,
        "fewer than two have signed it, and an agreement has two sides": len(set(agreement.signed_by)) < 2,
    }
    found = [
        Finding(agency.name, Weight.WRONG, code, says)
        for code, (says, is_so) in zip(("party", "kind", "dates", "signatures"), wrong.items(), strict=True)
        if is_so
    ]
    for way, clause in (("publishes", agreement.publishes), ("receives", agreement.receives)):
        found += _check_clause(agency.name, way, clause, known_types)
    return (*found, *_check_days(agreement, agency.name, on))


def does_not_fit(agency: str, where: str) -> Finding:
    """The finding about a file that is not an agreement; `where` names a place and no value."""
    return Finding(agency, Weight.WRONG, "not_of_shape", f"it does not fit the shape of an agreement, at {where}")


def _clause(agreement: Agreement, way: Literal["publishes", "receives"]) -> Clause:
    return agreement.publishes if way == "publishes" else agreement.receives


def _check_clause(agency: str, way: str, clause: Clause, known_types: frozenset[str]) -> list[Finding]:
    found = [
        Finding(agency, Weight.WRONG, "unknown_type", f"{way}: the catalogue has no fact called {name}")
        for name in clause.types
        if name not in known_types
    ]
    for what, named in (("types", clause.types), ("classes", clause.classes), ("purposes", clause.purposes)):
        if len(set(named)) != len(named):
            found.append(Finding(agency, Weight.WRONG, "named_twice", f"{way}: one of its {what} is named twice"))
        if not named:
            found.append(Finding(agency, Weight.WRONG, "nothing_named", f"{way}: it names no {what}"))
    return found


def _check_days(agreement: Agreement, agency: str, on: date) -> tuple[Finding, ...]:
    if on < agreement.starts:
        return (Finding(agency, Weight.CLOSED, "agreement_not_started", f"it starts on {agreement.starts}; {_CLOSED}"),)
    if agreement.is_due_for_review(on):
        says = f"its review was due by {agreement.review_by}; {_CLOSED}"
        return (Finding(agency, Weight.CLOSED, "agreement_review_overdue", says),)
    if agreement.is_due_for_review(on + SOON):
        says = f"its review is due by {agreement.review_by}; after that day routine sharing closes"
        return (Finding(agency, Weight.SOON, "agreement_review_soon", says),)
    return ()
