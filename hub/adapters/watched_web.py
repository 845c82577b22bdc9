"""The pages as telemetry watches them: the template of the page, the method, the status and the time.

Never the path, the query, a header or a body: a path can hold an identifier, and a form does.
"""

from collections.abc import Awaitable, Callable, MutableMapping

from hub.adapters.telemetry import Asked, Telemetry

Scope = MutableMapping[str, object]
Message = MutableMapping[str, object]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]


class WatchedWeb:
    """The application within, watched."""

    def __init__(self, app: App, telemetry: Telemetry) -> None:
        """Before `app`."""
        self._app = app
        self._telemetry = telemetry

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the application within does."""
        if scope.get("type") != "http" or not self._telemetry.on:
            await self._app(scope, receive, send)
            return
        with self._telemetry.asked() as asked:
            asked.method = str(scope.get("method", ""))
            await self._app(scope, receive, _noting(asked, send))
            asked.route = str(getattr(scope.get("route"), "path", ""))


def _noting(asked: Asked, send: Send) -> Send:
    async def sending(message: Message) -> None:
        status = message.get("status")
        if isinstance(status, int):
            asked.status = status
        await send(message)

    return sending
