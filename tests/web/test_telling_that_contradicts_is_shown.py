"""Is it said wherever telling is shown that what is stated of it does not agree, and who is to be asked?"""

import re
from html import unescape
from pathlib import Path

import pytest

from contracts.strict_json import Json
from contracts.vocabulary import Purpose, Telling
from hub.application.sign_in import act_as
from hub.application.state_telling import StatingTelling, state_telling
from hub.commands import chronology, staff
from hub.domain.moment import day_in_london
from hub.domain.told import NowTold
from hub.wiring import Hub
from tests.spec.test_paper_says_who_has_not_replied import on_paper
from tests.support.families import THERE, about_father
from tests.support.house import house, say
from tests.support.html import faults
from tests.support.pages import ASKING, send, signed_in
from tests.web.test_chronology_page import words_of
from tests.web.test_handling_notes import NOTICE

HEADING = "What is stated of telling does not agree"
UNTOLD = "Nobody who was told is untold. Ask Hexley Police and Northborough Children's Social Care which is so"


def in_order(of: Json) -> list[Json]:
    """What is a list, as one."""
    assert isinstance(of, list)
    return of


@pytest.fixture
def untold(tmp_path: Path) -> Hub:
    """A hub at which the police say that the father was told, and the decision-maker later that he is not."""
    hub = house(tmp_path)
    (report_id,) = say(hub, "police", about_father("C-1", Telling.TOLD_AT))
    stating = StatingTelling(hub.store, hub.index, hub.clock, hub.law, hub.deciding())
    review = day_in_london(hub.clock.now())
    made = NowTold(
        act_as(hub.store, "priya"), report_id, "father", Telling.NOT_TOLD_SAFETY, reason="risk_to_child",
        approved_by="MASH manager", review_on=review,
    )  # fmt: skip
    assert state_telling(stating, THERE, made).stands
    hub.follow()
    return hub


def test_the_entry_says_so_alone_and_among_others_and_on_one_line(untold: Hub) -> None:
    browser = signed_in(untold, staff.DECISION_MAKER)
    whole = send(browser, "/chronology", ASKING).text
    report = re.findall(r'name="report" value="([0-9a-f]{32})"', whole)[0]
    alone = send(browser, "/entry", {**ASKING, "report": report}).text
    for page in (whole, alone):
        assert f"{HEADING}. Ray Exemplar (parent or carer): Hexley Police states “Told at the time”" in words_of(page)
        assert UNTOLD in unescape(words_of(page))
        assert words_of(page).count("somebody stated it again later: see the newest") == 1
        assert faults(page) == ()
    assert words_of(send(browser, "/chronology", {**ASKING, "look": "brief"}).text).count(HEADING) == 1


def test_the_terminal_and_the_paper_say_so_where_they_show_telling(untold: Hub) -> None:
    asked = chronology.Asking(THERE, staff.DECISION_MAKER.subject, Purpose.SECTION_47)
    shown = chronology.read(untold, asked)
    today = day_in_london(untold.clock.now())
    (line,) = (one for one in chronology.lines(shown, today) if "TELLING DOES NOT AGREE" in one)
    assert "Ray Exemplar: Hexley Police states “Told at the time”" in line
    assert UNTOLD in line
    (row,) = (one for one in in_order(on_paper(shown, "meeting_pack")["rows"]) if isinstance(one, dict))
    (said,) = (one for one in in_order(row["basis"]) if str(one).startswith(HEADING))
    assert isinstance(said, str)
    assert said.startswith(f"{HEADING}. Ray Exemplar")
    assert "Nobody who was told is untold. Ask Hexley Police and" in said
    assert chronology.as_object(shown)["telling_disagrees"] == [
        {"report": str(shown.entries[0].report_id), "kind": "untold", "ask": [
            "urn:childhub:agency:police", "urn:childhub:agency:social-care",
        ]}
    ]  # fmt: skip


def test_telling_beside_a_note_on_handling_is_said_once_and_the_note_not_again(tmp_path: Path) -> None:
    hub = house(tmp_path)
    hub.edge("police").send(NOTICE.read_bytes(), NOTICE.name)
    hub.work()
    said = words_of(send(signed_in(hub, staff.DECISION_MAKER), "/chronology", ASKING).text)
    assert said.count(f"{HEADING}. This entry has a note on how to handle it") == 1
    assert "Erin Exemplar (parent or carer): Hexley Police states “Told at the time”, on 15 September 2026." in said
