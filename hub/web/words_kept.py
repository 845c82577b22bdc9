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
_LABEL = b"childhub/words-kept/v1\x00"
_NONCE_BYTES = 12


@dataclass(frozen=True, slots=True)
class Words:
    """What was typed, and where it was to be sent."""

    path: str
    fields: Mapping[str, str]


class WordsKept:
    """What this process keeps so: the newest form under each token, and never many."""

    def __init__(self) -> None:
        """Nothing is kept yet."""
        self._lock = Lock()
        self._kept: dict[bytes, tuple[Now, bytes]] = {}

    def keep(self, token: str, person: Person, words: Words, now: Now) -> None:
        """Keep it for whoever comes with this token and is this person."""
        plain = json.dumps([words.path, dict(words.fields)]).encode()
        nonce = token_bytes(_NONCE_BYTES)
        sealed = nonce + AESGCM(_key(token)).encrypt(nonce, plain, _bound(person))
        with self._lock:
            self._kept.pop(_place(token), None)
            self._kept[_place(token)] = (now, sealed)
            for old in [place for place, (since, _) in self._kept.items() if now.is_past(since, KEPT_FOR)]:
                del self._kept[old]
            while len(self._kept) > MOST_KEPT:
                del self._kept[next(iter(self._kept))]

    def open(self, token: str, person: Person, now: Now) -> Words | None:
        """What is kept under the token for this person; None where nothing is, for them."""
        with self._lock:
            since, sealed = self._kept.get(_place(token), (now, b""))
        if not sealed or now.is_past(since, KEPT_FOR):
            return None
        try:
            plain = AESGCM(_key(token)).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], _bound(person))
        except InvalidTag:
            return None
        path, fields = json.loads(plain)
        return Words(str(path), {str(name): str(value) for name, value in fields.items()})

    def move(self, before: str, after: str, person: Person, now: Now) -> bool:
        """Whether something was kept under the token held before; it stands under the new one now."""
        words = self.open(before, person, now)
        self.drop(before)
        if words is not None:
            self.keep(after, person, words, now)
        return words is not None

    def drop(self, token: str) -> None:
        """Forget it."""
        with self._lock:
            self._kept.pop(_place(token), None)


def _key(token: str) -> bytes:
    return sha256(_LABEL + b"key\x00" + token.encode()).digest()


def _place(token: str) -> bytes:
    return sha256(_LABEL + b"place\x00" + token.encode()).digest()


def _bound(person: Person) -> bytes:
    return json.dumps(person).encode()
