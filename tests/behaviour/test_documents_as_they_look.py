"""Does a document look as it should in the hand: how large its letters are, and what its first page shows and where?"""

from collections import Counter
from dataclasses import replace
from itertools import pairwise

import pytest

from contracts.events.printing import Product
from hub.domain import words
from hub.domain.snapshot import snapshot
from hub.web.paper.making import made
from hub.web.rendering import Rendering
from tests.behaviour.test_documents_as_others_read_them import NAMED, PRODUCTS, SETTING, cover, joined, paper
from tests.support.days_written import written_by_machines
from tests.support.given import ROBIN, WREN
from tests.support.long_life import TODAY, Said, busy, life
from tests.support.papers import letters
from tests.support.read_life import chronology_of

MILLIMETRE = 72 / 25.4


def test_a_courts_chronology_is_set_in_12_point_and_no_smaller_but_at_the_edges_of_a_page() -> None:
    set_in = [*letters(made(cover(chronology_of(life()), "court_chronology"), Rendering(NAMED, {}), SETTING))]
    within = [one for one in set_in if 26 * MILLIMETRE < one.up < (297 - 22) * MILLIMETRE]
    assert Counter(one.size for one in within).most_common(1)[0][0] == 12
    assert {one.size for one in within if one.size < 12} == set()
    assert {one.size for one in set_in if one not in within} == {10}


def test_the_first_page_of_a_pack_says_for_how_long_nobody_recorded_seeing_the_child() -> None:
    shown = chronology_of(life())
    first = joined(paper(shown, "meeting_pack").pages[0])
    gaps = snapshot(shown, TODAY.date()).gaps
    assert len(gaps) > 5
    for one in gaps:
        assert joined(f"{one.days} days, {words.day(one.start)} to {words.day(one.end)}") in first
    assert joined("so whether anybody did is not known. The first day on which Robin is recorded as seen") in first


def test_the_picture_of_a_pack_stands_right_under_its_heading_and_over_the_gaps() -> None:
    document = made(cover(chronology_of(life()), "meeting_pack"), Rendering(NAMED, {}), SETTING)
    upright = (one for one in letters(document) if one.page == 1 and one.size < 20)  # larger is the watermark
    ups = sorted({one.up for one in upright}, reverse=True)
    assert max(above - under for above, under in pairwise(ups)) < 40, "no blank hole of more than three lines"


@pytest.mark.parametrize("tellings", [busy(300), life()[:2]], ids=["very much", "very little"])
def test_a_first_page_holds_picture_and_gaps_whatever_there_is_to_say(tellings: tuple[Said, ...]) -> None:
    first = paper(chronology_of(tellings), "meeting_pack").pages[0]
    assert "Today, 20 November 2026" in first
    assert "The first thing recorded here is of" in first
    assert "What the picture shows, in words" not in first


@pytest.mark.parametrize(
    ("known_by", "said"),
    [((ROBIN,), "999 000 1006"), ((ROBIN, WREN), "999 000 1006, or 999 000 1375"), ((), "Not recorded")],
)
def test_a_pack_says_the_nhs_number_as_the_page_does(known_by: tuple[str, ...], said: str) -> None:
    shown = replace(chronology_of(life()[:2]), nhs_numbers=known_by)
    assert f"NHS number {said} " in paper(shown, "meeting_pack").text


@pytest.mark.parametrize("product", PRODUCTS)
def test_no_paper_tells_a_day_as_a_machine_does(product: Product) -> None:
    assert written_by_machines(paper(chronology_of(life()), product).text) == set()
