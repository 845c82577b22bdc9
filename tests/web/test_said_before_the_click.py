"""Does each button and each link that leaves something on record say so before it is pressed?"""

import re
from html.parser import HTMLParser

import pytest
from starlette.routing import compile_path

from hub.commands import staff
from hub.commands.staff import Member
from hub.web.app import PAGES
from hub.wiring import Hub
from tests.support.pages import ASKING, send, signed_in
from tests.web.test_nothing_unrecorded import HOLD_NO_RECORD

SAYS = re.compile(r"\bon record\b")
SAYS_OF_ALL = re.compile(r"\bWhat you open here is on record\b")
_OPENED = tuple((compile_path(page.path)[0], page.path) for page in PAGES if page.method == "GET")
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


class Links(HTMLParser):
    """Each link that stands before a page has said that what is opened is on record: where it leads, and its words."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self._to, self._words, self._heard = "", "", ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """See HTMLParser."""
        if tag == "a":
            self._to, self._words = dict(attrs).get("href") or "", ""

    def handle_data(self, data: str) -> None:
        """See HTMLParser."""
        self._words += data
        self._heard += data

    def handle_endtag(self, tag: str) -> None:
        """See HTMLParser."""
        if tag == "a" and not SAYS_OF_ALL.search(" ".join(self._heard.split())):
            self.found.append((self._to, " ".join(self._words.split())))


def silent_links(page: str) -> list[tuple[str, str]]:
    """The links that leave something on record before anything has said so: neither they nor the page above them."""
    return [(to, words) for to, words in Links(page).found if leaves_a_trace(to) and not SAYS.search(words)]


def leaves_a_trace(address: str) -> bool:
    """Whether going there is a look that goes on record."""
    path = address.partition("#")[0].partition("?")[0]
    leads = next((place for pattern, place in _OPENED if pattern.match(path)), None)
    return leads is not None and ("GET", leads) not in HOLD_NO_RECORD


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


@pytest.mark.parametrize("member", staff.MEMBERS, ids=lambda one: one.subject)
def test_a_link_that_leaves_something_on_record_says_so_or_the_page_does_above_it(hub: Hub, member: Member) -> None:
    browser = signed_in(hub, member)
    leading = [to for to in re.findall(r'<a [^>]*href="([^"]*)"', browser.get("/help").text) if leaves_a_trace(to)]
    assert leading, "there is something to say it of"
    for path in ("/", "/help", "/audit", "/requests", "/feeds", "/questions", "/nowhere"):
        assert silent_links(browser.get(path).text) == [], path


def test_a_link_that_does_not_say_so_would_be_found() -> None:
    links = '<a href="/telling">To be told</a><a href="/audit/looks#newest">Looks</a><a href="/audit/entry/7">No. 7</a>'
    harmless = (
        '<a href="/help">Help</a><a href="#main">Skip</a><a href="/who-looked">Who looked</a><a href="/">Start</a>'
    )
    said = [("/telling", "To be told"), ("/audit/looks#newest", "Looks"), ("/audit/entry/7", "No. 7")]
    assert silent_links(links + harmless) == said
    assert silent_links(f"{links}<p>What you open here is on record.</p>") == said
    assert silent_links(f"<p>What you open\nhere is on record.</p>{links}") == []
    assert silent_links('<a href="/telling">To be told<span>, on record</span></a>') == []
