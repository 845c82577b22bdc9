"""What may be read into an agency's empty lane: no two kinds of empty look alike, and none means "nothing"."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from hub.domain.chronology import Chronology
from hub.domain.feed import FeedKind, Standing
from hub.domain.moment import day_in_london
from hub.domain.requests import Replied, Waiting, replied
from hub.domain.silence import Silence, SilenceKind


class CoverKind(Enum):
    """What is known of an agency over a time."""

    HEARD = "heard"  # something of it is shown
    NOTHING = "nothing"  # connected, has sent nothing about this child, and was not asked
    ANSWERED = "answered"  # connected, has sent nothing about this child, and answered when it was asked
    NOT_REPLIED = "not_replied"  # asked, and no reply yet, or that it needs more time
    NEVER_HEARD = "never_heard"  # enrolled, and nothing of its own has ever come
    NOT_CONNECTED = "not_connected"  # sends nothing to the hub, or nothing has come from it since a day
    NOT_CONNECTED_THEN = "not_connected_then"  # sent nothing to the hub yet on the past day that is shown
    BEFORE = "before"  # sent nothing to the hub yet before a day: of that time nothing is known but what it sent later
    WITHHELD = "withheld"  # holds something that this reader may not see
    SET_ASIDE = "set_aside"  # has sent something that was not taken in: it may be about this child
    NEVER_CAME = "never_came"  # a message with a number is missing that it sent: it may be about this child
    IN_QUESTION = "in_question"  # has sent something that may be about this child


NOT_KNOWN = frozenset(
    {
        *(CoverKind.NOT_REPLIED, CoverKind.NOT_CONNECTED, CoverKind.NOT_CONNECTED_THEN),
        *(CoverKind.NEVER_HEARD, CoverKind.SET_ASIDE, CoverKind.IN_QUESTION),
        CoverKind.NEVER_CAME,
    }
)
_BY_SILENCE: Mapping[SilenceKind, CoverKind] = {
    SilenceKind.NOTHING_RECEIVED: CoverKind.NOTHING,
    SilenceKind.NEVER_HEARD: CoverKind.NEVER_HEARD,
    SilenceKind.SET_ASIDE: CoverKind.SET_ASIDE,
    SilenceKind.NEVER_CAME: CoverKind.NEVER_CAME,
    SilenceKind.NOT_CONNECTED: CoverKind.NOT_CONNECTED,
    SilenceKind.IN_QUESTION: CoverKind.IN_QUESTION,
    SilenceKind.WITHHELD: CoverKind.WITHHELD,
    SilenceKind.AFTER_THIS_DAY: CoverKind.NOTHING,
    SilenceKind.NOT_CONNECTED_THEN: CoverKind.NOT_CONNECTED_THEN,
}


_FROM_A_DAY_ON: Mapping[FeedKind, CoverKind] = {
    FeedKind.SILENT: CoverKind.NOT_CONNECTED,
    FeedKind.NOT_READ: CoverKind.SET_ASIDE,
    FeedKind.SET_ASIDE: CoverKind.SET_ASIDE,
}
_THROUGHOUT = frozenset(
    {CoverKind.NOT_CONNECTED, CoverKind.NEVER_HEARD, CoverKind.NOT_CONNECTED_THEN, CoverKind.IN_QUESTION}
)
_UNHEARD = frozenset({CoverKind.NOTHING, CoverKind.ANSWERED})  # as far as anybody sends: not so of who was never heard


@dataclass(frozen=True, slots=True)
class Cover:
    """What is known of one agency; `since` (None: throughout) is the day from which it holds.

    `until` is the first day on which it holds no more. `replied` is what an agency of whom nothing is shown answered.
    """

    source: str
    kind: CoverKind
    since: date | None = None
    waiting: Waiting | None = None
    until: date | None = None
    replied: Replied | None = None

    @property
    def is_known(self) -> bool:
        """Whether the hub knows what the agency holds now, as far as this reader may know it."""
        return self.kind not in NOT_KNOWN


def covers(
    shown: Chronology, silences: tuple[Silence, ...], waiting: tuple[Waiting, ...] = ()
) -> tuple[tuple[Cover, ...], ...]:
    """For each agency, in the order of lanes, what is known of it; a lane may have more than one thing to say.

    Those with entries come first, most entries first; then those of whom nothing is shown. Of a past day nothing is
    said of feeds: whether one was silent then is not worked out.
    """
    counts: dict[str, int] = {}
    for entry in shown.entries:
        counts[entry.source] = counts.get(entry.source, 0) + 1
    for entry in shown.described:
        counts.setdefault(entry.source, 0)
    asked = {one.source: one for one in waiting}
    answers = {one.source: one for one in replied(shown.requests)}
    roads = {one.source: one for one in shown.feeds or ()}
    speaking = sorted(counts, key=lambda source: (-counts[source], source))
    silent = [one for one in silences if one.source not in counts]
    since = {one.source: one.since for one in shown.connected}
    firsts = (
        *(Cover(source, CoverKind.HEARD) for source in speaking),
        *(_silent(one, answers.get(one.source)) for one in silent),
    )
    return tuple(
        _with_before(_of(one, roads.get(one.source), asked.get(one.source)), since.get(one.source)) for one in firsts
    )


def _silent(of: Silence, answer: Replied | None) -> Cover:
    """Why nothing of an agency is shown, and what it answered when it was asked."""
    kind = _BY_SILENCE[of.kind]
    if kind is CoverKind.NOTHING and answer is not None:
        kind = CoverKind.ANSWERED
    return Cover(of.source, kind, replied=answer)


def _with_before(lane: tuple[Cover, ...], since: date | None) -> tuple[Cover, ...]:
    """The lane, with the time before its agency was connected; of one that is not known throughout, all is said."""
    if since is None or any(one.kind in _THROUGHOUT and one.since is None for one in lane):
        return lane
    return (*lane, Cover(lane[0].source, CoverKind.BEFORE, until=since))


def _of(first: Cover, road: Standing | None, waiting: Waiting | None) -> tuple[Cover, ...]:
    """What is known of one agency: why it is empty or not, whether it was asked, whether its road is open."""
    if waiting is not None:
        asked = Cover(first.source, CoverKind.NOT_REPLIED, waiting=waiting)
        return (asked,) if first.kind is CoverKind.NOTHING else (first, asked)
    if road is None or first.kind is CoverKind.NOT_CONNECTED:
        return (first,)
    if first.kind in _UNHEARD and any(one.kind is FeedKind.NEVER_HEARD for one in road.findings):
        return (replace(first, kind=CoverKind.NEVER_HEARD),)
    if first.kind in _UNHEARD and any(one.kind is FeedKind.GAP for one in road.findings):
        first = replace(first, kind=CoverKind.NEVER_CAME)
    for finding in road.findings:
        if finding.since is not None and finding.kind in _FROM_A_DAY_ON:
            later = Cover(first.source, _FROM_A_DAY_ON[finding.kind], since=day_in_london(finding.since))
            return (*_beside(first, later.kind), later)
    return (first,)


def _beside(first: Cover, later: CoverKind) -> tuple[Cover, ...]:
    """What else is said of a lane of which something was not taken in: its answer, and never that it sent nothing."""
    if later is not CoverKind.SET_ASIDE or first.kind not in (CoverKind.NOTHING, CoverKind.SET_ASIDE):
        return (first,)
    return (replace(first, kind=CoverKind.ANSWERED),) if first.replied is not None else ()
