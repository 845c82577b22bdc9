"""Whether a member of staff may see a child's chronology, and which parts, as a fact to keep before any is shown."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from consent.decide import LawSettings, Outcome, decide
from consent.request import Act, FactsInLaw, Request
from contracts.events.hub import AccessDecided, Actor, ReportLinked, Withheld
from contracts.vocabulary import FieldClass, LogOperation, NeedLevel, Purpose, SensitivityTag
from hub.domain import in_law
from hub.domain.findings_kept import cited
from hub.domain.moment import day_in_london

_NEED = {Purpose.SECTION_47: NeedLevel.SIGNIFICANT_HARM, Purpose.SECTION_17: NeedLevel.CHILD_IN_NEED}


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks, for what purpose, when, and as known on which day (None: today); whether they work with the child.

    `to_answer`: their agency was asked about the child, and they want to know no more than which child that is.
    """

    actor: Actor
    purpose: Purpose | None
    at: datetime
    as_known_on: date | None = None
    assigned: bool = False
    to_answer: bool = False


@dataclass(frozen=True, slots=True)
class Before:
    """What the law is decided on: the person, the version of the history, and what stood there by the day asked.

    `protected`: something not among `linked` protects the address too, such as a report still in question.
    """

    person_id: UUID
    version: int
    linked: tuple[ReportLinked, ...]
    protected: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """The fact to keep, and for each report which classes of its content may be shown."""

    fact: AccessDecided
    shown: dict[UUID, frozenset[FieldClass]]

    @property
    def permitted(self) -> bool:
        """Whether anything may be shown."""
        return self.fact.effect == "permitted"


@dataclass(frozen=True, slots=True)
class Judged:
    """What the law was asked about a reader and a history, and what it answered."""

    request: Request
    facts: FactsInLaw
    outcome: Outcome


def judge_chronology(asked: Asked, before: Before, settings: LawSettings) -> Judged:
    """The law's own answer, with every finding."""
    shields = is_shielded(before)
    facts = FactsInLaw(items=tuple(in_law.item(link, shields=shields) for link in before.linked))
    return Judged(reading(asked), facts, decide(reading(asked), facts, settings=settings))


def decide_chronology(asked: Asked, before: Before, decision_id: UUID, settings: LawSettings) -> Decision:
    """What the law says of this reader and this history."""
    judged = judge_chronology(asked, before, settings)
    items, outcome = judged.facts.items, judged.outcome
    barred = {link.report_id for link in before.linked if asked.actor.agency in link.not_to_be_seen_by}
    shown = {
        item.item_id: item.classes
        for item in outcome.items
        if outcome.permitted and item.shown and item.item_id not in barred
    }
    fact = AccessDecided(
        decision_id=decision_id,
        at=asked.at,
        person_id=before.person_id,
        actor=asked.actor,
        purpose=asked.purpose,
        operation=LogOperation.CONSULTATION,
        what="chronology",
        effect="permitted" if outcome.permitted else "refused",
        law=outcome.pack,
        grounds=cited(outcome.grounds),
        bars=cited(outcome.bars),
        warnings=cited(outcome.warnings),
        history_version=before.version,
        items_shown=len(shown),
        classes=tuple(sorted({one for classes in shown.values() for one in classes})),
        withheld=_withheld(outcome, shown) if outcome.permitted else (),
        not_shown=tuple(item.item_id for item in items if item.item_id not in shown) if outcome.permitted else (),
        as_known_on=asked.as_known_on,
    )
    return Decision(fact, shown)


def is_shielded(before: Before) -> bool:
    """Whether each item is protected, since any report about the person says that the address is.

    One agency's mark shields what every other agency stated, earlier or later, knowing of the danger or not; and it
    shields it in a look at the past too, since the danger is today's.
    """
    return before.protected or any(SensitivityTag.ADDRESS_PROTECTED in link.tags for link in before.linked)


def reading(asked: Asked) -> Request:
    """What is asked of the law when somebody wants to look."""
    return Request(
        act=Act.READ,
        on=day_in_london(asked.at),
        purpose=asked.purpose,
        agency=asked.actor.agency,
        agency_kind=asked.actor.agency_kind,
        role=asked.actor.role,
        need=_NEED.get(asked.purpose) if asked.purpose is not None else None,
        urgent=asked.purpose is Purpose.EMERGENCY,
        assigned=asked.assigned,
        to_answer=asked.to_answer,
    )


def _withheld(outcome: Outcome, shown: dict[UUID, frozenset[FieldClass]]) -> tuple[Withheld, ...]:
    return tuple(
        Withheld(report_id=item.item_id, content=content, reason=reason)
        for item in outcome.items
        if item.item_id in shown
        for content, reason in item.withheld
    )
