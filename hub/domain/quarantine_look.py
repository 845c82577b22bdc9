"""Whether somebody may see what was set aside, or have it tried again, as a fact to keep before any of it is done.

What was set aside is sealed, and about nobody whom the hub could name, so the decision stands by itself.
"""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from consent.decide import LawSettings, decide
from consent.request import FactsInLaw
from contracts.events.hub import Actor
from contracts.events.quarantine import QuarantineAsked
from contracts.vocabulary import Purpose, StaffRole
from hub.domain.access import Asked, reading
from hub.domain.findings_kept import cited

_PURPOSE = {StaffRole.IG_OFFICER: Purpose.AUDIT, StaffRole.MASH_DECISION_MAKER: Purpose.SECTION_17}
ROLES = frozenset(_PURPOSE)


@dataclass(frozen=True, slots=True)
class Look:
    """What is asked for: which messages by number (none: the list), or those with a code, or of a source."""

    act: Literal["list", "show", "replay"]
    numbers: tuple[int, ...] = ()
    code: str | None = None
    source: str | None = None


def usual_purpose(actor: Actor) -> Purpose | None:
    """The purpose for which this role looks at what was set aside; None where that is not its work."""
    return _PURPOSE.get(actor.role)


def decide_look(look: Look, asked: Asked, decision_id: UUID, *, items: int, settings: LawSettings) -> QuarantineAsked:
    """The decision; `items` is how many messages would be shown or tried."""
    outcome = decide(reading(asked), FactsInLaw(items=()), settings=settings)
    permitted = outcome.permitted and asked.actor.role in ROLES
    return QuarantineAsked(
        decision_id=decision_id,
        at=asked.at,
        actor=asked.actor,
        purpose=asked.purpose,
        act=look.act,
        numbers=look.numbers,
        code=look.code,
        source=look.source,
        effect="permitted" if permitted else "refused",
        law=outcome.pack,
        grounds=cited(outcome.grounds),
        bars=cited(outcome.bars),
        items=items if permitted else 0,
    )
