"""A client that begins a request and does not finish it is let go, so that it keeps no place from somebody else.

The web server has no such limit of its own: it waits for the rest of a request for as long as the client likes.
"""

import asyncio

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

LOOK_EVERY_SECONDS = 5.0


class Impatient(H11Protocol):
    """One connection: a request has come whole after two looks at it, or the connection is closed."""

    _owed: tuple[RequestResponseCycle | None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """See asyncio.Protocol."""
        if isinstance(transport, asyncio.Transport):
            super().connection_made(transport)
            self.loop.call_later(LOOK_EVERY_SECONDS, self._look)

    def _look(self) -> None:
        if self.transport.is_closing():
            return
        owed = (self.cycle,) if self._is_owed() else None
        if owed is not None and owed == self._owed:
            self.transport.close()
            return
        self._owed = owed
        self.loop.call_later(LOOK_EVERY_SECONDS, self._look)

    def _is_owed(self) -> bool:
        """Whether the client has still to send what it began, or to begin; what is kept alive has a clock already."""
        cycle: RequestResponseCycle | None = self.cycle
        if cycle is None or self.conn.their_state is h11.SEND_BODY:
            return True
        return cycle.response_complete and self.timeout_keep_alive_task is None
