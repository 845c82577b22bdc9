"""How a figure is taken and printed: several rounds, the median, the least and the most, and the machine's load."""

import json
import os
import platform
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """Seconds of each round."""

    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        """The middle round."""
        return statistics.median(self.seconds)


def timed(what: Callable[[], object], rounds: int) -> Figure:
    """The seconds that each round took, after one that does not count."""
    what()
    found = []
    for _ in range(rounds):
        start = time.perf_counter()
        what()
        found.append(time.perf_counter() - start)
    return Figure(tuple(found))


def show(name: str, figure: Figure, aim: str, **more: float | int | str) -> None:
    """Print one line: the figure in milliseconds, what it should be, and whatever else belongs to it."""
    line = {
        "figure": name,
        "median_ms": round(figure.median * 1000, 2),
        "min_ms": round(min(figure.seconds) * 1000, 2),
        "max_ms": round(max(figure.seconds) * 1000, 2),
        "rounds": len(figure.seconds),
        "aim": aim,
        **more,
        "load": round(os.getloadavg()[0], 2),
        "python": platform.python_version(),
    }
    print(json.dumps(line), flush=True)
