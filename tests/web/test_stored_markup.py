"""In a real browser: whatever agencies have in any text of a report is words; it runs nothing and asks for nothing."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, Dialog, Page, Request, Response

from contracts.events.police import DomesticAbuseNotified
from contracts.report import Report
from contracts.vocabulary import Precision
from contracts.when import When
from hub.commands import staff
from hub.web.app import create_app
from hub.wiring import Hub
from tests.support.browser import UNFOLD, browser, served
from tests.support.camera import send_form
from tests.support.given import a_child, a_concern
from tests.support.hostile import FORMULA, STORED
from tests.support.house import house, say
from tests.support.html import faults
from tests.support.pages import ASKING, parts_of
from tests.support.planted import planted
from tests.support.story import about_robin, night
from tests.web.test_in_the_browser import enter

pytestmark = pytest.mark.web
CORPUS = (*STORED, *FORMULA)
PLACES = {"text", "by", "decided_by", "approved_by", "family", "relationship", "value", "gateway", "article6"}
# What no page of ours has in it, whatever agencies write.
FOREIGN = "main :is(img, iframe, object, embed, base, link, meta, style, math, form[action*='elsewhere']), h1 ~ h1"


@dataclass
class Watcher:
    """What the page did that words cannot do: it ran, it asked, it was badly made, it was against the policy."""

    page: Page
    address: str
    wrong: list[str] = field(default_factory=list)
    markup: str = ""

    def __post_init__(self) -> None:
        self.page.on("dialog", self._said)
        self.page.on("pageerror", lambda error: self.wrong.append(type(error).__name__))
        self.page.on("console", lambda said: self.wrong.append(said.text[:80]) if said.type == "error" else None)
        self.page.on("request", self._asked)
        self.page.on("response", self._answered)

    def send(self, path: str, fields: Mapping[str, str]) -> str:
        """The page's words, once it is looked at."""
        send_form(self.page, path, fields)
        return self.look()

    def press(self, what: str) -> str:
        """The words of the page that it leads to, unfolding what it may lie in."""
        self.page.evaluate(UNFOLD)
        with self.page.expect_navigation():
            self.page.locator(what).first.click()
        return self.look()

    def look(self) -> str:
        """The page's words, with all that is folded; what is wrong with it is noted under its path."""
        path = self.page.url.removeprefix(self.address)
        self.wrong += [f"{path}: {one}" for one in faults(self.markup)]
        self.wrong += [f"{path}: has {self.page.locator(FOREIGN).count()} foreign"] * bool(
            self.page.locator(FOREIGN).count()
        )
        return self.page.locator("main").text_content() or ""

    def _said(self, dialog: Dialog) -> None:
        self.wrong.append("a script ran")
        dialog.dismiss()

    def _asked(self, request: Request) -> None:
        if not request.url.startswith(self.address):
            self.wrong.append("asked elsewhere")

    def _answered(self, response: Response) -> None:
        if response.request.is_navigation_request() and response.status == 200:
            self.markup = response.text()


def a_report(number: int) -> tuple[Report, set[str]]:
    """A report with one of the corpus in every text of it, and the names of those texts."""
    whole = night()
    plain = about_robin(
        f"N-{number}", When(value=f"2026-05-{1 + number:02}", precision=Precision.DAY), *whole.statements,
        kind=DomesticAbuseNotified, people=whole.people, bases=whole.bases, telling=whole.telling,
    )  # fmt: skip
    made, places = planted(plain, CORPUS[number])
    return made, {str(where[-1]) for where in places}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Hub:
    """A hub that was told of one child in all the texts of the corpus."""
    made = house(tmp_path_factory.mktemp("hostile"))
    reports = [a_report(number) for number in range(len(CORPUS))]
    assert set.union(*(places for _, places in reports)) >= PLACES
    say(made, "police", *(report for report, _ in reports))
    say(made, "health", a_concern("H-9", a_child(family=CORPUS[0], given=CORPUS[1], born="2015-01-02")))
    return made


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The browser, for all tests of this file."""
    with browser() as running:
        yield running


def test_what_agencies_write_runs_nothing_and_asks_for_nothing(chromium: Browser, hostile: Hub) -> None:
    with served(create_app(parts_of(hostile))) as address:
        watcher = Watcher(chromium.new_page(), address)
        enter(watcher.page, address, hostile, staff.DECISION_MAKER)
        told = watcher.send("/chronology", ASKING)
        assert stands_in(told) == set(CORPUS)
        entries = set(re.findall(r'name="report"[^>]* value="([0-9a-f]{32})"', watcher.markup))
        assert len(entries) == len(CORPUS)
        for one in sorted(entries):
            watcher.send("/entry", {**ASKING, "report": one})
        for path in ("/telling", "/"):
            watcher.page.goto(f"{address}{path}")
            watcher.look()
        watcher.send("/print", ASKING)
        watcher.send("/decide", ASKING)
        watcher.page.context.clear_cookies()
        enter(watcher.page, address, hostile, staff.IG_OFFICER)
        watcher.send("/who-looked", ASKING)
        assert sorted(set(watcher.wrong)) == []
        watcher.page.context.close()


def test_nor_does_it_where_days_or_children_are_compared(chromium: Browser, hostile: Hub) -> None:
    with served(create_app(parts_of(hostile))) as address:
        watcher = Watcher(chromium.new_page(), address)
        page = watcher.page
        enter(page, address, hostile, staff.DECISION_MAKER)
        told = watcher.send("/compare/days", {**ASKING, "from-day": "2", "from-month": "10", "from-year": "2025"})
        assert len(stands_in(told)) > len(CORPUS) / 2
        page.goto(f"{address}/questions")
        watcher.press("main form[action='/questions'] button")
        page.check("#purpose-3")
        told = watcher.press("main form[action='/questions/compare'] button")
        assert len(stands_in(told)) > len(CORPUS) / 2
        assert sorted(set(watcher.wrong)) == []
        page.context.close()


def stands_in(told: str) -> set[str]:
    """Those of the corpus that a page says whole."""
    return {text for text in CORPUS if plain(text) in plain(told)}


def plain(text: str) -> str:
    """The text without the spaces, which a page may set otherwise."""
    return "".join(text.split())


@pytest.mark.parametrize("text", CORPUS[:3])
def test_the_same_text_unescaped_would_run(chromium: Browser, text: str) -> None:
    page = chromium.new_page()
    watcher = Watcher(page, "about:")
    page.set_content(f"<main><h1>A</h1>{text}</main>")
    page.evaluate("new Promise(done => setTimeout(done, 0))")
    assert "a script ran" in watcher.wrong
    page.close()
