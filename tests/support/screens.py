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


def _tour(page: Page, address: str, home: Hub, folder: Path) -> None:
    def keep(name: str) -> None:
        page.screenshot(path=folder / f"{name}.png")

    def press(what: str) -> None:
        with page.expect_navigation():
            page.click(what)

    page.goto(f"{address}/sign-in")
    keep("sign-in")
    page.fill("#subject", staff.DECISION_MAKER.subject)
    page.fill("#phrase", staff.phrase(home, staff.DECISION_MAKER))
    press("main button")
    page.fill("#child", ROBIN)
    page.check("#purpose-2")
    press("main button")
    keep("chronology")
    page.evaluate("document.querySelector('.list').scrollIntoView()")
    keep("chronology-list")
    page.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})
    page.evaluate("document.querySelector('.year').scrollIntoView()")
    keep("chronology-phone")
    page.set_viewport_size({"width": DESK["width"], "height": DESK["height"]})
    page.check("#own-words")
    press("form.filters .button")
    keep("chronology-filtered")
    for box, typed in (("day", "2"), ("month", "10"), ("year", "2025")):
        page.fill(f"#day-{box}", typed)
    press("section.again button")
    keep("chronology-known-on")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
