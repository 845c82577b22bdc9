"""Do sliding windows count what counting one look after another counts, and does their work grow as the looks do?"""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.vocabulary import StaffRole
from hub.domain.explained import Known, Limits, Look, is_out_of_hours
from hub.domain.explained_rules import evening_run, many_in_an_hour
from hub.domain.looks_together import together

FRIDAY = datetime(2026, 10, 23, 15, tzinfo=UTC)  # the clocks go back on the Sunday
READERS = (("urn:test", "lee"), ("urn:test", "mo"))
MINUTES = st.sampled_from((0, 1, 59, 60, 61, 119, 120, 121, 180, 181, 240)) | st.integers(0, 4 * 24 * 60)
HOUR = timedelta(hours=1)


class Counted:
    """A child that counts how often it was asked for."""

    asked = 0

    def __hash__(self) -> int:
        Counted.asked += 1
        return id(self)


def a_look(number: int, at: datetime, reader: int, child: int) -> Look:
    """One look of one of two readers."""
    role = StaffRole.MASH_DECISION_MAKER
    return Look(UUID(int=number), UUID(int=child), at, READERS[reader], "urn:care", role, None)


@st.composite
def months(draw: st.DrawFn) -> Known:
    """A few looks of two readers, many of them close together or at one moment, and where the rules draw the line."""
    drawn = draw(st.lists(st.tuples(MINUTES, st.integers(0, 1), st.integers(0, 5)), max_size=24))
    looks = [
        a_look(number, FRIDAY + timedelta(minutes=at), reader, child)
        for number, (at, reader, child) in enumerate(drawn)
    ]
    limits = Limits(
        run_children=draw(st.integers(1, 4)),
        hour_children=draw(st.integers(1, 5)),
        seldom=draw(st.sampled_from((0.0, 0.2, 1.0))),
    )
    return Known(tuple(looks), {}, limits=limits)


def around(look: Look, known: Known, span: timedelta) -> list[Look]:
    """The looks of the same reader from a span before to a span after."""
    return [one for one in known.looks if one.reader == look.reader and abs(one.at - look.at) <= span]


def most(near: list[Look], look: Look, span: timedelta) -> int:
    """The most children in any span that this look is in."""
    starts = [one.at for one in near if look.at - span <= one.at <= look.at]
    return max(len({one.person_id for one in near if start <= one.at <= start + span}) for start in starts)


def is_evening_run(look: Look, known: Known) -> bool:
    """The rule, look by look."""
    limits = known.limits
    near = [one for one in around(look, known, limits.run) if is_out_of_hours(one)]
    if not is_out_of_hours(look) or most(near, look, limits.run) < limits.run_children:
        return False
    own = [one for one in known.looks if one.reader == look.reader]
    return sum(map(is_out_of_hours, own)) - len(near) <= limits.seldom * (len(own) - len(near))


@given(months())
def test_the_rules_hold_of_the_same_looks_as_when_each_is_counted_by_itself(known: Known) -> None:
    for look in known.looks:
        assert evening_run(look, known) is is_evening_run(look, known)
        many = most(around(look, known, HOUR), look, HOUR) >= known.limits.hour_children
        assert many_in_an_hour(look, known) is many


@given(months(), st.integers(0, 300))
def test_each_moment_has_its_most_children_and_its_neighbours(known: Known, minutes: int) -> None:
    span = timedelta(minutes=minutes)
    for reader in READERS:
        own = sorted((one for one in known.looks if one.reader == reader), key=lambda one: one.at)
        found = together([(one.at, one.person_id) for one in own], span)
        assert dict(found.most) == {one.at: most(around(one, known, span), one, span) for one in own}
        assert [found.near(one.at, span) for one in own] == [len(around(one, known, span)) for one in own]


@pytest.mark.parametrize("apart", [timedelta(0), timedelta(seconds=1), timedelta(days=1)])
def test_each_look_is_counted_in_and_out_once_however_many_share_a_moment(apart: timedelta) -> None:
    looks = 2_000
    seen = [(FRIDAY + number // 100 * apart, Counted()) for number in range(looks)]
    Counted.asked = 0
    found = together(seen, HOUR)
    assert max(found.most.values()) == {0: looks, 1: looks, 86_400: 100}[int(apart.total_seconds())]
    assert Counted.asked <= 8 * looks
