"""Opening in an emergency what a role does not open: read only, for an hour, and always looked at afterwards.

It opens what somebody who decides at the MASH would see for an emergency, so that every bar of other law and every
protected place stays shut. Who may open, and from whom it stays shut even so, the policies say (hub/policies).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from consent.decide import LawSettings
from contracts.event import Fact
from contracts.events.access import AccessReviewed, BreakGlassAsked, EmergencyReason, Finding, ReviewEscalated
from contracts.events.hub import AccessDecided, Actor, Cited, ReportLinked
from contracts.vocabulary import AgencyKind, Purpose, StaffRole
from hub.domain.access import Asked, Before, Decision, decide_chronology
from hub.domain.need_to_know import Relation, Ruling, stamped
from hub.domain.school_day import end_of_working_day, working_days_over

OPEN_FOR: Final = timedelta(hours=1)
REVIEW_WORKING_DAYS: Final = 1
# To whom it is offered; whether they may is the policies' answer.
ROLES: Final = frozenset({StaffRole.PRACTITIONER, StaffRole.MASH_RESEARCHER, StaffRole.MASH_DECISION_MAKER})
RULE: Final = "break-glass"
_GROUND: Final = Cited(
    rule=RULE,
    citation="UK GDPR Art 6(1)(d) and (e), recital 46; DPA 2018 Sch 1 para 18; Children Act 1989 s46, s47",
    says="Opened in an emergency by somebody whose role does not open it; somebody else looks at it within a working "
    "day.",
)


@dataclass(frozen=True, slots=True)
class Opening:
    """What is asked for: who, why, when."""

    actor: Actor
    reason: EmergencyReason
    at: datetime


def asked_as(asked: Asked) -> Asked:
    """What the law is asked in place of what the reader asks: what somebody who decides would see."""
    actor = asked.actor.model_copy(update={"role": StaffRole.MASH_DECISION_MAKER})
    return replace(asked, actor=actor, purpose=Purpose.EMERGENCY)


def is_opened_so(kept: AccessDecided) -> bool:
    """Whether a decision was made in this way."""
    return any(one.rule == RULE for one in kept.grounds)


def decide_emergency(
    opening: Opening, before: Before, ruling: Ruling, stands: frozenset[Relation], *, by: tuple[UUID, LawSettings]
) -> Decision:
    """What the reader, who stands so to the child, may see of this history now; `by` is the decision's id and the law.

    Where nothing stands in the history there is nobody to open.
    """
    decision_id, settings = by
    asked = Asked(opening.actor, Purpose.EMERGENCY, opening.at)
    decision = decide_chronology(asked_as(asked), before, decision_id, settings)
    own: dict[str, object] = {"actor": opening.actor}
    if decision.permitted:
        own["grounds"] = (_GROUND, *decision.fact.grounds)
    fact = stamped(decision.fact.model_copy(update=own), ruling, stands)
    return Decision(fact, decision.shown if fact.effect == "permitted" else {})


def state_opening(opening: Opening, decision: AccessDecided, links: tuple[ReportLinked, ...]) -> BreakGlassAsked:
    """What is kept beside the decision, so that the owners learn of it and somebody looks at it in time."""
    permitted = decision.effect == "permitted"
    return BreakGlassAsked(
        decision_id=decision.decision_id,
        at=opening.at,
        person_id=decision.person_id,
        actor=opening.actor,
        reason=opening.reason,
        effect=decision.effect,
        until=opening.at + OPEN_FOR if permitted else None,
        review_by=end_of_working_day(opening.at, REVIEW_WORKING_DAYS) if permitted else None,
        owners=owners(links) if permitted else (),
    )


def owners(links: tuple[ReportLinked, ...]) -> tuple[str, ...]:
    """Whose child it is in the first place: the local authorities that spoke of the child, else the last that did."""
    leading = [link.source for link in links if link.agency_kind is AgencyKind.LOCAL_AUTHORITY]
    return tuple(dict.fromkeys(leading or [link.source for link in links[-1:]]))


def still_open(actor: Actor, access: Iterable[Fact], now: datetime) -> BreakGlassAsked | None:
    """The opening by this reader that has not run out, and that no review has ended; None where there is none."""
    kept = tuple(access)
    ended = {one.decision_id for one in kept if isinstance(one, AccessReviewed) and one.finding is not Finding.CONFIRM}
    live = (
        one
        for one in kept
        if isinstance(one, BreakGlassAsked) and _is_same(one.actor, actor) and one.until is not None
        if one.at <= now < one.until and one.decision_id not in ended
    )
    return next(live, None)


def is_overdue(review_by: datetime, now: datetime) -> bool:
    """Whether the working day in which an opening had to be reviewed is over."""
    return review_by <= now


def unreviewed(access: Iterable[Fact], now: datetime) -> tuple[BreakGlassAsked, ...]:
    """Of what is kept of looks at one person, the openings whose review is overdue; a late review ends it too."""
    waiting = to_review(access)
    return tuple(one for one in waiting if one.review_by is not None and is_overdue(one.review_by, now))


def to_review(access: Iterable[Fact]) -> tuple[BreakGlassAsked, ...]:
    """Of what is kept of looks at one person, the openings that somebody has still to review, overdue or not."""
    kept = tuple(access)
    reviewed = {one.decision_id for one in kept if isinstance(one, AccessReviewed)}
    opened = (one for one in kept if isinstance(one, BreakGlassAsked) and one.review_by is not None)
    return tuple(one for one in opened if one.decision_id not in reviewed)


def escalation(opened: BreakGlassAsked, now: datetime) -> ReviewEscalated:
    """What is kept of an opening whose review is overdue."""
    return ReviewEscalated(
        decision_id=opened.decision_id,
        at=now,
        person_id=opened.person_id,
        actor=opened.actor,
        review_by=opened.review_by or now,
        owners=opened.owners,
    )


def how_late(review_by: datetime, now: datetime) -> str:
    """How late a review is that was due by then, in working days."""
    days = working_days_over(review_by, now)
    return f"{days} working {'day' if days == 1 else 'days'} late" if days else "less than a working day late"


def is_referred(actor: Actor, access: Iterable[Fact]) -> bool:
    """Whether a look of this reader at this person was referred to those who look into conduct."""
    kept = tuple(access)
    own = {one.decision_id for one in kept if isinstance(one, AccessDecided) and _is_same(one.actor, actor)}
    reviews = (one for one in kept if isinstance(one, AccessReviewed) and one.decision_id in own)
    return any(one.finding is Finding.REFER for one in reviews)


def _is_same(one: Actor, other: Actor) -> bool:
    return (one.issuer, one.subject) == (other.issuer, other.subject)
