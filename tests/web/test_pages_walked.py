"""Every page in every state, as its role comes to it: at five widths, zoomed, spaced, by keyboard, without scripts."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from hub.commands import staff
from hub.web.app import create_app
from hub.wiring import Hub
from tests.support.asked import asked_of
from tests.support.browser import browser, served
from tests.support.given import ROBIN
from tests.support.pages import parts_of
from tests.support.walking import Walker
from tests.web.test_in_the_browser import enter

pytestmark = pytest.mark.web
OPEN = ("sign-in", "help", "problem", "when-down", "accessibility", "privacy", "about")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The browser, for all tests of this file."""
    with browser() as running:
        yield running


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Hub:
    """A hub of this file's own, with its story, and with agencies asked."""
    return asked_of(tmp_path_factory.mktemp("walked"), "police", "gp")


@pytest.fixture(scope="module")
def address(own: Hub) -> Iterator[str]:
    """Where its pages are served."""
    with served(create_app(parts_of(own))) as where:
        yield where


@pytest.fixture
def walker(chromium: Browser, address: str) -> Iterator[Walker]:
    """Somebody in front of a browser."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900})
    yield Walker(context.new_page(), address)
    context.close()


def test_what_is_open_to_all(walker: Walker) -> None:
    for path in OPEN:
        walker.page.goto(f"{walker.address}/{path}")
        walker.look(path)
    walker.press("main button, a[href='/about']")
    assert walker.told() == ""


def test_the_decision_makers_pages(walker: Walker, own: Hub) -> None:
    enter(walker.page, walker.address, own, staff.DECISION_MAKER)
    walker.look("worklist")
    walker.press("main button")
    walker.look("worklist, wrong")
    for path in (
        "find",
        "compartments/asked",
        "telling",
        "unread",
        "questions",
        "quarantine",
        "feeds",
        "requests",
        "law",
        "nowhere",
    ):
        walker.page.goto(f"{walker.address}/{path}")
        walker.look(path)
    walker.page.goto(f"{walker.address}/telling")
    walker.page.locator(".to-tell summary").first.click()
    walker.look("telling, of one child")
    walker.press(".to-tell details li .row-form button")
    walker.look("told")
    walker.press("main form[action='/told/keep'] button")
    walker.look("told, wrong")
    walker.page.goto(f"{walker.address}/telling")
    walker.page.locator(".to-tell summary").first.click()
    walker.press(".to-tell .row-form button")
    walker.look("reason")
    walker.press("main form[action='/chronology'] button")
    walker.look("reason, wrong")
    walker.page.check("#purpose-1")
    walker.press("main form[action='/chronology'] button")
    walker.look("chronology")
    walker.page.locator("details.folded summary").first.click()
    walker.press("button[name=report]")
    walker.look("entry")
    assert walker.told() == ""


def test_deciding_and_asking(walker: Walker, own: Hub) -> None:
    page = walker.page
    enter(page, walker.address, own, staff.DECISION_MAKER)
    page.fill("#child", ROBIN)
    page.check("#purpose-2")
    walker.press("main form[action='/chronology'] button")
    walker.press(".child-act .button-quiet")
    walker.look("ask")
    walker.press("main form[action='/ask/keep'] button")
    walker.look("ask, wrong")
    page.check("#to-1")
    page.check("#want-1")
    page.check("#within-1")
    walker.press("main form[action='/ask/keep'] button")
    walker.look("asked")
    walker.press("main button")
    walker.press(".child-act .button")
    walker.look("decide")
    walker.press("main form[action='/decide/keep'] button")
    walker.look("decide, wrong")
    for one in ("#what-1", "#to-1", "#to-5", "#why-1", "#family-2"):
        page.check(one)
    walker.press("main form[action='/decide/keep'] button")
    walker.look("decided")
    walker.press("form[action='/shares'] button")
    walker.look("shares")
    assert walker.told() == ""


def test_a_practitioners_pages(walker: Walker, own: Hub) -> None:
    enter(walker.page, walker.address, own, staff.NURSERY_LEAD)
    walker.look("find")
    walker.page.fill("#child", ROBIN)
    walker.page.check("#purpose-2")
    walker.press("main button")
    walker.look("refused")
    walker.page.goto(f"{walker.address}/requests")
    walker.look("no requests")
    walker.page.goto(f"{walker.address}/telling")
    walker.look("not for this role")
    assert walker.told() == ""


def test_an_emergency(walker: Walker, own: Hub) -> None:
    enter(walker.page, walker.address, own, staff.UNRELATED)
    walker.page.goto(f"{walker.address}/emergency")
    walker.look("emergency")
    walker.press("main form[action='/emergency'] button")
    walker.look("emergency, wrong")
    assert walker.told() == ""


def test_an_officers_pages(walker: Walker, own: Hub) -> None:
    enter(walker.page, walker.address, own, staff.IG_OFFICER)
    for path in ("audit", "audit/emergencies", "audit/telling", "audit/sharing", "audit/unexplained", "audit/looks",
                 "audit/subject-reports", "audit/refused", "audit/staff", "audit/policies", "audit/erasures",
                 "erasures", "erasures/hold", "who-looked"):  # fmt: skip
        walker.page.goto(f"{walker.address}/{path}")
        walker.look(path)
    walker.page.fill("#child", ROBIN)
    walker.press("main button")
    walker.look("looked")
    assert walker.told() == ""


def test_the_same_without_scripts(chromium: Browser, address: str, own: Hub) -> None:
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    enter(page, address, own, staff.DECISION_MAKER)
    for path in ("", "telling", "unread", "questions", "requests", "law", "help"):
        answer = page.goto(f"{address}/{path}")
        assert answer is not None
        assert (answer.status, page.locator("h1").count()) == (200, 1), path
    decide_without_scripts(page, address)
    context.close()


def decide_without_scripts(page: Page, address: str) -> None:
    """From the first page to a decision, by plain forms alone."""
    page.goto(f"{address}/")
    page.fill("#child", ROBIN)
    page.check("#purpose-2")
    page.locator("main form[action='/chronology'] button").first.click()
    page.wait_for_url(f"{address}/chronology")
    page.locator(".child-act .button").click()
    page.wait_for_url(f"{address}/decide")
    for one in ("#what-1", "#to-asked", "#why-1", "#family-1"):
        page.check(one)
    page.locator("main form[action='/decide/keep'] button").first.click()
    page.wait_for_url(f"{address}/decide/keep")
    assert "Decision recorded" in page.locator("h1").inner_text()
