"""Is what an agency had before it was connected told apart from what it shared late?"""

from dataclasses import replace
from datetime import date

import pytest

from hub.domain.feed import Connected
from hub.domain.snapshot import Snapshot, snapshot
from hub.web import glance
from hub.web.picture.words import sentences
from tests.support.long_life import TODAY, Said
from tests.support.read_life import chronology_of

HOUSING, SCHOOL = "urn:childhub:agency:housing", "urn:childhub:agency:school"
JOINED = date(2026, 2, 9)
BEFORE = date(2025, 11, 27)


def page(*told: Said, joined: date | None = JOINED) -> Snapshot:
    """The child's page; the school was connected on a day, and housing from the first."""
    connected = () if joined is None else (Connected(SCHOOL, joined), Connected(HOUSING, date(2023, 1, 1)))
    return snapshot(replace(chronology_of(told), connected=connected), TODAY.date())


def school(happened: date, sent: date) -> Said:
    return Said("school", happened, "Tired.", sent=sent)


@pytest.mark.parametrize(("told", "joined", "late", "loaded"), [
    (school(BEFORE, JOINED), JOINED, 0, 1),
    (school(BEFORE, date(2026, 3, 11)), JOINED, 0, 1),  # within thirty days of joining
    (school(BEFORE, date(2026, 3, 12)), JOINED, 1, 0),  # it was connected, and sent it late all the same
    (school(date(2026, 2, 10), date(2026, 4, 1)), JOINED, 1, 0),  # it happened when it was connected
    (school(BEFORE, JOINED), None, 1, 0),  # nobody knows since when it is connected
    (school(date(2026, 2, 1), JOINED), JOINED, 0, 0),  # not late at all
    (replace(school(BEFORE, JOINED), agency="housing"), JOINED, 1, 0),
])  # fmt: skip
def test_only_what_happened_before_and_came_with_the_joining_is_loaded(
    told: Said, joined: date | None, late: int, loaded: int
) -> None:
    of = page(told, joined=joined)
    assert (len(of.late), len(of.loaded)) == (late, loaded)


def test_the_words_say_which_is_which() -> None:
    of = page(school(BEFORE, JOINED), replace(school(BEFORE, JOINED), agency="housing"))
    told = sentences(of, {SCHOOL: "Larkfield School", HOUSING: "Northborough Housing"})
    assert [one for one in told if one.startswith(("Shared late", "Loaded"))] == [
        "Shared late: Northborough Housing shared “Concern raised” of 27 November 2025 on 9 February 2026.",
        "Loaded when it joined: 1 entry that Larkfield School had from before it was connected.",
    ]
    assert glance.loaded_when(of.loaded) == f"loaded when {SCHOOL} joined"
    assert glance.loaded_when((*of.loaded, *of.late)) == "loaded when their agencies joined"
