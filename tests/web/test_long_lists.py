"""Is a long list short to read, with nothing lost that its entries in full would warn of?"""

import re
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from contracts.compartment import Compartment
from contracts.events.hub import Mark, Withheld
from contracts.identifiers import parse_identifier
from contracts.vocabulary import ChangeKind, FieldClass, Purpose, Telling
from hub.adapters.view_rows import ViewRows
from hub.application.keep_views import keep_views
from hub.application.read_chronology import read_chronology
from hub.commands import staff
from hub.domain.chronology import Entry
from hub.views.accesses import ACCESSES
from hub.web.app import create_app
from hub.web.entry_line import notice, one_line
from hub.web.listing import LONG, NEWEST
from hub.wiring import Hub
from tests.support.given import ROBIN, an_actor
from tests.support.html import faults
from tests.support.long_life import TODAY, Said, a_house, add, busy, parts_over
from tests.support.pages import ASKING, browsing, send, sign_in
from tests.support.small_hub import SmallHub
from tests.web.test_chronology_page import words_of

MANY, TOMORROW = LONG + 10, TODAY + timedelta(days=1)
FULL = re.compile(r'<li id="(e-\d+)"[^>]*><article class="entry ')
LINE = re.compile(r'<li id="(e-\d+)"[^>]*><article class="entry-line')


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> SmallHub:
    """A hub that was told of very much."""
    return a_house(tmp_path_factory.mktemp("busy"), busy(MANY))


@pytest.fixture(scope="module")
def browser(hub: Hub, told: SmallHub) -> TestClient:
    """A decision-maker before the child's pages."""
    browser = browsing(create_app(parts_over(hub, told)))
    sign_in(browser, hub, staff.DECISION_MAKER)
    return browser


@pytest.fixture(scope="module")
def entries(told: SmallHub) -> tuple[Entry, ...]:
    """What is shown of the child, oldest first."""
    return read_chronology(told.reading(), an_actor(), parse_identifier(f"nhs:{ROBIN}"), Purpose.SECTION_47).entries


def test_of_a_long_list_the_newest_stand_in_full_and_every_other_on_a_line(browser: TestClient) -> None:
    text = send(browser, "/chronology", ASKING).text
    full, lines = FULL.findall(text), LINE.findall(text)
    numbers = [int(one.removeprefix("e-")) for one in (*full, *lines)]
    assert numbers == list(range(MANY, 0, -1))
    assert len(full) == NEWEST
    assert f"The newest {NEWEST} are in full." in words_of(text)
    assert not faults(text)


@pytest.mark.parametrize(("look", "full"), [("full", MANY), ("brief", 0)])
def test_a_reader_may_have_all_of_it_in_full_or_a_line_of_each(browser: TestClient, look: str, full: int) -> None:
    text = send(browser, "/chronology", {**ASKING, "look": look}).text
    assert (len(FULL.findall(text)), len(LINE.findall(text))) == (full, MANY - full)
    assert "are in full." not in words_of(text)
    assert f'value="{look}" checked' in text
    again = re.findall(r'<input type="hidden" name="look" value="(\w+)">', text)
    assert again
    assert set(again) == {look}


def test_a_list_that_a_filter_makes_short_stands_in_full(browser: TestClient) -> None:
    text = send(browser, "/chronology", {**ASKING, "from-police": "1"}).text
    assert FULL.findall(text)
    assert not LINE.findall(text)
    assert "in full" not in words_of(text[text.index('id="list-title"') :]).split("2026")[0]


def test_oldest_first_the_newest_stand_in_full_at_the_end(browser: TestClient) -> None:
    text = send(browser, "/chronology", {**ASKING, "order": "oldest"}).text
    assert [int(one.removeprefix("e-")) for one in FULL.findall(text)] == list(range(MANY - NEWEST + 1, MANY + 1))


def test_a_line_leads_to_its_entry_in_full_on_record(browser: TestClient, entries: tuple[Entry, ...]) -> None:
    text = send(browser, "/chronology", ASKING).text
    oldest = entries[0].report_id.hex
    assert f'name="report" value="{oldest}">In full' in text
    alone = send(browser, "/entry", {**ASKING, "report": oldest})
    assert alone.status_code == 200
    assert "Whose it is" in alone.text


def test_what_came_since_the_reader_last_looked_stands_in_full_however_old(hub: Hub, tmp_path: Path) -> None:
    told = a_house(tmp_path, busy(MANY))
    views = ViewRows(tmp_path / "accesses.db", (ACCESSES,))
    parts = replace(parts_over(hub, told), accesses_under=partial(views.rows_of, ACCESSES))
    browser = browsing(create_app(parts))
    sign_in(browser, hub, staff.DECISION_MAKER)
    send(browser, "/chronology", ASKING)
    keep_views(told.store, views)
    late = Said("police", (TODAY - timedelta(days=3000)).date(), "Known of in another county.", sent=TOMORROW.date())
    add(told, next(one for one in told.senders if one.name == "police"), 9000, late)
    told.clock.at = TOMORROW
    sign_in(browser, hub, staff.DECISION_MAKER)
    text = send(browser, "/chronology", ASKING).text
    assert "e-1" in FULL.findall(text)
    assert len(FULL.findall(text)) == NEWEST + 1
    assert "1 entry is new since you last looked" in words_of(text)
    assert "and those new since you last looked" in words_of(text)
    brief = send(browser, "/chronology", {**ASKING, "look": "brief"}).text
    assert brief.count("New since you looked") == 1


def test_a_line_says_all_that_its_entry_in_full_would_warn_of(entries: tuple[Entry, ...]) -> None:
    plain = next(one for one in entries if not one.marks)
    assert notice(plain) == ()
    part = Withheld(report_id=plain.report_id, content=FieldClass.LOCATION, reason="address_protected")
    warned = replace(
        plain,
        withheld=(part,),
        held_apart=(Compartment.REFUGE,),
        marks=(Mark(code="received_late"), Mark(code="basis_to_be_corrected", says="Of the rule", rule="D02")),
        telling=tuple(one.model_copy(update={"state": Telling.NOT_TOLD_SAFETY}) for one in plain.telling),
        later=(replace(plain, change=ChangeKind.CORRECTION), replace(plain, change=ChangeKind.RETRACTION)),
    )
    assert notice(warned) == (
        "Corrected by its agency",
        "Withdrawn by its agency",
        "Part held back",
        "Part held apart",
        "Received more than 30 days after it happened",
        "Basis to be corrected",
        "Not told, for someone's safety",
    )
    late = notice(replace(plain, later=(warned,)))
    assert late[1:3] == ("Part held back", "Part held apart")
    assert late[-1] == "Not told, for someone's safety"


def test_a_line_whose_words_are_held_apart_does_not_say_that_there_are_none(entries: tuple[Entry, ...]) -> None:
    bare = replace(entries[0], facts=(), views=(), child_words=())
    assert one_line(bare).gist == "No words recorded"
    assert one_line(replace(bare, held_apart=(Compartment.REFUGE,))).gist == "Held apart"
