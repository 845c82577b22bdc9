"""Whether somebody may see which children are in question, as facts to keep: one for each child on the list."""

from uuid import UUID

from consent.decide import Finding, LawSettings, decide
from consent.request import Act, FactsInLaw, Request
from contracts.events.hub import AccessDecided, Cited
from contracts.vocabulary import FieldClass, LogOperation, Purpose, StaffRole
from hub.domain.access import Asked
from hub.domain.moment import day_in_london

PURPOSE = Purpose.SECTION_17  # whose record it is must be known to meet any child's need


def decide_questions_list(
    asked: Asked, person_id: UUID, listed: int, decision_id: UUID, settings: LawSettings
) -> AccessDecided:
    """Whether the reader may see that this child's identity is in question, and why."""
    outcome = decide(_request(asked), FactsInLaw(items=()), settings=settings)
    permitted = outcome.permitted and asked.actor.role is StaffRole.MASH_DECISION_MAKER
    return AccessDecided(
        decision_id=decision_id,
        at=asked.at,
        person_id=person_id,
        actor=asked.actor,
        purpose=asked.purpose,
        operation=LogOperation.CONSULTATION,
        what="identity_question",
        effect="permitted" if permitted else "refused",
        law=outcome.pack,
        grounds=_cited(outcome.grounds),
        bars=_cited(outcome.bars),
        warnings=_cited(outcome.warnings),
        history_version=0,
        items_shown=listed if permitted else 0,
        classes=(FieldClass.ADMINISTRATIVE,) if permitted else (),
        withheld=(),
    )


def _cited(findings: tuple[Finding, ...]) -> tuple[Cited, ...]:
    return tuple(Cited(rule=one.rule, citation=one.citation, says=one.says) for one in findings)


def _request(asked: Asked) -> Request:
    return Request(
        act=Act.READ,
        on=day_in_london(asked.at),
        purpose=asked.purpose,
        agency=asked.actor.agency,
        agency_kind=asked.actor.agency_kind,
        role=asked.actor.role,
        need=None,
        urgent=False,
    )
