"""What is answered while the store is away and the hub cannot open yet: 503 everywhere, and nothing that anybody asked.

When it opens, its own pages take over; the process that serves them needs no second start.
"""

from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocketClose

from hub.web.headers import Headers

AGAIN_SECONDS = 15
SAYS = "The hub cannot show anything just now: it waits for its store. Try again in a minute."


class Opening:
    """The pages of a hub that is not open yet, and then those of the hub."""

    def __init__(self, *, over_https: bool = False) -> None:
        """Not open. `over_https`: whether browsers reach it by https."""
        self._app: ASGIApp = Headers(_shut, over_https)

    def open(self, app: ASGIApp) -> None:
        """Let this application answer from now on."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as whoever answers now does."""
        await self._app(scope, receive, send)


async def _shut(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await WebSocketClose()(scope, receive, send)
    elif scope["type"] == "http":
        await _answer(str(scope["path"]))(scope, receive, send)


def _answer(path: str) -> Response:
    if path == "/healthz":
        return JSONResponse({"live": True})
    again = {"Retry-After": str(AGAIN_SECONDS)}
    if path == "/readyz":
        return JSONResponse({"ready": False, "store": "away"}, 503, again)
    if path == "/health":
        return JSONResponse({"live": True, "ready": False}, 503, again)
    return PlainTextResponse(SAYS, 503, again)
