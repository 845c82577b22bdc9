"""Is it said since when anything is recorded, and that nobody can say whether a child was seen before that?"""

from dataclasses import replace
from datetime import date

import pytest

from contracts.vocabulary import Precision
from contracts.when import When
from hub.commands import chronology as command
from hub.domain import seen_words
from hub.domain.chronology import Chronology
from hub.domain.sieve import Sieve
from hub.domain.snapshot import Snapshot, snapshot
from hub.web import glance
from hub.web.picture.draw import Asked, picture
from hub.web.picture.scale import Window
from hub.web.picture.shapes import GAP_FAINT, Rect, Shape, Words
from hub.web.picture.words import describe, sentences
from tests.support.long_life import TITLES, TODAY, Said
from tests.support.read_life import chronology_of

DAY, BORN = TODAY.date(), date(2019, 3, 14)
FIRST, SEEN, LAST = date(2026, 3, 2), date(2026, 7, 1), date(2026, 8, 1)
NAMED = {f"urn:childhub:agency:{name}": title for name, title in TITLES.items()}
BEFORE = (
    "The first day on which Robin is recorded as seen is 1 July 2026. "
    "Whether anybody saw Robin before that, from birth on 14 March 2019, is not known."
)
BEGINS = "The first thing recorded here is of 2 March 2026."
LONGEST = "Nobody recorded seeing Robin for 111 days, 1 August 2026 to now."


def told(*days: date) -> Chronology:
    """Housing speaks first, four months before anybody is recorded as having seen the child."""
    seen = (Said("police", day, "Officers came.", seen="Yes") for day in days)
    return chronology_of((Said("housing", FIRST, "Noise at night."), *seen))


def written(of: Snapshot, window: Window = Window.THREE_YEARS) -> str:
    """All that is written on the picture."""
    return " ".join(shape.text for shape in drawn(of, window) if isinstance(shape, Words))


def drawn(of: Snapshot, window: Window) -> tuple[Shape, ...]:
    """The shapes under the marks."""
    targets = {entry.report_id: "list-title" for entry in of.entries}
    return picture(of, NAMED, Asked(window, Sieve(), targets, DAY)).under


def test_the_time_before_the_first_seeing_is_no_gap_and_is_not_known_from_birth() -> None:
    of = snapshot(told(SEEN, LAST), DAY)
    (only,) = of.gaps
    assert (only.start, only.days, of.first_seen, of.unknown_until) == (LAST, 111, SEEN, SEEN)
    assert seen_words.before(of) == (BEFORE, BEGINS)


def test_page_picture_and_terminal_say_the_same() -> None:
    shown = told(SEEN, LAST)
    of, typed = snapshot(shown, DAY), command.lines(shown, DAY)
    for said in (sentences(of, NAMED), typed):
        assert [one for one in (BEFORE, BEGINS) if one not in said] == []
        assert any(one.startswith(LONGEST) for one in said)
    assert all(one in describe(of) for one in (LONGEST, BEFORE, BEGINS))
    assert "Not known if seen before 1 July 2026" in written(of)
    assert glance.short_when(When(value="2026-03", precision=Precision.MONTH)) == "March 2026"


def test_who_was_never_recorded_as_seen_is_not_known_for_any_time() -> None:
    shown = told()
    of = snapshot(shown, DAY)
    never = "Nothing recorded here says that anybody saw Robin: whether anybody did is not known."
    assert (of.gaps, of.unknown_until, seen_words.longest_said(of)) == ((), DAY, "")
    assert [one for one in (never, BEGINS) if one not in command.lines(shown, DAY)] == []
    assert "Not known if seen" in written(of)
    assert "before" not in written(of).lower().replace("not known before", "")


@pytest.mark.parametrize("window", list(Window))
def test_the_picture_is_coloured_from_birth_to_the_first_seeing_and_not_beyond(window: Window) -> None:
    """A child born within the picture is not unknown before birth."""
    of = replace(snapshot(told(SEEN, LAST), DAY), gaps=())
    young = replace(of, born=date(2026, 1, 1))
    starts = [_ground(one, window) for one in (of, young)]
    nearest = window in (Window.SIX_MONTHS, Window.THIRTY_DAYS)
    assert starts[0] == (() if window is Window.THIRTY_DAYS else (0.0,))
    assert starts[1] == starts[0] if nearest else starts[1] > (0.0,)
    assert _ground(replace(of, born=SEEN), window) == ()


def _ground(of: Snapshot, window: Window) -> tuple[float, ...]:
    return tuple(one.x for one in drawn(of, window) if isinstance(one, Rect) and one.fill == GAP_FAINT)


def test_a_past_day_ends_its_gap_on_that_day_and_not_now() -> None:
    shown = replace(told(SEEN), as_known_on=date(2026, 10, 1))
    assert "for 92 days, 1 July 2026 to 1 October 2026." in " ".join(sentences(snapshot(shown, DAY), NAMED))
