"""What alarms now, counted by kind: policies and budgets, what was set aside, agencies' feeds, the log's witnesses."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal
from uuid import UUID

from contracts.events.need import AlarmKind
from hub.application.gather_cosignatures import Standing as WitnessStanding
from hub.application.read_chronology import Witnesses
from hub.domain.feed import ALARMS, FeedKind, Partner, standing
from hub.domain.witnessed import WitnessState
from hub.views.enquiries import Alarm
from hub.views.quarantine import SetAside

Place = Literal["told", "address", "set_aside", "feeds", "witnesses", "witness_back"]
TOLD_FOR: Final = timedelta(days=7)  # nobody settles what was told: it is shown so long
_STALE: Final = frozenset({WitnessState.AMBER, WitnessState.REFUSE})


@dataclass(frozen=True, slots=True)
class Watched:
    """The agencies of the partnership, and those who confirm the log."""

    partners: tuple[Partner, ...]
    witnesses: Witnesses


@dataclass(frozen=True, slots=True)
class Alarming:
    """One kind of thing that alarms, by code, and how many there are of it: tries, messages, agencies or witnesses.

    A report by which an address should be protected and is not stands alone: its entry, whose it is, and which one.
    """

    place: Place
    code: str
    count: int
    position: int = 0
    person_id: UUID | None = None
    report_id: UUID | None = None


def count_alarms(
    told: Iterable[Alarm], aside: Iterable[SetAside], watched: Watched, now: datetime
) -> tuple[Alarming, ...]:
    """What alarms; empty when nothing does. Raises StoreUnavailable (how the witnesses stand cannot be read)."""
    newly = tuple(one for one in told if now - one.at <= TOLD_FOR)
    by_people = Counter(one.kind.value for one in newly if one.kind is not AlarmKind.ADDRESS)
    lying = Counter(one.code for one in aside if one.to_look_at)
    feeds = Counter(kind.value for one in watched.partners for kind in _kinds(one, now))
    return (
        *_not_protected(newly),
        *_each("told", by_people),
        *_each("set_aside", lying),
        *_of_witnesses(watched.witnesses.state(now), watched.witnesses.standings(now)),
        *_each("feeds", feeds),
    )


def _kinds(partner: Partner, now: datetime) -> frozenset[FeedKind]:
    return frozenset(one.kind for one in standing(partner, now).findings) & ALARMS


def _each(place: Place, counted: Counter[str]) -> Iterator[Alarming]:
    return (Alarming(place, code, counted[code]) for code in sorted(counted))


def _not_protected(newly: Iterable[Alarm]) -> Iterator[Alarming]:
    """Of each child the newest."""
    each = {one.person_id: one for one in reversed(tuple(newly)) if one.kind is AlarmKind.ADDRESS}
    for one in each.values():
        yield Alarming("address", one.agency, 1, one.position, one.person_id, one.report_id)


def _of_witnesses(state: WitnessState, standings: tuple[WitnessStanding, ...]) -> Iterator[Alarming]:
    if state in _STALE:
        yield Alarming("witnesses", state.value, 1)
    if back := sum(one.went_back is not None for one in standings):
        yield Alarming("witness_back", "went_back", back)
