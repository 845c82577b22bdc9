"""Somebody asks to open what a report holds apart: decided, kept, its owner told, and only then asked of the door."""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from contracts.event import Fact
from contracts.events.compartment import CompartmentAsked, OpeningProposed
from contracts.events.hub import Actor
from contracts.identifiers import Identifier
from contracts.vocabulary import Purpose
from hub.application.find_person import Finding
from hub.application.in_parts import SealedPart
from hub.application.permit import Permit
from hub.application.ports import Entry, History, Kept, Stream
from hub.application.read_chronology import ATTEMPTS, Reading, keep_refusal, protects
from hub.application.search_budget import find_within_budget, keep_searched
from hub.application.stand_to import Footing, acting, alarms, footing
from hub.domain import registry
from hub.domain.access import Before
from hub.domain.compartment_access import SecondPersonNeeded, Wanted, agreement, decide_opening, proposal
from hub.domain.compartments import HeldApart
from hub.domain.errors import AccessRefused, Conflict
from hub.domain.need_to_know import Action
from hub.domain.told import as_told


class Parts(Protocol):
    """The store, as far as it holds what is held apart."""

    def sealed_part(self, history: History, permit: Permit | None, report_id: UUID) -> SealedPart:
        """What a report holds in the permit's compartment, still sealed. Raises NotPermitted, Unreadable."""


class Door(Protocol):
    """The process that holds the keys of the closed compartments."""

    def open(self, part: SealedPart) -> HeldApart:
        """What was held apart. Raises NotPermitted (its own code), DoorShut (it does not answer)."""

    def answers(self) -> bool:
        """Whether anything answers there now; nothing is opened, and nothing is asked."""


@dataclass(frozen=True, slots=True)
class OpeningApart:
    """What opening needs."""

    reading: Reading
    parts: Parts
    door: Door


def open_apart(opening: OpeningApart, child: Identifier, wanted: Wanted) -> tuple[HeldApart, CompartmentAsked]:
    """What the report holds apart in that compartment, and the decision as kept.

    Raises AccessRefused (the refusal is on record; a child who is not there is answered alike), SecondPersonNeeded (and
    so is what somebody else is to agree to), StoreUnavailable, WaitsForWitnesses, NotPermitted (the door would not),
    DoorShut, Unreadable, Conflict.
    """
    reading = opening.reading
    found = find_within_budget(reading, child, wanted.actor, wanted.purpose)
    asked = (Action.OPEN, wanted.purpose)
    stands = footing(reading.deciding, (reading.store, reading.index), wanted.actor, asked, found.person_id)
    if found.person_id is None:
        keep_refusal(reading, found, alarms(stands.ruling, wanted.actor, reading.clock))
        raise AccessRefused
    for _ in range(ATTEMPTS):
        history = reading.store.read_history(found.person_id)
        access = reading.store.read_stream(Stream.access(history.person_id))
        decided = _decide(reading, history, wanted, stands, access)
        proposed = proposal(wanted, access, decided, reading.clock.new_id())
        try:
            kept = _keep(reading, found, history, (decided, stands), _new(proposed, access, decided))
        except Conflict:
            continue
        if decided.reason == "second_person":
            raise SecondPersonNeeded(proposed)
        if decided.effect == "refused":
            raise AccessRefused
        return opening.door.open(opening.parts.sealed_part(history, kept.permit, wanted.report_id)), decided
    raise Conflict("the history would not hold still")


def _decide(
    reading: Reading, history: History, wanted: Wanted, stands: Footing, access: tuple[Fact, ...]
) -> CompartmentAsked:
    now = reading.clock.now()
    links = as_told(history.standing(), history.facts, None)
    before = Before(history.person_id, history.version, links, protects(history))
    agreed = agreement(wanted, access, now)
    if agreed is not None and not _may_still_agree(reading, agreed.by, history.person_id):
        agreed = None
    ruling = stands.ruling
    return decide_opening(wanted, before, now, reading.clock.new_id(), reading.law, ruling=ruling, agreed=agreed)


def _may_still_agree(reading: Reading, second: Actor, person_id: UUID) -> bool:
    """Whether who agreed is still who they were, and is not kept from the child since."""
    if registry.is_changed(second, reading.deciding.registered):
        return False
    return not acting(reading, second, Purpose.AUDIT, person_id).ruling.bars


def _new(proposed: OpeningProposed, access: tuple[Fact, ...], decided: CompartmentAsked) -> tuple[Entry, ...]:
    """The proposal, to be kept where it is needed and is not on record yet."""
    if decided.reason != "second_person" or proposed in access:
        return ()
    return (Entry(Stream.access(proposed.person_id), proposed.proposal_id, proposed),)


def _keep(
    reading: Reading,
    found: Finding,
    history: History,
    decided: tuple[CompartmentAsked, Footing],
    proposed: tuple[Entry, ...],
) -> Kept:
    fact, stands = decided
    asked = Entry(Stream.access(history.person_id), fact.decision_id, fact)
    told = alarms(stands.ruling, fact.actor, reading.clock)
    seen = ((Stream.history(history.person_id), history.version),)
    return keep_searched(
        reading, found, lambda search: reading.store.keep((search, asked, *proposed, *told), seen=seen)
    )
