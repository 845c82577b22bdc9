"""Need to know: how a reader stands to a child, what they ask to do, and what the hub's policies answer to that.

The policies say who may act here; on what ground information moves is the law's question (consent). Both are asked,
and both must permit.
"""

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Final

from contracts.events.hub import AccessDecided, Actor, Cited
from contracts.vocabulary import Purpose, StaffRole

NO_PURPOSE: Final = "none"
ALARM: Final = "need-to-know-alarm"
NOT_LINKED: Final = Cited(
    rule="need-to-know",
    citation="UK GDPR Art 5(1)(c) and (f), Art 25(2), Art 32(4); DPA 2018 s57",
    says="Nothing that the hub knows links this reader to this person for this purpose.",
)
NOT_JUDGED: Final = Cited(
    rule=ALARM,
    citation="UK GDPR Art 32; DPA 2018 s57",
    says="The policies could not be judged, so the answer is no. Those who run the hub have to look at once.",
)


class Action(Enum):
    """What somebody asks to do about a child; the values are those of the policies."""

    READ = "read_chronology"
    EMERGENCY = "open_in_emergency"
    LEAD = "lead_enquiry"
    PRINT = "print_chronology"
    ACT = "act_for_child"
    OPEN = "open_compartment"
    ERASE = "erase_record"
    MATCH = "settle_match"
    MEANT = "see_who_is_meant"


class Relation(Enum):
    """How a reader stands to a child, as far as the hub's own facts say; the values are those of the policies."""

    REPORTED = "reported_by"
    ASKED = "asked"
    ASSIGNED = "assigned"
    HOLDER = "case_holders"
    TEAM = "teams"
    CONFLICT = "conflicts"
    OWN_RECORD = "is_record_of"
    RELATIVE = "relatives"
    REFERRED = "referred"


WORKS_WITH: Final = frozenset({Relation.ASSIGNED, Relation.HOLDER, Relation.TEAM})


@dataclass(frozen=True, slots=True)
class Situation:
    """What the policies are asked. `machine`: it is no person who asks, whatever role is claimed."""

    role: StaffRole
    action: Action
    purpose: Purpose | None
    relations: frozenset[Relation] = frozenset()
    machine: bool = False

    @property
    def purpose_code(self) -> str:
        """The purpose as the policies know it."""
        return self.purpose.value if self.purpose is not None else NO_PURPOSE


@dataclass(frozen=True, slots=True)
class Ruling:
    """What the policies answer: by which of them (ids), and SHA-256 of all of them.

    `forbids` are what a forbidding one says. `alarm`: a code of why they could not be judged; then the answer is no.
    """

    permitted: bool
    policies: tuple[str, ...]
    sha256: str
    forbids: tuple[Cited, ...] = ()
    alarm: str = ""

    @property
    def bars(self) -> tuple[Cited, ...]:
        """Why not, as a kept fact holds it."""
        if self.permitted:
            return ()
        return (NOT_JUDGED,) if self.alarm else self.forbids or (NOT_LINKED,)


@dataclass(frozen=True, slots=True)
class Policy:
    """One policy as an officer reads it: what it says, by what law, who answers for it and when it is looked at again.

    `text` is the policy itself, `file` where it stands.
    """

    id: str
    effect: str
    title: str
    says: str
    law: str
    owner: str
    review: date
    file: str
    text: str


def situation(
    actor: Actor, action: Action, purpose: Purpose | None, relations: frozenset[Relation] = frozenset()
) -> Situation:
    """What is asked of the policies about somebody who acts."""
    return Situation(actor.role, action, purpose, relations, machine=is_machine(actor))


def is_machine(actor: Actor) -> bool:
    """Whether it is no person who acts: only what came by a page or a command did."""
    return str(actor.via) not in {"web", "command"}


def is_refused_by_policies(kept: AccessDecided) -> bool:
    """Whether it was the policies that said no, whatever the law said."""
    own = {NOT_LINKED.rule, ALARM, *kept.policies}
    return kept.effect == "refused" and any(one.rule in own for one in kept.bars)


def stamped(fact: AccessDecided, ruling: Ruling, relations: frozenset[Relation]) -> AccessDecided:
    """The decision with what the policies answered; theirs wins where it is no."""
    own: dict[str, object] = {
        "policies": ruling.policies,
        "policy_sha256": ruling.sha256,
        "relations": tuple(sorted(one.value for one in relations)),
    }
    if not ruling.permitted:
        nothing = {"effect": "refused", "items_shown": 0, "classes": (), "withheld": (), "not_shown": ()}
        bars = tuple(dict.fromkeys((*ruling.bars, *fact.bars)))
        own |= {**nothing, "grounds": (), "bars": bars}
    return fact.model_copy(update=own)
