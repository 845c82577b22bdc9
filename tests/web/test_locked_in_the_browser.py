"""Does a page that stands open warn before the hub locks, stay when it is told to, and leave when it has locked?"""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from hub.commands import staff
from hub.web.app import create_app
from hub.web.session import IDLE
from hub.wiring import Hub
from tests.support.browser import browser, hindrances, served
from tests.support.issuers import OwnIds
from tests.support.pages import parts_of
from tests.web.test_in_the_browser import ask, enter, press

pytestmark = pytest.mark.web
SOON = timedelta(minutes=2)
LINE = ".stay p"
PATIENCE = 20_000  # milliseconds, on a busy machine


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The browser, for all tests of this file."""
    with browser() as running:
        yield running


class Desk:
    """A browser and a hub whose clocks go on together, and only when they are told to."""

    def __init__(self, page: Page, address: str, clock: OwnIds) -> None:
        self.page, self.address, self._clock = page, address, clock

    def wait(self, time: timedelta) -> None:
        """So much time goes by, and the page has looked at its clock since."""
        self._clock.forward(time)
        self.page.clock.fast_forward(int(time.total_seconds() * 1000))
        self.page.clock.run_for(6_000)


@pytest.fixture
def desk(chromium: Browser, hub: Hub) -> Iterator[Desk]:
    """The decision-maker's, signed in."""
    clock = OwnIds()
    with served(create_app(parts_of(hub, clock=clock))) as address:
        page = chromium.new_page(viewport={"width": 390, "height": 844})
        page.clock.install()
        enter(page, address, hub, staff.DECISION_MAKER)
        yield Desk(page, address, clock)
        page.close()


def test_it_warns_stays_when_told_to_and_then_leaves_the_record_until_why_is_said_again(desk: Desk, hub: Hub) -> None:
    page = desk.page
    ask(page)
    for _ in range(2):
        desk.wait(IDLE - SOON)
        expect(page.locator(LINE)).to_contain_text("this will lock within 2 minutes", timeout=PATIENCE)
        assert not hindrances(page)
        page.keyboard.press("Tab")
        page.get_by_role("button", name="Stay signed in").press("Enter")
        expect(page.locator(LINE)).to_have_count(0, timeout=PATIENCE)
        expect(page.locator("h1")).to_have_text("Robin Exemplar")
    desk.wait(IDLE)
    page.wait_for_url(f"{desk.address}/sign-in")
    expect(page.locator("h1")).to_have_text("Locked")
    assert "Robin" not in page.content()
    page.go_back()
    expect(page.locator("h1")).to_have_text("Locked")
    enter(page, desk.address, hub, staff.DECISION_MAKER)
    expect(page.locator("h1")).to_have_text("Why do you need to see this record?", timeout=PATIENCE)
    page.check("#purpose-1")
    press(page, "main form[action='/chronology'] button")
    expect(page.locator("h1")).to_have_text("Robin Exemplar", timeout=PATIENCE)


def test_typing_puts_it_off_and_what_was_typed_comes_back(desk: Desk, hub: Hub) -> None:
    page = desk.page
    ask(page)
    press(page, ".child-act .button")
    page.get_by_text("If you do not share").click()
    words = page.locator("#words")
    words.fill("Words that took")
    desk.wait(IDLE - SOON)
    expect(page.locator(LINE)).to_have_count(1, timeout=PATIENCE)
    words.fill("Words that took an hour")
    page.clock.run_for(6_000)
    expect(page.locator(LINE)).to_have_count(0, timeout=PATIENCE)
    desk.wait(IDLE)
    page.wait_for_url(f"{desk.address}/sign-in")
    expect(page.locator("main")).to_contain_text("What you typed last is saved.", timeout=PATIENCE)
    enter(page, desk.address, hub, staff.DECISION_MAKER)
    page.wait_for_url(f"{desk.address}/kept")
    expect(page.locator("main")).to_contain_text("Words that took an hour", timeout=PATIENCE)


def test_a_page_that_can_be_gone_back_to_is(desk: Desk, hub: Hub) -> None:
    page = desk.page
    page.goto(f"{desk.address}/feeds")
    desk.wait(IDLE)
    page.wait_for_url(f"{desk.address}/sign-in")
    enter(page, desk.address, hub, staff.DECISION_MAKER)
    page.wait_for_url(f"{desk.address}/feeds")


def test_where_the_hub_cannot_be_reached_the_record_goes_from_the_screen_all_the_same(desk: Desk) -> None:
    page = desk.page
    ask(page)
    page.route("**/time-left", lambda route: route.abort())
    desk.wait(IDLE)
    expect(page.locator(LINE)).to_have_text("Locked. The hub cannot be reached just now.", timeout=PATIENCE)
    expect(page.locator("main")).to_be_hidden()
    page.unroute("**/time-left")
    page.clock.run_for(6_000)
    page.wait_for_url(f"{desk.address}/sign-in")
