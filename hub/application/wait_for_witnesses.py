"""While witnesses are silent for too long, whatever would show something of a child is kept as a refusal instead.

It stands before the store, so that a use case that is added waits too, and a child who is not there is answered alike.
"""

from collections.abc import Callable
from dataclasses import replace

from contracts.event import Fact
from hub.application.ports import Entry
from hub.domain.witnessed import WitnessState, refused_meanwhile, waits


def held_back(entries: tuple[Entry, ...], state: Callable[[], WitnessState]) -> tuple[Entry, ...] | None:
    """What to keep in place of these entries; None where they are kept as they are.

    Raises StoreUnavailable (how the witnesses stand cannot be read).
    """
    facts = tuple(entry.what for entry in entries if isinstance(entry.what, Fact))
    if not waits(facts) or state() is not WitnessState.REFUSE:
        return None
    refused = ((entry, refused_meanwhile(entry.what)) for entry in entries if isinstance(entry.what, Fact))
    return tuple(replace(entry, what=fact) for entry, fact in refused if fact is not None)
