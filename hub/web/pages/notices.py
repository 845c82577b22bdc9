"""Messages about the service itself. They hold nothing of anybody's record."""

from starlette.responses import Response

from hub.web.page import NOTICES, Page, Visit


def show(visit: Visit) -> Response:
    """The page."""
    posted, now = visit.parts.notices(), visit.parts.clock.now()
    parts = (("Now", posted.now(now)), ("To come", posted.to_come(now)), ("Over", posted.over(now)))
    return visit.show("notices.html", posted=posted, parts=tuple(one for one in parts if one[1]))


PAGES = (Page("GET", NOTICES, show),)
