"""Is a form refused that no page of ours gave out, or that another site sends?"""

import pytest
from fastapi.testclient import TestClient

from hub.commands import staff
from hub.web.app import create_app
from hub.web.door import FOR_MACHINES, MAX_FORM_BYTES
from hub.wiring import Hub
from tests.support.pages import ASKING, HERE, browsing, form_key, pages, parts_of, signed_in
from tests.support.story import SECRETS
from tests.web.test_strangers import every_route


@pytest.fixture
def reader(hub: Hub) -> TestClient:
    """The decision-maker, signed in."""
    return signed_in(hub, staff.DECISION_MAKER)


def test_every_form_needs_the_key_of_a_page_given_to_this_reader(hub: Hub, reader: TestClient) -> None:
    somebody_elses = form_key(signed_in(hub, staff.UNRELATED).get("/about"))
    posted = {path for method, path in every_route(create_app(parts_of(hub)).routes) if method == "POST"}
    assert posted >= {"/sign-in", "/sign-out", "/chronology", "/who-looked", "/audit/review", "/api/audit/child"}
    machines = {path for path in posted if path.startswith(FOR_MACHINES)}
    assert machines == {"/machine/token", "/sign-in/ended/{rest:path}"}  # each is proved by a signature
    for path in posted - machines:
        for key in ({}, {"form_key": ""}, {"form_key": "0" * 64}, {"form_key": somebody_elses}, {"form_key": "é"}):
            answer = reader.post(path, data={**ASKING, **key})
            assert answer.status_code == 403, path
            assert "This form is out of date" in answer.text
    assert reader.get("/").status_code == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"origin": HERE}, 200),
        ({"origin": HERE, "sec-fetch-site": "same-origin"}, 200),
        ({"origin": "null", "sec-fetch-site": "same-origin"}, 200),
        ({"origin": "null"}, 403),
        ({"origin": ""}, 403),
        ({"origin": "https://elsewhere.example"}, 403),
        ({"origin": "http://127.0.0.1:9999"}, 403),
        ({"origin": "https://127.0.0.1:8470"}, 403),
        ({"origin": HERE, "sec-fetch-site": "cross-site"}, 403),
        ({"origin": HERE, "sec-fetch-site": "same-site"}, 403),
        ({"origin": "https://elsewhere.example", "sec-fetch-site": "same-origin"}, 403),
        ({"origin": HERE, "sec-fetch-site": "none"}, 403),
    ],
)
def test_a_form_comes_from_here(reader: TestClient, headers: dict[str, str], status: int) -> None:
    key = form_key(reader.get("/about"))
    answer = reader.post("/chronology", data={**ASKING, "form_key": key}, headers=headers)
    assert answer.status_code == status
    assert (SECRETS[0] in answer.text) == (status == 200)


def test_a_form_that_says_nothing_of_where_it_is_from_is_refused(reader: TestClient) -> None:
    key = form_key(reader.get("/about"))
    del reader.headers["origin"]
    assert reader.post("/chronology", data={**ASKING, "form_key": key}).status_code == 403


@pytest.mark.parametrize(
    "host", ["elsewhere.example", "127.0.0.1.elsewhere.example:8470", "hub\u00e9".encode().hex(), ""]
)
def test_the_hub_answers_to_its_own_name_only(reader: TestClient, host: str) -> None:
    answer = reader.get("/", headers={"host": host})
    assert (answer.status_code, SECRETS[0] in answer.text) == (421, False)


def test_a_form_too_long_is_not_read(reader: TestClient) -> None:
    answer = reader.post("/chronology", data={"child": "9" * (MAX_FORM_BYTES + 1)})
    assert answer.status_code == 413


@pytest.mark.parametrize("kind", ["application/json", "multipart/form-data; boundary=x", "text/plain", ""])
def test_only_plain_forms_are_read(reader: TestClient, kind: str) -> None:
    assert reader.post("/chronology", content=b"{}", headers={"content-type": kind}).status_code == 415


def test_a_body_of_unstated_length_is_not_read(reader: TestClient) -> None:
    answer = reader.post("/chronology", content=iter([b"child=1"]))
    assert answer.status_code == 411


@pytest.mark.parametrize(
    "body", [b"%ff%fe=%ff", b"child=%ff&purpose=%00", b"=&&=;;", b"&" * 400, b"child=" + b"a=1&" * 50]
)
def test_a_broken_form_is_answered_without_an_accident(reader: TestClient, body: bytes) -> None:
    answer = reader.post("/chronology", content=body, headers={"content-type": "application/x-www-form-urlencoded"})
    assert answer.status_code in {400, 403}


def test_a_strangers_form_does_not_reach_the_pages(hub: Hub) -> None:
    browser = pages(hub)
    key = form_key(browser.get("/sign-in"))
    assert browser.post("/chronology", data={**ASKING, "form_key": key}).headers["location"] == "/sign-in"


def test_two_browsers_have_two_keys(hub: Hub) -> None:
    app = create_app(parts_of(hub))
    first, second = browsing(app), browsing(app)
    assert form_key(first.get("/sign-in")) != form_key(second.get("/sign-in"))
