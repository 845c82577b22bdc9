"""Does each button on a child's pages that leaves something on record say so before it is pressed?"""

import re
from html.parser import HTMLParser

import pytest

from hub.commands import staff
from hub.wiring import Hub
from tests.support.pages import ASKING, send, signed_in
from tests.web.test_nothing_unrecorded import HOLD_NO_RECORD

SAYS = re.compile(r"\bon record\b")
_REPORT = re.compile(r'name="report" value="([0-9a-f]{32})"')


class Buttons(HTMLParser):
    """Each button of a page with where it sends its form, and its words."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self._forms: dict[str, str] = {}
        self._action, self._to, self._words = "", "", ""
        for tag in re.findall(r"<form [^>]*>", page):
            name, action = re.search(r' id="([^"]*)"', tag), re.search(r' action="([^"]*)"', tag)
            if name and action:
                self._forms[name[1]] = action[1]
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """See HTMLParser."""
        of = dict(attrs)
        if tag == "form":
            self._action = of.get("action") or ""
        if tag == "button":
            self._to = of.get("formaction") or self._forms.get(of.get("form") or "", self._action)
            self._words = ""

    def handle_data(self, data: str) -> None:
        """See HTMLParser."""
        self._words += data

    def handle_endtag(self, tag: str) -> None:
        """See HTMLParser."""
        if tag == "button":
            self.found.append((self._to, " ".join(self._words.split())))


def silent(page: str) -> list[tuple[str, str]]:
    """The buttons that leave something on record and do not say so."""
    return [
        (to, words)
        for to, words in Buttons(page).found
        if ("POST", to) not in HOLD_NO_RECORD and not SAYS.search(words)
    ]


@pytest.mark.parametrize("path", ["/chronology", "/entry"])
def test_a_button_that_leaves_something_on_record_says_so(hub: Hub, path: str) -> None:
    browser = signed_in(hub, staff.DECISION_MAKER)
    page = send(browser, "/chronology", ASKING).text
    if path == "/entry":
        page = send(browser, path, {**ASKING, "report": _REPORT.findall(page)[0]}).text
    assert len(Buttons(page).found) > 5
    assert silent(page) == []


def test_one_that_does_not_would_be_found() -> None:
    page = '<form id="a" action="/decide"></form><form action="/reason"><button>Open</button>'
    assert silent(f'{page}<button form="a">Go</button></form>') == [("/decide", "Go")]
    assert silent(f'{page}<button form="a">Go, on record</button></form>') == []
