"""Whether somebody may open what one report holds apart, as a fact to keep before it is; its owner is told anyway."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal
from uuid import UUID

from consent.decide import LawSettings
from consent.minimise import RESTRICTED, ItemOutcome
from contracts.compartment import Compartment
from contracts.events.compartment import CompartmentAsked, OpeningReason
from contracts.events.hub import Actor, ReportLinked
from contracts.vocabulary import LogOperation, Purpose, StaffRole
from hub.domain.access import Asked, Before, judge_chronology
from hub.domain.findings_kept import cited
from hub.domain.need_to_know import Ruling

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
Reason = Literal["", "role", "purpose", "step_up", "witnesses", "need", "not_held", "law"]


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
    wanted: Wanted, before: Before, at: datetime, decision_id: UUID, settings: LawSettings, *, ruling: Ruling
) -> CompartmentAsked:
    """The decision; `ruling` is whether the policies let this person read this child's chronology at all."""
    asked = Asked(wanted.actor, wanted.purpose, at)
    judged = judge_chronology(asked, before, settings)
    link = next((one for one in before.linked if one.report_id == wanted.report_id), None)
    shown = any(item.item_id == wanted.report_id and _is_open(item) for item in judged.outcome.items)
    reason: Reason = refused_unread(wanted, at) or ("" if ruling.permitted else "need")
    reason = reason or _refused(wanted, link, judged.outcome.permitted and shown)
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
    )


def _is_open(item: ItemOutcome) -> bool:
    """Whether the law lets its content be seen: what other law holds back does not open here either."""
    return item.shown and all(reason != RESTRICTED for _, reason in item.withheld)


def _refused(wanted: Wanted, link: ReportLinked | None, shown: bool) -> Reason:
    if link is None or wanted.compartment not in link.held_apart:
        return "not_held"
    return "" if shown and wanted.actor.agency not in link.not_to_be_seen_by else "law"
