"""What a hub raises by the clock alone, with nothing come in: emergencies that nobody reviewed in time."""

from hub.application.escalate_reviews import escalate_reviews
from hub.views.accesses import ACCESSES
from hub.wiring import Hub

EVERY_SECONDS = 60.0


def escalate(hub: Hub) -> None:
    """Whatever nobody reviewed in time is on record. Raises StoreUnavailable, Unreadable."""
    escalate_reviews(hub.store, hub.clock, lambda keys: hub.view_rows.rows_of(ACCESSES, keys))
