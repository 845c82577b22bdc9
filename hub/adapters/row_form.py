"""What stands in a row of the store: a fact of the hub's, a report as it was signed, or a report in parts."""

from contracts import envelope
from contracts.catalogue import report_class
from contracts.errors import ContractError
from contracts.event import Fact
from contracts.events.hub import ReportLinked
from contracts.report import Report
from contracts.signature import Signed
from hub.adapters.fact_codes import CODES, FACTS, REPORT
from hub.adapters.fact_versions import version_written
from hub.adapters.sealing_mapper import Part
from hub.application.in_parts import InParts
from hub.application.kept_rows import KeptRow
from hub.application.ports import Entry, Stream, StreamKind
from hub.domain.errors import Unreadable

HUB_OWNER = "hub"
_OF_A_PERSON = frozenset({StreamKind.HISTORY, StreamKind.ACCESS, StreamKind.ENQUIRY})
_IN_PARTS = "in-parts/v"  # in place of a JWS, which would prove a guess at what is held apart


def owner_of(stream: Stream) -> str:
    """Under whose keys a stream's rows lie."""
    return of_person(stream.key) if stream.kind in _OF_A_PERSON else HUB_OWNER


def of_person(person_hex: str) -> str:
    """The owner that a person is among the keys."""
    return f"person/{person_hex}"


def code_of(what: Fact | Signed | InParts) -> str:
    """The opaque code of the row."""
    return REPORT if isinstance(what, Signed | InParts) else CODES[type(what)]


def as_signed(what: InParts) -> Signed:
    """The open part of a report as it stands in the row: its version in the place of the signature."""
    return Signed(f"{_IN_PARTS}{what.version}", what.standard)


def version_in_parts(kept: Signed) -> int | None:
    """The version of a report's open part; None where it stands whole, as it was signed."""
    return int(kept.jws.removeprefix(_IN_PARTS)) if kept.jws.startswith(_IN_PARTS) else None


def apart(entry: Entry) -> tuple[Part, ...]:
    """What the row holds apart."""
    return tuple(Part(*each) for each in entry.what.parts) if isinstance(entry.what, InParts) else ()


def kind_of(row: KeptRow) -> type[Fact]:
    """Which fact of the hub's own stands in the row. Raises Unreadable."""
    kind = FACTS.get(row.code)
    if kind is None:
        raise Unreadable(row.position, "record_code")
    return kind


def fact_in(kind: type[Fact], packed: bytes, row: KeptRow) -> Fact:
    """The fact in an opened row, brought up to today's version. Raises Unreadable."""
    signed = envelope.unpack(packed)
    try:
        return kind.from_kept_bytes(signed.body, version_written(kind, signed.jws))
    except ContractError as refused:
        raise Unreadable(row.position, refused.code) from None


def report_in(packed: bytes, link: ReportLinked) -> Report:
    """The report in an opened row, brought up to today's version; less what is held apart."""
    kept = envelope.unpack(packed)
    version = version_in_parts(kept) or link.report_version
    return report_class(link.report_type).from_kept_bytes(kept.body, version)
