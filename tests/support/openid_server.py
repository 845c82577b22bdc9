"""An OpenID provider of the tests, served on this machine."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

from tests.support.openid_provider import Provider
from tests.support.openid_wrong import Wrong


@contextmanager
def serving(now: Callable[[], datetime] | None = None) -> Iterator[Provider]:
    """A provider that answers on this machine until the block ends."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Asked)
    provider = Provider(f"http://127.0.0.1:{server.server_port}")
    if now is not None:
        provider.now = now
    server.daemon_threads = True
    _PROVIDERS[server.server_port] = provider
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
        del _PROVIDERS[server.server_port]


_PROVIDERS: dict[int, Provider] = {}


class _Asked(BaseHTTPRequestHandler):
    """One request to a provider."""

    protocol_version = "HTTP/1.0"

    @property
    def _provider(self) -> Provider:
        return _PROVIDERS[int(self.headers["Host"].rpartition(":")[2])]

    def do_GET(self) -> None:
        if self.path.startswith("/authorize"):
            self._answer(303, b"", self._provider.authorize(self.path))
        else:
            away = self._provider.away
            self._answer(500 if away else 200, b"" if away else self._provider.published())

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers["Content-Length"])).decode()
        form = {name: values[0] for name, values in parse_qs(raw).items()}
        provider = self._provider
        if provider.wrong is Wrong.HUGE:
            self._answer(200, b'{"id_token": "' + b"a" * 1_000_000)
        elif provider.wrong is Wrong.ELSEWHERE:
            self._answer(307, b"", f"{provider.address}/token?again=1")
        elif provider.away:
            self._answer(503, b"")
        elif (answer := provider.token(form)) is None:
            self._answer(400, b'{"error": "invalid_grant"}')
        else:
            self._answer(200, answer)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def _answer(self, status: int, body: bytes, place: str = "") -> None:
        self.send_response(status)
        if place:
            self.send_header("Location", place)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
