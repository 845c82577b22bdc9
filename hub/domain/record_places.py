"""Where a report stands at its agency, as texts to be hashed with a key: what changes it is then known unopened."""

from dataclasses import dataclass
from uuid import UUID

from contracts.report import Report
from hub.domain.chronology import OF_ALL_BELOW


@dataclass(frozen=True, slots=True)
class RecordPlaces:
    """The item (record, part and type), the record, each record above it, and whether all below it is meant."""

    item: str
    record: str
    above: tuple[str, ...]
    all_below: bool


def record_places(report: Report, source: str) -> RecordPlaces:
    """The places of a report by its own record, as its source numbers it."""
    at = report.record
    steps = at.record_id.split("/")
    above = tuple("/".join(steps[:count]) for count in range(len(steps) - 1, 0, -1))
    return RecordPlaces(
        item=_text(source, at.system, at.record_id, at.part or "", report.TYPE),
        record=_text(source, at.system, at.record_id),
        above=tuple(_text(source, at.system, one) for one in above),
        all_below=OF_ALL_BELOW in report.provenance.notes,
    )


def _text(*parts: str) -> str:
    return "\x1f".join(parts)


REPORT = "report"  # the scheme under which a report leads to those in whose histories it was put
ERASED_REPORT = "erased report"  # that under which a report is known to be erased with whom it was about


def report_key(source: str, report_id: UUID) -> str:
    """What a report is known by under that scheme."""
    return f"{source} {report_id}"
