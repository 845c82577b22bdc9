"""Ids of tokens that this process has seen, for as long as any of them could be taken."""

from datetime import datetime, timedelta
from threading import Lock
from typing import Final

KEPT_FOR: Final = timedelta(minutes=15)
MOST: Final = 100_000


class SeenOnce:
    """See openid_port.Once. When it is full nothing more is new: a token that might be a repeat is not taken."""

    def __init__(self) -> None:
        """None was seen."""
        self._lock = Lock()
        self._seen: dict[str, datetime] = {}

    def is_new(self, token_id: str, now: datetime) -> bool:
        """See openid_port.Once."""
        with self._lock:
            if len(self._seen) >= MOST:
                self._seen = {one: at for one, at in self._seen.items() if now - at < KEPT_FOR}
            if token_id in self._seen or len(self._seen) >= MOST:
                return False
            self._seen[token_id] = now
            return True
