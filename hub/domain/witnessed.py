"""How fresh the witnesses' word on the log is, and what is not shown when it has grown too old.

A log that nobody outside has seen for hours may have been rewritten: then only what saves life or limb is read.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Final

from contracts.event import Fact
from contracts.events.access import ReadDecided
from contracts.events.compartment import CompartmentAsked
from contracts.events.hub import AccessDecided, Cited, SearchMade
from contracts.events.printing import PrintDecided
from contracts.events.quarantine import QuarantineAsked
from contracts.events.sharing import DisclosureDecided, SharingRefused
from contracts.events.telling import FamilyAsked
from contracts.vocabulary import LogOperation, Purpose

AMBER_AFTER: Final = timedelta(minutes=15)
EMERGENCIES: Final = frozenset({Purpose.EMERGENCY})
_NOT_WAITING: Final = EMERGENCIES | {Purpose.AUDIT}
# What who checks reads there is of records, and not of looks.
_OF_RECORDS: Final = frozenset({"erasures", "retention_due", "openings_to_agree"})
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


def waits(facts: tuple[Fact, ...]) -> bool:
    """Whether what is asked for has to wait for the witnesses: something said of a child would be shown, or moved on.

    Emergencies do not wait, nor does looking at the record of access itself, nor a decision not to share, nor putting
    right what stands with the wrong child; a list of records to be erased or kept is no such look. What the hub sends
    by itself does not either: a recall that waited would leave what is wrong where it is, and a school would not hear
    of the night before it opens.
    """
    return any(map(_shows, facts)) and not any(isinstance(fact, SharingRefused) for fact in facts)


def _shows(fact: Fact) -> bool:
    match fact:
        case AccessDecided():
            looks = fact.operation is LogOperation.CONSULTATION and fact.what != "access_record"
            return looks and fact.purpose not in EMERGENCIES
        case CompartmentAsked():
            return fact.purpose not in EMERGENCIES
        case DisclosureDecided():
            return fact.actor is not None and fact.purpose not in EMERGENCIES
        case ReadDecided():
            is_of_looks = fact.purpose in _NOT_WAITING and fact.what not in _OF_RECORDS
            return bool(fact.subjects or fact.kind == "print") and not is_of_looks
        case SearchMade():
            return fact.purpose not in _NOT_WAITING
        case QuarantineAsked():
            return fact.act == "show"
        case _:
            return False


def refused_meanwhile(fact: Fact) -> Fact | None:
    """What is kept in its place while it waits: a decision as a refusal with the reason, who asked as it is.

    None for what is not kept then, because it tells of an answer that nobody was given.
    """
    said: dict[str, object] = {"effect": "refused"}
    match fact:
        case PrintDecided():
            return fact.model_copy(update={**said, "copy_number": 0, "items": 0, "bars": (*fact.bars, BAR)})
        case CompartmentAsked():
            return fact.model_copy(update={**said, "reason": "witnesses", "bars": (*fact.bars, BAR)})
        case AccessDecided():
            nothing = {"items_shown": 0, "classes": (), "withheld": (), "not_shown": ()}
            return fact.model_copy(update={**said, **nothing, "bars": (*fact.bars, BAR)})
        case DisclosureDecided():
            return fact.model_copy(update={**said, "items": (), "withheld": (), "bars": (*fact.bars, BAR)})
        case ReadDecided():
            nothing = {"items": 0, "subjects": (), "sha256": ""}
            return fact.model_copy(update={**said, **nothing, "bars": (*fact.bars, BAR)})
        case QuarantineAsked():
            return fact.model_copy(update={**said, "items": 0, "bars": (*fact.bars, BAR)})
        case SearchMade() | FamilyAsked():
            return fact
        case _:
            return None
