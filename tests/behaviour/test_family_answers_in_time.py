"""Does an answer take as long with forty hidden reports as where the child is not there? By rank, within one run."""

import statistics
import time
from collections.abc import Callable
from math import erf, sqrt

import pytest

from contracts.vocabulary import Telling
from hub.adapters.release import FixedRelease
from hub.domain.family_answer import Asker
from tests.support.families import ABSENT, about_father, asked, hub_at
from tests.support.small_hub import SmallHub

HIDDEN, ROUNDS, SHORTEST_SLOT_SECONDS = 40, 30, 0.12
UNPROVED = Asker("father", "parent", "not_checked")


@pytest.fixture(scope="module")
def hubs(tmp_path_factory: pytest.TempPathFactory) -> tuple[SmallHub, SmallHub]:
    """A hub where much is hidden from the father, and one where he was told of as much."""
    made = []
    for state in (Telling.NOT_TOLD_SAFETY, Telling.TOLD_AT):
        hub = hub_at(tmp_path_factory.mktemp("hubs") / state.value)
        for number in range(HIDDEN):
            hub.receive(about_father(f"C-{number}", state))
        made.append(hub)
    return made[0], made[1]


def a_slot(hubs: tuple[SmallHub, SmallHub]) -> float:
    """Seconds in which this machine, as busy as it is, gives the longest answer: four times what that took unslowed."""
    hidden, told = hubs
    slowest = 0.0
    for hub in (hidden, told) * 4:
        begun = time.perf_counter()
        asked(hub, release=FixedRelease(0))
        slowest = max(slowest, time.perf_counter() - begun)
    return max(SHORTEST_SLOT_SECONDS, 4 * slowest)


def measured(hubs: tuple[SmallHub, SmallHub], slot_seconds: float) -> tuple[list[float], list[float], list[float]]:
    """Seconds for hidden, absent and suppressed, turn about."""
    release = FixedRelease(slot_seconds)
    hidden, told = hubs
    asks: tuple[Callable[[], object], ...] = (
        lambda: asked(hidden, release=release),
        lambda: asked(hidden, ABSENT, release=release),
        lambda: asked(told, asker=UNPROVED, release=release),
    )
    found: tuple[list[float], list[float], list[float]] = ([], [], [])
    for _ in range(ROUNDS):
        for ask, seconds in zip(asks, found, strict=True):
            begun = time.perf_counter()
            ask()
            seconds.append(time.perf_counter() - begun)
    return found


def by_chance(one: list[float], other: list[float]) -> float:
    """How likely ranks so far apart are where both are alike (Mann and Whitney, normal approximation)."""
    pooled = sorted([(value, 0) for value in one] + [(value, 1) for value in other])
    ranks = sum(rank for rank, (_, of) in enumerate(pooled, start=1) if of == 0)
    n, m = len(one), len(other)
    apart = abs(ranks - n * (n + m + 1) / 2) / sqrt(n * m * (n + m + 1) / 12)
    return 1 - erf(apart / sqrt(2))


def apart(one: list[float], other: list[float]) -> float:
    """How far the medians lie apart, in seconds."""
    return abs(statistics.median(one) - statistics.median(other))


def test_hidden_absent_and_suppressed_take_the_same_time(hubs: tuple[SmallHub, SmallHub]) -> None:
    hidden, absent, suppressed = measured(hubs, a_slot(hubs))
    for one, other in ((hidden, absent), (absent, suppressed), (hidden, suppressed)):
        assert by_chance(one, other) > 0.001 or apart(one, other) < 0.002
        assert 0.9 < statistics.median(one) / statistics.median(other) < 1.1


def test_without_the_fixed_time_the_child_would_be_found_out(hubs: tuple[SmallHub, SmallHub]) -> None:
    """The control: let go at once, and the hidden reports show in the time."""
    hidden, absent, suppressed = measured(hubs, 0)
    assert by_chance(hidden, absent) < 0.000001
    assert by_chance(suppressed, absent) < 0.000001


@pytest.mark.parametrize(("work", "least"), [(0.0, 0.05), (0.06, 0.10)])
def test_an_answer_that_took_too_long_leaves_at_the_next_time(work: float, least: float) -> None:
    release = FixedRelease(0.05)
    begun = time.monotonic()
    mark = release.begin()
    time.sleep(work)
    release.wait(mark)
    assert time.monotonic() - begun >= least
