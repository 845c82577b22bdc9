"""The headers of every answer, errors among them: nothing is stored, framed, sniffed or fetched from elsewhere."""

from collections.abc import Mapping

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'; require-trusted-types-for 'script'"
)
HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": POLICY,
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), browsing-topics=()",
}
HTTPS_ONLY = "max-age=31536000; includeSubDomains"


def put(headers: MutableHeaders, over_https: bool) -> None:
    """Add the headers; an answer that says how long it may be kept (a static file) says so itself."""
    for name, value in HEADERS.items():
        headers.setdefault(name, value)
    if over_https:
        headers["Strict-Transport-Security"] = HTTPS_ONLY


class Headers:
    """Puts the headers on every answer of the application within."""

    def __init__(self, app: ASGIApp, over_https: bool) -> None:
        """Wrap the application."""
        self._app = app
        self._over_https = over_https

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the application within does, with the headers."""

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                put(MutableHeaders(scope=message), self._over_https)
            await send(message)

        await self._app(scope, receive, sending)
