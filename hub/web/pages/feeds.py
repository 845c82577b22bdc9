"""How each agency's feed stands, and what was set aside: codes, counts and dates, never content."""

from dataclasses import dataclass
from datetime import datetime

from starlette.responses import Response

from contracts.strict_json import Json
from hub.application.keep_read import keep_read
from hub.domain import feed_words
from hub.domain.feed import ALARMS, READERS, Beat, Standing, standing
from hub.web.page import Page, Visit


@dataclass(frozen=True, slots=True)
class FeedLine:
    """How one agency's feed stands, and its edge's own last account of itself (None: there was none)."""

    standing: Standing
    beat: Beat | None


@dataclass(frozen=True, slots=True)
class SetAside:
    """One message that could not be taken in: where it stands, from which topic, why, and when it came."""

    position: str
    topic: str
    code: str
    where: str
    received: datetime | None
    alarm: bool


def show(visit: Visit) -> Response:
    """Every agency of the partnership, and every message set aside, newest first. Raises StoreUnavailable."""
    keep_read(visit.parts.store, visit.parts.clock, visit.member.actor, ("list", "feeds"), READERS)
    now = visit.parts.clock.now()
    feeds = tuple(
        FeedLine(standing(one, now), one.feed.beat if one.feed is not None else None)
        for one in visit.parts.reading().partners
    )
    aside = sorted((_set_aside(row) for row in visit.parts.rows_of("quarantine")), key=_newest_first)
    alarms = sum(one.standing.alarm for one in feeds)
    return visit.show("feeds.html", feeds=feeds, aside=aside, alarms=alarms, alarm_kinds=ALARMS, words=feed_words)


def _set_aside(row: dict[str, Json]) -> SetAside:
    said = {name: str(row[name]) for name in ("position", "topic", "code", "where")}
    return SetAside(**said, received=_moment(row["received"]), alarm=row["alarm"] is True)


def _newest_first(one: SetAside) -> int:
    return -int(one.position)


def _moment(value: Json) -> datetime | None:
    return datetime.fromisoformat(value) if isinstance(value, str) else None


PAGES = (Page("GET", "/feeds", show, READERS),)
