"""Facts on who needs to know about a child: enquiries and who works on them, teams, conflicts of interest, alarms.

Source: UK GDPR Art 25(2), Art 32(4); Data Protection Act 2018 s57; Children Act 1989 s17, s47.
"""

from typing import Literal
from uuid import UUID

from pydantic import Field

from contracts.described import Described
from contracts.event import Fact, Moment, Shape
from contracts.events.hub import Actor
from contracts.vocabulary import Purpose

_NAME = r"^[a-z][a-z0-9_-]{0,59}$"


class Part(Described):
    """What somebody to whom an enquiry is assigned has to do with it."""

    WORKER = "worker", "A member of staff who works on it"
    HOLDER = "holder", "The member of staff who holds the child's case"
    TEAM = "team", "A team whose members work on it"
    AGENCY = "agency", "An agency that is asked what it knows"


class ConflictKind(Described):
    """Why somebody must have nothing to do with a child's record; no words are asked for."""

    FAMILY = "family", "A relative, or somebody who was one"
    HOUSEHOLD = "household", "Lives, or lived, in one household with the child or a parent"
    FRIEND = "friend", "A friend or neighbour of the family"
    DISPUTE = "dispute", "In a dispute with the family, or complained about by it"
    OTHER = "other", "Another reason, known to whoever declares it"


class AlarmKind(Described):
    """What those who check are told of at once."""

    POLICIES = "policies", "The policies on who may act could not be judged; somebody was refused"
    BUDGET_OF_PERSON = "budget_of_person", "Somebody looked for more children within an hour than one person may"
    BUDGET_OF_AGENCY = "budget_of_agency", "An agency looked for more children within an hour than one agency may"
    ADDRESS = "address", "A protected address is not known here, so nothing holds it apart: ask the agency for it"


class Assignee(Shape):
    """To whom an enquiry is assigned: a member of staff by sign-in name and issuer, a team, or an agency (source)."""

    part: Part
    name: str = Field(min_length=1, max_length=200)
    issuer: str = ""


class EnquiryOpened(Fact):
    """Somebody who decides at the MASH began an enquiry about a child, for a purpose."""

    TYPE = "enquiry.opened"

    enquiry_id: UUID
    at: Moment
    person_id: UUID
    by: Actor
    purpose: Purpose


class EnquiryAssigned(Fact):
    """An enquiry was assigned to somebody, who may look while it is open; `terms` marks the index rows kept with it."""

    TYPE = "enquiry.assigned"

    enquiry_id: UUID
    at: Moment
    person_id: UUID
    by: Actor
    assignee: Assignee
    terms: tuple[str, ...] = ()


class EnquiryRated(Fact):
    """Somebody who decides at the MASH said how pressing an enquiry is, in the word of their area; the last one counts.

    `rating` is that word as it was then, such as Red: what it means is each area's own.
    """

    TYPE = "enquiry.rated"

    enquiry_id: UUID
    at: Moment
    person_id: UUID
    by: Actor
    rating: str = Field(pattern=r"^[A-Z][A-Za-z0-9 -]{0,28}[A-Za-z0-9]$")


class EnquiryClosed(Fact):
    """An enquiry ended; with it ends what it let anybody see."""

    TYPE = "enquiry.closed"

    enquiry_id: UUID
    at: Moment
    person_id: UUID
    by: Actor


class TeamChanged(Fact):
    """A member of staff joined a team, or left it."""

    TYPE = "team.changed"

    at: Moment
    by: Actor
    issuer: str
    subject: str
    team: str = Field(pattern=_NAME)
    change: Literal["joined", "left"]


class ConflictDeclared(Fact):
    """A conflict of interest of a member of staff: they do nothing about this child, in an emergency either.

    `child` is an identifier as `scheme:value`; whether anybody is known by it is not asked, so declaring tells nothing.
    An agency's own number is one of `by.agency`.
    """

    TYPE = "conflict.declared"

    conflict_id: UUID
    at: Moment
    by: Actor
    issuer: str
    subject: str
    child: str
    kind: ConflictKind


class ConflictWithdrawn(Fact):
    """A declared conflict does not stand any more; neither whose it is nor who declared it says so."""

    TYPE = "conflict.withdrawn"

    conflict_id: UUID
    at: Moment
    by: Actor


class AlarmRaised(Fact):
    """Something happened of which those who check are told at once; it says nothing of any child."""

    TYPE = "alarm.raised"

    alarm_id: UUID
    at: Moment
    kind: AlarmKind
    actor: Actor
    count: int = Field(default=0, ge=0)


FACTS = (
    EnquiryOpened,
    EnquiryAssigned,
    EnquiryRated,
    EnquiryClosed,
    TeamChanged,
    ConflictDeclared,
    ConflictWithdrawn,
    AlarmRaised,
)
