"""Does the API of the record of access answer as the pages do, to the same people, and only on record?"""

import json

import pytest

from contracts.events.access import ReadDecided
from hub.commands import staff
from hub.web.api_audit import PAGES
from hub.wiring import Hub
from tests.support.pages import ASKING, send, signed_in
from tests.support.story import SECRETS
from tests.web.test_record_of_access import position_of

FIELDS = {"child": ASKING["child"], "subject": "priya", "period": "30"}


@pytest.fixture(autouse=True, scope="module")
def looked(hub: Hub) -> None:
    """Somebody looked at Robin's record, and it is sealed."""
    send(signed_in(hub, staff.DECISION_MAKER), "/chronology", ASKING)
    hub.follow()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path)
def test_each_answers_json_to_those_who_check_and_nothing_to_others(hub: Hub, page: object) -> None:
    method, path = getattr(page, "method", ""), str(getattr(page, "path", ""))
    path = path.replace("{rest:path}", str(position_of(hub, "permitted")))
    for member, status in ((staff.IG_OFFICER, 200), (staff.UNRELATED, 403)):
        browser = signed_in(hub, member)
        answer = send(browser, path, FIELDS) if method == "POST" else browser.get(path)
        assert answer.status_code == status
        assert not [secret for secret in SECRETS if secret in answer.text]
        if status == 200:
            assert answer.headers["content-type"] == "application/json"
            assert isinstance(answer.json(), dict)


def test_the_same_look_is_found_by_day_by_person_by_child_and_by_number(hub: Hub) -> None:
    ivy, number = signed_in(hub, staff.IG_OFFICER), position_of(hub, "permitted")
    looks = send(ivy, "/api/audit/looks", {"agency": "urn:childhub:agency:social-care"}).json()
    theirs = send(ivy, "/api/audit/staff", {"subject": "priya"}).json()
    whole = send(ivy, "/api/audit/child", {"child": ASKING["child"]}).json()
    entry = ivy.get(f"/api/audit/entry/{number}").json()
    (by_day,) = [one for one in looks["looks"] if one["position"] == number]
    (by_person,) = [one for one in theirs["looks"] if one["position"] == number]
    (by_child,) = [one for one, place in zip(whole["decisions"], whole["numbers"], strict=True) if place == number]
    assert by_day == by_person == entry["line"]
    assert by_child["decision_id"] == by_day["decision_id"]
    assert entry["proof"]["state"] == "proved"
    for answer in (looks, theirs, whole):
        assert answer["proofs"]["lines"][str(number)]["state"] == "proved"
    assert entry["proof"]["tlog_proof"].startswith("c2sp.org/tlog-proof@v1\n")


def test_the_key_for_forms_comes_with_the_first_answer_and_each_answer_is_on_record(hub: Hub) -> None:
    ivy = signed_in(hub, staff.IG_OFFICER)
    first = ivy.get("/api/audit").json()
    fields = {"form_key": first["form_key"], "subject": "priya"}
    answer = ivy.post("/api/audit/staff", data=fields)
    assert answer.status_code == 200
    for place in (first["on_record"], answer.json()["on_record"]):
        (row,) = hub.store.rows_after(place - 1, 1)
        assert isinstance(hub.store.open_row(row), ReadDecided)
    assert ivy.post("/api/audit/staff", data={"subject": "priya"}).status_code == 403


@pytest.mark.parametrize("path", ["/api/audit/entry/0", "/api/audit/entry/x", "/api/audit/entry/99999999"])
def test_there_is_nothing_elsewhere(hub: Hub, path: str) -> None:
    assert signed_in(hub, staff.IG_OFFICER).get(path).status_code == 404


def test_a_day_that_is_none_is_said_to_be_wrong(hub: Hub) -> None:
    answer = send(signed_in(hub, staff.IG_OFFICER), "/api/audit/looks", {"day-day": "x"})
    assert (answer.status_code, list(json.loads(answer.text)["wrong"])) == (422, ["day"])
