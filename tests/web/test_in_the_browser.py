"""In a real browser: is it accessible, does it fit, does it work with the keyboard, does anything leave the page?"""

from collections.abc import Iterator
from typing import Literal

import pytest
from playwright.sync_api import Browser, Error, Page, Request

from hub.commands import staff
from hub.web.app import create_app
from hub.wiring import Hub
from tests.support.browser import UNFOLD, browser, hindrances, served
from tests.support.given import ROBIN
from tests.support.pages import parts_of
from tests.web.test_what_the_walk_finds import OUTSIDE, planted

pytestmark = pytest.mark.web
WIDTHS = (320, 390, 768, 1024, 1440)
STATES = (
    "sign-in", "find", "wrong", "chronology", "known-on", "questions", "about", "own", "refused", "looked", "feeds",
)  # fmt: skip
WHO = {"own": staff.UNRELATED, "refused": staff.NURSERY_LEAD, "looked": staff.IG_OFFICER, "feeds": staff.IG_OFFICER}


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The browser, for all tests of this file."""
    with browser() as running:
        yield running


@pytest.fixture(scope="module")
def address(hub: Hub) -> Iterator[str]:
    """Where the pages are served."""
    with served(create_app(parts_of(hub))) as where:
        yield where


class Watch:
    """What a page did that it should not: messages on its console, requests to elsewhere."""

    def __init__(self, page: Page, address: str) -> None:
        self.wrong: list[str] = []
        self._address = address
        page.on("console", lambda said: self.wrong.append(said.text) if said.type in {"error", "warning"} else None)
        page.on("pageerror", lambda error: self.wrong.append(type(error).__name__))
        page.on("request", self._asked)

    def _asked(self, request: Request) -> None:
        if not request.url.startswith(f"{self._address}/"):
            self.wrong.append(f"asked elsewhere: {request.method}")

    def heard(self) -> list[str]:
        """All of it, but for the browser's note that a page came with a status such as 403."""
        return [said for said in self.wrong if not said.startswith("Failed to load resource: the server responded")]


def press(page: Page, what: str) -> None:
    """Press a button that leads to another page, and wait until it is there."""
    with page.expect_navigation():
        page.click(what)


def enter(page: Page, address: str, hub: Hub, member: staff.Member) -> None:
    """Sign in."""
    page.goto(f"{address}/sign-in")
    page.fill("#subject", member.subject)
    page.fill("#phrase", staff.phrase(hub, member))
    press(page, "main button")


def ask(page: Page) -> None:
    """Ask for Robin's chronology."""
    page.fill("#child", ROBIN)
    page.check("#purpose-2")
    press(page, "main button")


def reach(page: Page, address: str, hub: Hub, state: str) -> None:
    """Go to one of the STATES as a person would."""
    if state == "sign-in":
        page.goto(f"{address}/sign-in")
        return
    enter(page, address, hub, WHO.get(state, staff.DECISION_MAKER))
    if state in {"chronology", "known-on", "own", "refused"}:
        ask(page)
    if state == "known-on":
        for box, typed in (("day", "1"), ("month", "2"), ("year", "2026")):
            page.fill(f"#day-{box}", typed)
        press(page, "section.again button")
    elif state == "wrong":
        press(page, "main button")
    elif state == "looked":
        page.fill("#child", ROBIN)
        press(page, "main button")
    elif state in {"questions", "about", "feeds"}:
        page.goto(f"{address}/{state}")


@pytest.mark.parametrize(
    ("as_ours", "event", "told"), [(True, "console", "Security Policy"), (False, "request", "asked elsewhere: GET")]
)
def test_what_a_page_does_that_it_should_not_is_heard(
    chromium: Browser, as_ours: bool, event: Literal["console", "request"], told: str
) -> None:
    page = chromium.new_page()
    with served(planted(OUTSIDE, as_ours=as_ours)) as where:
        watch = Watch(page, where)
        with page.expect_event(event, lambda one: "outside.png" in str(one)):
            page.goto(where)
    assert [one for one in watch.heard() if told in one]
    page.close()


@pytest.mark.parametrize("state", STATES)
def test_nothing_is_in_anybodys_way(chromium: Browser, address: str, hub: Hub, state: str) -> None:
    page = chromium.new_page(viewport={"width": 1440, "height": 900})
    watch = Watch(page, address)
    reach(page, address, hub, state)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, "has to be pushed sideways"
        if width in {390, 1440}:
            assert not hindrances(page)
    assert not watch.heard()
    page.close()


def test_what_is_pressed_is_large_enough(chromium: Browser, address: str, hub: Hub) -> None:
    page = chromium.new_page(viewport={"width": 390, "height": 800})
    reach(page, address, hub, "chronology")
    page.evaluate(UNFOLD)
    for handle in page.query_selector_all("button, input:not([type=hidden]), .menu-fold a"):
        box = handle.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 24
    page.close()


def test_a_child_is_found_with_the_keyboard_alone_and_without_scripts(
    chromium: Browser, address: str, hub: Hub
) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/sign-in")
    keys = page.keyboard
    for text in (staff.DECISION_MAKER.subject, staff.phrase(hub, staff.DECISION_MAKER)):
        page.focus("#subject" if text == staff.DECISION_MAKER.subject else "#phrase")
        keys.type(text)
    keys.press("Enter")
    page.wait_for_url(f"{address}/")
    page.focus("#child")
    keys.type(ROBIN)
    keys.press("Tab")
    keys.press("ArrowDown")
    keys.press("Enter")
    page.wait_for_url(f"{address}/chronology")
    assert page.locator("h1").inner_text() == "Robin Exemplar"
    context.close()


def test_nothing_is_filled_in_or_chosen_beforehand(chromium: Browser, address: str, hub: Hub) -> None:
    page = chromium.new_page()
    enter(page, address, hub, staff.DECISION_MAKER)
    assert page.locator("input:checked").count() == 0
    assert {box.input_value() for box in page.locator("input[type=text]").all()} == {""}
    page.close()


def test_going_back_after_signing_out_shows_nothing(chromium: Browser, address: str, hub: Hub) -> None:
    page = chromium.new_page()
    reach(page, address, hub, "chronology")
    press(page, "text=Sign out")
    with pytest.raises(Error, match="ERR_CACHE_MISS"):
        page.go_back()
    page.wait_for_url("chrome-error://**")
    assert "shouting" not in page.content()
    page.close()


def test_a_page_of_another_site_cannot_ask(chromium: Browser, address: str, hub: Hub) -> None:
    page = chromium.new_page()
    enter(page, address, hub, staff.DECISION_MAKER)
    page.goto("data:text/html,<form method=post></form>")
    page.evaluate(
        "address => { const form = document.forms[0]; form.action = address; form.submit(); }", f"{address}/chronology"
    )
    page.wait_for_url(f"{address}/chronology")
    assert page.inner_text("h1") == "This was not sent from a page of this hub"
    page.close()


def test_print_leaves_out_what_is_only_for_the_screen(chromium: Browser, address: str, hub: Hub) -> None:
    page = chromium.new_page()
    reach(page, address, hub, "chronology")
    page.emulate_media(media="print")
    assert not page.locator("nav.menu").is_visible()
    again = page.locator("section.again")
    assert again.count() > 0
    assert not any(section.is_visible() for section in again.all())
    assert page.get_by_text("This is not a numbered copy").is_visible()
    assert page.locator("#e-1").is_visible()
    page.close()
