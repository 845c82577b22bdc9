"""Requests to an issuer: to the addresses on the allow-list alone, limited in time and size, with no redirections."""

import http.client
import ssl
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from hub.domain.errors import SignInRefused

CALL_SECONDS = 5.0
WHOLE_SECONDS = 10.0
MAX_ANSWER_BYTES = 256 * 1024
_AT_ONCE = 16 * 1024
_OK = 200
_AT_FAULT = 500


@dataclass(frozen=True, slots=True)
class IssuerCalls:
    """Calls an issuer; `ca_file` (PEM) says whom its certificate must lead to, if not to those the system trusts."""

    ca_file: Path | None = None

    def get(self, url: str) -> bytes:
        """What stands there. Raises SignInRefused: issuer_away (nothing in good time, or its fault), issuer_answer."""
        return self._call("GET", url, b"", {})

    def post(self, url: str, form: str) -> bytes:
        """The answer to a form. Raises SignInRefused as `get` does."""
        return self._call("POST", url, form.encode(), {"Content-Type": "application/x-www-form-urlencoded"})

    def _call(self, method: str, url: str, body: bytes, headers: dict[str, str]) -> bytes:
        where = urlsplit(url)
        path = f"{where.path or '/'}?{where.query}" if where.query else where.path or "/"
        try:
            with closing(self._connection(where.scheme, where.hostname or "", where.port)) as connection:
                connection.request(method, path, body or None, {"Accept": "application/json", **headers})
                return _read(connection.getresponse())
        except (OSError, ValueError, http.client.HTTPException):
            raise SignInRefused("issuer_away") from None

    def _connection(self, scheme: str, host: str, port: int | None) -> http.client.HTTPConnection:
        if scheme == "http":
            return http.client.HTTPConnection(host, port, timeout=CALL_SECONDS)
        trust = ssl.create_default_context(cafile=str(self.ca_file) if self.ca_file else None)
        return http.client.HTTPSConnection(host, port, timeout=CALL_SECONDS, context=trust)


def _read(answer: http.client.HTTPResponse) -> bytes:
    """All of the answer. Raises SignInRefused: issuer_away when it is too slow or at fault, issuer_answer else."""
    until, found = time.monotonic() + WHOLE_SECONDS, bytearray()
    while part := answer.read1(_AT_ONCE):
        found += part
        if time.monotonic() > until:
            raise SignInRefused("issuer_away")
        if len(found) > MAX_ANSWER_BYTES:
            raise SignInRefused("issuer_answer")
    if answer.status >= _AT_FAULT:
        raise SignInRefused("issuer_away")
    if answer.status != _OK:
        raise SignInRefused("issuer_answer")
    return bytes(found)
