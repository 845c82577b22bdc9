"""Whether somebody may do what opens no content of a child's record, as a fact to keep before it is done."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from consent.decide import LawSettings, decide
from consent.request import FactsInLaw
from contracts.events.hub import AccessDecided
from contracts.vocabulary import FieldClass, LogOperation, Purpose
from hub.domain.access import Asked, reading
from hub.domain.findings_kept import cited


@dataclass(frozen=True, slots=True)
class Unopened:
    """What is done, and what of the child who does it comes to know; `items` are counted where it is permitted."""

    what: Literal["access_record", "identity_question", "telling"]
    operation: LogOperation
    known: FieldClass
    items: int = 0


def decide_unopened(
    of: Unopened,
    asked: Asked,
    before: tuple[UUID, int],
    decision_id: UUID,
    settings: LawSettings,
    *,
    theirs: bool = True,
) -> AccessDecided:
    """The decision about one child and the version of the history; `theirs`: whether it is their work."""
    outcome = decide(reading(asked), FactsInLaw(items=()), settings=settings)
    permitted = outcome.permitted and theirs
    person_id, version = before
    return AccessDecided(
        decision_id=decision_id,
        at=asked.at,
        person_id=person_id,
        actor=asked.actor,
        purpose=asked.purpose,
        operation=of.operation,
        what=of.what,
        effect="permitted" if permitted else "refused",
        law=outcome.pack,
        grounds=cited(outcome.grounds),
        bars=cited(outcome.bars),
        warnings=cited(outcome.warnings),
        history_version=version,
        items_shown=of.items if permitted else 0,
        classes=(of.known,) if permitted else (),
        withheld=(),
    )


def decide_access_record(asked: Asked, person_id: UUID, history_version: int, decision_id: UUID) -> AccessDecided:
    """Whether the reader may see who looked at a person: that is checking, and only checking (DPA 2018 s62(4))."""
    looking = Unopened("access_record", LogOperation.CONSULTATION, FieldClass.ADMINISTRATIVE)
    checking = Asked(asked.actor, Purpose.AUDIT, asked.at)
    return decide_unopened(looking, checking, (person_id, history_version), decision_id, LawSettings())
