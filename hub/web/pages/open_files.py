"""Files for anybody: the style and icon of the pages, and the sealed log as witnesses and verifiers read it.

The log's files hold salted commitments and signatures, no word about anybody (C2SP tlog-tiles).
"""

from pathlib import Path

from starlette.responses import Response

from audit.errors import Malformed
from audit.tiles import WIDTH, parse_name
from hub.web.page import NoSuchPage, Page, Visit
from hub.web.rendering import STATIC_TYPES, static_files

CHECKPOINT = "checkpoint"
_STATIC = static_files()
_FOR_EVER = "public, max-age=31536000, immutable"


def static(visit: Visit) -> Response:
    """A file of the pages, which may be kept: its address changes with its content. Raises NoSuchPage."""
    if visit.rest not in _STATIC:
        raise NoSuchPage
    headers = {"Cache-Control": _FOR_EVER, "Cross-Origin-Resource-Policy": "same-origin"}
    return Response(_STATIC[visit.rest], headers=headers, media_type=STATIC_TYPES[visit.rest])


def log(visit: Visit) -> Response:
    """A file of the sealed log. Raises NoSuchPage for every name that is not exactly one of a log's public files."""
    if visit.rest == CHECKPOINT:
        kept, media_type = "no-cache", "text/plain; charset=utf-8"
    else:
        kept, media_type = _kept(visit.rest), "application/octet-stream"
    content = _content(visit.parts.log_folder.joinpath(*visit.rest.split("/")))
    return Response(content, headers={"Cache-Control": kept}, media_type=media_type)


def _kept(name: str) -> str:
    """How long a tile may be kept: a full one never changes, a partial one goes when it is full."""
    try:
        return _FOR_EVER if parse_name(name).width == WIDTH else "no-cache"
    except Malformed:
        raise NoSuchPage from None


def _content(place: Path) -> bytes:
    try:
        return place.read_bytes()
    except OSError:
        raise NoSuchPage from None


PAGES = (Page("GET", "/static/{rest:path}", static), Page("GET", "/log/{rest:path}", log))
