"""What is refused without opening a history: then an absent child and one that may not be seen cost the same.

A refusal that came slower for a longer history would tell anybody who measures that the child is known, and how well.
"""

from typing import Final
from uuid import UUID

from consent.decide import LawSettings
from contracts.events.hub import AccessDecided, Cited
from contracts.vocabulary import StaffRole
from hub.domain.access import Asked, Before, decide_chronology

NOBODY: Final = UUID(int=0)  # in whose place a refusal is kept when the child is not there
INVOLVED: Final = "involved"
_NOT_FOUND: Final = Cited(
    rule="not-found",
    citation="UK GDPR Art 5(1)(d)",
    says="What was given leads to nobody, or to more than one person.",
)


def involvement(source: str, person_id: UUID) -> str:
    """What is indexed, under INVOLVED, for each agency that has stated anything about a person."""
    return f"{source} {person_id.hex}"


def hangs_on_history(asked: Asked) -> bool:
    """Whether the answer to this reader hangs on who has stated anything about the child (consent: read-unlinked)."""
    return asked.actor.role is StaffRole.PRACTITIONER


def decided_unread(
    asked: Asked, person_id: UUID, version: int, decision_id: UUID, settings: LawSettings
) -> AccessDecided:
    """What the law says of somebody of whom nothing is stated; a refusal no item of another agency's could change."""
    return decide_chronology(asked, Before(person_id, version, ()), decision_id, settings).fact


def of_nobody(fact: AccessDecided) -> AccessDecided:
    """The decision where what was given leads to nobody, or to several: nothing can be shown."""
    return fact.model_copy(
        update={"effect": "refused", "grounds": (), "bars": fact.bars or (_NOT_FOUND,), "classes": ()}
    )
