"""A road between a client and a server that can be made bad: cut, half open, one way, slow, an answer lost.

Loopback only. A road that is cut ends what is under way with a reset, as a firewall does. On one that is held, what
either side says waits until the road is good again, as packets do that are sent again and again.
"""

import socket
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

CHUNK = 65536
_LOOK_AGAIN_SECONDS = 0.02
_ANSWER_SECONDS = 0.3
_RESET_AT_ONCE = struct.pack("ii", 1, 0)
_Place = tuple[str, int] | Path


@dataclass(frozen=True, slots=True)
class Weather:
    """How the road is. `delay` is seconds for each chunk; `held` stops both ways, `answers` False the way back.

    `cut_after` resets a connection when that many bytes have gone from client to server; None never does.
    `lost_after`: once a connection has carried each of these in turn, the client gets a reset in place of the answer
    to the last of them, which the server got.
    """

    open: bool = True
    held: bool = False  # connections are taken, and nothing goes through: half open
    delay: float = 0.0
    answers: bool = True
    cut_after: int | None = None
    lost_after: tuple[bytes, ...] = ()

    def carries(self, out: bool) -> bool:
        """Whether anything goes through that way; `out` is from client to server."""
        return not self.held and (out or self.answers)


FINE = Weather()
CUT = Weather(open=False)
HALF_OPEN = Weather(held=True)
ONE_WAY = Weather(answers=False)


class FaultProxy:
    """Listens on a loopback port, or beside a Unix socket, and passes on to the server as the weather allows."""

    def __init__(self, target: _Place, listen: int | Path = 0) -> None:
        """Listen at once: on a port (0: any free one) or on a Unix socket."""
        self._target = target
        self._weather = FINE
        self._lock = threading.Lock()
        self._open: list[socket.socket] = []
        self.lost = 0  # answers that were lost, as `lost_after` says
        self.brought_bytes = 0  # from server to client
        self.listening_for = b""
        self.heard: list[bytes] = []  # what a client said in one breath with that in it
        self._listener = socket.socket(_family(listen))
        if isinstance(listen, Path):
            self._listener.bind(str(listen))
        else:
            self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            self._listener.bind(("127.0.0.1", listen))
        self._listener.listen(64)
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._accept, name="fault-proxy", daemon=True)
        self._thread.start()

    @property
    def port(self) -> int:
        """The port it listens on."""
        return int(self._listener.getsockname()[1])

    def set(self, weather: Weather) -> None:
        """From now on; a road that is cut is cut for what is under way too."""
        self._weather = weather
        if not weather.open:
            self._cut_all()

    @contextmanager
    def under(self, weather: Weather) -> Iterator[None]:
        """For one block; then it is fine."""
        self.set(weather)
        try:
            yield
        finally:
            self.set(FINE)

    def close(self) -> None:
        """Cut everything and stop listening."""
        self._closing.set()
        with suppress(OSError):  # not connected: it only wakes the accept
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._cut_all()
        self._thread.join(10)

    def _accept(self) -> None:
        while not self._closing.is_set():
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            if self._weather.open:
                self._keep(client)
                threading.Thread(target=self._join, args=(client,), daemon=True).start()
            else:
                _reset(client)

    def _join(self, client: socket.socket) -> None:
        self._wait_to_carry(client, out=True)
        server = socket.socket(_family(self._target))
        try:
            server.connect(str(self._target) if isinstance(self._target, Path) else self._target)
        except OSError:
            server.close()
            _reset(client)
            return
        self._keep(server)
        back = threading.Thread(target=self._carry, args=(server, client), daemon=True)
        back.start()
        self._carry_out(client, server)

    def _carry_out(self, client: socket.socket, server: socket.socket) -> None:
        """From client to server, until either end closes."""
        gone = seen = 0
        with suppress(OSError):  # the other end is gone: what a bad road is for
            while chunk := client.recv(CHUNK):
                self._wait_to_carry(client, out=True)
                weather = self._weather
                gone += len(chunk)
                if self.listening_for and self.listening_for in chunk:
                    self.heard.append(chunk)
                if weather.cut_after is not None and gone > weather.cut_after:
                    break
                while seen < len(weather.lost_after) and weather.lost_after[seen] in chunk:
                    seen += 1
                if seen and seen == len(weather.lost_after):
                    self._lose_the_answer(client, server, chunk)
                    break
                server.sendall(chunk)
        _reset(client)
        _reset(server)

    def _lose_the_answer(self, client: socket.socket, server: socket.socket, chunk: bytes) -> None:
        """The client is cut off first, so that no answer slips through; the server has time to do what it was told."""
        self.lost += 1
        _reset(client)
        server.sendall(chunk)
        time.sleep(_ANSWER_SECONDS)

    def _carry(self, server: socket.socket, client: socket.socket) -> None:
        """From server to client, until either end closes."""
        with suppress(OSError):  # as above
            while chunk := server.recv(CHUNK):
                self._wait_to_carry(server, out=False)
                client.sendall(chunk)
                with self._lock:
                    self.brought_bytes += len(chunk)
        _reset(server)
        _reset(client)

    def _wait_to_carry(self, source: socket.socket, *, out: bool) -> None:
        time.sleep(self._weather.delay)
        while not self._weather.carries(out) and not self._closing.is_set() and source.fileno() >= 0:
            time.sleep(_LOOK_AGAIN_SECONDS)

    def _keep(self, connection: socket.socket) -> None:
        with self._lock:
            self._open = [one for one in self._open if one.fileno() >= 0]
            self._open.append(connection)

    def _cut_all(self) -> None:
        with self._lock:
            cut, self._open = self._open, []
        for connection in cut:
            _reset(connection)


def _family(place: int | _Place) -> socket.AddressFamily:
    return socket.AF_UNIX if isinstance(place, Path) else socket.AF_INET


def _reset(connection: socket.socket) -> None:
    with suppress(OSError):  # closed already
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_AT_ONCE)
        connection.shutdown(socket.SHUT_RDWR)
    connection.close()
