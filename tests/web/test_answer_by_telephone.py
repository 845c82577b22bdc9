"""An answer said to the MASH by telephone: whoever reads the child's record writes it down, once, and it says so."""

import re
from pathlib import Path

import pytest
from httpx2 import Response

from contracts.events.access import ReadDecided
from contracts.events.need import ConflictKind
from contracts.events.requests import InformationAnswered
from contracts.identifiers import parse_identifier
from contracts.report import Name
from contracts.vocabulary import SensitivityTag
from hub.application.keep_apart import declare_conflict
from hub.commands import staff
from hub.wiring import Hub
from tests.support.asked import answers, asked_of, fields, pressable, question_to
from tests.support.given import ROBIN
from tests.support.house import house, proved, say
from tests.support.pages import ASKING, send, signed_in
from tests.support.story import CHILD, about_robin, clock
from tests.web.test_chronology_page import words_of

ADDRESS = "/requests/by-telephone"


@pytest.fixture
def own(tmp_path: Path) -> Hub:
    """A hub whose nursery was asked and has not answered."""
    return asked_of(tmp_path, "nursery")


def said(hub: Hub, answer: str, whose: staff.Member = staff.DECISION_MAKER, **more: str) -> Response:
    """What is shown to whoever opens the form and presses an answer."""
    browser = signed_in(hub, whose)
    send(browser, ADDRESS, fields(hub))
    return send(browser, ADDRESS, {**fields(hub), "answer": answer, **more})


def kept(hub: Hub) -> InformationAnswered:
    """The one answer on record."""
    (person_id,) = hub.index.people_with("nhs", ROBIN)
    (one,) = (fact for fact in hub.store.read_history(person_id).facts if isinstance(fact, InformationAnswered))
    return one


def test_an_agency_that_cannot_be_told_a_name_says_its_answer_and_it_is_written_down(tmp_path: Path) -> None:
    """The child goes by two family names and is protected, so the nursery is shown nobody and has to call."""
    made = house(tmp_path)
    renamed = CHILD.model_copy(update={"names": (Name(family="Newname", given="Robin"),)})
    tags = (SensitivityTag.OFFICIAL_SENSITIVE, SensitivityTag.ADDRESS_PROTECTED)
    first = about_robin("S-1", clock(2026, 11, 10), people=(CHILD,))
    say(made, "school", first, about_robin("S-2", clock(2026, 11, 11), people=(renamed,), tags=tags))
    send(signed_in(made, staff.DECISION_MAKER), "/ask/keep", question_to("nursery"))
    nursery = send(signed_in(made, staff.NURSERY_LEAD), "/requests/one", fields(made))
    assert "write down your answer" in words_of(nursery.text)
    page = said(made, "not_known")
    assert page.status_code == 200
    assert answers(made) == ["not_known"]


def test_it_is_led_to_from_the_list_and_from_the_chronology(own: Hub) -> None:
    mash = signed_in(own, staff.DECISION_MAKER)
    for page in (mash.get("/requests"), send(mash, "/chronology", ASKING)):
        assert "Write down what they say by telephone, on record" in words_of(page.text)
        form = re.search(rf'<form[^>]* action="{ADDRESS}"[^>]*>.*?</form>', page.text)
        assert form is not None
        carried = dict(re.findall(r'name="(request|child)" value="([^"]*)"', form[0]))
        assert carried == fields(own)
    pressed = send(mash, ADDRESS, carried)
    assert "Robin Exemplar" in words_of(pressed.text)
    assert pressable(pressed) == {"known_relevant", "known_nothing_relevant", "not_known", "more_time", "cannot_share"}


def test_what_is_on_record_says_who_wrote_it_down_and_every_reader_is_told(own: Hub) -> None:
    page = words_of(said(own, "not_known").text)
    fact = kept(own)
    assert (fact.answer, fact.actor.subject) == ("not_known", "priya")
    number = f"{fact.answer_id.hex[:4]} {fact.answer_id.hex[4:8]}".upper()
    assert f"On record as Number {number}" in page
    assert "Answer recorded Robin Exemplar" in page
    assert "you wrote it down" in page
    assert "Answer Not known to them" in page
    read = words_of(send(signed_in(own, staff.DECISION_MAKER), "/chronology", ASKING).text)
    assert re.search(r"Not known to them, [^.]*, as the MASH was told and wrote down\. Asked", read)
    own.work()
    nursery = words_of(signed_in(own, staff.NURSERY_LEAD).get("/requests").text)
    assert "No requests waiting." in nursery


def test_what_an_agency_answered_itself_is_not_said_to_be_written_down(own: Hub) -> None:
    nursery = signed_in(own, staff.NURSERY_LEAD)
    send(nursery, "/requests/one", fields(own))
    assert send(nursery, "/requests", {**fields(own), "answer": "not_known"}).status_code == 200
    assert "wrote" not in words_of(send(signed_in(own, staff.DECISION_MAKER), "/chronology", ASKING).text)


def test_nobody_writes_it_down_who_has_not_read_who_is_meant_since_it_was_asked(own: Hub) -> None:
    staff.enrol(own, (staff.SECOND_DECISION_MAKER,))
    other = signed_in(own, staff.SECOND_DECISION_MAKER)
    assert send(other, ADDRESS, {**fields(own), "answer": "not_known"}).status_code == 403
    mash = signed_in(own, staff.DECISION_MAKER)  # who read the chronology before it was asked
    assert send(mash, ADDRESS, {**fields(own), "answer": "not_known"}).status_code == 403
    assert answers(own) == []
    assert send(mash, ADDRESS, fields(own)).status_code == 200
    assert send(other, ADDRESS, {**fields(own), "answer": "not_known"}).status_code == 403
    assert send(mash, ADDRESS, {**fields(own), "answer": "not_known"}).status_code == 200
    assert answers(own) == ["not_known"]


@pytest.mark.parametrize(
    "whose", [staff.NURSERY_LEAD, staff.RESEARCHER, staff.UNRELATED, staff.IG_OFFICER], ids=lambda one: one.subject
)
def test_nobody_else_writes_down_an_answer(own: Hub, whose: staff.Member) -> None:
    page = said(own, "not_known", whose)
    assert page.status_code == 403
    assert "Robin" not in page.text
    assert answers(own) == []


def test_it_is_written_down_once(own: Hub) -> None:
    sent = {**fields(own), "answer": "known_relevant"}
    mash = signed_in(own, staff.DECISION_MAKER)
    send(mash, ADDRESS, fields(own))
    for _ in range(2):  # the second press of a double one
        assert "Answer recorded Robin Exemplar" in words_of(send(mash, ADDRESS, sent).text)
    page = send(mash, ADDRESS, {**sent, "answer": "not_known"})
    assert page.status_code == 403
    assert "Robin" not in page.text
    nursery = signed_in(own, staff.NURSERY_LEAD)
    assert send(nursery, "/requests", sent).status_code == 403
    assert answers(own) == ["known_relevant"]


def test_a_request_or_a_child_that_is_not_there_is_answered_alike_and_on_record(own: Hub) -> None:
    mash = signed_in(own, staff.DECISION_MAKER)
    nobody = "00000000000040008000000000000001"
    for wrong in ({"child": f"hub:{nobody}"}, {"request": nobody}):
        page = send(mash, ADDRESS, {**fields(own), **wrong})
        assert page.status_code == 403
        assert "Robin" not in page.text
        facts = (own.store.open_row(row) for row in own.store.rows_after(0, 100_000))
        last = [one for one in facts if isinstance(one, ReadDecided)][-1]
        assert (last.what, last.effect, [bar.rule for bar in last.bars]) == (
            "take_down_answer",
            "refused",
            ["need-to-know"],
        )


def test_whoever_is_kept_from_the_child_writes_nothing_down(own: Hub) -> None:
    mash = signed_in(own, staff.DECISION_MAKER)
    send(mash, ADDRESS, fields(own))
    priya, child = proved(own, staff.DECISION_MAKER), parse_identifier(f"nhs:{ROBIN}")
    declare_conflict(own.store, own.clock, priya, child, of=priya.subject, kind=ConflictKind.FRIEND)
    page = send(mash, ADDRESS, {**fields(own), "answer": "not_known"})
    assert page.status_code == 403
    assert answers(own) == []


def test_that_they_cannot_share_wants_a_reason_and_more_time_leaves_it_open(own: Hub) -> None:
    page = said(own, "cannot_share")
    assert page.status_code == 422
    assert "Select why they cannot share" in words_of(page.text)
    assert answers(own) == []
    assert "Now due " in words_of(said(own, "more_time").text)
    own.work()
    nursery = signed_in(own, staff.NURSERY_LEAD)
    for shown in (nursery.get("/requests").text, send(nursery, "/requests/one", fields(own)).text):
        assert re.search(r"Your last answer We need more time, [^,]*, \d\d:\d\d, as you told the MASH", words_of(shown))
    last = words_of(said(own, "cannot_share", reason="other_law").text)
    assert "Answer They cannot share Because: " in last
    assert answers(own) == ["more_time", "cannot_share"]
