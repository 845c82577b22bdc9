"""A client that begins a request and does not finish it is let go, so that it keeps no place from somebody else.

The web server has no such limit of its own: it waits for the rest of a request for as long as the client likes, and
takes connections until the process has no file left to open.
"""

import asyncio
import resource

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

MOST_CONNECTIONS = 400
FILES_OF_ITS_OWN = 96  # what the hub itself opens: databases, locks, the log


def most_connections() -> int:
    """How many connections are answered at once: as many may wait to be shed, and the hub's own files still open."""
    files, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return max(1, min(MOST_CONNECTIONS, (files - FILES_OF_ITS_OWN) // 3))


class Impatient(H11Protocol):
    """One connection: a request has come whole after two looks at it, or the connection is closed."""

    look_every_seconds = 5.0
    _owed: tuple[RequestResponseCycle | None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """See asyncio.Protocol."""
        if not isinstance(transport, asyncio.Transport):
            raise TypeError("a connection that cannot be written to")
        super().connection_made(transport)
        if len(self.connections) > 2 * (self.limit_concurrency or MOST_CONNECTIONS):
            transport.close()
        else:
            self.loop.call_later(self.look_every_seconds, self._look)

    def _look(self) -> None:
        if self.transport.is_closing():
            return
        owed = (self.cycle,) if self._is_owed() else None
        if owed is not None and owed == self._owed:
            self.transport.close()
            return
        self._owed = owed
        self.loop.call_later(self.look_every_seconds, self._look)

    def _is_owed(self) -> bool:
        """Whether the client has still to send what it began, or to begin; what is kept alive has a clock already."""
        cycle: RequestResponseCycle | None = self.cycle
        if cycle is None or self.conn.their_state is h11.SEND_BODY:
            return True
        return cycle.response_complete and self.timeout_keep_alive_task is None
