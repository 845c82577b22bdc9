"""Does the picture say what is known and no more: in its shapes, in its words, and the same whatever comes later?"""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from uuid import UUID

import pytest

from contracts.vocabulary import NeedLevel, Purpose
from hub.domain.requests import Request, Waiting
from hub.domain.seen import Attended, GapKind
from hub.domain.seen_words import gaps_together
from hub.domain.sieve import Least, Sieve
from hub.domain.significance import Significance
from hub.domain.silence import Silence, SilenceKind
from hub.domain.snapshot import Snapshot, snapshot
from hub.web.picture.child import BUBBLE_APART
from hub.web.picture.crowding import spread
from hub.web.picture.draw import UNKNOWN_WORDS, Asked, Picture, picture
from hub.web.picture.lanes import SAID_ROW, in_lines
from hub.web.picture.marks import NAMES
from hub.web.picture.scale import AFTER_TODAY, PLOT, Window, scale, ticks, window_of
from hub.web.picture.shapes import Dot, Glyph, Rect, Words
from hub.web.picture.words import counts, sentences
from tests.support.given import an_id
from tests.support.long_life import TITLES, TODAY, Said, busy, life
from tests.support.read_life import chronology_of

DAY = TODAY.date()
NAMED = {f"urn:childhub:agency:{name}": title for name, title in TITLES.items()}
HOUSING = "urn:childhub:agency:housing"


def drawn(of: Snapshot, sieve: Sieve | None = None, window: Window = Window.THREE_YEARS) -> Picture:
    """The picture, as asked for today."""
    targets: dict[UUID, str] = {entry.report_id: f"e-{place}" for place, entry in enumerate(of.entries, start=1)}
    return picture(of, NAMED, Asked(window, sieve or Sieve(), targets, DAY))


def words_in(of: Picture) -> list[str]:
    """All that is written on the canvas."""
    return [shape.text for shape in (*of.under, *of.names) if isinstance(shape, Words)]


def silent(kind: SilenceKind, *, waiting: bool = False) -> Picture:
    """The picture of a child of whom housing shows nothing, for one reason."""
    asked = (Waiting(HOUSING, TODAY, TODAY + timedelta(hours=4)),) if waiting else ()
    return drawn(snapshot(chronology_of((), (Silence(HOUSING, kind),)), DAY, waiting=asked))


def test_four_kinds_of_empty_look_and_read_differently() -> None:
    nothing, away = silent(SilenceKind.NOTHING_RECEIVED), silent(SilenceKind.NOT_CONNECTED)
    held, asked = silent(SilenceKind.WITHHELD), silent(SilenceKind.NOTHING_RECEIVED, waiting=True)
    said = [words_in(one) for one in (nothing, away, held, asked)]
    assert "Nothing sent about this child" in said[0]
    assert "Not connected" in said[1]
    assert "Holds something that you may not see" in said[2]
    assert any(one.startswith("Asked 20 November 2026, 14:15. No reply yet, due") for one in said[3])
    looks = [{one.fill for one in each.under if isinstance(one, Rect)} for each in (nothing, away, held, asked)]
    assert ["url(#p-dots)" in one for one in looks] == [False, True, False, False]
    assert ["url(#p-hatch)" in one for one in looks] == [False, False, False, True]
    padlocks = [any(isinstance(one, Glyph) and one.sign == "padlock" for one in each.under) for each in (nothing, held)]
    assert padlocks == [False, True]


def test_a_lane_of_whoever_was_asked_says_what_it_answered_and_not_that_nothing_was_sent() -> None:
    """Its sentence too; it is heard from, and not counted with those of whom nothing is known."""
    asked = Request(
        an_id("r"), an_id("robin"), HOUSING, "care", Purpose.SECTION_47, ("known",), TODAY, TODAY,
        answer="cannot_share", answered=TODAY, reason="other_law",
    )  # fmt: skip
    shown = chronology_of((), (Silence(HOUSING, SilenceKind.NOTHING_RECEIVED),))
    of = snapshot(replace(shown, requests=(asked,)), DAY)
    written = words_in(drawn(of))
    assert ("Answered: they cannot share" in written, "answered" in written) == (True, True)
    said = " ".join((*written, *sentences(of, NAMED)))
    assert ("answered on 20 November 2026 that it cannot share" in said, of.not_known) == (True, ())
    assert ("sent nothing" in said.lower(), "nothing sent" in said.lower(), "other" in said) == (False, False, False)


def test_without_attendance_a_gap_reads_not_known_and_with_it_not_seen() -> None:
    shown = chronology_of(life())
    said = " ".join(words_in(drawn(snapshot(shown, DAY), window=Window.SIX_MONTHS)))
    assert "Not known if seen: 148 days" in said
    assert "Not seen" not in said
    known = Attended(date(2020, 1, 1), DAY, present=False)
    with_attendance = snapshot(shown, DAY, attended=(known,))
    assert "Not seen 148 days" in " ".join(words_in(drawn(with_attendance, window=Window.SIX_MONTHS)))
    assert any(
        "No professional that we know of saw Robin for 148 days" in one for one in sentences(with_attendance, {})
    )


def test_gaps_told_together_are_one_sentence_for_each_kind_and_leave_none_out() -> None:
    known = Attended(date(2025, 1, 1), DAY, present=False)
    of = snapshot(chronology_of(life()), DAY, attended=(known,))
    told = gaps_together(of)
    assert {one.kind for one in of.gaps} == set(GapKind)
    assert [one.partition(" for ")[0] for one in told] == [
        "No professional that we know of saw Robin",
        "Nobody recorded seeing Robin",
    ]
    assert sum(one.count(" days, ") for one in told) == len(of.gaps)
    assert ["Attendance at school or nursery is not known" in one for one in told] == [False, True]


def test_every_entry_of_the_three_years_is_a_mark_that_leads_to_it_and_says_what_it_is() -> None:
    shown = snapshot(chronology_of(life()), DAY)
    found = drawn(shown)
    in_range = {
        f"e-{place}" for place, one in enumerate(shown.entries, 1) if (one.happened.day() or DAY) > date(2023, 11, 20)
    }
    assert {one.target for one in found.marks} == in_range
    labels = [one.label for one in found.marks]
    assert "19 November 2026, Hexley Police, Significant harm: Domestic abuse incident" in labels
    police = [one.sign for one in found.marks if "Hexley Police" in one.label]
    assert police[-1] == "harm"  # drawn last, so on top


def test_a_filter_fades_and_never_hides() -> None:
    shown = snapshot(chronology_of(life()), DAY)
    sieve = Sieve(sources=frozenset({"urn:childhub:agency:police"}))
    all_marks, found = drawn(shown), drawn(shown, sieve)
    dots = [one for one in found.under if isinstance(one, Dot)]
    assert len(found.marks) + len(dots) == len(all_marks.marks)
    assert len(found.marks) == 4
    assert "0 of 5 shown" in words_in(found)
    assert "4 of 4 shown" in words_in(found)


@pytest.mark.parametrize("wanted", [
    Sieve(kinds=frozenset({Significance.HARM})), Sieve(least=Least.TURNING_POINTS), Sieve(least=Least.CONCERNS),
    Sieve(own_words=True), Sieve(late=True),
])  # fmt: skip
def test_each_filter_takes_some_and_leaves_some(wanted: Sieve) -> None:
    taken = [wanted.takes(one) for one in snapshot(chronology_of(life()), DAY).entries]
    assert True in taken
    assert False in taken


def test_what_came_later_changes_nothing_of_a_past_day() -> None:
    day = date(2025, 10, 2)
    before = tuple(one for one in life() if (one.sent or one.day) <= day)
    later = (*life(), Said("school", date(2024, 1, 8), "Told only now.", need=NeedLevel.SIGNIFICANT_HARM, sent=DAY))
    first = snapshot(chronology_of(before, as_known_on=day), DAY)
    second = snapshot(chronology_of(later, as_known_on=day), DAY)
    assert [drawn(one) for one in (first, first)] == [drawn(first)] * 2
    assert {one.label for one in drawn(first).marks} == {one.label for one in drawn(second).marks}
    assert sentences(first, NAMED) == sentences(second, NAMED)
    assert UNKNOWN_WORDS in words_in(drawn(first))
    assert UNKNOWN_WORDS not in words_in(drawn(snapshot(chronology_of(life()), DAY)))


def test_a_busy_month_is_counted_and_nothing_grave_is_counted_away() -> None:
    many = tuple(Said("school", date(2026, 5, 1 + place), f"Late again, {place}.") for place in range(12))
    grave = Said("school", date(2026, 5, 20), "Bruise.", need=NeedLevel.SIGNIFICANT_HARM)
    voice = Said("school", date(2026, 5, 21), "Talked.", voice="“No.”")
    found = drawn(snapshot(chronology_of((*many, grave, voice)), DAY))
    assert sorted((one.sign, one.count) for one in found.marks) == [("concern", 1), ("count", 12), ("harm", 1)]
    assert "12 entries of background or concern" in next(one.label for one in found.marks if one.count > 1)
    wider = drawn(snapshot(chronology_of((*many, grave, voice)), DAY), window=Window.TWELVE_MONTHS)
    assert len(wider.marks) == 14


def own_words(of: Picture) -> list[tuple[float, int]]:
    """Where each bubble stands, and for how many entries."""
    at = [one.x for one in of.under if isinstance(one, Glyph) and one.sign == "voice"]
    counts = {one.x: int(one.text) for one in of.under if isinstance(one, Words) and one.y == SAID_ROW + 2.5}
    return [(x, counts.get(x, 1)) for x in at]


@pytest.mark.parametrize("window", Window)
def test_the_childs_own_words_stand_where_they_fell_and_none_is_dropped(window: Window) -> None:
    of = snapshot(chronology_of(busy(300)), DAY)
    by = scale(window, DAY)
    days = [day for entry in of.spoken if (day := entry.happened.day()) is not None and by.holds(day)]
    found = own_words(drawn(of, window=window))
    assert sum(count for _, count in found) == len(days) > 0
    assert {x for x, _ in found} <= {by.x(day) for day in days}
    assert all(right - left >= BUBBLE_APART for (left, _), (right, _) in pairwise(found))
    assert all(any(x - BUBBLE_APART < by.x(day) <= x for x, _ in found) for day in days)


def test_every_bar_is_in_the_words_with_its_days_and_whose_word_it_is() -> None:
    said = sentences(snapshot(chronology_of(life()), DAY), NAMED)
    of = {one.partition(":")[0]: one for one in said}
    assert of["Child in need plan"].endswith(
        "24 June 2024 to 3 February 2025, as Northborough Children's Social Care states."
    )
    assert of["Early help"].endswith("28 March 2024 to 20 February 2025, as Family Help states.")
    assert "4 September 2023 to 24 June 2026" in of["On the roll of Larkfield Primary School"]
    assert "since 24 June 2026, after a school was left" in of["On no school roll that we know of"]
    open_still = sentences(snapshot(chronology_of(life(), as_known_on=date(2024, 7, 1)), DAY), NAMED)
    assert any("since 24 June 2024" in one and "no end is recorded" in one for one in open_still)


def test_what_is_late_has_a_tail_to_the_day_on_which_it_was_had() -> None:
    late = Said("housing", date(2026, 1, 5), "Heard.", sent=date(2026, 10, 12))
    tails = [len(drawn(snapshot(chronology_of((one,)), DAY)).under) for one in (late, replace(late, sent=None))]
    assert tails[0] == tails[1] + 3


def test_marks_in_one_place_are_set_apart() -> None:
    spots = spread([100.0, 100.0, 100.0, 104.0, 130.0])
    assert len(set(spots)) == 5
    assert spots[0] == (100.0, 0)
    assert spots[4] == (130.0, 0)


def test_time_is_linear_and_today_never_stands_at_the_edge() -> None:
    by = scale(Window.THREE_YEARS, DAY)
    assert by.start == date(2023, 11, 20)
    assert by.x(by.start) == 0
    assert by.x(DAY) == PLOT - AFTER_TODAY
    middle = by.start + (DAY - by.start) / 2
    assert by.x(middle) == pytest.approx((PLOT - AFTER_TODAY) / 2, abs=1)
    assert [one.words for one in ticks(by) if one.strong] == ["2024", "2025", "2026"]
    assert len(ticks(scale(Window.TWELVE_MONTHS, DAY))) == 12
    assert window_of("nonsense") is Window.THREE_YEARS


def test_the_table_counts_every_entry_once() -> None:
    snap = snapshot(chronology_of(busy(120)), DAY)
    assert sum(sum(row) for _, row in counts(snap, NAMED).rows) == 120


def test_a_long_name_is_cut_and_says_so() -> None:
    assert in_lines("Hexley Police") == ("Hexley Police",)
    assert in_lines("Northborough Children's Social Care and Family Support Partnership")[1].endswith("…")


def test_every_kind_of_mark_has_its_words() -> None:
    assert set(NAMES) == set(Significance)
