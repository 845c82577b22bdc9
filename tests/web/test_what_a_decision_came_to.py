"""Does a decision's result say each thing once, and is it said where telling the family may not be safe?"""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from consent.decide import RULEBOOK
from contracts.events.hub import Cited
from contracts.events.sharing import DisclosureDecided
from contracts.report import Told
from contracts.vocabulary import Purpose, Telling
from contracts.when import on_day
from hub.commands import staff
from hub.commands.chronology import Asking, read
from hub.domain.moment import day_in_london
from hub.web.decision_words import of_whom
from hub.wiring import Hub
from tests.support.families import THERE, about_father
from tests.support.given import ROBIN, a_concern
from tests.support.house import house, say
from tests.support.html import faults
from tests.support.pages import ASKING, send, signed_in
from tests.support.places import REPO
from tests.web.test_chronology_page import words_of
from tests.web.test_recording_decisions import ALL, kept

EVERYTHING: Mapping[str, str] = {name: value for name, value in ALL.items() if not name.startswith("to-")}
NOTICE = REPO / "agencies" / "police" / "samples" / "made-up-incident-notice.json"
NOTE = "Do not approach the parents about this notice."
CAUTION = "1 entry says it may not be safe"


@pytest.fixture(scope="module")
def warned(tmp_path_factory: pytest.TempPathFactory) -> Hub:
    """A hub with two concerns, and with a notice that says not to approach the parents."""
    made = house(tmp_path_factory.mktemp("warned"))
    for agency in ("health", "school"):
        say(made, agency, a_concern(agency, telling=(Told(person="child", state=Telling.NOT_KNOWN),)))
    made.edge("police").send(NOTICE.read_bytes(), NOTICE.name)
    made.work()
    return made


def test_beside_each_answer_that_tells_it_is_said_that_an_entry_says_it_may_not_be_safe(warned: Hub) -> None:
    page = send(signed_in(warned, staff.DECISION_MAKER), "/decide", ASKING).text
    beside = dict(re.findall(r'name="family" value="(\w+)".*?<p class="hint"[^>]*>([^<]*)</p>', page))
    assert {code: CAUTION in hint for code, hint in beside.items()} == {
        "told": True,
        "to_be_told": True,
        "not_safe": False,
    }
    said = words_of(page)
    assert re.search(
        rf"Telling may not be safe: Domestic abuse incident, 15 September 2026, 02:40, Hexley Police: “ {NOTE} ”", said
    )


@pytest.mark.parametrize(("family", "says"), [("told", True), ("to_be_told", True), ("not_safe", False)])
def test_the_result_says_so_too_where_that_was_answered(warned: Hub, family: str, says: bool) -> None:
    page = send(signed_in(warned, staff.DECISION_MAKER), "/decide/keep", {**ALL, "family": family}).text
    assert ('id="unsafe-title"' in page, NOTE in page) == (says, says)
    assert not faults(page)


def test_where_no_entry_says_so_nothing_is_said_beside_the_answer(tmp_path: Path) -> None:
    made = house(tmp_path)
    say(made, "police", a_concern(telling=(Told(person="child", state=Telling.NOT_KNOWN),)))
    browser = signed_in(made, staff.DECISION_MAKER)
    assert "may not be safe" not in send(browser, "/decide", ASKING).text
    assert "may not be safe" not in send(browser, "/decide/keep", {**ALL, "family": "told"}).text


def test_many_entries_that_say_so_are_folded_and_counted(tmp_path: Path) -> None:
    made = house(tmp_path)
    for number in range(4):
        silent = Told(
            person="child", state=Telling.NOT_TOLD_SAFETY, reason="x", decided_by="A", approved_by="B",
            review_on=on_day(day_in_london(made.clock.now())),
        )  # fmt: skip
        say(made, "police", a_concern(f"C-{number}", telling=(silent,)))
    page = send(signed_in(made, staff.DECISION_MAKER), "/decide", ASKING).text
    assert "<summary>4 entries say that telling may not be safe</summary>" in page
    assert page.count("Not told, for someone&#39;s safety") == 4


def test_the_result_says_what_went_whose_word_is_what_and_nothing_twice(warned: Hub) -> None:
    page = send(
        signed_in(warned, staff.DECISION_MAKER), "/decide/keep", {**ALL, "to-police": "1", "family": "told"}
    ).text
    said = words_of(page)
    assert (
        "It has gone to Hexley Police and Fenwold Hospitals NHS Trust. On record is that you decided to share" in said
    )
    assert "as it will stand" not in said
    assert "each cut down" not in said
    police, health = said[said.index("Sent to Hexley") :].split("Sent to Fenwold")
    for part in (police, health):
        assert "2 of the 3 entries that you chose went." in part
        assert "1 entry did not go because they sent it themselves." in part
    assert "only a part" not in police
    assert "What was held back" not in police
    assert "Of 1 entry only a part went." in health
    assert "source, in 1 entry (Domestic abuse incident, 15 September 2026, 02:40)" in health
    assert page.count("It is not known whether this person was told") == 1
    family = said[said.index("Telling the family You answered about this sharing: yes, they have been told") :]
    assert "It changes no entry" in family
    assert "Not known whether told: 3 entries Not told, for someone&#39;s safety: 1 entry" in family
    assert "All 3 entries that you chose went." in words_of(
        send(signed_in(warned, staff.DECISION_MAKER), "/decide/keep", {**EVERYTHING, "to-nursery": "1"}).text
    )


def test_an_agency_that_would_be_sent_only_its_own_is_sent_nothing_and_it_is_said(warned: Hub) -> None:
    browser = signed_in(warned, staff.DECISION_MAKER)
    page = send(browser, "/decide", ASKING).text
    box = re.findall(r'name="(r-[0-9a-f]{32})" value="1"><label[^>]*>[^<]*<strong>Domestic abuse incident', page)[0]
    answer = send(browser, "/decide/keep", {**EVERYTHING, "what": "some", box: "1", "to-police": "1"})
    said = words_of(answer.text)
    assert "Nothing has gone to anybody. On record is that you decided to share some entries." in said
    assert "Nothing was sent to Hexley Police The entry that you chose did not go: they sent it themselves." in said
    assert "Why it is allowed" not in said
    assert "I have weighed this" not in said
    decided = kept(warned)[-1]
    assert isinstance(decided, DisclosureDecided)
    assert (decided.effect, decided.items) == ("refused", ())
    assert "They sent it themselves" in words_of(send(browser, "/shares", {"child": f"nhs:{ROBIN}"}).text)


def test_of_whom_the_law_speaks_is_said_by_name_and_of_nobody_else(tmp_path: Path) -> None:
    """“This person is not told, and the record lacks …” names nobody: is it said which person that can be?"""
    hub = house(tmp_path)
    whole = about_father("C-1", Telling.NOT_TOLD_SAFETY)
    bare = tuple(one.model_copy(update={"approved_by": None}) for one in whole.telling)
    say(hub, "police", whole.model_copy(update={"telling": bare}))
    page = send(signed_in(hub, staff.DECISION_MAKER), "/decide/keep", ALL).text
    said = words_of(page)
    _, _, after = said.partition("This person is not told, and the record lacks ")
    assert "rules 2, 7 Said of: Ray Exemplar (parent or carer)" in after[:200], after[:200]
    assert faults(page) == ()


@pytest.mark.parametrize(
    ("rule", "people"),
    [
        ("not-told-without-ground", ("Ray Exemplar (parent or carer)",)),
        ("telling-not-known", ("Robin Exemplar (child)",)),
        ("special-category-unaddressed", ("Robin Exemplar (child)", "Ray Exemplar (parent or carer)")),
        ("nothing-to-share", ()),
    ],
)
def test_a_rule_is_said_of_whom_it_can_speak_of(tmp_path: Path, rule: str, people: tuple[str, ...]) -> None:
    hub = house(tmp_path)
    whole = about_father("C-1", Telling.NOT_TOLD_SAFETY)
    told = tuple(one for one in whole.telling if one.person == "father")
    say(hub, "police", whole.model_copy(update={"telling": (*told, Told(person="child", state=Telling.NOT_KNOWN))}))
    shown = read(hub, Asking(THERE, staff.DECISION_MAKER.subject, Purpose.SECTION_47))
    assert rule in {one.law.id for one in RULEBOOK}
    assert of_whom(Cited(rule=rule, citation="", says=""), shown.entries) == people
