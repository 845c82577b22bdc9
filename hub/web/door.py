"""The door: whatever the address, a stranger gets no further than the few pages that are open to all.

It stands before the routes, so a page that somebody adds is behind it without anybody remembering. It also refuses
what another site sends, what calls us by another name (DNS rebinding) and what is not a small plain form.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocketClose

OPEN_PATHS: tuple[str, ...] = (
    *("/sign-in", "/about", "/health", "/healthz", "/readyz"),
    *("/help", "/problem", "/when-down", "/accessibility", "/privacy"),
)
MACHINES = ("/machine/",)  # open to strangers: each page there asks for a token or for the proof of a key
FOR_MACHINES = ("/sign-in/ended/", *MACHINES)  # what is posted there is proved by a signature, not by a page
OPEN_FOLDERS = ("/static/", "/log/", "/sign-in/with/", "/sign-in/return/", *FOR_MACHINES)
MAX_FORM_BYTES = 16 * 1024
SAFE = frozenset({"GET", "HEAD"})
FORM = "application/x-www-form-urlencoded"
_NO_FORM = ("This is not a form that this hub reads", "Nothing was done. Go back to the start and fill it in again.")
# What is said of a refusal at the door, by its status: a title, and what to do now.
REFUSED = {
    403: (
        "This was not sent from a page of this hub",
        "Nothing was done. Another site may have tried to send it in your name. Go to the start and fill it in there.",
    ),
    411: _NO_FORM,
    413: ("This is longer than the hub reads", "Nothing was done. Go back to the start, and write less at once."),
    415: _NO_FORM,
    421: (
        "This is not the name of this hub",
        "Nothing was done. Open the hub by the address that you were given, or tell whoever runs it.",
    ),
}
_NAME = re.compile(r"(\[[0-9a-f:]+\]|[a-z0-9.-]+)(:[0-9]{1,5})?")


def is_open(path: str) -> bool:
    """Whether anybody may ask for this path."""
    return path in OPEN_PATHS or path.startswith(OPEN_FOLDERS)


@dataclass(frozen=True, slots=True)
class Rules:
    """Who counts as signed in, and by which names the hub is called (`*` for any, behind a proxy that checks).

    `was_member`: whose session has ended; a form of theirs is let in, to be kept for them and not to be done.
    `turned_away`: is told which page was asked for by somebody who has to sign in first.
    `refused`: the answer with this status, which is one of REFUSED and the same for everybody.
    """

    is_member: Callable[[HTTPConnection], bool]
    was_member: Callable[[HTTPConnection], bool]
    turned_away: Callable[[HTTPConnection], None]
    refused: Callable[[int], Response]
    hosts: tuple[str, ...]


class Door:
    """Lets a request through to the application within, or answers it here."""

    def __init__(self, app: ASGIApp, rules: Rules) -> None:
        """Stand before the application."""
        self._app = app
        self._rules = rules

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] == "websocket":
            await WebSocketClose()(scope, receive, send)
            return
        refusal = self._refusal(HTTPConnection(scope), str(scope["method"])) if scope["type"] == "http" else None
        await (refusal or self._app)(scope, receive, send)

    def _refusal(self, asked: HTTPConnection, method: str) -> Response | None:
        if not self._is_our_name(asked.headers):
            return self._rules.refused(421)
        if method not in SAFE:
            for_machines = str(asked.scope["path"]).startswith(FOR_MACHINES)
            if not for_machines and not is_from_here(asked.headers, asked.url.scheme):
                return self._rules.refused(403)
            if wrong := _wrong_form(asked.headers):
                return self._rules.refused(wrong)
        if is_open(str(asked.scope["path"])) or self._rules.is_member(asked):
            return None
        if method == "POST" and self._rules.was_member(asked):
            return None
        if method == "GET":
            self._rules.turned_away(asked)
        return RedirectResponse("/sign-in", 303)

    def _is_our_name(self, headers: Headers) -> bool:
        found = _NAME.fullmatch(headers.get("host", "").lower())
        return found is not None and (found[1] in self._rules.hosts or "*" in self._rules.hosts)


def is_from_here(headers: Headers, scheme: str) -> bool:
    """Whether a page of ours sent it.

    Browsers say so in Sec-Fetch-Site (our Referrer-Policy makes their Origin `null`); older ones in Origin. One of
    them must speak, and neither may speak against.
    """
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    ours = f"{scheme}://{headers.get('host', '')}"
    if origin not in (None, "null", ours):
        return False
    return site == "same-origin" if site is not None else origin == ours


def _wrong_form(headers: Headers) -> int:
    """The status with which to refuse the body; 0 when it may be read."""
    length = headers.get("content-length", "")
    if not (length.isascii() and length.isdigit()):
        return 411
    if len(length) > 9 or int(length) > MAX_FORM_BYTES:
        return 413
    kind = headers.get("content-type", FORM if length == "0" else "")
    return 0 if kind.partition(";")[0].strip().lower() == FORM else 415
