"""In a real browser, to another site and back: is somebody signed in, and are the pages of it for everybody?"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from hub.commands import signing_in
from hub.web.app import create_app
from hub.web.opening import Opening
from hub.web.session import IDLE
from hub.wiring import Hub
from tests.support.browser import browser, hindrances, served
from tests.support.issuers import OwnIds, known
from tests.support.openid_provider import Provider
from tests.support.pages import parts_of

pytestmark = pytest.mark.web
WIDTHS = (390, 1440)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The browser, for all tests of this file."""
    with browser() as running:
        yield running


@pytest.fixture
def address(own_hub: Hub, provider: Provider, clock: OwnIds, tmp_path: Path) -> Iterator[str]:
    """Where the pages are served: another site than the issuer's, as in earnest."""
    opening = Opening()
    with served(opening) as where:
        home = where.replace("127.0.0.1", "localhost")
        settings = replace(own_hub.settings, issuers=provider.list_in(tmp_path))
        openly = signing_in.openly(settings, own_hub.store, clock, home)
        opening.open(create_app(replace(parts_of(own_hub, clock=clock), openly=openly)))
        yield home


def sign_in(page: Page, address: str) -> None:
    page.goto(f"{address}/sign-in")
    page.get_by_role("button", name="Sign in with An invented trust").click()
    expect(page.get_by_text("Nia Okoro")).to_be_visible()


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


@pytest.mark.parametrize("width", WIDTHS)
def test_somebody_goes_to_their_issuer_comes_back_and_finds_again_what_they_typed(
    own_hub: Hub, provider: Provider, clock: OwnIds, address: str, chromium: Browser, width: int
) -> None:
    known(own_hub, provider)
    page = chromium.new_page(viewport={"width": width, "height": 900})
    wrong: list[str] = []
    page.on("console", lambda said: wrong.append(said.text) if said.type in {"error", "warning"} else None)
    page.goto(f"{address}/sign-in")
    assert (hindrances(page), fits(page)) == ([], True)
    sign_in(page, address)
    for path in ("/sessions", "/sign-in/again"):
        page.goto(f"{address}{path}")
        assert (hindrances(page), fits(page)) == ([], True)
    page.goto(f"{address}/emergency")
    page.locator("#child").fill("nhs:9990001006")
    clock.forward(IDLE)
    page.get_by_role("button", name="Open now, on record").click()
    page.get_by_role("button", name="Sign in with An invented trust").click()
    expect(page.get_by_role("heading", name="What you were typing")).to_be_visible()
    expect(page.get_by_text("nhs:9990001006")).to_be_visible()
    assert (hindrances(page), fits(page)) == ([], True)
    assert wrong == []
    page.close()


def test_a_link_of_another_site_leads_in_and_signs_nobody_out(
    own_hub: Hub, provider: Provider, address: str, chromium: Browser
) -> None:
    known(own_hub, provider)
    page = chromium.new_page()
    for told in ("Sign in", "Nia Okoro"):
        page.goto(f"{provider.address}/keys")  # any page of another site
        page.evaluate("there => { location.href = there }", f"{address}/questions")
        expect(page.get_by_text(told).first).to_be_visible()
        if told == "Sign in":
            sign_in(page, address)
    page.goto(f"{address}/questions")
    expect(page.get_by_text("Nia Okoro")).to_be_visible()
    page.close()
