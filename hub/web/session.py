"""Who is signed in: an opaque token in a cookie leads to a session that only the hub holds.

The cookie is `__Host-sid` with Secure where the pages are served over https. Over plain http on this machine it is
`hub-sid` without Secure: Chromium takes a Secure cookie from http://127.0.0.1 all the same (tried), but not every
browser and command-line client does, and there nobody could sign in.

Sessions are timed by the clock on the wall and by one that nobody sets: whichever says first that one is over is right.
"""

import hmac
import math
import re
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import sha256
from threading import Lock
from typing import Final

from contracts.events.hub import Actor
from hub.application.ports import Clock

IDLE: Final = timedelta(minutes=15)
ABSOLUTE: Final = timedelta(hours=8)
FRESH: Final = timedelta(minutes=5)
MOST_ENDED: Final = 2_000
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
Person = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Now:
    """The moment by the wall (UTC), and the seconds of a clock that only goes forward."""

    wall: datetime
    seconds: float

    def is_past(self, since: "Now", limit: timedelta) -> bool:
        """Whether so much time went by since then, by either clock."""
        return self.wall - since.wall >= limit or self.seconds - since.seconds >= limit.total_seconds()

    def left(self, since: "Now", limit: timedelta) -> int:
        """The whole seconds, rounded up, until that much has gone by, by whichever clock says first that it has."""
        gone = max((self.wall - since.wall).total_seconds(), self.seconds - since.seconds)
        return max(0, math.ceil(limit.total_seconds() - gone))


@dataclass(frozen=True, slots=True)
class Session:
    """One member of staff, signed in: who, by what name, since when and when last heard of.

    `proved`: when they last proved who they are, where that is known. `issuer_session`: what their issuer calls it.
    `mark`: by which its owner can end it from another browser; it leads nobody in. `locked`: whether time ended it.
    `place`: the page that was asked for when it had ended, to go back to. `forms`: by what its forms are known as ours,
    the same when its owner proves anew who they are, so that what stands open in another tab can still be sent.
    """

    actor: Actor
    name: str
    opened: Now
    seen: Now
    proved: Now | None = None
    issuer_session: str = field(default="", repr=False)
    mark: str = ""
    locked: bool = False
    place: str = "/"
    forms: bytes = field(default=b"", repr=False)

    @property
    def person(self) -> Person:
        """Whose it is: issuer and subject."""
        return self.actor.issuer, self.actor.subject

    def is_over(self, now: Now) -> bool:
        """Whether it ended: 15 minutes unused, or 8 hours old."""
        return now.is_past(self.seen, IDLE) or now.is_past(self.opened, ABSOLUTE)

    def seconds_left(self, now: Now) -> int:
        """In how many seconds it ends if nothing is asked under it."""
        return min(now.left(self.seen, IDLE), now.left(self.opened, ABSOLUTE))

    def can_stay(self, now: Now) -> bool:
        """Whether using it puts its end off: not where that is its eighth hour."""
        return now.left(self.seen, IDLE) < now.left(self.opened, ABSOLUTE)

    def is_fresh(self, now: Now) -> bool:
        """Whether its owner proved less than 5 minutes ago who they are."""
        return self.proved is not None and not now.is_past(self.proved, FRESH)


@dataclass(frozen=True, slots=True)
class Proof:
    """When somebody proved who they are (UTC; None: not known), and what their issuer calls their session."""

    at: datetime | None
    issuer_session: str = field(default="", repr=False)


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

    def __init__(self, clock: Clock, seconds: Callable[[], float] = time.monotonic) -> None:
        """Begin with nobody signed in."""
        self._clock = clock
        self._seconds = seconds
        self._lock = Lock()
        self._key = secrets.token_bytes(32)
        self._sessions: dict[bytes, Session] = {}
        self._ended: dict[bytes, Session] = {}

    def now(self) -> Now:
        """This moment."""
        return Now(self._clock.now(), self._seconds())

    def open(self, actor: Actor, name: str, before: str, proof: Proof | None = None) -> str:
        """The token of a new session; the one under the token held before is closed, and that token is never reused."""
        token, now = new_token(), self.now()
        with self._lock:
            earlier = self._sessions.pop(_digest(before), None) or self._ended.get(_digest(before))
            same = earlier is not None and earlier.person == (actor.issuer, actor.subject)
            forms = earlier.forms if earlier is not None and same else _digest(token)
            for old in [key for key, session in self._sessions.items() if session.is_over(now)]:
                self._end(old, locked=True)
            given = proof or Proof(now.wall)
            mark, proved = secrets.token_urlsafe(12), _proved(given.at, now)
            opened = Session(actor, name, now, now, proved, given.issuer_session, mark, forms=forms)
            self._sessions[_digest(token)] = opened
        return token

    def find(self, token: str, *, used: bool = True) -> Session | None:
        """The live session that the token leads to, now last heard of; None when there is none or it is over.

        `used`: whether this is a use of it, which puts its end off.
        """
        key, now = _digest(token), self.now()
        with self._lock:
            session = self._sessions.get(key)
            if session is None:
                return None
            if session.is_over(now):
                self._end(key, locked=True)
                return None
            if used:
                self._sessions[key] = replace(session, seen=now)
            return self._sessions[key]

    def close(self, token: str) -> None:
        """Nobody is signed in under the token any more."""
        with self._lock:
            self._sessions.pop(_digest(token), None)

    def end(self, which: Callable[[Session], bool]) -> tuple[Session, ...]:
        """The sessions that were ended: those of which it is so."""
        with self._lock:
            ended = tuple((key, one) for key, one in self._sessions.items() if which(one))
            for key, _ in ended:
                self._end(key)
        return tuple(one for _, one in ended)

    def of(self, person: Person) -> tuple[Session, ...]:
        """The live sessions of one person, the newest first."""
        now = self.now()
        with self._lock:
            own = [one for one in self._sessions.values() if one.person == person and not one.is_over(now)]
        return tuple(sorted(own, key=lambda one: one.opened.wall, reverse=True))

    def ended(self, token: str) -> Session | None:
        """The session that was under the token and was ended otherwise than by its owner's own hand, a while ago."""
        with self._lock:
            found = self._ended.get(_digest(token))
        return found if found is not None and not self.now().is_past(found.seen, ABSOLUTE) else None

    def leave_at(self, token: str, place: str) -> None:
        """Whoever's session was under the token and has ended goes back to this page of ours when they sign in."""
        with self._lock:
            if (found := self._ended.get(_digest(token))) is not None:
                self._ended[_digest(token)] = replace(found, place=place)

    def form_key(self, token: str) -> str:
        """What every form carries back, so that only a page of ours can send one under this token."""
        key = _digest(token)
        with self._lock:
            session = self._sessions.get(key) or self._ended.get(key)
        return hmac.digest(self._key, session.forms if session is not None else key, sha256).hex()

    def is_form_key(self, token: str, given: str) -> bool:
        """Whether the form came from a page given out under this token."""
        return hmac.compare_digest(self.form_key(token).encode(), given.encode())

    def _end(self, key: bytes, *, locked: bool = False) -> None:
        """Whose it was is remembered, so that what they send a moment later is kept for them."""
        self._ended[key] = replace(self._sessions.pop(key), locked=locked)
        while len(self._ended) > MOST_ENDED:
            del self._ended[next(iter(self._ended))]


def _proved(at: datetime | None, now: Now) -> Now | None:
    """When they proved it, by both clocks; a moment still to come is no proof from the future."""
    if at is None:
        return None
    ago = max(now.wall - at, timedelta())
    return Now(now.wall - ago, now.seconds - ago.total_seconds())


def _digest(token: str) -> bytes:
    return sha256(token.encode()).digest()
