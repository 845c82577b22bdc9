"""The report on who looked, for the person it is about: what is proposed, what may be inferred, what a review decides.

What the rules of a family's answer hold back stays back, whoever reviews; a review can only hold back more. What is
suppressed leaves the same letter as nothing. Sources: UK GDPR Arts 12, 15, 23; DPA 2018 Sch 2 paras 2, 16, Sch 3.
"""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Literal
from uuid import UUID

from contracts.events.hub import AccessDecided, Actor
from contracts.events.subject_report import (
    HeldBack,
    LookHeld,
    LookProposed,
    SubjectReportProposed,
    SubjectReportReviewed,
    Warned,
)
from hub.domain.errors import HubError
from hub.domain.family_answer import TELLABLE, Asker, FamilyDecision
from hub.domain.moment import LONDON, day_in_london

DELAY: Final = timedelta(days=28)
BY_REVIEW: Final = frozenset({HeldBack.SAFETY, HeldBack.STAFF_SAFETY, HeldBack.CRIME, HeldBack.ENQUIRY})
_DAY_BEGINS, _DAY_ENDS, _SATURDAY = 7, 19, 5


class ReviewRefused(HubError):
    """The review may not be made so; the message is a code."""


@dataclass(frozen=True, slots=True)
class Review:
    """What the reviewer decides: which looks are held back besides, whether it is suppressed or delayed, and why."""

    held: tuple[LookHeld, ...] = ()
    outcome: Literal["released", "suppressed", "delayed"] = "released"
    reason: HeldBack | None = None
    until: date | None = None


def propose(
    asker: Asker,
    decision: FamilyDecision,
    access: Iterable[AccessDecided],
    before: Iterable[SubjectReportReviewed],
    report_id: UUID,
) -> SubjectReportProposed:
    """The report as it would stand: every look that showed something, each listed or with why it is held back."""
    fact = decision.fact
    tellable = frozenset(one.decision_id for one in decision.looks)
    looks = tuple(
        LookProposed(decision_id=one.decision_id, at=one.at, reader=one.actor, held=_held(one, tellable, fact.at))
        for one in access
        if one.what == "chronology" and one.effect == "permitted"
    )
    return SubjectReportProposed(
        report_id=report_id,
        at=fact.at,
        person_id=fact.person_id,
        by=fact.actor,
        asker=asker.label,
        asker_kind=asker.kind,
        proof=asker.proof,
        also=tuple(sorted(asker.also)),
        named=tuple(sorted(asker.named)),
        looks=looks,
        warnings=warnings(looks, before),
    )


def warnings(looks: tuple[LookProposed, ...], before: Iterable[SubjectReportReviewed]) -> tuple[Warned, ...]:
    """What could be inferred from the looks that are listed, in the vocabulary's order."""
    listed = tuple(one for one in looks if one.held is None)
    held_days = {day_in_london(one.at) for one in looks if one.held is not None}
    said = {one for earlier in before if earlier.outcome == "released" for one in earlier.listed}
    found = {
        Warned.ONE_AGENCY: bool(listed) and len({one.reader.agency for one in listed}) == 1,
        Warned.SAME_DAY: any(day_in_london(one.at) in held_days for one in listed),
        Warned.OUT_OF_HOURS: any(_is_out_of_hours(one.at) for one in listed),
        Warned.SHORTER: bool(said - {one.decision_id for one in listed}),
    }
    return tuple(warned for warned, is_so in found.items() if is_so)


def check_review(
    proposed: SubjectReportProposed, earlier: Iterable[SubjectReportReviewed], by: Actor, review: Review, today: date
) -> None:
    """Nothing, where the review may be made; `earlier`: the reviews of this report.

    Nobody reviews what they put together; one sign-in name under two issuers is taken for one person. What is released
    or suppressed stays so: only what was put off is reviewed again. The same form sent twice is one review.
    Raises ReviewRefused: reviewed_already, reviewer_proposed, reviewer_looked, no_such_look, reason_not_for_review,
    reason_needed, day_needed.
    """
    again = (by.subject, review.outcome, review.held, review.reason)
    if any(
        one.outcome != "delayed" and (one.by.subject, one.outcome, one.held, one.reason) != again for one in earlier
    ):
        raise ReviewRefused("reviewed_already")
    if by.subject == proposed.by.subject:
        raise ReviewRefused("reviewer_proposed")
    if any(one.reader.subject == by.subject for one in proposed.looks):
        raise ReviewRefused("reviewer_looked")
    if {one.decision_id for one in review.held} - {one.decision_id for one in proposed.looks}:
        raise ReviewRefused("no_such_look")
    reasons = {one.reason for one in review.held} | ({review.reason} if review.reason is not None else set())
    if reasons - BY_REVIEW:
        raise ReviewRefused("reason_not_for_review")
    if review.outcome != "released" and review.reason is None:
        raise ReviewRefused("reason_needed")
    if review.outcome == "delayed" and (review.until is None or review.until <= today):
        raise ReviewRefused("day_needed")


def answer_by(asked_on: date) -> date:
    """The last day for an answer: the same day a month later, or that month's last day (UK GDPR Art 12(3))."""
    year, month = asked_on.year + asked_on.month // 12, asked_on.month % 12 + 1
    return date(year, month, min(asked_on.day, monthrange(year, month)[1]))


def listed_after(
    proposed: SubjectReportProposed, review: Review, decision: FamilyDecision
) -> tuple[AccessDecided, ...]:
    """The looks that the letter lists: proposed, not held back since, and still tellable by today's decision."""
    if review.outcome != "released":
        return ()
    held = {one.decision_id for one in review.held}
    wanted = {one.decision_id for one in proposed.looks if one.held is None} - held
    return tuple(one for one in decision.looks if one.decision_id in wanted)


def _held(one: AccessDecided, tellable: frozenset[UUID], now: datetime) -> HeldBack | None:
    if one.purpose not in TELLABLE:
        return HeldBack.ENQUIRY
    if one.decision_id not in tellable:
        return HeldBack.NOT_TOLD
    return HeldBack.TOO_RECENT if now - one.at < DELAY else None


def _is_out_of_hours(at: datetime) -> bool:
    local = at.astimezone(LONDON)
    return local.weekday() >= _SATURDAY or not _DAY_BEGINS <= local.hour < _DAY_ENDS
