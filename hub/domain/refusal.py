"""A decision not to share, as a fact to keep: what was asked, why not, and what the law says to that."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from consent import refusals
from consent.packs import LawSettings
from consent.refusals import Reason
from contracts.events.hub import Actor
from contracts.events.sharing import SharingRefused
from contracts.vocabulary import AgencyKind, NeedLevel, Purpose
from hub.domain.findings_kept import answered
from hub.domain.moment import day_in_london


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asked for it: a source, and what kind of body that is."""

    source: str
    kind: AgencyKind


@dataclass(frozen=True, slots=True)
class NotShared:
    """What was asked for, by whom and why, and the reason for not sharing it, as its maker gives it.

    `called` is the name by which its maker is enrolled: nobody approves what they decided under another name.
    """

    actor: Actor
    asker: Asker
    asked_for: str
    purpose: Purpose
    reason: Reason
    words: str
    approved_by: str | None = None
    review_on: date | None = None
    need: NeedLevel | None = None
    urgent: bool = False
    called: str | None = None
    note: str = ""


def decide_refusal(
    made: NotShared, person_id: UUID, at: datetime, refusal_id: UUID, settings: LawSettings
) -> SharingRefused:
    """The decision with the law's answer to it. It is one to keep whatever the answer is."""
    outcome = refusals.judge(_in_law(made, day_in_london(at)), settings)
    return SharingRefused(
        refusal_id=refusal_id,
        at=at,
        person_id=person_id,
        actor=made.actor,
        asked_by=made.asker.source,
        asked_by_kind=made.asker.kind,
        asked_for=made.asked_for,
        purpose=made.purpose,
        need=made.need,
        urgent=made.urgent,
        reason=made.reason.value,
        words=made.words,
        approved_by=made.approved_by,
        review_on=made.review_on,
        myth=outcome.myth,
        stands=outcome.stands,
        law=outcome.pack,
        answer=answered(outcome.findings),
        note=made.note,
    )


def _in_law(made: NotShared, on: date) -> refusals.Refusing:
    return refusals.Refusing(
        reason=made.reason,
        words=made.words,
        decided_by=made.actor.subject,
        approved_by=made.approved_by,
        review_on=made.review_on,
        on=on,
        body=made.actor.agency_kind,
        asker=made.asker.kind,
        purpose=made.purpose,
        need=made.need,
        urgent=made.urgent,
        called=made.called,
    )
