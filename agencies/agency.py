"""The shape that every partner folder fills: who it is, how its native messages become facts, what it agreed to.

Translation is pure: the same bytes give the same facts under the same ids, in any year, on any machine.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from uuid import UUID

from contracts import strict_json
from contracts.catalogue import wire_type
from contracts.event_id import event_id
from contracts.events.sharing import ReportShared
from contracts.report import Report
from contracts.strict_json import Json
from contracts.vocabulary import AgencyKind


class Result(StrEnum):
    """What became of one native record; every record has exactly one."""

    ACCEPTED = "accepted"
    IGNORED = "ignored"
    QUARANTINED = "quarantined"


@dataclass(frozen=True, slots=True)
class Stated:
    """One fact made from a native record, with its id."""

    event_id: UUID
    report: Report

    @property
    def type(self) -> str:
        """The CloudEvents type of the fact."""
        return wire_type(type(self.report))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one native record: `record` is its place in the file, never a value from it.

    `reason` is a code: empty when accepted, why not otherwise. `facts` is empty unless accepted.
    """

    record: str
    result: Result
    reason: str = ""
    facts: tuple[Stated, ...] = ()


@dataclass(frozen=True, slots=True)
class Delivered:
    """What a partner makes of something shared with it, in its own form: a file name that names nobody, and bytes."""

    name: str
    raw: bytes


Translate = Callable[[bytes, str], tuple[Outcome, ...]]
Accept = Callable[[ReportShared], Delivered]


def as_shared(shared: ReportShared) -> Delivered:
    """The shared fact as it came, for a partner with no form of its own for what it receives."""
    return Delivered(f"shared-{shared.share_id}.json", shared.to_bytes())


@dataclass(frozen=True, slots=True)
class Agency:
    """A partner. `name` is its folder; `source` its CloudEvents source; `title` what people call it.

    `translate(raw, file_name)` turns one native file into outcomes, one for each native record, and never raises for
    what the bytes hold: a file that is not of the partner's form is one record, quarantined. `accept` turns what is
    shared with the partner into its own form: pure, like `translate`.
    """

    name: str
    title: str
    kind: AgencyKind
    source: str
    translate: Translate
    form: str
    accept: Accept = as_shared

    @property
    def inbound_topic(self) -> str:
        """Where it publishes and nobody else may."""
        return f"in.{self.name}.v1"

    @property
    def receipts_topic(self) -> str:
        """Where the hub answers it and nobody else may read."""
        return f"receipts.{self.name}.v1"

    @property
    def outbound_topic(self) -> str:
        """Where the hub shares with it and nobody else may read."""
        return f"out.{self.name}.v1"


def stated(source: str, report: Report, part: str = "") -> Stated:
    """The report with its id; `part` tells apart facts of one type made from one version of one record."""
    if part:
        report = report.model_copy(update={"record": report.record.model_copy(update={"part": part})})
    return Stated(event_id=event_id(source, report), report=report)


def accepted(record: str, facts: tuple[Stated, ...]) -> Outcome:
    """The record became these facts."""
    return Outcome(record=record, result=Result.ACCEPTED, facts=facts)


def ignored(record: str, reason: str) -> Outcome:
    """The record is sound and is not shared, for the reason coded."""
    return Outcome(record=record, result=Result.IGNORED, reason=reason)


def quarantined(record: str, reason: str) -> Outcome:
    """The record could not be read for certain; a person at the agency must look."""
    return Outcome(record=record, result=Result.QUARANTINED, reason=reason)


def digest(value: Json) -> str:
    """SHA-256 (hex) of a native item in canonical JSON: the same item in tomorrow's file has the same digest."""
    return sha256(strict_json.write({"item": value})).hexdigest()


def digest_of_bytes(raw: bytes) -> str:
    """SHA-256 (hex) of native bytes."""
    return sha256(raw).hexdigest()
