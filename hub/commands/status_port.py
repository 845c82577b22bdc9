"""A small port on which a process without pages says that it lives and whether it is ready: codes, and nothing else."""

import logging
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from hub.adapters.readiness import is_ready
from hub.commands.one_line import in_json
from hub.commands.quiet_log import NAME

_LOG = logging.getLogger(NAME)
Ready = Callable[[], Mapping[str, str]]


@contextmanager
def told(address: str, port: int | None, ready: Ready) -> Iterator[None]:
    """Answer there for as long as the block lasts; nowhere when there is no port. Raises OSError: the port is taken."""
    if port is None:
        yield
        return
    server = _Server((address, port), _handler(ready))
    server.daemon_threads = True
    Thread(target=server.serve_forever, name="status", daemon=True).start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()


class _Server(ThreadingHTTPServer):
    """As the library's, whose own words would stand in the midst of the log."""

    def handle_error(self, request: object, client_address: object) -> None:
        """Whoever asked has gone, or something is wrong: one line says of which kind it was."""
        _LOG.warning("a question how it is was not answered", extra={"code": type(sys.exc_info()[1]).__name__})


def _handler(ready: Ready) -> type[BaseHTTPRequestHandler]:
    class Status(BaseHTTPRequestHandler):
        """Answers /healthz and /readyz."""

        timeout = 5
        server_version = "hub"
        sys_version = ""

        def do_GET(self) -> None:  # the standard library calls it by this name
            """Say how it is."""
            if self.path == "/healthz":
                self._say(200, {"live": True})
            elif self.path == "/readyz":
                codes = ready()
                self._say(200 if is_ready(codes) else 503, {"ready": is_ready(codes), **codes})
            else:
                self._say(404, {})

        def log_message(self, *_: object) -> None:
            """Nothing: who asks how a process is, and how often, fills a log and tells nobody anything."""

        def _say(self, status: int, what: Mapping[str, bool | str]) -> None:
            body = in_json({**what}).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Cache-Control", "no-store")
            self.end_headers()
            self.wfile.write(body)

    return Status
