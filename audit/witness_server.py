"""A witness as a web server: what a partner agency runs where the hub may call it.

Source: C2SP tlog-witness (POST add-checkpoint), and the last checkpoint of each log for monitors, at
`<hex of sha256(origin)>/checkpoint`. It logs nothing: a checkpoint tells who runs which log and how busy it is.
"""

import time
from collections.abc import Callable, Iterable
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from audit.errors import AuditError
from audit.witness import Answer, Witness

MAX_REQUEST_BYTES = 256 * 1024
TIMEOUT_SECONDS = 10
ADD = "/add-checkpoint"


def now_seconds() -> int:
    """The present instant in whole seconds since 1970, UTC."""
    return int(time.time())


class WitnessServer(ThreadingHTTPServer):
    """Answers until `shutdown`; `server_address` says where. A state that cannot be kept is answered 503."""

    daemon_threads = True

    def __init__(
        self,
        address: tuple[str, int],
        witness: Witness,
        origins: Iterable[str],
        clock: Callable[[], int] = now_seconds,
    ) -> None:
        """Listen there (port 0: any free one). Raises OSError when the port is taken."""
        super().__init__(address, _Handler)
        self.witness = witness
        self.clock = clock
        self.origins = {f"/{sha256(origin.encode()).hexdigest()}/checkpoint": origin for origin in origins}

    def add(self, raw: bytes) -> Answer:
        """The answer to add-checkpoint."""
        try:
            return self.witness.add_checkpoint(raw, self.clock())
        except AuditError as error:
            return Answer(503, f"{type(error).__name__}\n".encode())

    def latest(self, path: str) -> Answer:
        """The last checkpoint cosigned for the log that a path stands for."""
        origin = self.origins.get(path)
        try:
            note = None if origin is None else self.witness.latest(origin)
        except AuditError as error:
            return Answer(503, f"{type(error).__name__}\n".encode())
        return Answer(404, b"nothing is here\n") if note is None else Answer(200, note)


class _Handler(BaseHTTPRequestHandler):
    server: WitnessServer
    protocol_version = "HTTP/1.1"
    server_version = "witness"
    sys_version = ""
    timeout = TIMEOUT_SECONDS

    def do_POST(self) -> None:
        length = self.headers.get("Content-Length", "")
        if self.path != ADD:
            self._answer(Answer(404, b"nothing is here\n"), close=True)
        elif not (length.isascii() and length.isdigit()) or "Transfer-Encoding" in self.headers:
            self._answer(Answer(411, b"the length of the request is not stated\n"), close=True)
        elif len(length) > 9 or int(length) > MAX_REQUEST_BYTES:
            self._answer(Answer(413, b"the request is too long\n"), close=True)
        else:
            raw = self.rfile.read(int(length))
            whole = len(raw) == int(length)
            self._answer(self.server.add(raw) if whole else Answer(400, b"the request broke off\n"), close=not whole)

    def do_GET(self) -> None:
        self._answer(self.server.latest(self.path))

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def _answer(self, answer: Answer, *, close: bool = False) -> None:
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.content_type)
        self.send_header("Content-Length", str(len(answer.body)))
        self.send_header("Cache-Control", "no-store")
        if close:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(answer.body)
