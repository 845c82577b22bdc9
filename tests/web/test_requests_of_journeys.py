"""Does the median of the five journeys need no more requests than it shows pages?

The journeys are those that are walked with a keyboard alone (test_keyboard_journeys.py), from the first page of whoever
is signed in, by the links and forms of the pages themselves. A redirection is a request that shows no page. Style,
script and picture of a page are no part of it: a browser keeps them from the first page on.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import unescape
from statistics import median

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from hub.commands import staff
from hub.commands.staff import Member
from hub.wiring import Hub
from tests.support.asked import asked_of
from tests.support.given import ROBIN
from tests.support.pages import ASKING, signed_in

MOST_REDIRECTIONS = 5
DECIDED = {"what": "all", "to-health": "1", "why": "s47", "family": "to_be_told"}


@dataclass
class Walk:
    """Somebody before the pages: what they asked for, and the pages that they were shown."""

    browser: TestClient
    requests: int = 0
    pages: int = 0
    page: str = ""

    def begin(self) -> None:
        """Come to the first page."""
        self._take(self.browser.get("/"))

    def follow(self, address: str) -> None:
        """Follow a link of the page."""
        assert f'href="{address}"' in self.page, f"no link to {address}"
        self._take(self.browser.get(address))

    def fill_in(self, action: str, answers: Mapping[str, str]) -> None:
        """Send a form of the page, with what it carries and these answers."""
        form = re.search(rf'<form[^>]* action="{action}"[^>]*>.*?</form>', self.page, re.DOTALL)
        assert form is not None, f"no form for {action}"
        assert not [name for name in answers if f' name="{name}"' not in form[0]], f"not asked for by {action}"
        carried = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', form[0])
        fields = {name: unescape(value) for name, value in carried}
        self._take(self.browser.post(action, data={**fields, **answers}))

    def _take(self, answer: Response) -> None:
        """The page that is shown in the end."""
        self.requests += 1
        for _ in range(MOST_REDIRECTIONS):
            if not answer.is_redirect:
                break
            answer = self.browser.get(answer.headers["location"])
            self.requests += 1
        assert (answer.status_code, answer.headers["content-type"][:9]) == (200, "text/html"), answer.url.path
        self.pages += 1
        self.page = answer.text


def to_the_picture(walk: Walk) -> None:
    walk.fill_in("/chronology", ASKING)
    assert 'class="picture-plot"' in walk.page


def to_a_decision(walk: Walk) -> None:
    walk.fill_in("/chronology", ASKING)
    walk.fill_in("/decide", {})
    walk.fill_in("/decide/keep", DECIDED)
    assert "Decision recorded" in walk.page


def to_who_looked(walk: Walk) -> None:
    walk.fill_in("/who-looked", {"child": ROBIN})
    assert 'aria-label="Looks and tries"' in walk.page


def to_a_proof(walk: Walk) -> None:
    to_who_looked(walk)
    entry = re.search(r'href="(/audit/entry/\d+)"', walk.page)
    assert entry is not None
    walk.follow(entry[1])
    assert "Entry no. " in walk.page


def to_an_answer(walk: Walk) -> None:
    walk.follow("/requests")
    walk.fill_in("/requests/one", {})
    walk.fill_in("/requests", {"answer": "not_known"})
    assert "Answer recorded" in walk.page


JOURNEYS: Mapping[str, tuple[Member, Callable[[Walk], None]]] = {
    "open a contact to the merged picture": (staff.DECISION_MAKER, to_the_picture),
    "record a sharing decision": (staff.DECISION_MAKER, to_a_decision),
    "find who looked": (staff.IG_OFFICER, to_who_looked),
    "prove an entry": (staff.IG_OFFICER, to_a_proof),
    "answer a request": (staff.RESEARCHER, to_an_answer),
}


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Hub:
    """A hub of this file's own, with its story and with one agency asked."""
    return asked_of(tmp_path_factory.mktemp("requests"), "police")


def test_the_median_journey_needs_no_more_requests_than_its_pages(own: Hub) -> None:
    more: dict[str, int] = {}
    for name, (member, goes) in JOURNEYS.items():
        walk = Walk(signed_in(own, member))
        walk.begin()
        goes(walk)
        assert walk.pages > 1, name
        more[name] = walk.requests - walk.pages
    assert median(more.values()) <= 0, more
    assert not {name: one for name, one in more.items() if one}
