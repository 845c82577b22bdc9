"""Fewer pauses: what is loaded at the start stays, and a thousand short-lived values are not swept midway.

A reading of a chronology, or five hundred messages taken in together, makes some hundred thousand values that die
together; the collector's usual pace would walk all that is alive several times while they are made, a third of the time
of the reading.
"""

import gc

NEW_VALUES_BEFORE_A_SWEEP = 100_000


def settle() -> None:
    """Call once, when everything that stays is loaded."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(NEW_VALUES_BEFORE_A_SWEEP, 20, 20)
