"""Does each entry stand on exactly one page of the record, and does a row fold only what was done again at once?"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest

from contracts.events.hub import SessionOpened
from contracts.vocabulary import Purpose, StaffRole
from hub.application.list_accesses import RowsUnder, Sought, page_sought
from hub.application.list_unexplained import first_page
from hub.domain.access_line import AccessLine
from hub.domain.access_runs import MOST, ROWS, WITHIN, Page, page_of_lines
from hub.domain.access_words import done
from hub.domain.explained import Look, Unexplained
from hub.views.accesses import EVERYBODY, gather
from hub.views.view import Values
from tests.support.given import an_actor, an_id

NOON = datetime(2026, 10, 6, 12, tzinfo=UTC)
PRIYA, SAM = an_actor(), StaffRole.PRACTITIONER
LOOK = AccessLine(
    100, NOON, "consultation", "chronology", "permitted", PRIYA,
    purpose=Purpose.SECTION_47, people=(an_id("robin"),), decision_id=an_id("look"), items=4, rules=("section-47",),
)  # fmt: skip


def again(minutes_ago: float, position: int = 1) -> AccessLine:
    """The same, earlier, as another entry that showed more."""
    return replace(
        LOOK, at=NOON - timedelta(minutes=minutes_ago), position=position, decision_id=an_id(str(position)), items=9
    )


def rows_over(facts: Sequence[SessionOpened]) -> RowsUnder:
    """What the view holds once it followed facts that were kept in this order."""
    held: dict[str, Values] = {}
    for position, fact in enumerate(facts, start=1):
        for row in gather(fact, position, held.get):
            held[row.key] = row.values
    return lambda keys: {key: held[key] for key in keys if key in held}


def turned(rows_under: RowsUnder, sought: Sought) -> list[Page[AccessLine]]:
    """Every page, from the newest to the last."""
    found = [page_sought(rows_under, EVERYBODY, sought)]
    while (last := found[-1].last) is not None:
        found.append(page_sought(rows_under, EVERYBODY, replace(sought, before=last.position)))
        assert len(found) < 1_000
    return found


def test_the_same_again_within_minutes_is_one_row_with_each_entry_in_it() -> None:
    lines = (LOOK, again(10, 90), again(24, 80))
    page = page_of_lines(lines)
    assert page.runs == (lines,)
    assert (page.items, page.more, page.last) == (lines, False, None)


def test_after_a_longer_pause_it_is_a_row_of_its_own() -> None:
    pause = WITHIN.total_seconds() / 60
    assert len(page_of_lines((LOOK, again(pause))).runs) == 1
    assert len(page_of_lines((LOOK, again(pause + 0.1))).runs) == 2


@pytest.mark.parametrize(
    "other",
    [
        replace(LOOK, actor=PRIYA.model_copy(update={"subject": "sam"})),
        replace(LOOK, actor=PRIYA.model_copy(update={"via": "web"})),
        replace(LOOK, people=(an_id("wren"),)),
        replace(LOOK, people=(an_id("robin"), an_id("wren"))),
        replace(LOOK, kind="print"),
        replace(LOOK, what="shares"),
        replace(LOOK, purpose=Purpose.SECTION_17),
        replace(LOOK, purpose=None),
        replace(LOOK, effect="refused"),
        replace(LOOK, recipients=("urn:school",)),
        replace(LOOK, rules=("section-17",)),
    ],
)
def test_what_differs_in_who_whose_what_why_or_outcome_is_never_folded(other: AccessLine) -> None:
    page = page_of_lines((LOOK, other, again(2)))
    assert page.runs == ((LOOK, again(2)), (other,))
    assert page.items == (LOOK, other, again(2))


def test_a_page_ends_at_its_rows_and_at_its_lines() -> None:
    spread = [again(20 * number, number + 1) for number in range(ROWS + 1)]
    rows = page_of_lines(spread)
    assert (len(rows.runs), rows.last) == (ROWS, spread[ROWS - 1])
    assert page_of_lines(spread[:ROWS]).last is None
    close = [again(number / 60, number + 1) for number in range(MOST + 1)]
    lines = page_of_lines(close)
    assert (len(lines.runs), len(lines.items), lines.last) == (1, MOST, close[MOST - 1])


@pytest.mark.parametrize("seed", range(5))
def test_each_entry_is_on_exactly_one_page_though_some_were_kept_out_of_turn_about_midnight(seed: int) -> None:
    random, midnight = Random(seed), datetime(2026, 10, 6, 23, tzinfo=UTC)  # in England, in October
    times = sorted(midnight + timedelta(minutes=random.uniform(-20, 20)) for _ in range(900))
    late = sorted(times, key=lambda at: at + timedelta(minutes=random.uniform(0, 20)))
    actors = [PRIYA.model_copy(update={"subject": f"staff-{number}"}) for number in range(40)]
    facts = [SessionOpened(at=at, actor=random.choice(actors), effect="opened") for at in late]
    pages = turned(rows_over(facts), Sought(date(2026, 10, 1), date(2026, 10, 7)))
    positions = [line.position for page in pages for line in page.items]
    assert sorted(positions) == list(range(1, 901))
    assert all(len(page.runs) <= ROWS and len(page.items) <= MOST for page in pages)
    assert sorted(line.position for page in pages for run in page.runs for line in run) == sorted(positions)


def test_pages_hold_only_what_is_sought_and_a_place_that_is_none_is_the_beginning() -> None:
    refused = [SessionOpened(at=NOON + timedelta(hours=one), actor=PRIYA, effect="refused") for one in range(0, 60, 2)]
    opened = [one.model_copy(update={"effect": "opened"}) for one in refused]
    facts = [fact for pair in zip(refused, opened, strict=True) for fact in pair]
    sought = Sought(date(2026, 10, 1), date(2026, 10, 30), effect="refused")
    rows_under = rows_over(facts)
    (page,) = turned(rows_under, sought)
    assert [line.position for line in page.items] == list(range(59, 0, -2))
    assert page_sought(rows_under, EVERYBODY, replace(sought, before=9_999)) == page
    assert [line.position for line in page_sought(rows_under, EVERYBODY, replace(sought, before=5)).items] == [3, 1]
    after_the_days = replace(sought, since=date(2026, 10, 8), until=date(2026, 10, 9), before=5)
    assert page_sought(rows_under, EVERYBODY, after_the_days).items == ()


def test_looks_to_ask_about_of_one_moment_stand_on_one_page() -> None:
    times = [NOON - timedelta(minutes=one) for one in range(ROWS - 1)]
    times += [NOON - timedelta(hours=2)] * 3 + [NOON - timedelta(hours=3)] * 2
    asked = tuple(
        Unexplained(Look(an_id(f"{one}"), an_id("robin"), at, ("urn:test", "sam"), "urn:care", SAM, None), ())
        for one, at in enumerate(times)
    )
    first = first_page(asked, None)
    assert (first.looks, first.of, first.more) == (asked[: ROWS + 2], len(asked), True)
    second = first_page(asked, first.looks[-1].look.at)
    assert (second.looks, second.of, second.more) == (asked[ROWS + 2 :], len(asked), False)


def test_what_was_done_is_said_in_words_and_no_code() -> None:
    opened = replace(LOOK, kind="break_glass", what="hurt")
    reviewed = replace(LOOK, kind="review", what="break_glass_confirm")
    assert done(opened) == "Opened in an emergency: The child is hurt or ill, and is being treated"
    assert done(reviewed).startswith("Reviewed a look: Emergency access: The look was for the work")
