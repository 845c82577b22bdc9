"""Are the long lists of the record of access read page by page, with what was sought, and each page on record?"""

import re
from collections.abc import Mapping
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from contracts.events.access import ReadDecided
from contracts.events.hub import AccessDecided
from hub.application.ports import Entry, Stream
from hub.commands import staff
from hub.domain.access_runs import ROWS
from hub.wiring import Hub
from tests.support.given import an_id
from tests.support.house import house
from tests.support.html import faults
from tests.support.pages import ASKING, send, signed_in
from tests.support.story import SECRETS, tell_story

LOOKS = 130
_HIDDEN = re.compile(r'<input type="hidden" name="([a-z_-]+)" value="([^"]*)">')
_TURN = re.compile(r'<nav aria-label="Pages of this list">(.*?)</nav>', re.S)
_BUTTON = re.compile(r'name="ends" value="([0-9 ]*)">(Newer|Older) entries')
_ENTRY = re.compile(r'/audit/entry/([0-9]+)"')


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Hub:
    """A hub in which one person looked at one child every half an hour of some days, and three times in one of them."""
    made = house(tmp_path_factory.mktemp("long"))
    tell_story(made)
    send(signed_in(made, staff.DECISION_MAKER), "/chronology", ASKING)
    (look,) = [one for one in every_fact(made) if isinstance(one, AccessDecided) and one.what == "chronology"]
    ago = [timedelta(minutes=30 * number) for number in range(LOOKS, 0, -1)]
    for number, each in enumerate([*ago[:5], *(ago[5] - timedelta(minutes=one) for one in (0, 2, 4)), *ago[6:]]):
        kept = look.model_copy(update={"decision_id": an_id(f"look {number}"), "at": look.at - each})
        made.store.keep((Entry(Stream.access(look.person_id), kept.decision_id, kept),))
    made.follow()
    return made


@pytest.fixture
def ivy(hub: Hub) -> TestClient:
    """The information-governance officer."""
    return signed_in(hub, staff.IG_OFFICER)


def every_fact(hub: Hub) -> list[object]:
    return [hub.store.open_row(row) for row in hub.store.rows_after(0, 100_000)]


def neighbours(page: Response) -> tuple[dict[str, str], dict[str, str]]:
    """The fields that the foot of a page carries, and what it sends to go to the `Newer` and the `Older`."""
    foot = _TURN.search(page.text)
    if foot is None:
        return {}, {}
    carried = {name: value for name, value in _HIDDEN.findall(foot[1]) if name != "form_key"}
    return carried, {word: ends for ends, word in _BUTTON.findall(foot[1])}


def turned(ivy: TestClient, path: str, first: Response) -> list[Response]:
    """The pages from the first to the last, each well made and without a word of a record."""
    pages = [first]
    while True:
        assert pages[-1].status_code == 200
        assert not faults(pages[-1].text)
        assert not [secret for secret in SECRETS if secret in pages[-1].text]
        carried, ways = neighbours(pages[-1])
        if "Older" not in ways:
            return pages
        pages.append(send(ivy, path, {**carried, "ends": ways["Older"]}))
        assert len(pages) < 20


def entries(page: Response) -> list[int]:
    return [int(one) for one in _ENTRY.findall(page.text)]


@pytest.mark.parametrize(
    ("path", "fields", "carries"),
    [
        ("/audit/looks", {"kind": "consultation", "agency": "urn:childhub:agency:social-care"}, "kind"),
        ("/audit/staff", {"subject": "priya", "kind": "consultation"}, "subject"),
        ("/who-looked", {"child": ASKING["child"], "agency": "urn:childhub:agency:social-care"}, "agency"),
    ],
)
def test_each_entry_is_on_one_page_and_what_was_sought_goes_along(
    hub: Hub, ivy: TestClient, path: str, fields: Mapping[str, str], carries: str
) -> None:
    pages = turned(ivy, path, send(ivy, path, fields))
    looks = [
        row.position
        for row in hub.store.rows_after(0, 100_000)
        if isinstance(fact := hub.store.open_row(row), AccessDecided) and fact.what == "chronology"
    ]
    found = [one for page in pages for one in entries(page) if one in looks]
    assert sorted(found) == looks
    assert len(pages) == -(-(len(looks) - 2) // ROWS) or path == "/who-looked"  # three of them are one row
    assert all(neighbours(page)[0].get(carries) == (fields[carries]) for page in pages)
    assert sum(page.text.count("<strong>3 times</strong> since") for page in pages) == 1
    assert not [page for page in pages if page.url.query]


def test_the_newer_page_is_the_one_that_was_left(ivy: TestClient) -> None:
    fields = {"kind": "consultation"}
    first = send(ivy, "/audit/looks", fields)
    carried, ways = neighbours(first)
    second = send(ivy, "/audit/looks", {**carried, "ends": ways["Older"]})
    carried, back = neighbours(second)
    assert entries(second)
    assert not set(entries(second)) & set(entries(first))
    assert entries(send(ivy, "/audit/looks", {**carried, "ends": back["Newer"]})) == entries(first)
    assert set(ways) == {"Older"}
    for nothing in ("x", "0", "9" * 30, "1  2", "-4"):
        assert entries(send(ivy, "/audit/looks", {**fields, "ends": nothing})) == entries(first)


def test_each_page_is_on_record_with_where_it_began_and_how_much_it_showed(hub: Hub, ivy: TestClient) -> None:
    pages = turned(ivy, "/audit/looks", send(ivy, "/audit/looks", {"kind": "consultation"}))
    kept = [one for one in every_fact(hub) if isinstance(one, ReadDecided) and one.what == "accesses"][-len(pages) :]
    assert [one.items for one in kept] == [len(entries(page)) for page in pages]
    assert [one.sought[-1].split()[0] == "before" for one in kept] == [False] + [True] * (len(pages) - 1)
    assert all(len(one.subjects) == 1 for one in kept)


def test_the_api_gives_the_same_pages(ivy: TestClient) -> None:
    def ask(**more: str) -> Mapping[str, object]:
        answer: Mapping[str, object] = send(ivy, "/api/audit/looks", {"kind": "consultation", **more}).json()
        return answer

    found: list[int] = []
    answer = ask()
    while True:
        looks = answer["looks"]
        assert isinstance(looks, list)
        found += [one["position"] for one in looks]
        assert answer["more"] is (answer["ends"] is not None)
        if answer["ends"] is None:
            break
        answer = ask(ends=str(answer["ends"]))
    assert len(found) == len(set(found)) >= LOOKS + 3


@pytest.mark.parametrize("path", ["/audit/sharing", "/audit/emergencies", "/audit/unexplained"])
def test_any_page_of_the_other_lists_is_asked_for_by_a_form_and_refused_to_others(
    hub: Hub, ivy: TestClient, path: str
) -> None:
    assert send(ivy, path, {"ends": "5"}).status_code == 200
    assert send(signed_in(hub, staff.UNRELATED), path, {"ends": "5"}).status_code == 403
