"""Pages with nothing on them, sent wrong, or not for who asks: at five widths, zoomed, spaced, by keyboard.

What they are like with something on them is looked at in the round of all pages (test_every_page_there_is).
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from hub.commands import staff
from hub.web.app import create_app
from hub.wiring import Hub
from tests.support.asked import asked_of
from tests.support.browser import browser, served
from tests.support.camera import send_form
from tests.support.given import ROBIN
from tests.support.pages import parts_of
from tests.support.walking import Walker
from tests.web.test_in_the_browser import enter

pytestmark = pytest.mark.web


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


def test_the_decision_makers_pages(walker: Walker, own: Hub) -> None:
    enter(walker.page, walker.address, own, staff.DECISION_MAKER)
    walker.press("main button")
    walker.look("worklist, wrong")
    for path in ("compartments/asked", "unread", "questions", "quarantine", "requests", "moved", "nowhere"):
        walker.page.goto(f"{walker.address}/{path}")
        walker.look(path)
    walker.page.goto(f"{walker.address}/telling")
    walker.page.locator(".to-tell summary").first.click()
    walker.press(".to-tell details li .row-form button")
    walker.press("main form[action='/told/keep'] button")
    walker.look("told, wrong")
    walker.page.goto(f"{walker.address}/telling")
    walker.page.locator(".to-tell summary").first.click()
    walker.press(".to-tell .row-form button")
    walker.press("main form[action='/chronology'] button")
    walker.look("reason, wrong")
    walker.page.check("#purpose-1")
    walker.press("main form[action='/chronology'] button")
    walker.page.locator("details.folded summary").first.click()
    walker.press("button[name=report]")
    walker.look("an entry that was corrected")
    assert walker.told() == ""


def test_deciding_and_asking(walker: Walker, own: Hub) -> None:
    page = walker.page
    enter(page, walker.address, own, staff.DECISION_MAKER)
    page.fill("#child", ROBIN)
    page.check("#purpose-2")
    walker.press("main form[action='/chronology'] button")
    walker.press(".child-act .button-quiet")
    walker.press("main form[action='/ask/keep'] button")
    walker.look("ask, wrong")
    page.goto(f"{walker.address}/")
    page.fill("#child", ROBIN)
    page.check("#purpose-2")
    walker.press("main form[action='/chronology'] button")
    walker.press(".child-act .button")
    walker.press("main form[action='/decide/keep'] button")
    walker.look("decide, wrong")
    walker.page.goto(f"{walker.address}/")
    send_form(page, "/shares", {"child": ROBIN})
    walker.look("shares, none")
    assert walker.told() == ""


def test_a_practitioners_pages(walker: Walker, own: Hub) -> None:
    enter(walker.page, walker.address, own, staff.NURSERY_LEAD)
    walker.page.goto(f"{walker.address}/requests")
    walker.look("no requests")
    walker.page.goto(f"{walker.address}/telling")
    walker.look("not for this role")
    assert walker.told() == ""


def test_an_emergency(walker: Walker, own: Hub) -> None:
    enter(walker.page, walker.address, own, staff.UNRELATED)
    walker.page.goto(f"{walker.address}/emergency")
    walker.press("main form[action='/emergency'] button")
    walker.look("emergency, wrong")
    assert walker.told() == ""


def test_an_officers_pages(walker: Walker, own: Hub) -> None:
    enter(walker.page, walker.address, own, staff.IG_OFFICER)
    for path in ("emergencies", "telling", "sharing", "unexplained", "subject-reports", "erasures"):
        walker.page.goto(f"{walker.address}/audit/{path}")
        walker.look(path)
    walker.page.goto(f"{walker.address}/moves")
    walker.look("moves")
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
