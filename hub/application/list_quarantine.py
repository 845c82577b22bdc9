"""What was set aside, alarms first, with the books of each agency; the look is on record before it is shown."""

from collections.abc import Iterable
from dataclasses import dataclass

from contracts.events.hub import Actor
from contracts.strict_json import Json
from hub.application.look_at_quarantine import Looking, keep_look
from hub.domain.access import Asked
from hub.domain.quarantine_look import Look, usual_purpose
from hub.views.quarantine import SetAside, in_order
from hub.views.received import Balance, balances


@dataclass(frozen=True, slots=True)
class ListingQuarantine:
    """What the list needs. `rows` are those of the quarantine view, `received` those of the view of that name."""

    looking: Looking
    rows: Iterable[dict[str, Json]]
    received: Iterable[dict[str, Json]]


@dataclass(frozen=True, slots=True)
class Listed:
    """The messages, and what was received from each agency and became of it."""

    messages: tuple[SetAside, ...]
    books: tuple[Balance, ...]


def list_quarantine(
    listing: ListingQuarantine, actor: Actor, code: str | None = None, source: str | None = None
) -> Listed:
    """The messages, or those with a code or that claim a source. Raises AccessRefused (on record), StoreUnavailable."""
    found = tuple(
        one for one in in_order(listing.rows) if code in (None, one.code, one.now_code) and source in (None, one.source)
    )
    asked = Asked(actor, usual_purpose(actor), listing.looking.clock.now())
    keep_look(listing.looking, asked, Look("list", code=code, source=source), len(found))
    return Listed(found, balances(listing.received))
