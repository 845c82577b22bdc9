"""What is derived from the facts, index and views, held against the facts: neither is sealed for itself."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from contracts.events.erasure import ErasureBegun
from contracts.events.hub import ReportLinked, ReportUnlinked
from contracts.events.need import EnquiryAssigned
from hub.adapters.fact_codes import CODES
from hub.adapters.view_rows import ViewRows
from hub.application.keep_views import keep_views
from hub.commands.audit_erased import erased
from hub.commands.audit_store import rows_of
from hub.domain.errors import Unreadable
from hub.views.all_views import VIEWS
from hub.wiring import Hub

_STATING = frozenset(
    {CODES[ReportLinked], CODES[ReportUnlinked], CODES[EnquiryAssigned], CODES[ErasureBegun]}
)  # the facts that state what is kept in the index


def check_index(hub: Hub) -> tuple[str, ...]:
    """Each pointer that a fact states and the index lacks, and each in the index that is not so stated, or altered.

    Raises StoreUnavailable, Unreadable.
    """
    findings: list[str] = []
    stated: dict[str, int] = {}
    for row in rows_of(hub):
        if row.code not in _STATING:
            continue
        try:
            fact = hub.store.open_row(row)
        except Unreadable as broken:
            findings.append(f"row {row.position}: what it states of the index cannot be read ({broken.code})")
            continue
        if isinstance(fact, ReportLinked | ReportUnlinked | EnquiryAssigned | ErasureBegun):
            stated |= {mark: row.position for mark in fact.terms if mark not in stated}
    return (*findings, *_unlike(hub, stated))


def _unlike(hub: Hub, stated: dict[str, int]) -> Iterator[str]:
    found: set[str] = set()
    for mark, is_ours in hub.index.kept():
        if not is_ours:
            yield f"pointer {mark}: altered, or not the hub's"
        elif mark not in stated:
            yield f"pointer {mark}: no fact states it"
        else:
            found.add(mark)
    gone = erased(hub).pointers
    for mark, position in stated.items():
        if mark not in found and mark not in gone:
            yield f"pointer {mark}: stated in row {position}, and gone from the index"


def check_views(hub: Hub) -> tuple[str, ...]:
    """Each row of a view that is not what the store's facts give. Raises StoreUnavailable, Unreadable."""
    with TemporaryDirectory() as folder:
        again = ViewRows(Path(folder) / "views.db", VIEWS)
        try:
            held = tuple(
                f"view {one.view}: row {one.position} cannot be taken in ({one.code})"
                for one in keep_views(hub.store, again)
            )
            return held + tuple(
                finding
                for view in VIEWS
                for finding in _different(view.name, again.contents(view), hub.view_rows.contents(view))
            )
        finally:
            again.close()


def _different(name: str, built: dict[str, str], kept: dict[str, str]) -> Iterator[str]:
    """A key may be a source or an id, and never is told."""
    wrong = sum(built.get(key) != kept.get(key) for key in built.keys() | kept.keys())
    if wrong:
        yield f"view {name}: {wrong} rows are not what the store's facts give"
