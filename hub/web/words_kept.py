"""What somebody was typing when their session ended, kept for them alone and for a short time.

It is sealed under a key made of the token in their browser, which the hub does not hold, and bound to who they are.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from secrets import token_bytes
from threading import Lock
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from hub.web.session import Now, Person

KEPT_FOR: Final = timedelta(minutes=30)
MOST_KEPT: Final = 500
MOST_FORMS: Final = 4
REASON: Final = (
    "/reason"  # kept in place of a form where a record stood open: to be asked again why, before it is opened
)
_LABEL = b"childhub/words-kept/v1\x00"
_ABOUT: Final = ("child", "person", "report", "of-report", "label", "request", "decision", "part", "move", "enquiry")
_NONCE_BYTES = 12


@dataclass(frozen=True, slots=True)
class Words:
    """What was typed, and where it was to be sent."""

    path: str
    fields: Mapping[str, str]

    @property
    def is_typed(self) -> bool:
        """Whether somebody typed it: of a record that only stood open, what is kept is whose it was."""
        return self.path != REASON


@dataclass(frozen=True, slots=True)
class _Held:
    """What is kept of one form, sealed, and since when."""

    since: Now
    sealed: bytes
    is_typed: bool


class WordsKept:
    """What this process keeps so: of each form under each token the newest, and never many.

    What was typed and what only stood open are counted apart: no record that stands open pushes words out.
    """

    def __init__(self) -> None:
        """Nothing is kept yet."""
        self._lock = Lock()
        self._kept: dict[bytes, dict[str, _Held]] = {}

    def keep(self, token: str, person: Person, words: Words, now: Now) -> None:
        """Keep it for whoever comes with this token and is this person."""
        plain = json.dumps([words.path, dict(words.fields)]).encode()
        nonce = token_bytes(_NONCE_BYTES)
        sealed = nonce + AESGCM(_key(token)).encrypt(nonce, plain, _bound(person))
        with self._lock:
            own = self._kept.pop(_place(token), {})
            own.pop(form_of(token, words), None)
            self._kept[_place(token)] = {**own, form_of(token, words): _Held(now, sealed, words.is_typed)}
            self._kept = {place: left for place, held in self._kept.items() if (left := _spared(held, now))}
            while len(self._kept) > MOST_KEPT:
                del self._kept[next(iter(self._kept))]

    def open(self, token: str, person: Person, now: Now) -> tuple[Words, ...]:
        """What is kept under the token for this person, the newest first."""
        with self._lock:
            held = tuple(self._kept.get(_place(token), {}).values())
        young = (one.sealed for one in reversed(held) if not now.is_past(one.since, KEPT_FOR))
        return tuple(found for sealed in young if (found := _opened(token, person, sealed)) is not None)

    def move(self, before: str, after: str, person: Person, now: Now) -> bool:
        """Whether something was kept under the token held before; it stands under the new one now."""
        kept = self.open(before, person, now)
        self.drop(before)
        for words in reversed(kept):
            self.keep(after, person, words, now)
        return bool(kept)

    def drop(self, token: str, words: Words | None = None) -> None:
        """Forget what is kept under the token: of the form with these words, or (None) all of it."""
        with self._lock:
            if words is None:
                self._kept.pop(_place(token), None)
            else:
                self._kept.get(_place(token), {}).pop(form_of(token, words), None)


def _spared(held: Mapping[str, _Held], now: Now) -> dict[str, _Held]:
    """The newest few of what was typed, and of what stood open, in their order; less what is over."""
    young = {form: one for form, one in held.items() if not now.is_past(one.since, KEPT_FOR)}
    kept = {
        form
        for typed in (True, False)
        for form in [each for each in young if young[each].is_typed is typed][-MOST_FORMS:]
    }
    return {form: one for form, one in young.items() if form in kept}


def form_of(token: str, words: Words) -> str:
    """Which form it is: where it is sent, and about whom and what; nobody without the token can tell."""
    about = json.dumps([token, words.path, *(words.fields.get(name, "") for name in _ABOUT)])
    return sha256(_LABEL + b"form\x00" + about.encode()).hexdigest()


def _opened(token: str, person: Person, sealed: bytes) -> Words | None:
    try:
        plain = AESGCM(_key(token)).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], _bound(person))
    except InvalidTag:
        return None
    path, fields = json.loads(plain)
    return Words(str(path), {str(name): str(value) for name, value in fields.items()})


def _key(token: str) -> bytes:
    return sha256(_LABEL + b"key\x00" + token.encode()).digest()


def _place(token: str) -> bytes:
    return sha256(_LABEL + b"place\x00" + token.encode()).digest()


def _bound(person: Person) -> bytes:
    return json.dumps(person).encode()
