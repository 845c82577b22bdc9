"""What each agency sends and when it was last heard, and what was set aside: codes and dates, never content."""

from dataclasses import dataclass
from datetime import datetime

from starlette.responses import Response

from contracts.strict_json import Json
from contracts.vocabulary import StaffRole
from hub.views.feeds import missing_of
from hub.web.page import Page, Visit


@dataclass(frozen=True, slots=True)
class Feed:
    """One agency: whether it sends to the hub, and when it was last heard (None: never)."""

    source: str
    connected: bool
    last_heard: datetime | None
    missing: int = 0


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
    """Every agency of the partnership, and every message set aside, newest first."""
    rows = {str(row["source"]): row for row in visit.parts.rows_of("feeds")}
    heard = {source: _moment(row["last_heard"]) for source, row in rows.items()}
    missing = {source: missing_of(row) for source, row in rows.items()}
    connected = {partner.source: partner.connected for partner in visit.parts.reading().partners}
    sources = dict.fromkeys((*visit.parts.titles, *connected, *heard))
    feeds = tuple(
        Feed(source, connected.get(source, False), heard.get(source), missing.get(source, 0)) for source in sources
    )
    aside = sorted((_set_aside(row) for row in visit.parts.rows_of("quarantine")), key=_newest_first)
    return visit.show("feeds.html", feeds=feeds, aside=aside)


def _set_aside(row: dict[str, Json]) -> SetAside:
    said = {name: str(row[name]) for name in ("position", "topic", "code", "where")}
    return SetAside(**said, received=_moment(row["received"]), alarm=row["alarm"] is True)


def _newest_first(one: SetAside) -> int:
    return -int(one.position)


def _moment(value: Json) -> datetime | None:
    return datetime.fromisoformat(value) if isinstance(value, str) else None


PAGES = (Page("GET", "/feeds", show, frozenset({StaffRole.IG_OFFICER})),)
