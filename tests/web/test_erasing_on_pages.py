"""Do the pages erase and hold a record by the same controls as the commands: three people, newly proved, the law?"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from contracts.events.erasure import ErasureApproved, ErasureAsked, HoldPlaced
from contracts.vocabulary import Purpose
from hub.application.erase_record import ERASURES
from hub.application.lead_enquiry import open_enquiry
from hub.commands import staff
from hub.web.session import FRESH
from hub.wiring import Hub
from tests.support.given import ROBIN, WREN, StoppedClock
from tests.support.officers import ANNS, CHILD, Officers, officers
from tests.support.pages import form_key, pages, send, signed_in

NUMBER = re.compile(r"<dt>Number</dt><dd><span class=\"reference\">([0-9A-F ]+)</span>")
ASKING = {"child": ROBIN, "ground": "request_upheld"}
HOLDING = {"whose": "child", "child": ROBIN, "kept-for": "court", "review-day": "1", "review-month": "3"}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Officers]:
    made = officers(tmp_path)
    made.hub.follow()
    yield made
    made.hub.close()


def ann(hub: Hub) -> TestClient:
    """The second who checks, signed in."""
    browser = pages(hub)
    key = form_key(browser.get("/sign-in"))
    answer = browser.post("/sign-in", data={"form_key": key, "subject": "ann", "phrase": ANNS})
    assert answer.status_code == 303
    return browser


def number_in(answer: Response) -> str:
    """The number that the page gives."""
    found = NUMBER.search(answer.text)
    assert found is not None
    return found[1]


def kept(office: Officers, fact: type[ErasureAsked | ErasureApproved | HoldPlaced]) -> int:
    """How many of the kind are on record."""
    return sum(isinstance(one, fact) for one in office.hub.store.read_stream(ERASURES))


def asked(office: Officers) -> str:
    """The number of an erasure that somebody who checks asked for on the page."""
    return number_in(send(signed_in(office.hub, staff.IG_OFFICER), "/erasures/ask", ASKING))


def held(browser: TestClient, **more: str) -> Response:
    """A hold, placed on the page."""
    return send(browser, "/erasures/hold", {**HOLDING, "review-year": "2090", **more})


def test_three_people_erase_a_record_on_the_pages_and_the_certificate_is_read_and_saved(office: Officers) -> None:
    number, person = asked(office), office.person()
    priya, second = signed_in(office.hub, staff.DECISION_MAKER), ann(office.hub)
    shown = send(second, "/erasures/look", {"erasure": number}).text
    assert "A request for erasure was upheld" in shown
    assert "Agree that it is erased, on record" in shown
    assert "1 of 2 do" in send(second, "/erasures/agree", {"erasure": number}).text
    agreed = send(priya, "/erasures/agree", {"erasure": number}).text
    erasure_id = UUID(number.replace(" ", ""))
    assert f'hub erasure finish "{number}"' in agreed
    assert office.looks() == 1
    office.erase(erasure_id)
    assert office.looks() == -1
    assert "Erased, and verified" in second.get("/audit/erasures").text
    page = send(second, "/erasures/certificate", {"erasure": number})
    saved = send(second, "/erasures/certificate", {"erasure": number, "as": "file"})
    assert saved.headers["content-disposition"] == f'attachment; filename="erasure-{erasure_id}.txt"'
    assert saved.text.startswith("CERTIFICATE OF ERASURE")
    assert "What each agency holds of its own stays with that agency" in page.text
    for answer in (page, saved):
        assert person.hex not in answer.text.replace(" ", "").replace("-", "").lower()


@pytest.mark.parametrize(
    ("who", "says"), [("asker", "You asked for it"), ("twice", "have agreed to it already"), ("few", "Two people")]
)
def test_nobody_agrees_twice_nor_to_what_they_asked_for(office: Officers, who: str, says: str) -> None:
    number = asked(office)
    ivy, priya = signed_in(office.hub, staff.IG_OFFICER), signed_in(office.hub, staff.DECISION_MAKER)
    second = ann(office.hub)
    for browser in {"asker": (), "twice": (priya,), "few": (priya, second)}[who]:
        assert send(browser, "/erasures/agree", {"erasure": number}).status_code == 200
    before = kept(office, ErasureApproved)
    refused = send(priya if who == "twice" else ivy, "/erasures/agree", {"erasure": number})
    assert (refused.status_code, says in refused.text, "Nothing was changed" in refused.text) == (422, True, True)
    assert kept(office, ErasureApproved) == before


@pytest.mark.parametrize("act", ["ask", "agree", "lift"])
def test_each_step_takes_a_proof_of_the_last_five_minutes(office: Officers, act: str) -> None:
    number = asked(office)
    held(signed_in(office.hub, staff.IG_OFFICER), child=WREN)
    (hold,) = (one for one in office.hub.store.read_stream(ERASURES) if isinstance(one, HoldPlaced))
    clock = StoppedClock(ids=f"erasing {act}")
    browser = signed_in(office.hub, staff.IG_OFFICER, clock=clock)
    clock.forward(FRESH)
    before = office.hub.store.read_stream(ERASURES)
    answer = send(browser, f"/erasures/{act}", {**ASKING, "erasure": number, "hold": str(hold.hold_id)})
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in/again")
    assert office.hub.store.read_stream(ERASURES) == before


def test_a_hold_stops_it_and_only_who_checks_lifts_it(office: Officers) -> None:
    number = asked(office)
    priya, ivy = signed_in(office.hub, staff.DECISION_MAKER), signed_in(office.hub, staff.IG_OFFICER)
    assert "Nothing of it is erased until this is lifted" in held(priya).text
    refused = send(priya, "/erasures/agree", {"erasure": number})
    assert (refused.status_code, "a hold beats everything" in refused.text) == (422, True)
    listed = ivy.get("/audit/erasures").text
    assert "Held: nothing is erased while the hold stands" in listed
    found = re.search(r'name="hold" value="([0-9a-f-]{36})"', listed)
    assert found is not None
    assert send(priya, "/erasures/lift", {"hold": found[1]}).status_code == 403
    assert "Held: nothing is erased" in ivy.get("/audit/erasures").text
    lifted = send(ivy, "/erasures/lift", {"hold": found[1]})
    assert (lifted.status_code, lifted.headers["location"]) == (303, "/audit/erasures")
    assert "Nothing is held." in ivy.get("/audit/erasures").text


def test_everybody_may_be_held_at_once(office: Officers) -> None:
    assert "Everybody’s" in held(signed_in(office.hub, staff.DECISION_MAKER), whose="everybody", child="").text
    assert "Everybody’s" in signed_in(office.hub, staff.IG_OFFICER).get("/audit/erasures").text


def test_the_law_and_who_is_at_work_on_the_child_are_asked(office: Officers) -> None:
    ivy = signed_in(office.hub, staff.IG_OFFICER)
    early = send(ivy, "/erasures/ask", {**ASKING, "ground": "retention_over"})
    assert (early.status_code, "The period for which it is kept is not over" in early.text) == (422, True)
    open_enquiry(office.hub.reading(), office.priya, CHILD, Purpose.SECTION_47)
    stopped = send(ivy, "/erasures/ask", ASKING)
    assert "An enquiry about the child is open" in stopped.text
    assert kept(office, ErasureAsked) == 0


def test_what_is_typed_wrong_is_said_beside_it_and_nothing_is_kept(office: Officers) -> None:
    ivy = signed_in(office.hub, staff.IG_OFFICER)
    wrong = send(ivy, "/erasures/ask", {"child": "1"})
    assert wrong.status_code == 422
    for says in ("There is a problem", "Select why it is to be erased"):
        assert says in wrong.text
    assert "Enter the number that whoever asked was given" in send(ivy, "/erasures/look", {"erasure": "7"}).text
    assert "No erasure has that number" in send(ivy, "/erasures/look", {"erasure": str(UUID(int=9))}).text
    nothing = send(ivy, "/erasures/hold", {}).text
    for says in ("Select whose record is held", "Select why it must be kept", "still to come"):
        assert says in nothing
    assert "still to come" in held(ivy, **{"review-year": "2020"}).text
    absent = send(ivy, "/erasures/ask", {**ASKING, "child": "9990000018"})
    assert (absent.status_code, "Nobody is known here by that" in absent.text) == (422, True)
    assert office.hub.store.read_stream(ERASURES) == ()


def test_an_empty_list_says_so_and_nobody_else_sees_one(office: Officers) -> None:
    page = signed_in(office.hub, staff.IG_OFFICER).get("/audit/erasures").text
    for says in ("Nothing is asked to be erased.", "Nothing is held.", "No record is past its period."):
        assert says in page
    assert signed_in(office.hub, staff.DECISION_MAKER).get("/audit/erasures").status_code == 403
    sam = signed_in(office.hub, staff.UNRELATED)
    for path in ("/audit/erasures", "/erasures", "/erasures/hold"):
        assert sam.get(path).status_code == 403
    for act in ("ask", "look", "agree", "hold", "lift", "certificate"):
        assert send(sam, f"/erasures/{act}", {**HOLDING, **ASKING}).status_code == 403
    assert send(signed_in(office.hub, staff.DECISION_MAKER), "/erasures/certificate", {}).status_code == 403


def test_what_is_past_its_period_is_proposed_and_asked_for_from_there(office: Officers) -> None:
    clock = StoppedClock(datetime.now(UTC) + timedelta(days=7 * 366), "in seven years")
    page = signed_in(office.hub, staff.IG_OFFICER, clock=clock).get("/audit/erasures").text
    assert page.count("A contact with the MASH that led to nothing of the above") == 2
    assert f'name="child" value="hub:{office.person().hex}"' in page
    held(signed_in(office.hub, staff.IG_OFFICER))
    assert "<strong>Held</strong>" in signed_in(office.hub, staff.IG_OFFICER, clock=clock).get("/audit/erasures").text
