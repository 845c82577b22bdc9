"""Enquiries about a child: which are open, who works on them, and what that makes of a reader."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from contracts.event import Fact
from contracts.events.hub import Actor
from contracts.events.need import Assignee, EnquiryAssigned, EnquiryClosed, EnquiryOpened, Part
from hub.domain.need_to_know import Relation

ENQUIRED: Final = "enquired"  # the scheme under which an assignee, with the person, leads to that person
_RELATION: Final = {
    Part.WORKER: Relation.ASSIGNED,
    Part.HOLDER: Relation.HOLDER,
    Part.TEAM: Relation.TEAM,
    Part.AGENCY: Relation.ASKED,
}


@dataclass(frozen=True, slots=True)
class Enquiry:
    """An enquiry that is open: how it began, and to whom it is assigned."""

    opened: EnquiryOpened
    assignees: tuple[Assignee, ...] = ()


def open_enquiries(facts: Iterable[Fact]) -> tuple[Enquiry, ...]:
    """Those that have not been closed, in the order in which they were opened."""
    found: dict[UUID, Enquiry] = {}
    for fact in facts:
        match fact:
            case EnquiryOpened():
                found[fact.enquiry_id] = Enquiry(fact)
            case EnquiryAssigned() if fact.enquiry_id in found:
                one = found[fact.enquiry_id]
                assignees = tuple(dict.fromkeys((*one.assignees, fact.assignee)))
                found[fact.enquiry_id] = Enquiry(one.opened, assignees)
            case EnquiryClosed():
                found.pop(fact.enquiry_id, None)
            case _:
                pass
    return tuple(found.values())


def key_of(assignee: Assignee, person_id: UUID) -> str:
    """What is indexed, under ENQUIRED, for each assignee to whom an enquiry about a person was ever assigned."""
    whom = f"staff {assignee.issuer}" if assignee.part in (Part.WORKER, Part.HOLDER) else assignee.part.value
    return f"{whom}\x1f{assignee.name}\x1f{person_id.hex}"


def as_assignees(actor: Actor, teams: Iterable[str]) -> tuple[Assignee, ...]:
    """The ways in which an enquiry may have been assigned to a reader: as a person, by agency, by each team."""
    own = tuple(Assignee(part=part, name=actor.subject, issuer=actor.issuer) for part in (Part.WORKER, Part.HOLDER))
    agency = Assignee(part=Part.AGENCY, name=actor.agency)
    return (*own, agency, *(Assignee(part=Part.TEAM, name=team) for team in sorted(teams)))


def relations_in(enquiries: Iterable[Enquiry], ways: Iterable[Assignee]) -> frozenset[Relation]:
    """What open enquiries make of somebody to whom they may have been assigned in any of these ways."""
    own = frozenset(ways)
    return frozenset(_RELATION[one.part] for enquiry in enquiries for one in enquiry.assignees if one in own)
