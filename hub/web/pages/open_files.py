"""Files for anybody: the style and icon of the pages."""

from starlette.responses import Response

from hub.web.page import NoSuchPage, Page, Visit
from hub.web.rendering import STATIC_TYPES, static_files

_STATIC = static_files()
_FOR_EVER = "public, max-age=31536000, immutable"


def static(visit: Visit) -> Response:
    """A file of the pages, which may be kept: its address changes with its content. Raises NoSuchPage."""
    if visit.rest not in _STATIC:
        raise NoSuchPage
    headers = {"Cache-Control": _FOR_EVER, "Cross-Origin-Resource-Policy": "same-origin"}
    return Response(_STATIC[visit.rest], headers=headers, media_type=STATIC_TYPES[visit.rest])


PAGES = (Page("GET", "/static/{rest:path}", static),)
