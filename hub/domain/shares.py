"""Who was sent what about a child, and how far each says it came: delivered, read. A fold over the access stream."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from uuid import UUID

from consent.decide import LawSettings
from contracts.event import Fact
from contracts.events.hub import AccessDecided, Actor
from contracts.events.sharing import (
    AcknowledgementKept,
    Cause,
    DisclosedItem,
    DisclosureDecided,
    News,
    Reached,
    ShareTakenBack,
    is_reply,
)
from contracts.vocabulary import FieldClass, Purpose
from hub.domain.access import Asked
from hub.domain.listing import decide_listing
from hub.domain.owed_news import is_held, recall_of
from hub.domain.telling import TELLING, asking


class Standing(Enum):
    """Where a share stands. None of these is inferred from silence."""

    NOT_SENT = "not_sent"  # decided; it has not left yet
    WAITING = "waiting"  # sent; nothing has come back, and it is not yet due
    DELIVERED = "delivered"  # its recipient's own machine keeps it; nobody has read it, and it is not yet due
    OVERDUE = "overdue"  # sent, delivered perhaps; nobody has read it in time
    RECALLED = "recalled"  # it was recalled, and its recipient had not said that anybody had read it
    TAKEN_BACK = "taken_back"  # whoever decided it took it back; what its recipient said of it before or since stays
    READ = "read"  # its recipient says that somebody has read it


class Recall(Enum):
    """How far the recall of what was taken back has come, as its recipient says."""

    NOT_OWED = "not_owed"  # another share of the same to them stands, whether or not it has left
    WAITS = "waits"  # it has not left, or has not been delivered
    REACHED = "reached"  # their own machine has it, or somebody there has read it


@dataclass(frozen=True, slots=True)
class Share:
    """One report, or news of one, that went to one recipient.

    `delivered_at`, `read_by` (a role) and `read_at` are as the recipient says; the first it said of each stays.
    `is_reply`: it is what somebody said about the report. `recall`: of what was taken back, and of nothing else.
    """

    share_id: UUID
    disclosure_id: UUID
    report_id: UUID
    recipient: str
    news: News
    cause: Cause
    purpose: Purpose
    classes: tuple[FieldClass, ...]
    at: datetime
    due_by: datetime | None
    standing: Standing
    delivered_at: datetime | None = None
    read_by: str | None = None
    read_at: datetime | None = None
    is_reply: bool = False
    recall: Recall | None = None


def asked_by(actor: Actor, at: datetime) -> Asked:
    """The asking, for the purpose for which this role sees the list."""
    return Asked(actor, asking(actor), at)


def decide_shares_list(
    asked: Asked, person_id: UUID, listed: int, decision_id: UUID, settings: LawSettings
) -> AccessDecided:
    """Whether the reader may see who was sent what about this child: those who see who is still to be told."""
    decision = decide_listing(TELLING, asked, person_id, decision_id, listed=listed, settings=settings)
    return decision.model_copy(update={"what": "shares"})


def shares(facts: Iterable[Fact], sent: frozenset[UUID], now: datetime) -> tuple[Share, ...]:
    """Every share, oldest first; one that was decided again because it had not left is shown once, as it left."""
    kept = tuple(facts)
    back = frozenset(fact.disclosure_id for fact in kept if isinstance(fact, ShareTakenBack))
    recalled = _recalled(kept)
    came: dict[tuple[UUID, Reached], AcknowledgementKept] = {}
    for fact in kept:
        if isinstance(fact, AcknowledgementKept):
            came.setdefault((fact.share_id, fact.state), fact)
    found: dict[UUID, Share] = {}
    for fact in kept:
        if isinstance(fact, DisclosureDecided) and fact.effect == "permitted":
            for item in fact.items:
                delivered, read = came.get((item.share_id, "delivered")), came.get((item.share_id, "read"))
                standing = _standing(delivered, read, fact, sent, now)
                last = recalled.get((fact.recipient, item.report_id))
                left = standing not in (Standing.NOT_SENT, Standing.READ)
                if left and item.news != "recall" and is_recalled(fact.at, last):
                    standing = Standing.RECALLED
                standing = Standing.TAKEN_BACK if fact.disclosure_id in back else standing
                found[item.share_id] = _share(fact, item, standing, delivered, read)
    return tuple(_with_recall(one, kept, back, came) for one in found.values())


def _with_recall(
    one: Share,
    facts: tuple[Fact, ...],
    back: frozenset[UUID],
    came: Mapping[tuple[UUID, Reached], AcknowledgementKept],
) -> Share:
    """What was taken back, with how far its recall has come: one is owed unless they have the same by another share."""
    if one.standing is not Standing.TAKEN_BACK:
        return one
    recall_id = recall_of(one.share_id)
    made = tuple(fact for fact in facts if isinstance(fact, DisclosureDecided) and fact.effect == "permitted")
    is_owed = any(item.share_id == recall_id for fact in made for item in fact.items)
    others = (
        item
        for fact in made
        if fact.recipient == one.recipient and fact.disclosure_id not in back
        for item in fact.items
        if item.share_id != one.share_id
    )
    if (recall_id, "delivered") in came or (recall_id, "read") in came:
        recall = Recall.REACHED
    elif not is_owed and any(is_held(item, one.report_id) for item in others):
        recall = Recall.NOT_OWED
    else:
        recall = Recall.WAITS
    return replace(one, recall=recall)


def is_recalled(at: datetime, recalled_at: datetime | None) -> bool:
    """Whether a share of that moment is emptied by the last recall of its report, as its recipient's own machine does.

    What is sent again after the recall stands by itself. `recalled_at`: None where the report was never recalled.
    """
    return recalled_at is not None and at <= recalled_at


def refused(facts: Iterable[Fact]) -> tuple[DisclosureDecided, ...]:
    """The disclosures that were refused, oldest first, each with its reasons and the ways on."""
    return tuple(fact for fact in facts if isinstance(fact, DisclosureDecided) and fact.effect == "refused")


def _recalled(facts: Iterable[Fact]) -> dict[tuple[str, UUID], datetime]:
    """When each report was last recalled from each recipient, whether or not the recall has left yet.

    A recall is of the moment when it was first decided: one that left late is not about what was sent meanwhile.
    """
    first: dict[UUID, tuple[tuple[str, UUID], datetime]] = {}
    for fact in facts:
        if isinstance(fact, DisclosureDecided) and fact.effect == "permitted":
            for item in fact.items:
                if item.news == "recall":
                    first.setdefault(item.share_id, ((fact.recipient, item.report_id), fact.at))
    found: dict[tuple[str, UUID], datetime] = {}
    for key, at in first.values():
        found[key] = max(at, found.get(key, at))
    return found


def _share(
    fact: DisclosureDecided,
    item: DisclosedItem,
    standing: Standing,
    delivered: AcknowledgementKept | None,
    read: AcknowledgementKept | None,
) -> Share:
    return Share(
        share_id=item.share_id,
        disclosure_id=fact.disclosure_id,
        report_id=item.report_id,
        recipient=fact.recipient,
        news=item.news,
        cause=fact.cause,
        purpose=fact.purpose,
        classes=item.classes,
        at=fact.at,
        due_by=fact.due_by,
        standing=standing,
        delivered_at=delivered.at if delivered is not None else None,
        read_by=read.by if read is not None else None,
        read_at=read.at if read is not None else None,
        is_reply=is_reply(item.news, item.of, item.report_id),
    )


def _standing(
    delivered: AcknowledgementKept | None,
    read: AcknowledgementKept | None,
    fact: DisclosureDecided,
    sent: frozenset[UUID],
    now: datetime,
) -> Standing:
    if read is not None:
        return Standing.READ
    if delivered is None and fact.disclosure_id not in sent:
        return Standing.NOT_SENT
    if fact.due_by is not None and now > fact.due_by:
        return Standing.OVERDUE
    return Standing.DELIVERED if delivered is not None else Standing.WAITING
