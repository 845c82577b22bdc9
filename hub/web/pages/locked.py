"""How long a page that stands open may go on standing there; and staying signed in, for whoever is still before it."""

from starlette.responses import JSONResponse, Response

from hub.web.page import STAY, TIME_LEFT, Page, Visit


def left(visit: Visit) -> Response:
    """In how many seconds the hub locks, and whether that can be put off. Asking by /time-left does not put it off."""
    now = visit.desk.sessions.now()
    return JSONResponse({"seconds": visit.member.seconds_left(now), "can_stay": visit.member.can_stay(now)})


PAGES = (Page("POST", TIME_LEFT, left), Page("POST", STAY, left))
