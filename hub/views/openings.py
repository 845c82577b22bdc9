"""Who asked to open what is held apart: for the agency that states it, and for those who check. No words.

Beside them, what waits for a second person who agrees.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from contracts.event import Fact
from contracts.events.compartment import CompartmentAsked, OpeningAgreed, OpeningProposed
from contracts.events.hub import Actor
from contracts.strict_json import Json
from contracts.vocabulary import StaffRole
from hub.domain.compartment_access import PROPOSED_FOR
from hub.views.view import View, ViewRow

_ASKED, _PROPOSED, _AGREED = "asked", "proposed", "agreed"
WATCHING: Final = frozenset({StaffRole.IG_OFFICER, StaffRole.MASH_DECISION_MAKER, StaffRole.MASH_RESEARCHER})


@dataclass(frozen=True, slots=True)
class Told:
    """One asking, as its owner is told of it; `second` is who agreed to it (empty: nobody had to)."""

    position: int
    at: datetime
    owner: str
    subject: str
    agency: str
    compartment: str
    purpose: str
    permitted: bool
    reason: str
    why: str
    second: str


@dataclass(frozen=True, slots=True)
class ToAgree:
    """What waits for a second person: who proposed to open what, whose, of which child, for what and why."""

    proposal_id: UUID
    person_id: UUID
    at: datetime
    subject: str
    agency: str
    owner: str
    compartment: str
    purpose: str
    why: str


def project(fact: Fact, position: int) -> tuple[ViewRow, ...]:
    """One row for each asking, each proposal and each agreement."""
    match fact:
        case CompartmentAsked():
            return (_asked(fact, position),)
        case OpeningProposed():
            return (_proposed(fact),)
        case OpeningAgreed():
            agreed: dict[str, Json] = {"kind": _AGREED, "proposal": str(fact.proposal_id)}
            return (ViewRow(f"{_AGREED}/{fact.proposal_id}", agreed),)
        case _:
            return ()


def _proposed(fact: OpeningProposed) -> ViewRow:
    who: dict[str, Json] = {"subject": fact.by.subject, "agency": fact.by.agency, "owner": fact.owner}
    what: dict[str, Json] = {"compartment": fact.compartment.value, "purpose": fact.purpose.value}
    of: dict[str, Json] = {"person": str(fact.person_id), "proposal": str(fact.proposal_id), "at": fact.at.isoformat()}
    why: dict[str, Json] = {"kind": _PROPOSED, "why": fact.why.value if fact.why is not None else ""}
    return ViewRow(f"{_PROPOSED}/{fact.proposal_id}", {**who, **what, **of, **why})


def _asked(fact: CompartmentAsked, position: int) -> ViewRow:
    who: dict[str, Json] = {"subject": fact.actor.subject, "agency": fact.actor.agency, "owner": fact.owner}
    what: dict[str, Json] = {"compartment": fact.compartment.value, "purpose": fact.purpose.value}
    ended: dict[str, Json] = {"permitted": fact.effect == "permitted", "reason": fact.reason}
    ended["second"] = fact.agreed.by.subject if fact.agreed is not None else ""
    ended["why"] = fact.why.value if fact.why is not None else ""
    at: dict[str, Json] = {"kind": _ASKED, "at": fact.at.isoformat(), "position": position}
    return ViewRow(str(fact.decision_id), {**who, **what, **ended, **at})


def seen_by(actor: Actor, rows: Iterable[dict[str, Json]]) -> tuple[Told, ...]:
    """What somebody is told of, newest first: of their own agency's; information-governance officers, of all."""
    everything = actor.role is StaffRole.IG_OFFICER
    asked = (row for row in rows if row["kind"] == _ASKED)
    found = (_told(row) for row in asked if everything or row["owner"] == actor.agency)
    return tuple(sorted(found, key=lambda one: -one.position))


def to_agree(actor: Actor, rows: Iterable[dict[str, Json]], now: datetime) -> tuple[ToAgree, ...]:
    """What waits for somebody other than this person's own, and may still be agreed to; the newest first."""
    kept = tuple(rows)
    agreed = {row["proposal"] for row in kept if row["kind"] == _AGREED}
    waiting = (_waiting(row) for row in kept if row["kind"] == _PROPOSED and row["proposal"] not in agreed)
    found = (one for one in waiting if one.subject != actor.subject and one.at <= now < one.at + PROPOSED_FOR)
    return tuple(sorted(found, key=lambda one: (one.at, one.proposal_id), reverse=True))


def person_of(proposal_id: UUID, rows: Iterable[dict[str, Json]]) -> UUID | None:
    """Whose record a proposal is about; None where there is no such proposal."""
    named = (row for row in rows if row["kind"] == _PROPOSED and row["proposal"] == str(proposal_id))
    return next((UUID(str(row["person"])) for row in named), None)


def _waiting(row: dict[str, Json]) -> ToAgree:
    return ToAgree(
        proposal_id=UUID(str(row["proposal"])),
        person_id=UUID(str(row["person"])),
        at=datetime.fromisoformat(str(row["at"])),
        subject=str(row["subject"]),
        agency=str(row["agency"]),
        owner=str(row["owner"]),
        compartment=str(row["compartment"]),
        purpose=str(row["purpose"]),
        why=str(row["why"]),
    )


def _told(row: dict[str, Json]) -> Told:
    return Told(
        position=int(str(row["position"])),
        at=datetime.fromisoformat(str(row["at"])),
        owner=str(row["owner"]),
        subject=str(row["subject"]),
        agency=str(row["agency"]),
        compartment=str(row["compartment"]),
        purpose=str(row["purpose"]),
        permitted=row["permitted"] is True,
        reason=str(row["reason"]),
        why=str(row["why"]),
        second=str(row["second"]),
    )


OPENINGS = View("openings", 3, project)
