"""What a hub raises by the clock alone, with nothing come in: emergencies that nobody reviewed in time."""

from collections.abc import Callable
from time import monotonic

from hub.application.escalate_reviews import escalate_reviews
from hub.commands.hourly import Hourly
from hub.views.accesses import ACCESSES
from hub.wiring import Hub

EVERY_SECONDS = 60.0


def escalate(hub: Hub) -> None:
    """Whatever nobody reviewed in time is on record. Raises StoreUnavailable, Unreadable."""
    escalate_reviews(hub.store, hub.clock, lambda keys: hub.view_rows.rows_of(ACCESSES, keys))


def every_minute(escalating: Callable[[], object], now: Callable[[], float] = monotonic) -> Hourly:
    """The same, to be asked for in every round of a process: done at once, and then once a minute."""
    return Hourly(escalating, now, EVERY_SECONDS)
