"""The sealed log for anybody: what witnesses, monitors and auditors read, with no sign-in (C2SP tlog-tiles).

The files hold salted commitments and signatures, no word about anybody. Logs of years gone by lie under the end of
their origin, such as `/log/2026/checkpoint`.
"""

import os
import re
from pathlib import Path

from starlette.responses import Response

from audit.continues import BEGINS
from audit.errors import Malformed
from audit.log import CHECKPOINT, COSIGNED
from audit.tiles import WIDTH, parse_name
from hub.web.page import NoSuchPage, Page, Visit

TEXT, BYTES = "text/plain; charset=utf-8", "application/octet-stream"
_NEVER_CHANGES = "public, max-age=31536000, immutable"
_ASK_AGAIN = "no-cache"
_YEAR = re.compile(r"([0-9]{4}(?:-[0-9]{1,2})?)/(.+)", re.ASCII)


def log(visit: Visit) -> Response:
    """A file of the sealed log. Raises NoSuchPage for every name that is not exactly one of a log's public files."""
    folder, name = visit.parts.log_folder, visit.rest
    if (found := _YEAR.fullmatch(name)) is not None:
        folder, name = folder.with_name(f"{folder.name}-{found[1]}"), found[2]
    media_type, kept = (TEXT, _ASK_AGAIN) if name in (CHECKPOINT, COSIGNED, BEGINS) else (BYTES, _kept(name))
    return Response(_content(folder, name), headers={"Cache-Control": kept}, media_type=media_type)


def _kept(name: str) -> str:
    """How long a tile may be kept: a full one never changes, a partial one goes when it is full."""
    try:
        return _NEVER_CHANGES if parse_name(name).width == WIDTH else _ASK_AGAIN
    except Malformed:
        raise NoSuchPage from None


def _content(folder: Path, name: str) -> bytes:
    """The file; a link below the folder is none of the log's, wherever it leads. Raises NoSuchPage."""
    try:
        place = Path(os.path.realpath(folder), *name.split("/"))
        if os.path.realpath(place, strict=True) != str(place):
            raise NoSuchPage
        return place.read_bytes()
    except OSError:
        raise NoSuchPage from None


PAGES = (Page("GET", "/log/{rest:path}", log),)
