"""Is each record proposed when its period is over, no sooner, and is nothing ever done about it by itself?"""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.catalogue import REPORTS
from contracts.events.erasure import ErasureGround, HoldReason
from contracts.identifiers import parse_identifier
from hub.application.erase_record import ask_erasure, place_hold
from hub.application.list_due import ListingDue, Proposed, list_due
from hub.commands.audit_log import check
from hub.domain.erasures import ErasureRefused
from hub.domain.errors import AccessRefused
from hub.domain.retention import CLASSES, From, Kept, class_of, due, over_on
from hub.views.retained import RETAINED
from tests.support.given import WREN, StoppedClock, an_id
from tests.support.officers import CHILD, Officers, officers

SIBLING = parse_identifier(f"nhs:{WREN}")
SIX_YEARS = timedelta(days=6 * 365 + 1)
DAYS = st.dates(date(2000, 1, 1), date(2090, 12, 31))
TYPES = st.frozensets(st.sampled_from(sorted(one.TYPE for one in REPORTS)), max_size=4)


@pytest.fixture
def office(tmp_path: Path) -> Officers:
    return officers(tmp_path)


def listed(office: Officers, on: date) -> tuple[Proposed, ...]:
    office.hub.follow()
    hub = office.hub
    listing = ListingDue(hub.store, hub.index, hub.clock, hub.view_rows.read(RETAINED))
    return list_due(listing, office.ivy, on)


def test_what_is_due_is_proposed_with_its_holds_and_nothing_is_done(office: Officers) -> None:
    today = office.hub.clock.now().date()
    assert listed(office, today + SIX_YEARS - timedelta(days=5)) == ()
    later = today + SIX_YEARS + timedelta(days=5)
    place_hold(office.erasing, office.ivy, CHILD, HoldReason.COURT, later)
    found = {one.due.person_id: (one.held, one.asked, one.due.of) for one in listed(office, later)}
    of = "mash_no_further_action"
    assert found == {office.person(): (True, False, of), office.person(WREN): (False, False, of)}
    assert len(listed(office, date(2200, 1, 1))) == 2
    assert (office.looks(), office.looks(WREN)) == (1, 1)
    assert check(office.hub).ok


def test_what_is_asked_already_is_said_and_what_is_erased_is_due_no_more(office: Officers) -> None:
    erasure_id = office.approved()
    assert [one.asked for one in listed(office, date(2200, 1, 1)) if one.due.person_id == office.person()] == [True]
    person = office.person()
    office.erase(erasure_id)
    assert [one.due.person_id == person for one in listed(office, date(2200, 1, 1))] == [False]


def test_others_see_no_list_and_it_is_on_record(office: Officers) -> None:
    listing = ListingDue(office.hub.store, office.hub.index, office.hub.clock, ())
    for other in (office.sam, office.priya):
        with pytest.raises(AccessRefused):
            list_due(listing, other, date(2200, 1, 1))


def test_a_record_is_not_erased_because_its_period_is_over_before_it_is(office: Officers) -> None:
    with pytest.raises(ErasureRefused, match="too_early"):
        ask_erasure(office.erasing, office.priya, CHILD, ErasureGround.RETENTION_OVER)
    now = office.hub.clock.now()
    late = replace(office.erasing, clock=StoppedClock(now + SIX_YEARS + timedelta(days=2), "later"))
    assert ask_erasure(late, office.priya, CHILD, ErasureGround.RETENTION_OVER).retention_class == CLASSES[-1].code
    assert ask_erasure(late, office.priya, SIBLING, ErasureGround.UNLAWFUL).ground is ErasureGround.UNLAWFUL


def test_every_class_says_its_period_its_law_and_how_the_figure_was_checked() -> None:
    assert len({one.code for one in CLASSES}) == len(CLASSES)
    assert all(one.years > 0 and one.citation and one.title and one.marked for one in CLASSES)
    assert [one.code for one in CLASSES if not one.types] == [CLASSES[-1].code]
    published = {one.TYPE for one in REPORTS}
    assert {name for one in CLASSES for name in one.types} <= published


@given(first=DAYS, more=st.integers(0, 9_000), types=TYPES, on=DAYS)
def test_nothing_is_due_before_its_whole_period_and_everything_after(
    first: date, more: int, types: frozenset[str], on: date
) -> None:
    kept = Kept(an_id("child"), types, first, first + timedelta(days=more))
    of = class_of(kept)
    whole = timedelta(days=int(of.years * 365.2425) - 2)
    counted = kept.last if of.counts_from is From.LAST else kept.first
    assert over_on(kept) - counted >= whole
    assert bool(due((kept,), on)) is (over_on(kept) <= on)
    assert not due((kept,), over_on(kept) - timedelta(days=1))


def test_a_looked_after_child_is_kept_to_the_75th_birthday_whatever_else_was_reported() -> None:
    leap = date(2024, 2, 29)
    kept = Kept(an_id("child"), frozenset({"looked_after.started", "cp_plan.started"}), leap, leap)
    assert (class_of(kept).code, over_on(kept)) == ("looked_after", date(2100, 3, 1))
