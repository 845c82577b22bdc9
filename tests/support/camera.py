"""Somebody before a browser who keeps a picture of the page that is open: small, and only at its own address."""

import re
from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Page, Request

from hub.commands import staff
from hub.wiring import Hub
from tests.support.browser import UNFOLD
from tests.support.screen_list import SCREENS, STATES, TOUR, State

DESK, PHONE = (1280, 800), (390, 844)
_SCALE, _QUALITY = 0.75, 55
_TOUR_SCALE, _TOUR_QUALITY = 1.0, 60
# A form of ours, sent as a page of ours sends it: with the key that every form of the page carries.
_SEND = """([path, fields]) => {
  const form = document.createElement('form');
  form.method = 'post';
  form.action = path;
  const key = document.querySelector('[name=form_key]').value;
  for (const [name, value] of [...Object.entries(fields), ['form_key', key]]) {
    const box = document.createElement('input');
    box.type = 'hidden'; box.name = name; box.value = value;
    form.append(box);
  }
  document.body.append(form);
  form.submit();
}"""
_READY = "document.fonts.ready.then(() => Promise.all([...document.images].map(one => one.decode())))"


def send_form(page: Page, path: str, fields: Mapping[str, str]) -> None:
    """Send a form of ours with these fields from the page that is open."""
    with page.expect_navigation():
        page.evaluate(_SEND, [path, dict(fields)])


class WrongPage(Exception):
    """The page that is open is not the one of which a picture was wanted."""


@dataclass
class Camera:
    """Goes from page to page at `address`, and writes pictures into the folder."""

    page: Page
    address: str
    folder: Path
    taken: list[str] = field(default_factory=list)
    _method: str = "GET"

    def __post_init__(self) -> None:
        self.page.on("request", self._asked)

    def enter(self, hub: Hub, member: staff.Member) -> None:
        """Sign in, whoever was signed in before."""
        self.page.context.clear_cookies()
        self.go("/sign-in")
        self.page.fill("#subject", member.subject)
        self.page.fill("#phrase", staff.phrase(hub, member))
        self.press("main button")

    def go(self, path: str) -> None:
        """Open an address."""
        self.page.goto(f"{self.address}{path}")

    def press(self, what: str) -> None:
        """Press what leads to another page, unfolding what it may lie in."""
        self.page.evaluate(UNFOLD)
        with self.page.expect_navigation():
            self.page.locator(what).first.click()

    def send(self, path: str, fields: Mapping[str, str]) -> None:
        """Send a form with these fields."""
        send_form(self.page, path, fields)

    def keep(self, *names: str) -> None:
        """A picture under each name of a page that is open as it is asked for. Raises WrongPage."""
        for name in names:
            self._check(next(one for one in SCREENS if one.name == name))
            self.take(name)

    def meet(self, name: str) -> None:
        """Come upon a page in a state of which no picture is kept. Raises WrongPage."""
        self._check(next(one for one in STATES if one.name == name))
        self.come_upon(name)

    def come_upon(self, name: str) -> None:
        """Nothing: there is no picture to take."""

    def _check(self, state: State) -> None:
        pattern = re.escape(state.path).replace(re.escape("{rest:path}"), ".+")
        if self._method != state.method or not re.fullmatch(pattern, urlsplit(self.page.url).path):
            raise WrongPage(state.name)

    def _asked(self, request: Request) -> None:
        if request.is_navigation_request():
            self._method = request.method

    def take(self, name: str) -> None:
        """A picture of the page that is open: of the tour, at a desk and on a phone; else at a desk."""
        if name in TOUR:
            self._write(f"{name}-phone", PHONE, (1.0, _QUALITY))
            self._write(name, DESK, (_TOUR_SCALE, _TOUR_QUALITY))
        else:
            self._write(name, DESK, (_SCALE, _QUALITY))

    def _write(self, name: str, size: tuple[int, int], how: tuple[float, int]) -> None:
        width, height = size
        self.page.set_viewport_size({"width": width, "height": height})
        self.page.evaluate(_READY)
        top = self.page.evaluate("window.scrollY")
        clip = {"x": 0, "y": top, "width": width, "height": height, "scale": how[0]}
        asked = {"format": "webp", "quality": how[1], "clip": clip}
        session = self.page.context.new_cdp_session(self.page)
        (self.folder / f"{name}.webp").write_bytes(b64decode(session.send("Page.captureScreenshot", asked)["data"]))
        session.detach()
        self.page.set_viewport_size({"width": DESK[0], "height": DESK[1]})
        self.taken.append(f"{name}.webp")
