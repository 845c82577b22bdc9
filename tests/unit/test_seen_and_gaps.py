"""When does a child count as seen, and is a gap ever called "not seen" when nobody can know that?"""

from datetime import date

from hub.domain.seen import Attended, Gap, GapKind, How, Sighting, first_seen, gaps, longest, sightings
from tests.support.given import an_id
from tests.support.read_life import SEEN_LIFE, entries_of

JAN, MAR, JUN, DEC = date(2026, 1, 1), date(2026, 3, 1), date(2026, 6, 1), date(2026, 12, 1)


def seen_on(*days: date) -> tuple[Sighting, ...]:
    """The child was seen on the days."""
    return tuple(Sighting(day, "urn:childhub:agency:school", an_id(day.isoformat())) for day in days)


def test_a_stated_seeing_counts_and_alone_is_told_apart() -> None:
    found = sightings(entries_of(SEEN_LIFE))
    assert [(one.day.isoformat(), one.how) for one in found] == [("2026-01-05", How.SEEN), ("2026-02-05", How.ALONE)]


def test_a_gap_without_attendance_is_not_known_and_never_not_seen() -> None:
    (first, last) = gaps(seen_on(JAN, MAR), (), JAN, JUN)
    assert (first.kind, first.days, first.open) == (GapKind.NOT_KNOWN, 59, False)
    assert (last.kind, last.end, last.open) == (GapKind.NOT_KNOWN, JUN, True)


def test_a_gap_is_not_seen_only_where_attendance_is_known_for_all_of_it() -> None:
    absent = Attended(JAN, JUN, present=False)
    assert [one.kind for one in gaps(seen_on(JAN), (absent,), JAN, JUN)] == [GapKind.NOT_SEEN]
    partly = Attended(MAR, JUN, present=False)
    assert [one.kind for one in gaps(seen_on(JAN), (partly,), JAN, JUN)] == [GapKind.NOT_KNOWN]


def test_being_at_school_is_being_seen() -> None:
    there = Attended(JAN, JUN, present=True)
    assert gaps(seen_on(JAN), (there,), JAN, JUN) == ()


def test_six_weeks_is_no_gap_and_a_day_more_is() -> None:
    assert gaps(seen_on(JAN), (), JAN, date(2026, 2, 12)) == ()
    assert gaps(seen_on(JAN), (), JAN, date(2026, 2, 13)) == (
        Gap(JAN, date(2026, 2, 13), GapKind.NOT_KNOWN, open=True),
    )


def test_what_comes_before_the_first_seeing_is_counted_only_where_attendance_is_known_for_it() -> None:
    assert gaps((), (), MAR, DEC) == ()
    assert longest(()) is None
    assert [one.start for one in gaps(seen_on(JUN), (), JAN, DEC)] == [JUN]
    absent = Attended(JAN, JUN, present=False)
    assert gaps(seen_on(JUN), (absent,), JAN, JUN) == (Gap(JAN, JUN, GapKind.NOT_SEEN),)
    assert first_seen(seen_on(JUN, MAR), (Attended(JAN, MAR, present=False), Attended(DEC, DEC, present=True))) == MAR
