"""Whether somebody may open what one report holds apart, as a fact to keep before it is; its owner is told anyway."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal
from uuid import UUID

from consent.decide import LawSettings
from consent.minimise import RESTRICTED, ItemOutcome
from contracts.compartment import Compartment
from contracts.event import Fact
from contracts.events.compartment import CompartmentAsked, OpeningAgreed, OpeningProposed, OpeningReason
from contracts.events.erasure import SaidBy
from contracts.events.hub import Actor, ReportLinked
from contracts.vocabulary import LogOperation, Purpose, StaffRole
from hub.domain.access import Asked, Before, judge_chronology
from hub.domain.errors import HubError
from hub.domain.findings_kept import cited
from hub.domain.need_to_know import Ruling
from hub.domain.pinned_keys import is_other_person

FRESH: Final = timedelta(minutes=5)  # since the person last proved who they are
ROLES: Final = frozenset({StaffRole.MASH_DECISION_MAKER})
_GRAVE: Final = frozenset({Purpose.SECTION_47, Purpose.EMERGENCY})
PURPOSES: Final[Mapping[Compartment, frozenset[Purpose]]] = {
    Compartment.STANDARD: frozenset(),
    Compartment.REFUGE: _GRAVE,
    Compartment.SOURCE: _GRAVE,
    Compartment.MARAC: _GRAVE | {Purpose.SECTION_17},
    Compartment.ADOPTION: _GRAVE,
    Compartment.STAFF_SUBJECT: _GRAVE | {Purpose.SECTION_17},
    Compartment.RESTRICTED: _GRAVE | {Purpose.SECTION_17},
}
TWO_PEOPLE: Final = frozenset({Compartment.REFUGE})  # one person alone, who may be coerced, opens none of these
SECONDS: Final = ROLES | {StaffRole.IG_OFFICER}  # who may be the second: they see nothing of it
PROPOSED_FOR: Final = timedelta(hours=1)
AGREED_FOR: Final = timedelta(minutes=15)
Reason = Literal["", "role", "purpose", "step_up", "witnesses", "need", "not_held", "law", "second_person"]


class SecondPersonNeeded(HubError):
    """It takes somebody else who agrees; the asking is on record, and so is what they are to agree to."""

    def __init__(self, proposed: OpeningProposed) -> None:
        """Hold what was proposed."""
        super().__init__("second_person")
        self.proposed = proposed


class AgreementRefused(HubError):
    """Nobody agreed; the message is a code: step_up, same_person, lapsed, agreed."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Who asks to open what of which report, for what, and when that person last proved who they are."""

    actor: Actor
    purpose: Purpose
    report_id: UUID
    compartment: Compartment
    stepped_up_at: datetime | None
    why: OpeningReason | None = None


def refused_unread(wanted: Wanted, at: datetime) -> Reason:
    """Why it is refused whoever the person is; empty where that hangs on the person."""
    if wanted.actor.role not in ROLES:
        return "role"
    if wanted.purpose not in PURPOSES[wanted.compartment]:
        return "purpose"
    if wanted.stepped_up_at is None or not timedelta() <= at - wanted.stepped_up_at <= FRESH:
        return "step_up"
    return ""


def decide_opening(
    wanted: Wanted,
    before: Before,
    at: datetime,
    decision_id: UUID,
    settings: LawSettings,
    *,
    ruling: Ruling,
    agreed: SaidBy | None = None,
) -> CompartmentAsked:
    """The decision; `ruling` is whether the policies let this person read this child's chronology at all.

    `agreed`: who agreed to it as the second person, where somebody did.
    """
    judged = judge_chronology(Asked(wanted.actor, wanted.purpose, at), before, settings)
    link = next((one for one in before.linked if one.report_id == wanted.report_id), None)
    shown = any(item.item_id == wanted.report_id and _is_open(item) for item in judged.outcome.items)
    reason: Reason = refused_unread(wanted, at) or ("" if ruling.permitted else "need")
    reason = reason or _refused(wanted, link, judged.outcome.permitted and shown, agreed)
    return CompartmentAsked(
        decision_id=decision_id,
        at=at,
        person_id=before.person_id,
        actor=wanted.actor,
        purpose=wanted.purpose,
        operation=LogOperation.CONSULTATION,
        report_id=wanted.report_id,
        compartment=wanted.compartment,
        effect="refused" if reason else "permitted",
        reason=reason,
        law=judged.outcome.pack,
        grounds=cited(judged.outcome.grounds),
        bars=(*cited(judged.outcome.bars), *ruling.bars),
        history_version=before.version,
        owner=link.source if link is not None else "",
        stepped_up_at=wanted.stepped_up_at,
        why=wanted.why,
        agreed=agreed,
    )


def agreement(wanted: Wanted, access: Iterable[Fact], at: datetime) -> SaidBy | None:
    """Who agreed, not long ago, that this person opens just this for just this; None where nobody did."""
    kept = tuple(access)
    theirs = {one.proposal_id for one in kept if isinstance(one, OpeningProposed) and _is_of(one, wanted)}
    agreed = (one for one in reversed(kept) if isinstance(one, OpeningAgreed) and one.proposal_id in theirs)
    standing = (one for one in agreed if one.at <= at < one.at + AGREED_FOR and is_other_person(one.by, wanted.actor))
    return next((SaidBy(by=one.by, at=one.at) for one in standing), None)


def proposal(wanted: Wanted, access: Iterable[Fact], asked: CompartmentAsked, proposal_id: UUID) -> OpeningProposed:
    """What a second person is to agree to: the proposal that still waits, or a new one."""
    kept = tuple(access)
    agreed = {one.proposal_id for one in kept if isinstance(one, OpeningAgreed)}
    mine = (one for one in kept if isinstance(one, OpeningProposed) and _is_of(one, wanted))
    waiting = next((one for one in mine if one.proposal_id not in agreed and is_open(one, asked.at)), None)
    return waiting or OpeningProposed(
        proposal_id=proposal_id,
        at=asked.at,
        person_id=asked.person_id,
        by=wanted.actor,
        purpose=wanted.purpose,
        report_id=wanted.report_id,
        compartment=wanted.compartment,
        owner=asked.owner,
        stepped_up_at=wanted.stepped_up_at or asked.at,
        why=wanted.why,
    )


def is_open(proposed: OpeningProposed, at: datetime) -> bool:
    """Whether somebody may still agree to it."""
    return proposed.at <= at < proposed.at + PROPOSED_FOR


def check_agree(
    proposed: OpeningProposed, access: Iterable[Fact], second: Actor, proved: datetime | None, at: datetime
) -> datetime:
    """When this person, who may agree to it now, last proved who they are. Raises AgreementRefused."""
    if proved is None or not timedelta() <= at - proved <= FRESH:
        raise AgreementRefused("step_up")
    if not is_other_person(proposed.by, second):
        raise AgreementRefused("same_person")
    if any(isinstance(one, OpeningAgreed) and one.proposal_id == proposed.proposal_id for one in access):
        raise AgreementRefused("agreed")
    if not is_open(proposed, at):
        raise AgreementRefused("lapsed")
    return proved


def has_second(asked: CompartmentAsked, at: datetime) -> bool:
    """Whether a decision names whoever had to agree to it beside the person who asked, and lately enough."""
    if asked.compartment not in TWO_PEOPLE:
        return True
    agreed = asked.agreed
    return agreed is not None and is_other_person(agreed.by, asked.actor) and at - agreed.at <= AGREED_FOR + FRESH


def _is_of(proposed: OpeningProposed, wanted: Wanted) -> bool:
    who = (proposed.by.issuer, proposed.by.subject) == (wanted.actor.issuer, wanted.actor.subject)
    what = (wanted.report_id, wanted.compartment, wanted.purpose)
    return who and (proposed.report_id, proposed.compartment, proposed.purpose) == what


def _is_open(item: ItemOutcome) -> bool:
    """Whether the law lets its content be seen: what other law holds back does not open here either."""
    return item.shown and all(reason != RESTRICTED for _, reason in item.withheld)


def _refused(wanted: Wanted, link: ReportLinked | None, shown: bool, agreed: SaidBy | None) -> Reason:
    if link is None or wanted.compartment not in link.held_apart:
        return "not_held"
    if not shown or wanted.actor.agency in link.not_to_be_seen_by:
        return "law"
    return "second_person" if wanted.compartment in TWO_PEOPLE and agreed is None else ""
