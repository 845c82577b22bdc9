"""How each agency's feed stands: codes, counts and dates, never content."""

from dataclasses import dataclass

from starlette.responses import Response

from hub.application.keep_read import keep_read
from hub.domain import feed_words
from hub.domain.feed import ALARMS, READERS, Beat, Standing, not_known_in_full, standing, untimed
from hub.web.page import Page, Visit


@dataclass(frozen=True, slots=True)
class FeedLine:
    """How one agency's feed stands, and its edge's own last account of itself (None: there was none)."""

    standing: Standing
    beat: Beat | None


def show(visit: Visit) -> Response:
    """Every agency of the partnership. Raises StoreUnavailable."""
    keep_read(visit.parts.store, visit.parts.clock, visit.member.actor, ("list", "feeds"), READERS)
    now = visit.parts.clock.now()
    feeds = tuple(
        FeedLine(standing(one, now), one.feed.beat if one.feed is not None else None)
        for one in visit.parts.reading().partners
    )
    alarms = sum(one.standing.alarm for one in feeds)
    not_known = len(not_known_in_full(visit.parts.reading().partners, now))
    return visit.show(
        "feeds.html",
        feeds=feeds,
        not_known=not_known,
        untimed=len(untimed(visit.parts.reading().partners, now)),
        alarms=alarms,
        alarm_kinds=ALARMS,
        words=feed_words,
    )


PAGES = (Page("GET", "/feeds", show, READERS),)
