"""Whether the hub lives, and whether it is ready: codes, and nothing else to a stranger."""

from starlette.responses import JSONResponse, Response

from hub.application.ports import Stream
from hub.domain.errors import StoreUnavailable, Unreadable
from hub.web.page import Page, Visit


def show(visit: Visit) -> Response:
    """200 when the store can be read, else 503; it says no more than that."""
    ready = _can_read(visit)
    return JSONResponse({"live": True, "ready": ready}, 200 if ready else 503)


def _can_read(visit: Visit) -> bool:
    try:
        visit.parts.store.read_stream(Stream.registry())
    except (StoreUnavailable, Unreadable):
        return False
    return True


def lives(visit: Visit) -> Response:
    """200: whoever can ask and be answered is talking to a process that lives."""
    return JSONResponse({"live": True})


def is_ready(visit: Visit) -> Response:
    """200 when the store can be read and would keep, the bus answers and the followers are near; else 503."""
    codes = visit.parts.ready()
    ready = all(code == "ok" for code in codes.values())
    return JSONResponse({"ready": ready, **codes}, 200 if ready else 503)


PAGES = (Page("GET", "/health", show), Page("GET", "/healthz", lives), Page("GET", "/readyz", is_ready))
