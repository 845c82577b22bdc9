"""`python -m tests.support.screens FOLDER`: a picture of each page, of invented people, for the README."""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page

from hub.commands import staff
from hub.web.app import create_app
from hub.wiring import Hub
from tests.support.browser import browser, served
from tests.support.given import ROBIN
from tests.support.house import house
from tests.support.long_life import a_house, life, parts_over
from tests.support.pages import ASKING, parts_of, send, signed_in
from tests.support.story import tell_story

DESK, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}


def main(folder: Path) -> None:
    """Write the pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as made, browser() as running:
        for name in ("house", "life"):
            (Path(made) / name).mkdir()
        home = house(Path(made) / "house")
        with served(create_app(parts_over(home, a_house(Path(made) / "life", life())))) as address:
            page = running.new_page(viewport={"width": DESK["width"], "height": DESK["height"]})
            _tour(page, address, home, folder)
        tell_story(home)
        asked = {**ASKING, "to-police": "1", "to-gp": "1", "want-known": "1", "within": "4"}
        send(signed_in(home, staff.DECISION_MAKER), "/ask/keep", asked)
        home.work()
        with served(create_app(parts_of(home))) as address:
            _enter(page, address, home, staff.DECISION_MAKER)
            page.screenshot(path=folder / "worklist.png")


def _enter(page: Page, address: str, home: Hub, member: staff.Member) -> None:
    page.goto(f"{address}/sign-in")
    page.fill("#subject", member.subject)
    page.fill("#phrase", staff.phrase(home, member))
    with page.expect_navigation():
        page.click("main button")


def _tour(page: Page, address: str, home: Hub, folder: Path) -> None:
    def keep(name: str) -> None:
        page.screenshot(path=folder / f"{name}.png")

    def press(what: str) -> None:
        with page.expect_navigation():
            page.click(what)

    _enter(page, address, home, staff.DECISION_MAKER)
    page.fill("#child", ROBIN)
    page.check("#purpose-2")
    press("main form[action='/chronology'] button")
    press(".child-act .button-quiet")
    for one in ("#to-1", "#to-4", "#want-1", "#want-2", "#within-1"):
        page.check(one)
    press("main form[action='/ask/keep'] button")
    press("main button")
    keep("chronology")
    page.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})
    page.evaluate("document.querySelector('.year').scrollIntoView()")
    keep("chronology-phone")
    page.set_viewport_size({"width": DESK["width"], "height": DESK["height"]})
    press(".child-act .button")
    keep("decision")
    press("main form[action='/chronology'] button")
    for box, typed in (("day", "2"), ("month", "10"), ("year", "2025")):
        page.fill(f"#day-{box}", typed)
    press("section.again button")
    keep("chronology-known-on")
    page.goto(f"{address}/")
    press(".me form button")
    _enter(page, address, home, staff.IG_OFFICER)
    page.fill("#child", ROBIN)
    press("main button")
    keep("who-looked")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
