"""What is asked to be erased and what must be kept, as the facts in the one stream about both say.

A hold that stands beats everything; an approval counts only while no hold came after it. UK GDPR Art 17(3); Inquiries
Act 2005 s35.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, Literal
from uuid import UUID

from contracts.event import Fact
from contracts.events.erasure import (
    ErasureApproved,
    ErasureAsked,
    ErasureBegun,
    ErasureDone,
    HoldLifted,
    HoldPlaced,
)
from contracts.events.hub import Actor
from contracts.vocabulary import StaffRole
from hub.domain.assurance import MACHINE_ACCOUNT
from hub.domain.errors import HubError
from hub.domain.pinned_keys import is_other_person

APPROVALS: Final = 2
ERASED: Final = UUID(int=1)  # where the pointers of an erased report lead, so that a repeat of it is known for one
State = Literal["waiting", "approved", "held", "moved_on", "begun", "done"]


class ErasureRefused(HubError):
    """What was asked about an erasure or a hold is not done; the message is a code."""


@dataclass(frozen=True, slots=True)
class Erasure:
    """One erasure: who asked, who agrees and still counts, and how far it was carried out."""

    asked: ErasureAsked
    approved: tuple[ErasureApproved, ...] = ()
    begun: ErasureBegun | None = None
    done: tuple[ErasureDone, ...] = ()


@dataclass(frozen=True, slots=True)
class Register:
    """Every erasure ever asked, by id, and every hold that stands, oldest first.

    `beside`: for a child, everybody with whom a report of theirs stood at any time; a hold follows what was moved.
    """

    erasures: dict[UUID, Erasure]
    holds: tuple[HoldPlaced, ...]
    beside: Mapping[UUID, frozenset[UUID]] = field(default_factory=dict)

    def holding(self, person_id: UUID) -> tuple[HoldPlaced, ...]:
        """The holds that stand against one child's erasure."""
        return tuple(one for one in self.holds if _holds(one, person_id, self.beside))

    def named(self, erasure_id: UUID) -> Erasure:
        """The erasure of that id. Raises ErasureRefused (no_such_erasure)."""
        if erasure_id not in self.erasures:
            raise ErasureRefused("no_such_erasure")
        return self.erasures[erasure_id]

    def hold(self, hold_id: UUID) -> HoldPlaced:
        """The hold of that id, which stands. Raises ErasureRefused (no_such_hold)."""
        found = next((one for one in self.holds if one.hold_id == hold_id), None)
        if found is None:
            raise ErasureRefused("no_such_hold")
        return found


def register(facts: Iterable[Fact], beside: Mapping[UUID, frozenset[UUID]] | None = None) -> Register:
    """What the stream says; `beside` as Register has it (None: nothing was ever moved)."""
    moved = beside or {}
    erasures: dict[UUID, Erasure] = {}
    holds: dict[UUID, HoldPlaced] = {}
    for fact in facts:
        match fact:
            case HoldPlaced():
                holds[fact.hold_id] = fact
                of = (key for key, one in erasures.items() if _holds(fact, one.asked.person_id, moved))
                erasures |= {key: replace(erasures[key], approved=()) for key in tuple(of)}
            case HoldLifted():
                holds.pop(fact.hold_id, None)
            case ErasureAsked() | ErasureApproved() | ErasureBegun() | ErasureDone():
                erasures[fact.erasure_id] = _further(erasures.get(fact.erasure_id), fact)
            case _:
                continue
    return Register(erasures, tuple(holds.values()), moved)


def _holds(hold: HoldPlaced, person_id: UUID, beside: Mapping[UUID, frozenset[UUID]]) -> bool:
    return hold.person_id in (None, person_id) or hold.person_id in beside.get(person_id, frozenset())


def _further(one: Erasure | None, fact: ErasureAsked | ErasureApproved | ErasureBegun | ErasureDone) -> Erasure:
    """The erasure with what the fact says of it. Raises ErasureRefused (no_such_erasure): nobody asked for it."""
    match fact:
        case ErasureAsked():
            return Erasure(fact)
        case ErasureBegun():
            return replace(one or _of_a_copy(fact), begun=fact)
        case _ if one is None:
            raise ErasureRefused("no_such_erasure")
        case ErasureApproved():
            return replace(one, approved=(*one.approved, fact))
        case ErasureDone():
            return replace(one, done=(*one.done, fact))


def state_of(held: Register, one: Erasure, version: int) -> State:
    """How far an erasure is, while the record is at that version."""
    if one.done:
        return "done"
    if one.begun is not None:
        return "begun"
    if held.holding(one.asked.person_id):
        return "held"
    if version != one.asked.history_version:
        return "moved_on"
    return "approved" if len(one.approved) == APPROVALS else "waiting"


def check_proved(actor: Actor) -> None:
    """Nothing, for somebody who proved who they are: else one person at the machine could be all three.

    Raises ErasureRefused (not_proved).
    """
    if actor.assurance == MACHINE_ACCOUNT:
        raise ErasureRefused("not_proved")


def check_ask(held: Register, person_id: UUID, version: int) -> None:
    """Nothing, where an erasure of the child may be asked for. Raises ErasureRefused (held, asked_already)."""
    if held.holding(person_id):
        raise ErasureRefused("held")
    before = (one for one in held.erasures.values() if one.asked.person_id == person_id)
    if any(state_of(held, one, version) != "moved_on" for one in before):
        raise ErasureRefused("asked_already")


def check_approve(held: Register, one: Erasure, actor: Actor, version: int) -> None:
    """Nothing, where who acts may agree to it.

    Raises ErasureRefused: held, moved_on (more has come since it was asked), approved, begun, done, same_person (who
    asked, or has agreed), one_checks (of the two who agree one is an information-governance officer).
    """
    state = state_of(held, one, version)
    if state != "waiting":
        raise ErasureRefused(state)
    before = (one.asked.by, *(each.by for each in one.approved))
    if not all(is_other_person(each, actor) for each in before):
        raise ErasureRefused("same_person")
    roles = {actor.role, *(each.by.role for each in one.approved)}
    if len(one.approved) == APPROVALS - 1 and StaffRole.IG_OFFICER not in roles:
        raise ErasureRefused("one_checks")


def check_begin(held: Register, one: Erasure, version: int) -> None:
    """Nothing, where it may be carried out. Raises ErasureRefused: held, moved_on, waiting, begun, done."""
    state = state_of(held, one, version)
    if state != "approved":
        raise ErasureRefused(state)


def _of_a_copy(begun: ErasureBegun) -> Erasure:
    """What a copy that was put back knows of an erasure that was asked for after the copy was made."""
    asked = ErasureAsked(
        erasure_id=begun.erasure_id,
        at=begun.asked.at,
        person_id=begun.person_id,
        by=begun.asked.by,
        ground=begun.ground,
        history_version=begun.history_version,
        retention_class=begun.retention_class,
    )
    agreed = (ErasureApproved(erasure_id=begun.erasure_id, at=one.at, by=one.by) for one in begun.approved)
    return Erasure(asked, tuple(agreed))
