"""Can somebody make a document from the pages once it is on record, and is everything else answered in plain words?"""

import re
from dataclasses import replace

import pytest

from contracts.events.printing import PrintDecided
from hub.commands import staff
from hub.commands.staff import Member
from hub.domain.errors import CannotSet
from hub.domain.paper import Document, Layout
from hub.web.app import create_app
from hub.web.rendering import reference
from hub.wiring import Hub
from tests.support.given import ROBIN
from tests.support.hostile import MARKUP
from tests.support.pages import ASKING, browsing, parts_of, send, sign_in, signed_in
from tests.support.papers import read
from tests.support.story import PROTECTED, SECRETS

PACK = {
    **ASKING,
    "product": "meeting_pack",
    "why": "strategy",
    "recipient": "urn:childhub:agency:school",
    "meant_for": "Safeguarding lead",
}
COURT = {**PACK, "product": "court_chronology", "why": "proceedings", "recipient": "court"}


def on_record(hub: Hub) -> list[PrintDecided]:
    """Every document that was asked for, oldest first."""
    facts = [hub.store.open_row(row) for row in hub.store.rows_after(0, 100_000)]
    return [fact for fact in facts if isinstance(fact, PrintDecided)]


@pytest.mark.parametrize("fields", [PACK, COURT], ids=["meeting", "court"])
def test_a_document_comes_as_a_file_that_names_nobody_and_is_on_record(hub: Hub, fields: dict[str, str]) -> None:
    answer = send(signed_in(hub, staff.DECISION_MAKER), "/print/make", fields)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    stated = on_record(hub)[-1]
    name = answer.headers["content-disposition"]
    assert f"copy{stated.copy_number}.pdf" in name
    assert "Exemplar" not in name
    found = read(answer.content)
    assert f"opy {stated.copy_number}" in found.text
    assert [word for word in SECRETS if word != PROTECTED and word not in found.text] == []
    assert PROTECTED not in found.text
    assert stated.meant_for in found.text
    assert "held back" in found.text


def test_the_form_says_which_child_it_is_of_and_leads_back(hub: Hub) -> None:
    browser = signed_in(hub, staff.DECISION_MAKER)
    (person_id,) = hub.index.people_with("nhs", ROBIN)
    child = f"hub:{person_id.hex}"
    form = send(browser, "/print", {**ASKING, "child": child}).text
    assert f'class="reference">{reference(person_id)}<' in form
    back = form.partition("Back to the chronology, on record")[0].rpartition("<form")[2]
    assert 'action="/chronology"' in back
    fields = dict(re.findall(r'name="(child|purpose)" value="([^"]*)"', back))
    assert send(browser, "/chronology", fields).status_code == 200


def test_the_chronology_leads_to_the_form_and_the_form_holds_no_word(hub: Hub) -> None:
    browser = signed_in(hub, staff.DECISION_MAKER)
    assert 'action="/print"' in send(browser, "/chronology", ASKING).text
    form = send(browser, "/print", ASKING)
    assert form.status_code == 200
    assert not [word for word in SECRETS if word in form.text]
    assert "checked" not in form.text
    assert 'action="/print"' not in send(signed_in(hub, staff.RESEARCHER), "/chronology", ASKING).text


@pytest.mark.parametrize("member", [one for one in staff.MEMBERS if one is not staff.DECISION_MAKER], ids=str)
def test_nobody_else_gets_the_form_or_a_file(hub: Hub, member: Member) -> None:
    browser, before = signed_in(hub, member), len(on_record(hub))
    for path in ("/print", "/print/make"):
        answer = send(browser, path, PACK)
        assert answer.status_code == 403
        assert "application/pdf" not in answer.headers["content-type"]
    assert len(on_record(hub)) == before


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"product": ""}, "Select what to make"),
        ({"why": MARKUP[0]}, "Select why it is made"),
        ({"why": "proceedings"}, "Select a reason for which this is made"),
        ({"recipient": MARKUP[1]}, "Select who it is for"),
        ({"recipient": "court"}, "Select the court for a court’s chronology, and an agency for a pack"),
        ({"meant_for": " "}, "Enter who there will have it"),
        ({"meant_for": "CANARY" * 30}, "Enter who there will have it"),
    ],
)
def test_what_is_wrong_with_the_form_is_said_and_never_echoed(hub: Hub, wrong: dict[str, str], says: str) -> None:
    before = len(on_record(hub))
    answer = send(signed_in(hub, staff.DECISION_MAKER), "/print/make", {**PACK, **wrong})
    assert answer.status_code == 422
    assert says in answer.text
    assert "CANARY" not in answer.text
    assert "alert(1)" not in answer.text
    assert len(on_record(hub)) == before


def test_where_no_pdf_can_be_made_the_page_says_so_and_offers_the_browsers_print(hub: Hub) -> None:
    def cannot(_layout: Layout, _document: Document) -> bytes:
        raise CannotSet("not_set")

    browser = browsing(create_app(replace(parts_of(hub), typeset=cannot)))
    sign_in(browser, hub, staff.DECISION_MAKER)
    answer = send(browser, "/print/make", PACK)
    assert answer.status_code == 503
    assert "print the chronology page from your browser" in answer.text
    assert not [word for word in SECRETS if word in answer.text]


def test_a_child_who_is_not_there_is_answered_as_everywhere(hub: Hub) -> None:
    browser = signed_in(hub, staff.DECISION_MAKER)
    absent = send(browser, "/print/make", {**PACK, "child": "9990001375"})
    assert absent.status_code == 403
    assert absent.text.count("Nothing can be shown to you") == 1
