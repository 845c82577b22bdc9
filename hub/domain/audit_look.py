"""Whether somebody may read the record of access itself, as a fact to keep before any of it is shown.

It may be used to check that processing was lawful, for self-monitoring and discipline, for integrity and security, and
for criminal proceedings, and for nothing else: Data Protection Act 2018 s62(4).
"""

from dataclasses import dataclass
from typing import Final, Literal
from uuid import UUID

from consent.decide import LawSettings, decide
from consent.request import FactsInLaw
from contracts.events.access import ReadDecided
from contracts.vocabulary import Purpose, StaffRole
from hub.domain.access import Asked, reading
from hub.domain.findings_kept import cited

CHECKING: Final = frozenset({StaffRole.IG_OFFICER})
MOST_SUBJECTS: Final = 1_000


@dataclass(frozen=True, slots=True)
class AuditLook:
    """What is looked at, by codes: how many lines, which children are on them, how it was narrowed down.

    `sha256` is that of the bytes, in hex, where the look is a file that leaves.
    """

    what: str
    kind: Literal["audit_read", "export", "count"] = "audit_read"
    items: int = 0
    subjects: tuple[UUID, ...] = ()
    sought: tuple[str, ...] = ()
    sha256: str = ""


def decide_audit_look(look: AuditLook, asked: Asked, decision_id: UUID, settings: LawSettings) -> ReadDecided:
    """The decision; a refusal says nothing of what there would have been."""
    checking = Asked(asked.actor, Purpose.AUDIT, asked.at)
    outcome = decide(reading(checking), FactsInLaw(items=()), settings=settings)
    may = outcome.permitted and asked.actor.role in CHECKING
    return ReadDecided(
        decision_id=decision_id,
        at=asked.at,
        actor=asked.actor,
        purpose=Purpose.AUDIT,
        kind=look.kind,
        what=look.what,
        effect="permitted" if may else "refused",
        law=outcome.pack,
        grounds=cited(outcome.grounds),
        bars=cited(outcome.bars),
        items=look.items if may else 0,
        subjects=look.subjects[:MOST_SUBJECTS] if may else (),
        sought=look.sought,
        sha256=look.sha256 if may else "",
    )
