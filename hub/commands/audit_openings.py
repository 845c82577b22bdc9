"""Every opening of an agency's content, on the ledger beside the keys, has a kept decision that allowed it."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from contracts.events.hub import AccessDecided
from hub.adapters.keys import STANDARD
from hub.adapters.openings import Opened
from hub.adapters.permits import GOOD_FOR, opening_by
from hub.application.permit import Permit
from hub.application.ports import Stream
from hub.commands.audit_erased import Erased, erased
from hub.domain.errors import Unreadable
from hub.wiring import Hub

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def check_openings(hub: Hub) -> tuple[str, ...]:
    """Each opening that no kept decision accounts for, each line not as written, and sealed lines that are gone.

    Raises StoreUnavailable.
    """
    return tuple(_unaccounted(hub))


def _unaccounted(hub: Hub) -> Iterator[str]:
    sealed = _sealed_heads(hub)  # first: the ledger only grows
    newest_us, gone = 0, erased(hub)
    for line in hub.keyring.openings.lines():
        sealed.pop((line.number, line.mac.hex()), None)
        if not line.follows:
            yield f"opening {line.number}: altered, or a line before it is gone"
        elif line.opening.at_us < newest_us - GOOD_FOR // timedelta(microseconds=1):
            yield f"opening {line.number}: its time is before that of a line before it"
        elif not _is_of_erased(hub, gone, line) and (why := _unlike(hub, line)):
            yield f"opening {line.number}: {why}"
        newest_us = max(newest_us, line.opening.at_us)
    if sealed:
        lines, entries = sorted(number for number, _ in sealed), sorted(sealed.values())
        yield (
            f"openings up to {lines[-1]}: the ledger went back or is another. Entries {entries[0]} to {entries[-1]} "
            f"seal {len(lines)} of its lines, from {lines[0]} on, that it does not hold"
        )


def _sealed_heads(hub: Hub) -> dict[tuple[int, str], int]:
    """The lines with which the ledger ended when entries were sealed, each by number and proof, and its first entry."""
    found: dict[tuple[int, str], int] = {}
    for index, _ in hub.bodies.places():
        try:
            body = hub.bodies.at_index(index)
        except Unreadable:
            continue  # said of the store already
        match json.loads(body.body) if body is not None else None:
            case {"openings": {"number": int(number), "mac": str(mac)}}:
                found.setdefault((number, mac), index)
            case _:
                pass
    return found


def _is_of_erased(hub: Hub, gone: Erased, line: Opened) -> bool:
    """Whether decision and content were of somebody whose record was erased since: more nobody can say of them."""
    at = line.opening.position
    rows = hub.store.rows_after(at - 1, 1)
    return any(row.position == at and gone.accounts_for_opening(row, line.stream_id) for row in rows)


def _unlike(hub: Hub, line: Opened) -> str:
    """Why the decision kept at that position does not allow the opening; empty where it does."""
    decided = _decided_at(hub, line.opening.position)
    if decided is None:
        return f"no kept decision at position {line.opening.position} lets anything be opened"
    permit, at, is_a_move = decided
    if hub.store.stream_id(Stream.history(permit.person_id)) != line.stream_id:
        return f"the decision at position {permit.position} is about another person"
    if permit.decision_id != line.opening.decision_id or permit.purpose != line.opening.purpose:
        return f"the decision at position {permit.position} is another, or for another purpose"
    if line.compartment != (permit.apart or STANDARD) and not (is_a_move and line.compartment == "moved"):
        return f"the decision at position {permit.position} is about another compartment"
    if any(version > permit.history_version for version in line.versions):
        return f"the decision at position {permit.position} was made before what was opened had come"
    opened_at = _EPOCH + timedelta(microseconds=line.opening.at_us)
    if abs(opened_at - at) > 2 * GOOD_FOR:
        return f"the decision at position {permit.position} was of another time"
    return ""


def _decided_at(hub: Hub, position: int) -> tuple[Permit, datetime, bool] | None:
    """What was decided there and when, and whether it was to put a report with the right person."""
    for row in hub.store.rows_after(position - 1, 1):
        try:
            fact = hub.store.open_row(row) if row.position == position else None
        except Unreadable:
            return None  # said of the store already
        opening = opening_by(fact, position) if fact is not None else None
        is_a_move = isinstance(fact, AccessDecided) and fact.what == "identity_question"
        return (*opening, is_a_move) if opening is not None else None
    return None
