"""What rests for a while once a topic has refused: each try is kept on record, and would be made again at once."""

from collections.abc import Callable
from time import monotonic

from hub.application.kept_rows import KeptRows
from hub.domain.errors import TopicRefuses

REST_SECONDS = 300.0


class Rested:
    """Follows rows, unless it rests."""

    def __init__(self, follow: Callable[[KeptRows], object], seconds: float = REST_SECONDS) -> None:
        """Nothing was refused yet."""
        self._follow = follow
        self._seconds = seconds
        self._until = 0.0

    def follow(self, rows: KeptRows) -> None:
        """Follow them, or rest. Raises TopicRefuses, from when on it rests, and what following raises."""
        if monotonic() < self._until:
            return
        try:
            self._follow(rows)
        except TopicRefuses as refused:
            self._until = monotonic() + self._seconds
            raise TopicRefuses(str(refused), self._seconds) from None
