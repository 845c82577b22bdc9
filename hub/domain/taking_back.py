"""Whether whoever shared something may still take it back: soon after, and while nobody has said that it was read."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from enum import Enum
from typing import Final
from uuid import UUID

from contracts.event import Fact
from contracts.events.hub import Actor
from contracts.events.sharing import AcknowledgementKept, DisclosureDecided, ShareTakenBack
from hub.domain.shares import Recall

TAKEN_BACK_WITHIN: Final = timedelta(minutes=10)


class WhyNot(Enum):
    """Why a share cannot be taken back."""

    NOT_YOURS = "not_yours"  # nothing that this member of staff decided to share, and that went
    NOT_SENT = "not_sent"  # it has not left yet: when it does, it goes by another decision
    TOO_LATE = "too_late"
    READ = "read"  # its recipient says that somebody has read some of it
    TAKEN_BACK = "taken_back"


SAYS: Final[Mapping[WhyNot, str]] = {
    WhyNot.NOT_YOURS: "Only whoever decided to share it can take it back.",
    WhyNot.NOT_SENT: "It has not left yet. Look again once it stands here as sent.",
    WhyNot.TOO_LATE: "Ten minutes have passed. Call them, and ask them to delete it.",
    WhyNot.READ: "Somebody there has read it. Call them, and ask them to delete it.",
    WhyNot.TAKEN_BACK: "It was taken back before.",
}
TOLD: Final = (
    "It had gone already. Unless they have the same by another share, they are sent a recall: it asks their machine "
    "to remove what nobody there has opened, and them to delete the rest. That it was shared stays on record."
)
RECALL_SAYS: Final[Mapping[Recall, str]] = {
    Recall.NOT_OWED: "Taken back; no recall goes, since another share of the same to {to} stands",
    Recall.WAITS: "Taken back; the recall has not reached {to} yet",
    Recall.REACHED: "Taken back; the recall has reached {to}",
}


def why_not(
    facts: Iterable[Fact], sent: frozenset[UUID], disclosure_id: UUID, actor: Actor, now: datetime
) -> WhyNot | None:
    """Why it cannot be taken back, by what is kept about the child; None: it can."""
    kept = tuple(facts)
    made = next((one for one in yours(kept, actor) if one.disclosure_id == disclosure_id), None)
    if made is None:
        return WhyNot.NOT_YOURS
    if any(isinstance(one, ShareTakenBack) and one.disclosure_id == disclosure_id for one in kept):
        return WhyNot.TAKEN_BACK
    if any(
        isinstance(one, AcknowledgementKept) and one.disclosure_id == disclosure_id and one.state == "read"
        for one in kept
    ):
        return WhyNot.READ
    if disclosure_id not in sent:
        return WhyNot.NOT_SENT
    return WhyNot.TOO_LATE if now > made.at + TAKEN_BACK_WITHIN else None


def yours(facts: Iterable[Fact], actor: Actor) -> tuple[DisclosureDecided, ...]:
    """What this member of staff decided to share, and that the law let go."""
    return tuple(
        one
        for one in facts
        if isinstance(one, DisclosureDecided)
        and one.cause in ("asked", "resumed")
        and one.effect == "permitted"
        and one.actor is not None
        and (one.actor.issuer, one.actor.subject) == (actor.issuer, actor.subject)
    )


def within_reach(
    facts: Iterable[Fact], sent: frozenset[UUID], actor: Actor, now: datetime
) -> tuple[DisclosureDecided, ...]:
    """What this member of staff may still take back, oldest first."""
    kept = tuple(facts)
    return tuple(one for one in yours(kept, actor) if why_not(kept, sent, one.disclosure_id, actor, now) is None)
