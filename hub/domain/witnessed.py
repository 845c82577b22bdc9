"""How fresh the witnesses' word on the log is, and what is not shown when it has grown too old.

A log that nobody outside has seen for hours may have been rewritten: then only what saves life or limb is read.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum
from typing import Final

from contracts.events.hub import Cited
from contracts.vocabulary import Purpose
from hub.domain.access import Decision

AMBER_AFTER: Final = timedelta(minutes=15)
EMERGENCIES: Final = frozenset({Purpose.EMERGENCY})
CODE: Final = "log_not_witnessed"
BAR: Final = Cited(
    rule="log-not-witnessed",
    citation="UK GDPR Art 5(1)(f), 5(2); this hub's setting HUB_WITNESS_REFUSE_AFTER",
    says="Other agencies have not confirmed the record of access for too long. Emergencies are still read.",
)


class WitnessState(Enum):
    """How it stands."""

    OFF = "off"  # no witnesses are asked for: a hub that is being tried out
    FRESH = "fresh"
    AMBER = "amber"  # tell whoever runs the hub
    REFUSE = "refuse"  # nothing but emergencies is read


@dataclass(frozen=True, slots=True)
class Limits:
    """After how long the state turns."""

    refuse_after: timedelta
    amber_after: timedelta = AMBER_AFTER


def state_of(since: datetime, now: datetime, limits: Limits) -> WitnessState:
    """The state, when witnesses enough have confirmed the log since then (or it began to be asked then)."""
    age = now - since
    if age > limits.refuse_after:
        return WitnessState.REFUSE
    return WitnessState.AMBER if age > limits.amber_after else WitnessState.FRESH


def is_barred(purpose: Purpose | None, state: WitnessState) -> bool:
    """Whether reading for this purpose has to wait for the witnesses."""
    return state is WitnessState.REFUSE and purpose not in EMERGENCIES


def barred(decision: Decision) -> Decision:
    """The refusal to keep in place of a permission: nothing is shown, and the reason stands with the law's own bars."""
    nothing = {"items_shown": 0, "classes": (), "withheld": (), "not_shown": ()}
    said = {"effect": "refused", "bars": (*decision.fact.bars, BAR), **nothing}
    return replace(decision, fact=decision.fact.model_copy(update=said), shown={})
