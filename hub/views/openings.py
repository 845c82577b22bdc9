"""Who asked to open what is held apart: for the agency that states it, and for those who check. No words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from contracts.event import Fact
from contracts.events.compartment import CompartmentAsked
from contracts.events.hub import Actor
from contracts.strict_json import Json
from contracts.vocabulary import StaffRole
from hub.views.view import View, ViewRow

WATCHING: Final = frozenset({StaffRole.IG_OFFICER, StaffRole.MASH_DECISION_MAKER, StaffRole.MASH_RESEARCHER})


@dataclass(frozen=True, slots=True)
class Told:
    """One asking, as its owner is told of it."""

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


def project(fact: Fact, position: int) -> tuple[ViewRow, ...]:
    """One row for each asking."""
    if not isinstance(fact, CompartmentAsked):
        return ()
    who: dict[str, Json] = {"subject": fact.actor.subject, "agency": fact.actor.agency, "owner": fact.owner}
    what: dict[str, Json] = {"compartment": fact.compartment.value, "purpose": fact.purpose.value}
    ended: dict[str, Json] = {"permitted": fact.effect == "permitted", "reason": fact.reason}
    ended["why"] = fact.why.value if fact.why is not None else ""
    at: dict[str, Json] = {"at": fact.at.isoformat(), "position": position}
    return (ViewRow(str(fact.decision_id), {**who, **what, **ended, **at}),)


def seen_by(actor: Actor, rows: Iterable[dict[str, Json]]) -> tuple[Told, ...]:
    """What somebody is told of, newest first: of their own agency's; information-governance officers, of all."""
    everything = actor.role is StaffRole.IG_OFFICER
    found = (_told(row) for row in rows if everything or row["owner"] == actor.agency)
    return tuple(sorted(found, key=lambda one: -one.position))


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
    )


OPENINGS = View("openings", 2, project)
