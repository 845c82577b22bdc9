"""Why nothing of an agency is shown of a person: no two of the reasons are alike, and none is that nothing happened."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from hub.domain.feed import Partner, missing


class SilenceKind(Enum):
    """Why nothing from an agency is shown. None of these means that nothing happened."""

    NOTHING_RECEIVED = "nothing_received"  # connected, and has sent nothing about this person
    NEVER_HEARD = "never_heard"  # enrolled, and nothing of its own has ever come, about anybody
    SET_ASIDE = "set_aside"  # has sent something that was not taken in: it may be about this person
    NEVER_CAME = "never_came"  # a message with a number is missing that it sent: it may be about this person
    NOT_CONNECTED = "not_connected"  # sends nothing to the hub yet
    IN_QUESTION = "in_question"  # has sent something that may be about this person; a human must say
    WITHHELD = "withheld"  # has sent something that this reader may not see
    AFTER_THIS_DAY = "after_this_day"  # connected, and had sent nothing by the day as known on which this is read
    NOT_CONNECTED_THEN = "not_connected_then"  # sent nothing to the hub yet on the day as known on which this is read


NOTHING = frozenset({SilenceKind.NOTHING_RECEIVED, SilenceKind.AFTER_THIS_DAY})


@dataclass(frozen=True, slots=True)
class Silence:
    """An agency from which nothing about this person is shown, and which of the different silences that is.

    `since` is the day (in England) on which it was connected, where it is: of what it held before, nothing is known.
    """

    source: str
    kind: SilenceKind
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Heard:
    """The sources of what is shown, of all that the hub held by the day asked, and of what is in question."""

    shown: frozenset[str]
    held: frozenset[str]
    questioned: frozenset[str]


def silences(
    partners: tuple[Partner, ...], heard: Heard, as_known_on: date | None, now: datetime
) -> tuple[Silence, ...]:
    """For each partner of whom nothing is shown, why; the same of a past day whatever was connected after it."""
    silent = (one for one in partners if one.source not in heard.shown)
    return tuple(_silence(one, _why(one, heard, as_known_on, now), as_known_on) for one in silent)


def _silence(of: Partner, kind: SilenceKind, as_known_on: date | None) -> Silence:
    return Silence(of.source, kind, of.first_day if of.connected_by(as_known_on) else None)


def apart_from(of: Iterable[Silence], asked: Collection[str]) -> tuple[Silence, ...]:
    """The silences, less those of agencies that have sent nothing and were asked: what came of that says more."""
    return tuple(one for one in of if one.kind not in NOTHING or one.source not in asked)


def _why(partner: Partner, heard: Heard, as_known_on: date | None, now: datetime) -> SilenceKind:
    if partner.source in heard.held:
        return SilenceKind.WITHHELD
    if partner.source in heard.questioned:
        return SilenceKind.IN_QUESTION
    if as_known_on is None and not partner.connected:
        return SilenceKind.NOT_CONNECTED
    if as_known_on is None and (partner.set_aside is not None or partner.not_read is not None):
        return SilenceKind.SET_ASIDE
    if as_known_on is None and partner.feed is not None and missing(partner.feed, now):
        return SilenceKind.NEVER_CAME
    if as_known_on is None:
        return SilenceKind.NEVER_HEARD if partner.never_heard else SilenceKind.NOTHING_RECEIVED
    return SilenceKind.AFTER_THIS_DAY if partner.connected_by(as_known_on) else SilenceKind.NOT_CONNECTED_THEN
