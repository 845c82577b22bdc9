"""How crowded the machine is, so that no promise about time is broken by what else runs on it."""

import os


def crowding() -> float:
    """How many times as much wants to run here as can, over the last minute; 1 where all can."""
    return max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))


def alone(seconds: float) -> float:
    """How long it would have taken, about, had nothing else run here."""
    return seconds / crowding()
