"""`hub feeds`: how each agency's feed stands, so that silence is never taken for nothing to say."""

import argparse
from datetime import datetime

from contracts.strict_json import Json
from hub.application.keep_read import keep_read
from hub.application.sign_in import act_as
from hub.commands import typed
from hub.commands.one_line import in_json
from hub.domain import feed_words
from hub.domain.feed import ALARMS, READERS, Beat, Finding, Standing, standing
from hub.settings import Settings
from hub.wiring import Hub, titles

NAMES = frozenset({"feeds"})
Told = tuple[tuple[Standing, Beat | None], ...]


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add this command to `hub`."""
    parser = commands.add_parser("feeds", help="which agency is heard, silent, has a gap, or could not read its files")
    typed.staff(parser)
    typed.json(parser)


def run(settings: Settings, arguments: argparse.Namespace) -> int:
    """0, with how each feed stands printed. Raises AccessRefused, NotEnrolled, StoreUnavailable."""
    hub = Hub(settings)
    hub.follow()
    told = listed(hub, arguments.staff)
    if arguments.json:
        print(in_json({"feeds": [_whole(*one) for one in told]}))
    else:
        for line in lines(told):
            print(line)
    return 0


def listed(hub: Hub, staff: str) -> Told:
    """How each feed stands now, with its edge's own last account. Raises AccessRefused (on record), NotEnrolled."""
    keep_read(hub.store, hub.clock, act_as(hub.store, staff), ("list", "feeds"), READERS)
    now = hub.clock.now()
    return tuple(
        (standing(one, now), one.feed.beat if one.feed is not None else None) for one in hub.reading().partners
    )


def lines(told: Told) -> list[str]:
    """How the feeds stand, for a terminal."""
    called, found = titles(), []
    for one, beat in told:
        found.append(f"{called.get(one.source, one.source)}: {feed_words.last_known(one)}")
        found += [f"  {'ALARM: ' if each.kind in ALARMS else ''}{feed_words.said(each)}" for each in one.findings]
        if beat is not None:
            found.append(f"  At its edge: {feed_words.at_its_edge(beat)}")
    return found


def as_object(one: Standing) -> dict[str, Json]:
    """How one feed stands, as a JSON object."""
    return {
        "source": one.source,
        "alarm": one.alarm,
        "last_heard": _written(one.last_heard),
        "findings": [_finding(each) for each in one.findings],
    }


def _whole(one: Standing, beat: Beat | None) -> dict[str, Json]:
    return {**as_object(one), "edge": _edge(beat) if beat is not None else None}


def _finding(one: Finding) -> Json:
    codes: dict[str, Json] = dict(one.codes)
    return {"state": one.kind.value, "since": _written(one.since), "count": one.count, "codes": codes}


def _edge(beat: Beat) -> Json:
    ignored: dict[str, Json] = dict(beat.ignored)
    unread: dict[str, Json] = dict(beat.unread)
    left: dict[str, Json] | None = dict(beat.left) if beat.left is not None else None
    return {
        "at": _written(beat.alive_at),
        "every_seconds": beat.every_seconds,
        "accepted": beat.accepted,
        "ignored": ignored,
        "quarantined": unread,
        "quarantined_ever": beat.unread_ever,
        "waiting": beat.waiting,
        "left": left,
        "last_file": _written(beat.last_file),
    }


def _written(at: datetime | None) -> str | None:
    return at.isoformat() if at is not None else None
