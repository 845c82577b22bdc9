"""Enquiries about a child: which are open, who works on them, and what that makes of a reader."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from uuid import UUID

from contracts.event import Fact
from contracts.events.hub import Actor
from contracts.events.need import Assignee, EnquiryAssigned, EnquiryClosed, EnquiryOpened, EnquiryRated, Part
from contracts.events.sharing import DisclosureDecided, ShareTakenBack, SharingRefused
from contracts.vocabulary import StaffRole
from hub.domain.need_to_know import Relation
from hub.domain.requests import Request

ENQUIRED: Final = "enquired"  # the scheme under which an assignee, with the person, leads to that person
_RELATION: Final = {
    Part.WORKER: Relation.ASSIGNED,
    Part.HOLDER: Relation.HOLDER,
    Part.TEAM: Relation.TEAM,
    Part.AGENCY: Relation.ASKED,
}


@dataclass(frozen=True, slots=True)
class Enquiry:
    """An enquiry that is open: how it began, to whom it is assigned, and how it was rated last (None: not yet)."""

    opened: EnquiryOpened
    assignees: tuple[Assignee, ...] = ()
    rated: EnquiryRated | None = None

    @property
    def rating(self) -> str:
        """The area's word for how pressing it is; empty where nobody has said."""
        return self.rated.rating if self.rated is not None else ""


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
                found[fact.enquiry_id] = replace(one, assignees=assignees)
            case EnquiryRated() if fact.enquiry_id in found:
                found[fact.enquiry_id] = replace(found[fact.enquiry_id], rated=fact)
            case EnquiryClosed():
                found.pop(fact.enquiry_id, None)
            case _:
                pass
    return tuple(found.values())


def is_decision(fact: DisclosureDecided | SharingRefused) -> bool:
    """Whether somebody at the MASH decided by it: to share, where the law let it, or not to share, whatever it said."""
    if fact.actor is None or fact.actor.role is not StaffRole.MASH_DECISION_MAKER:
        return False
    return not isinstance(fact, DisclosureDecided) or (fact.cause, fact.effect) == ("asked", "permitted")


def first_decision(facts: Iterable[Fact], since: datetime) -> datetime | None:
    """When (UTC) somebody at the MASH first decided, from an instant on, what to share of a child; None: nobody did.

    `facts`: who asked to see the child, and what was decided. A share that was taken back was decided by nobody.
    """
    found: dict[UUID, datetime] = {}
    for fact in facts:
        match fact:
            case DisclosureDecided() if is_decision(fact):
                found[fact.disclosure_id] = fact.at
            case SharingRefused() if is_decision(fact):
                found[fact.refusal_id] = fact.at
            case ShareTakenBack():
                found.pop(fact.disclosure_id, None)
            case _:
                pass
    return min((at for at in found.values() if at >= since), default=None)


def asked_in(enquiries: Iterable[Enquiry], requests: Iterable[Request]) -> frozenset[str]:
    """The agencies (sources) asked in these open enquiries: assigned one, or sent a request since the first began.

    Where none is open, all that were ever sent a request about the child.
    """
    found = tuple(enquiries)
    since = min((one.opened.at for one in found), default=None)
    assigned = {each.name for one in found for each in one.assignees if each.part is Part.AGENCY}
    return frozenset(assigned | {one.source for one in requests if since is None or one.asked >= since})


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
