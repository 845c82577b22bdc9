"""Is the time before an agency was connected drawn as not known, and never as a lane in which nothing came?"""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from hub.domain.chronology import Chronology
from hub.domain.feed import Connected
from hub.domain.requests import Waiting
from hub.domain.sieve import Sieve
from hub.domain.silence import Silence, SilenceKind
from hub.domain.snapshot import snapshot
from hub.web.picture.draw import Asked, Picture, picture
from hub.web.picture.scale import AFTER_TODAY, PLOT, Window, scale
from hub.web.picture.shapes import PAPER, Glyph, Rect, Words
from hub.web.picture.stretches import placed
from hub.web.picture.words import sentences
from tests.support.long_life import TODAY, Said, life
from tests.support.read_life import chronology_of

DAY = TODAY.date()
HOUSING, SCHOOL = "urn:childhub:agency:housing", "urn:childhub:agency:school"
NAMED = {HOUSING: "Northborough Housing", SCHOOL: "Northborough Primary School"}
WHOLE = "Not known before it was connected, 20 November 2026"
DOTS, HATCH = "url(#p-dots)", "url(#p-hatch)"


def quiet(kind: SilenceKind = SilenceKind.NOTHING_RECEIVED, since: date | None = DAY) -> Chronology:
    """What is shown of a child of whom housing shows nothing, and who is connected since a day."""
    connected = (Connected(HOUSING, since),) if since is not None else ()
    return replace(chronology_of((), (Silence(HOUSING, kind, since),)), connected=connected)


def drawn(shown: Chronology, window: Window = Window.THREE_YEARS, waiting: tuple[Waiting, ...] = ()) -> Picture:
    """The picture, as asked for today."""
    of = snapshot(shown, DAY, waiting=waiting)
    targets = {entry.report_id: f"e-{place}" for place, entry in enumerate(of.entries, start=1)}
    return picture(of, NAMED, Asked(window, Sieve(), targets, DAY))


def words_in(of: Picture) -> list[str]:
    return [one.text for one in of.under if isinstance(one, Words)]


def filled(of: Picture, fill: str) -> list[tuple[float, float]]:
    """From where to where the pattern lies."""
    return [(one.x, one.x + one.width) for one in of.under if isinstance(one, Rect) and one.fill == fill]


def test_an_empty_lane_is_not_known_until_the_day_and_plain_from_it_on() -> None:
    since = date(2025, 5, 1)
    found = drawn(quiet(since=since))
    at = scale(Window.THREE_YEARS, DAY).x(since)
    assert filled(found, DOTS) == [(0, at)]
    plates = {one.text: one.x for one in found.under if isinstance(one, Words)}
    assert plates["Not known before it was connected, 1 May 2025"] < at < plates["Nothing sent about this child"]


def test_who_was_connected_today_is_not_known_for_all_of_the_picture() -> None:
    found = drawn(quiet())
    assert filled(found, DOTS) == [(0, PLOT - AFTER_TODAY)]
    assert f"{WHOLE}. Nothing sent since" in words_in(found)
    assert "Nothing sent about this child" not in words_in(found)


@pytest.mark.parametrize("since", [None, date(2019, 1, 1)])
def test_who_was_connected_before_the_picture_begins_has_a_plain_lane(since: date | None) -> None:
    found = drawn(quiet(since=since))
    assert filled(found, DOTS) == []
    assert "Nothing sent about this child" in words_in(found)


def test_a_nearer_look_has_no_dots_once_the_agency_was_connected_all_along() -> None:
    shown = quiet(since=DAY - timedelta(days=100))
    assert filled(drawn(shown, Window.TWELVE_MONTHS), DOTS)
    assert not filled(drawn(shown, Window.THIRTY_DAYS), DOTS)


def test_what_it_sent_of_earlier_days_is_drawn_as_it_is_on_dots_and_no_words_run_through_it() -> None:
    plain = chronology_of(life())
    before, after = drawn(plain), drawn(replace(plain, connected=(Connected(SCHOOL, DAY), Connected(HOUSING, DAY))))
    assert after.marks == before.marks
    assert len(filled(after, DOTS)) == 2
    assert WHOLE in words_in(after)
    marks = {(one.x, one.y) for one in after.marks}
    plates = [one for one in after.under if isinstance(one, Rect) and one.fill == PAPER and one.height == 20]
    assert plates
    assert not [
        (x, y, one)
        for x, y in marks
        for one in plates
        if one.x - 6 < x < one.x + one.width + 6 and one.y - 6 < y < one.y + 26
    ]


def test_where_marks_leave_no_room_the_words_are_left_to_the_text() -> None:
    many = tuple(Said("school", DAY - timedelta(days=30 * place), f"Entry {place}.") for place in range(1, 37))
    shown = replace(chronology_of(many), connected=(Connected(SCHOOL, DAY),))
    assert not [one for one in words_in(drawn(shown)) if one.startswith("Not known before")]
    assert (
        "Before 20 November 2026, Northborough Primary School was not connected to the hub: of that time, only what "
        "was sent since is known here."
    ) in sentences(snapshot(shown, DAY), NAMED)


def test_what_is_withheld_and_what_was_asked_keep_their_own_looks() -> None:
    held = drawn(quiet(SilenceKind.WITHHELD))
    assert [one for one in held.under if isinstance(one, Glyph) and one.sign == "padlock"]
    assert {"Holds something that you may not see", WHOLE} <= set(words_in(held))
    asked = drawn(quiet(), waiting=(Waiting(HOUSING, TODAY, None),))
    assert filled(asked, HATCH) == [(PLOT - AFTER_TODAY, PLOT)]
    assert filled(asked, DOTS) == [(0, PLOT - AFTER_TODAY)]
    assert {"Asked 20 November 2026, 14:15. No reply yet", WHOLE} <= set(words_in(asked))


@pytest.mark.parametrize("window", Window)
@pytest.mark.parametrize("ago", [0, 1, 20, 200, 2000])
@pytest.mark.parametrize("sent", [True, False])
def test_stripes_never_begin_before_the_asking_and_are_seen_on_its_own_day(
    window: Window, ago: int, sent: bool
) -> None:
    shown = chronology_of((Said("housing", DAY, "Damp."),)) if sent else quiet(since=DAY - timedelta(days=7))
    by = scale(window, DAY)
    ((left, right),) = filled(drawn(shown, window, (Waiting(HOUSING, TODAY - timedelta(days=ago), None),)), HATCH)
    assert (left, right) == (by.x(DAY - timedelta(days=ago)), max(by.x(DAY), left + AFTER_TODAY))
    dots = filled(drawn(shown, window, (Waiting(HOUSING, TODAY - timedelta(days=ago), None),)), DOTS)
    assert all(end <= left for _, end in dots)


def test_a_past_day_before_it_was_connected_is_not_known_and_says_so() -> None:
    silent = (Silence(HOUSING, SilenceKind.NOT_CONNECTED_THEN),)
    shown = chronology_of((), silent, DAY - timedelta(days=200))
    found = drawn(shown)
    assert len(filled(found, DOTS)) == 1
    assert "Not connected then: not known" in words_in(found)
    assert "not known" in [one.text for one in found.names if isinstance(one, Words)]
    said = " ".join(sentences(snapshot(shown, DAY), NAMED))
    assert "Northborough Housing was not connected then: what it held is not known here." in said
    assert "has sent nothing" not in said


def test_agencies_of_one_day_are_named_in_one_sentence() -> None:
    shown = replace(chronology_of(life()), connected=(Connected(SCHOOL, DAY), Connected(HOUSING, DAY)))
    said = [one for one in sentences(snapshot(shown, DAY), NAMED) if one.startswith("Before 20 November 2026, ")]
    assert len(said) == 1
    assert "Northborough Primary School and Northborough Housing were not connected" in said[0] or (
        "Northborough Housing and Northborough Primary School were not connected" in said[0]
    )


def test_the_longest_words_for_which_there_is_room_are_taken() -> None:
    walls = (Rect(100, 0, 20, 20, PAPER), Rect(300, 0, 20, 20, PAPER))
    assert placed(("x" * 20, "x" * 5), 400, walls) == ("x" * 20, 120)
    assert placed(("x" * 40, "x" * 5), 400, walls) == ("x" * 5, 0)
    assert placed(("x" * 40,), 400, walls) is None
