"""Whether the hub lives, and whether it is ready: a hub whose store cannot be read is not."""

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


PAGES = (Page("GET", "/health", show),)
