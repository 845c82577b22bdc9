"""Whether one set of measurements tends to be greater than another, by their ranks alone: Mann and Whitney's test.

Mann and Whitney, "On a test of whether one of two random variables is stochastically larger than the other", 1947.
"""

from collections.abc import Sequence
from itertools import groupby
from math import erfc, sqrt


def rank_test(one: Sequence[float], other: Sequence[float]) -> float:
    """The chance (two-sided) of ranks as uneven as these if both sets came of one thing; for twenty or more of each."""
    ordered = sorted([(value, 0) for value in one] + [(value, 1) for value in other])
    ranks, ties, before = 0.0, 0, 0
    for _, group in groupby(ordered, key=lambda each: each[0]):
        same = tuple(group)
        middle = before + (len(same) + 1) / 2
        ranks += middle * sum(1 for _, of in same if of == 0)
        ties += len(same) ** 3 - len(same)
        before += len(same)
    first, second, both = len(one), len(other), len(ordered)
    expected = first * (both + 1) / 2
    spread = first * second / 12 * ((both + 1) - ties / (both * (both - 1)))
    return erfc(abs(ranks - expected) / sqrt(spread) / sqrt(2)) if spread > 0 else 1.0
