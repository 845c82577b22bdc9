"""Answers leave at fixed times after they were asked for, so that how long one took says nothing of what is in it."""

import math
import time

SLOT_SECONDS = 2.0


class FixedRelease:
    """See application.answer_family.Release: whole numbers of a slot after the mark, by the monotonic clock."""

    def __init__(self, slot_seconds: float = SLOT_SECONDS) -> None:
        """Let go at the end of each slot of this length; 0 lets go at once, which hides nothing."""
        self._slot = slot_seconds

    def begin(self) -> float:
        """See application.answer_family.Release."""
        return time.monotonic()

    def wait(self, begun: float) -> None:
        """See application.answer_family.Release."""
        if not self._slot:
            return
        taken = time.monotonic() - begun
        left = max(1, math.ceil(taken / self._slot)) * self._slot - taken
        time.sleep(left)
