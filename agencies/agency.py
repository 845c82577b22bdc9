"""The shape that every partner folder fills: who it is, how its native messages become facts, what it agreed to.

Translation is pure: the same bytes give the same facts under the same ids, in any year, on any machine.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from uuid import UUID, uuid5

from contracts import strict_json
from contracts.catalogue import wire_type
from contracts.report import Report
from contracts.strict_json import Json
from contracts.vocabulary import AgencyKind

_NAMESPACE = UUID("6f1d4c5e-6f0b-5c3a-9d0e-3a5a0f6f7d11")


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


Translate = Callable[[bytes, str], tuple[Outcome, ...]]


@dataclass(frozen=True, slots=True)
class Agency:
    """A partner. `name` is its folder; `source` its CloudEvents source; `title` what people call it.

    `translate(raw, file_name)` turns one native file into outcomes, one for each native record, and never raises for
    what the bytes hold: a file that is not of the partner's form is one record, quarantined.
    """

    name: str
    title: str
    kind: AgencyKind
    source: str
    translate: Translate
    form: str

    @property
    def inbound_topic(self) -> str:
        """Where it publishes and nobody else may."""
        return f"in.{self.name}.v1"

    @property
    def receipts_topic(self) -> str:
        """Where the hub answers it and nobody else may read."""
        return f"receipts.{self.name}.v1"


def event_id(source: str, report: Report) -> UUID:
    """The id of a fact (RFC 9562 version 5), made from its source, record, record version, part, type and mapping.

    The version of the mapping counts, because another mapping may make other bytes of the same record: those are then
    a newer statement about the record and not a changed one under the old id.
    """
    record, mapping = report.record, report.provenance.adapter_version
    named: list[Json] = [source, record.system, record.record_id, record.record_version, record.part]
    return uuid5(_NAMESPACE, strict_json.write({"of": [*named, report.TYPE, mapping]}).decode())


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
