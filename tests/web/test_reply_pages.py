"""Can a decision-maker write down what somebody says about an entry, and does it stand beside the entry, escaped?"""

import json
import re
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from contracts.events.reply import Disputes, ReplyAttached, Whose
from contracts.vocabulary import Purpose, Telling
from hub.cli import commands_parser
from hub.commands import reply, staff
from hub.commands.chronology import Asking, as_object, lines, read
from hub.commands.one_line import in_json
from hub.domain.moment import day_in_london
from hub.domain.snapshot import snapshot
from hub.web.paper.rows import replies, rows
from hub.wiring import Hub, titles
from tests.support.families import THERE, about_father
from tests.support.given import ROBIN, StoppedClock, a_concern
from tests.support.house import house, say
from tests.support.html import faults
from tests.support.pages import ASKING, send, signed_in
from tests.web.test_chronology_page import words_of

SAID = "Once, <b>not</b> twice & never at night"
_REPORT = re.compile(r'action="/reply">.*?name="of-report" value="([0-9a-f]{32})"', re.S)


@pytest.fixture
def own(tmp_path: Path) -> Hub:
    """A hub told of a child by the police."""
    made = house(tmp_path)
    say(made, "police", a_concern("C-1"))
    return made


@pytest.fixture
def browser(own: Hub) -> TestClient:
    """A decision-maker before the pages."""
    return signed_in(own, staff.DECISION_MAKER)


def entry(browser: TestClient, **day: str) -> str:
    """The page of the first entry."""
    report = re.findall(r'name="report" value="([0-9a-f]{32})"', send(browser, "/chronology", ASKING).text)[0]
    return send(browser, "/entry", {**ASKING, "report": report, **day}).text


def boxes(hub: Hub, name: str, days: int = 0) -> dict[str, str]:
    """The three boxes of a day that many days from today."""
    found = day_in_london(hub.clock.now()) + timedelta(days=days)
    return {f"{name}-day": str(found.day), f"{name}-month": str(found.month), f"{name}-year": str(found.year)}


def written(own: Hub, browser: TestClient) -> dict[str, str]:
    """A whole reply to the first entry."""
    (report,) = _REPORT.findall(entry(browser))
    about = {**ASKING, "of-report": report, **boxes(own, "said")}
    return {**about, "whose": "parent_or_carer", "disputes": "fact", "words": SAID}


def kept(hub: Hub) -> list[ReplyAttached]:
    """Every reply on record."""
    (person_id,) = hub.index.people_with("nhs", ROBIN)
    return [fact for fact in hub.store.read_history(person_id).facts if isinstance(fact, ReplyAttached)]


def test_nothing_is_chosen_beforehand(own: Hub, browser: TestClient) -> None:
    page = send(browser, "/reply", {**ASKING, "of-report": written(own, browser)["of-report"]}).text
    assert " checked" not in page
    assert " selected" not in page
    assert not faults(page)


def test_the_form_says_of_which_child_and_which_entry_and_whom_the_entry_names(tmp_path: Path) -> None:
    hub = house(tmp_path)
    say(hub, "police", about_father("C-1", Telling.TOLD_AT))
    browser = signed_in(hub, staff.DECISION_MAKER)
    whole = written(hub, browser)
    for path, wrong in (("/reply", {}), ("/reply/keep", {"words": ""})):
        page = send(browser, path, {**whole, **wrong}).text
        said = words_of(page)
        assert "To: Concern raised, Hexley Police, " in said
        assert "About Robin Exemplar, " in said
        assert "This entry names Ray Exemplar" in said
        assert "This view is on record" in said
        assert faults(page) == ()
    assert send(browser, "/reply", {**whole, "of-report": "0" * 32}).status_code == 404


@pytest.mark.parametrize(
    ("whose", "said"),
    [
        ("parent_or_carer", "Parent or carer. This entry names Ray Exemplar; which person replied is not kept"),
        ("child", "The child, Robin Exemplar"),
        ("other_named", "Another person named in it"),
    ],
)
def test_the_entry_says_whom_it_names_in_the_role_of_who_replied(tmp_path: Path, whose: str, said: str) -> None:
    """A reply keeps the role and no name: nobody is named as the one who replied where the entry could mean another."""
    hub = house(tmp_path)
    say(hub, "police", about_father("C-1", Telling.TOLD_AT))
    browser = signed_in(hub, staff.DECISION_MAKER)
    assert send(browser, "/reply/keep", {**written(hub, browser), "whose": whose}).status_code == 200
    assert f"Reply. {said}. Disputes what happened" in words_of(entry(browser))
    shown = read(hub, Asking(THERE, "priya", Purpose.SECTION_47))
    typed = lines(shown, day_in_london(hub.clock.now()))
    assert [line for line in typed if line.startswith(f"    reply {said}. ")]
    (row,) = rows(snapshot(shown, day_in_london(hub.clock.now())))
    assert [text.startswith(f"Reply. {said}. ") for text in replies(row.entry, titles())] == [True]


def test_it_stands_beside_the_entry_on_every_page_and_for_the_terminal(own: Hub, browser: TestClient) -> None:
    answer = send(browser, "/reply/keep", written(own, browser))
    assert (answer.status_code, "Reply attached" in words_of(answer.text)) == (200, True)
    assert not faults(answer.text)
    (fact,) = kept(own)
    assert (fact.whose, fact.disputes, fact.words) == (Whose.PARENT_OR_CARER, Disputes.FACT, SAID)
    assert fact.actor.subject == staff.DECISION_MAKER.subject
    for page in (send(browser, "/chronology", ASKING).text, entry(browser)):
        assert "Reply. Parent or carer." in words_of(page)
        assert "Disputes what happened" in page
        assert "Once, &lt;b&gt;not&lt;/b&gt; twice &amp; never at night" in page
        assert not faults(page)
    shown = read(own, Asking(THERE, "priya", Purpose.SECTION_47))
    typed = lines(shown, day_in_london(own.clock.now()))
    assert [line for line in typed if line.startswith("    reply Parent or carer. ") and SAID in line]
    (one,) = json.loads(in_json(as_object(shown)))["entries"][0]["replies"]
    assert (one["whose"], one["disputes"], one["words"], one["held"]) == ("parent_or_carer", "fact", SAID, None)
    (row,) = rows(snapshot(shown, day_in_london(own.clock.now())))
    assert [SAID in text for text in replies(row.entry, titles())] == [True]


def test_the_command_keeps_it_and_says_what_is_not_whole(
    own: Hub, browser: TestClient, capsys: pytest.CaptureFixture[str]
) -> None:
    report, today = written(own, browser)["of-report"], day_in_london(own.clock.now()).isoformat()
    own.close()
    words = [*("reply", f"nhs:{ROBIN}", "--report", report, "--whose", "agency", "--said-on", today)]
    words += ["--disputes", "view", "--words", SAID, "--as", "priya", "--purpose", "s47", "--json"]
    assert reply.run(own.settings, commands_parser().parse_args(words)) == 2
    assert "which agency it is" in capsys.readouterr().err
    assert reply.run(own.settings, commands_parser().parse_args([*words, "--agency", "school"])) == 0
    assert json.loads(capsys.readouterr().out)["disputes"] == "view"


def test_what_is_left_open_is_named_and_nothing_is_kept(own: Hub, browser: TestClient) -> None:
    whole = written(own, browser)
    for missing in ("whose", "disputes", "said-", "words"):
        check_asked_again(own, browser, {one: value for one, value in whole.items() if not one.startswith(missing)})


def test_a_day_to_come_an_agency_unsaid_and_too_many_words_are_named(own: Hub, browser: TestClient) -> None:
    whole = written(own, browser)
    for wrong in (boxes(own, "said", 2), {"whose": "agency"}, {"agency": "urn:x"}, {"words": "x" * 4001}):
        check_asked_again(own, browser, {**whole, **wrong})


def check_asked_again(own: Hub, browser: TestClient, fields: Mapping[str, str]) -> None:
    """The form comes again with one thing said to be wrong, what was typed still there, and nothing kept."""
    answer = send(browser, "/reply/keep", fields)
    assert answer.status_code == 422
    assert len(re.findall('class="wrong"', answer.text)) == 1
    assert "<title>Error: " in answer.text
    assert ("&lt;b&gt;not" in answer.text) is (fields.get("words") == SAID)
    assert not faults(answer.text)
    assert not kept(own)


def test_a_past_day_offers_no_reply_and_shows_none_that_came_later(own: Hub, browser: TestClient) -> None:
    send(browser, "/reply/keep", written(own, browser))
    today = entry(browser, **boxes(own, "day"))
    assert _REPORT.findall(today) == []
    assert "Reply. Parent or carer." in words_of(today)


def test_only_a_decision_maker_writes_it_down(own: Hub, browser: TestClient) -> None:
    fields = written(own, browser)
    for member in (one for one in staff.MEMBERS if one is not staff.DECISION_MAKER):
        for path in ("/reply", "/reply/keep"):
            assert send(signed_in(own, member), path, fields).status_code == 403
    assert not kept(own)


def test_what_is_not_there_is_answered_as_what_may_not_be_seen(own: Hub, browser: TestClient) -> None:
    fields = written(own, browser)
    for other in ({"child": "nhs:9990000018"}, {"of-report": "0" * 32}):
        answer = send(browser, "/reply/keep", {**fields, **other})
        assert (answer.status_code, "You cannot see this" in answer.text) == (403, True)
    assert send(browser, "/reply", {**fields, "of-report": "x"}).status_code == 422
    assert not kept(own)


def test_two_days_compared_show_what_was_said_between_them(own: Hub) -> None:
    today = day_in_london(own.clock.now())
    later = signed_in(own, staff.DECISION_MAKER, clock=StoppedClock(own.clock.now() + timedelta(days=2), "replies"))
    send(later, "/reply/keep", written(own, later))
    days = {"from-day": str(today.day), "from-month": str(today.month), "from-year": str(today.year)}
    page = send(later, "/compare/days", {**ASKING, **days}).text
    assert "1 replied to" in words_of(page)
    assert "Once, &lt;b&gt;not&lt;/b&gt; twice" in page
    assert not faults(page)
