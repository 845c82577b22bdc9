"""Is nobody told by accident where one report says of them both that they were told and that they were not?"""

from pathlib import Path

import pytest

from consent.packs import LawSettings
from contracts.event_id import event_id
from contracts.events.shared import ConcernRaised
from contracts.vocabulary import Telling
from hub.adapters.view_rows import ViewRows
from hub.application.keep_views import keep_views
from hub.application.state_telling import StatingTelling, state_telling
from hub.commands import staff, telling
from hub.domain.family_letter import NOTHING
from hub.domain.moment import day_in_london
from hub.domain.told import NowTold, as_told
from hub.views.telling import TELLING, ToTell, to_tell
from tests.support.families import THERE, about_father, asked
from tests.support.given import NOW, POLICE, an_actor
from tests.support.house import house, say
from tests.support.html import faults
from tests.support.pages import signed_in
from tests.support.small_hub import SmallHub
from tests.web.test_chronology_page import words_of

DAY = day_in_london(NOW)


def both_ways(first: Telling, second: Telling) -> ConcernRaised:
    """A report that states two things of telling the father."""
    made = about_father("C-1", first)
    (told,) = (one for one in made.telling if one.person == "father")
    others = tuple(one for one in made.telling if one.person != "father")
    return made.model_copy(update={"telling": (told, *others, told.model_copy(update={"state": second}))})


def listed(hub: SmallHub, folder: Path) -> tuple[ToTell, ...]:
    tables = ViewRows(folder / "views.db", (TELLING,))
    keep_views(hub.store, tables)
    return tuple(one for one in to_tell(tables.read(TELLING), DAY) if one.label == "father")


@pytest.mark.parametrize("other", [Telling.NOT_TOLD_SAFETY, Telling.NOT_TOLD_PREJUDICE, Telling.NOT_KNOWN])
@pytest.mark.parametrize("first", [True, False])
def test_it_counts_as_not_told_and_says_what_it_stands_against(tmp_path: Path, other: Telling, first: bool) -> None:
    hub = SmallHub(tmp_path)
    hub.receive(both_ways(*((other, Telling.TOLD_AT) if first else (Telling.TOLD_AT, other))))
    (matter,) = listed(hub, tmp_path)
    assert (matter.state, matter.against) == (other, (Telling.TOLD_AT,))
    assert asked(hub).letter.count(NOTHING) == 3


def test_what_is_stated_since_stands_in_place_of_both(tmp_path: Path) -> None:
    hub = SmallHub(tmp_path)
    report = both_ways(Telling.TOLD_AT, Telling.NOT_TOLD_SAFETY)
    hub.receive(report)
    stating = StatingTelling(hub.store, hub.index, hub.clock, LawSettings(), hub.deciding())
    on = day_in_london(hub.clock.now())
    made = NowTold(an_actor(), event_id(POLICE, report), "father", Telling.TOLD_AFTER, on, "in_person", "Ada, worker")
    assert state_telling(stating, THERE, made).stands
    (person_id,) = hub.index.people_with("nhs", THERE.value)
    history = hub.store.read_history(person_id)
    (link,) = as_told(history.standing(), history.facts)
    assert [one.state for one in link.telling if one.person == "father"] == [Telling.TOLD_AFTER]
    assert listed(hub, tmp_path) == ()


def test_the_list_of_who_is_to_be_told_says_it_on_the_page_and_on_the_terminal(tmp_path: Path) -> None:
    hub = house(tmp_path)
    say(hub, "police", both_ways(Telling.TOLD_AT, Telling.NOT_TOLD_SAFETY))
    page = signed_in(hub, staff.DECISION_MAKER).get("/telling").text
    said = words_of(page)
    assert "What is stated of telling does not agree. What stands is “Not told: telling would put someone at" in said
    assert "the report says too: “Told at the time”. Ask Hexley Police which is so." in said
    assert faults(page) == ()
    (line,) = (one for one in telling.lines(telling.listed(hub, "priya")) if "DOES NOT AGREE" in one)
    assert "the report says too “Told at the time”; ask that agency which is so" in line


def test_where_a_silence_was_stated_since_the_telling_it_stands_against_is_said(tmp_path: Path) -> None:
    hub = SmallHub(tmp_path)
    report = about_father("C-1", Telling.TOLD_AT)
    hub.receive(report)
    stating = StatingTelling(hub.store, hub.index, hub.clock, LawSettings(), hub.deciding())
    made = NowTold(
        an_actor(), event_id(POLICE, report), "father", Telling.NOT_TOLD_SAFETY, reason="violence feared",
        approved_by="MASH manager", review_on=DAY,
    )  # fmt: skip
    assert state_telling(stating, THERE, made).stands
    (matter,) = listed(hub, tmp_path)
    assert (matter.state, matter.against) == (Telling.NOT_TOLD_SAFETY, (Telling.TOLD_AT,))
