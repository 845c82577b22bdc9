"""A list asks for no purpose, so none is said to have been chosen: on its page, on record, and in the note on why."""

from pathlib import Path

import pytest

from contracts.vocabulary import Purpose
from hub.application.explain_decision import Explaining, explain_decision
from hub.commands import staff
from hub.domain import access_words
from hub.wiring import Hub
from tests.support.given import ROBIN
from tests.support.house import house, proved
from tests.support.pages import ASKING, send, signed_in
from tests.support.story import tell_story
from tests.web.test_chronology_page import words_of

CHOSEN = "Assess and serve a child in need (Children Act 1989 s17)"
OWN = f"No purpose is chosen for that; it is open under: {CHOSEN}"


@pytest.fixture
def own(tmp_path: Path) -> Hub:
    """A hub with the story of one child, of whom a father is still to be told."""
    made = house(tmp_path)
    tell_story(made)
    made.work()
    return made


def record_of(hub: Hub) -> str:
    """What an information-governance officer is shown of who looked at the child."""
    return words_of(send(signed_in(hub, staff.IG_OFFICER), "/who-looked", {"child": ROBIN}).text)


def noted(hub: Hub) -> str:
    """The note on the newest decision about the child."""
    (person_id,) = hub.index.people_with("nhs", ROBIN)
    last = hub.store.read_access(person_id)[-1]
    explaining = Explaining(hub.store, hub.store, hub.clock, hub.reading().law, hub.index, hub.reading().deciding)
    return " ".join(explain_decision(explaining, proved(hub, staff.IG_OFFICER), last.decision_id).split())


@pytest.mark.parametrize(
    ("path", "work"),
    [("/telling", "that whoever must be told is told"), ("/shares", "that what was sent is read")],
)
def test_a_list_goes_on_record_as_its_own_work(own: Hub, path: str, work: str) -> None:
    mash = signed_in(own, staff.DECISION_MAKER)
    page = send(mash, path, {"child": ROBIN}) if path == "/shares" else mash.get(path)
    assert page.status_code == 200
    assert "as the work of this list under Children Act 1989 s17: no purpose is asked for it." in words_of(page.text)
    assert f"Its own work: {work}. {OWN}" in record_of(own)
    mash.get("/telling")
    assert "purpose s17, which is the list's own and nobody chose" in noted(own)


def test_a_purpose_that_somebody_chose_stands_as_chosen(own: Hub) -> None:
    send(signed_in(own, staff.DECISION_MAKER), "/chronology", {**ASKING, "purpose": "s17"})
    assert "purpose s17. It was permitted" in noted(own)
    record = record_of(own)
    assert CHOSEN in record
    assert "Its own work" not in record


def test_each_list_without_a_purpose_says_what_it_is_for_and_what_is_chosen_stays() -> None:
    for what in ("telling", "shares", "identity_question"):
        assert access_words.purpose(Purpose.SECTION_17, what).startswith("Its own work: ")
        assert access_words.purpose(Purpose.AUDIT, what) == Purpose.AUDIT.meaning
    assert access_words.purpose(Purpose.SECTION_17, "chronology") == CHOSEN
    assert access_words.purpose(None, "telling") == "None given"
