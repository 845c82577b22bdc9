"""Who is signed in: an opaque token in a cookie leads to a session that only the hub holds.

The cookie is `__Host-sid` with Secure where the pages are served over https. Over plain http on this machine it is
`hub-sid` without Secure: Chromium takes a Secure cookie from http://127.0.0.1 all the same (tried), but not every
browser and command-line client does, and there nobody could sign in.
"""

import hmac
import re
import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from threading import Lock
from typing import Final

from contracts.events.hub import Actor
from hub.application.ports import Clock

IDLE: Final = timedelta(minutes=15)
ABSOLUTE: Final = timedelta(hours=8)
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


@dataclass(frozen=True, slots=True)
class Session:
    """One member of staff, signed in: who, by what name, since when and when last heard of (UTC)."""

    actor: Actor
    name: str
    opened: datetime
    seen: datetime

    def is_over(self, now: datetime) -> bool:
        """Whether it ended: 15 minutes unused, or 8 hours old."""
        return now - self.seen >= IDLE or now - self.opened >= ABSOLUTE


@dataclass(frozen=True, slots=True)
class Cookie:
    """The cookie that carries the token."""

    name: str
    secure: bool


def cookie_for(over_https: bool) -> Cookie:
    """The cookie to use (see the module)."""
    return Cookie("__Host-sid", secure=True) if over_https else Cookie("hub-sid", secure=False)


def new_token() -> str:
    """256 random bits, as 43 characters."""
    return secrets.token_urlsafe(32)


def is_token(text: str) -> bool:
    """Whether the text has the shape of a token."""
    return _TOKEN.fullmatch(text) is not None


class Sessions:
    """The sessions of this process; when it ends, everybody is signed out. Tokens are held as hashes only."""

    def __init__(self, clock: Clock) -> None:
        """Begin with nobody signed in."""
        self._clock = clock
        self._lock = Lock()
        self._key = secrets.token_bytes(32)
        self._sessions: dict[bytes, Session] = {}

    def open(self, actor: Actor, name: str, before: str) -> str:
        """The token of a new session; the one under the token held before is closed, and that token is never reused."""
        token, now = new_token(), self._clock.now()
        with self._lock:
            self._sessions.pop(_digest(before), None)
            for old in [key for key, session in self._sessions.items() if session.is_over(now)]:
                del self._sessions[old]
            self._sessions[_digest(token)] = Session(actor, name, now, now)
        return token

    def find(self, token: str) -> Session | None:
        """The live session that the token leads to, now last heard of; None when there is none or it is over."""
        key, now = _digest(token), self._clock.now()
        with self._lock:
            session = self._sessions.get(key)
            if session is None:
                return None
            if session.is_over(now):
                del self._sessions[key]
                return None
            self._sessions[key] = replace(session, seen=now)
            return self._sessions[key]

    def close(self, token: str) -> None:
        """Nobody is signed in under the token any more."""
        with self._lock:
            self._sessions.pop(_digest(token), None)

    def form_key(self, token: str) -> str:
        """What every form carries back, so that only a page of ours can send one under this token."""
        return hmac.digest(self._key, token.encode(), sha256).hex()

    def is_form_key(self, token: str, given: str) -> bool:
        """Whether the form came from a page given out under this token."""
        return hmac.compare_digest(self.form_key(token).encode(), given.encode())


def _digest(token: str) -> bytes:
    return sha256(token.encode()).digest()
