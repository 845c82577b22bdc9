"""Every answer of the pages is counted and hashed as it leaves, so that what was shown can be proved later.

With it goes a receipt for each decision that permits it, which a gateway may keep.
"""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from hub.application.keep_outcome import answering

RECEIPT = "Audit-Receipt"


class Counted:
    """Notes what the application within gives, byte for byte, and whether it gave all of it."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand before the application."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        with answering() as answer:

            async def counted(message: Message) -> None:
                if message["type"] == "http.response.start" and answer.receipts:
                    MutableHeaders(scope=message)[RECEIPT] = ", ".join(answer.receipts)
                part = message.get("body", b"") if message["type"] == "http.response.body" else b""
                await send(message)  # whoever presses it puts other bytes into the message
                answer.gave(part)

            await self._app(scope, receive, counted)
