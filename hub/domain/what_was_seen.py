"""What a look that waits for a review came to: counts and yes or no, and nothing of what any record says."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from contracts.events.hub import AccessDecided
from hub.domain.access_line import PERMITTED, AccessLine
from hub.domain.explained import Link, LinkKind

NEAR: Final = timedelta(days=1)
_CHRONOLOGY: Final = "chronology"


@dataclass(frozen=True, slots=True)
class WasSeen:
    """How many entries the reader was shown, and how many parts were held back; how often the reader looked in all.

    `printed`: how often the reader printed of it. `own_report`: whether the reader's agency stated something about the
    child within a day before or after the look, which may be why.
    """

    entries: int
    held_back: int
    times: int
    printed: int
    own_report: bool


def was_seen(
    decision_id: UUID, decisions: Iterable[AccessDecided], others: Iterable[AccessLine], links: Iterable[Link]
) -> WasSeen | None:
    """What that look came to, by everything on one child's record of access; None where the look is not on it."""
    shown = tuple(one for one in decisions if one.effect == PERMITTED and one.what == _CHRONOLOGY)
    look = next((one for one in shown if one.decision_id == decision_id), None)
    if look is None:
        return None
    whose = look.actor.issuer, look.actor.subject
    prints = (one.actor for one in others if one.kind == "print" and one.effect == PERMITTED)
    stated = (one.at for one in links if one.kind is LinkKind.REPORTED and one.agency == look.actor.agency)
    return WasSeen(
        entries=look.items_shown,
        held_back=len(look.withheld),
        times=sum((one.actor.issuer, one.actor.subject) == whose for one in shown),
        printed=sum(one is not None and (one.issuer, one.subject) == whose for one in prints),
        own_report=any(abs(at - look.at) <= NEAR for at in stated),
    )
