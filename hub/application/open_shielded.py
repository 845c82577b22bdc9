"""Reports are opened less whatever names a place that is held apart, whoever wrote it down and however long ago."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from uuid import UUID

from contracts.events.hub import ReportLinked
from contracts.report import Report
from hub.application.hold_apart import hash_of
from hub.application.ports import History, IdentityIndex, OpenedReport, Permit, Store
from hub.domain.compartments import without


def open_shielded(
    store: Store, index: IdentityIndex, history: History, permit: Permit | None, wanted: frozenset[UUID] | None = None
) -> tuple[OpenedReport, ...]:
    """The reports wanted (None: all that stand now), as a reader may have them. Raises NotPermitted, Unreadable."""
    shielded = _shielding(index, history.linked())
    opened = store.open_reports(history, permit, wanted)
    return opened if shielded is None else tuple(replace(one, report=shielded(one.report)) for one in opened)


def _shielding(index: IdentityIndex, linked: Iterable[ReportLinked]) -> Callable[[Report], Report] | None:
    """What takes the protected places out of a report; None where nothing is protected."""
    hashes = frozenset(each for link in linked for each in link.protects)
    if not hashes:
        return None
    return lambda report: without(report, lambda words: any(hash_of(index, word) in hashes for word in words))
