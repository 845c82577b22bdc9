"""The page of a child with 300 entries, every check on: time at the server, its size, and the picture alone.

Time at the server is from the first byte of the request to the last of the answer, as the application sees them; what
the client in the bench spends is not in it. The page is asked for as it comes (the newest entries in full and a line of
each other), and with all of its entries in full; beside both stands the reading alone, of the same child.
"""

import gzip
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from fastapi.testclient import TestClient
from starlette.types import ASGIApp, Receive, Scope, Send

from bench.figures import Figure, show, timed
from contracts.identifiers import parse_identifier
from contracts.vocabulary import Purpose
from hub.application.read_chronology import read_chronology
from hub.commands import staff
from hub.commands.pauses import settle
from hub.domain.moment import day_in_london
from hub.domain.sieve import Sieve
from hub.domain.snapshot import snapshot
from hub.web.app import create_app
from hub.web.picture.draw import Asked, picture
from hub.web.picture.scale import Window
from hub.web.rendering import static_files
from tests.support.given import ROBIN, an_actor
from tests.support.house import house
from tests.support.long_life import TITLES, a_house, busy, parts_over
from tests.support.pages import ASKING, browsing, form_key, sign_in

ENTRIES = 300
ROUNDS = 21
KIB = 1024


class AtTheServer:
    """An application with a clock before it: `seconds` of each request that was answered."""

    def __init__(self, app: ASGIApp) -> None:
        """Time this one."""
        self._app = app
        self.seconds: list[float] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer it, and keep how long that took."""
        start = time.perf_counter()
        await self._app(scope, receive, send)
        self.seconds.append(time.perf_counter() - start)


def measure() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        for name in ("house", "small"):
            (Path(folder) / name).mkdir()
        home = house(Path(folder) / "house")
        small = a_house(Path(folder) / "small", busy(ENTRIES))
        server = AtTheServer(create_app(parts_over(home, small)))
        browser = browsing(server)
        sign_in(browser, home, staff.DECISION_MAKER)
        fields = {"form_key": form_key(browser.get("/about")), **ASKING}
        settle()
        _pages(server, browser, fields)
        child = parse_identifier(f"nhs:{ROBIN}")
        shown = read_chronology(small.reading(), an_actor(), child, Purpose.SECTION_47)
        read = timed(lambda: read_chronology(small.reading(), an_actor(), child, Purpose.SECTION_47), ROUNDS)
        show("reading_300_entries_alone", read, "none; a part of the page", entries=len(shown.entries))
        today = day_in_london(small.clock.now())
        snap = snapshot(shown, today)
        targets = {entry.report_id: f"e-{number}" for number, entry in enumerate(shown.entries)}
        titles = {f"urn:childhub:agency:{name}": title for name, title in TITLES.items()}
        asked = Asked(Window.THREE_YEARS, Sieve(), targets, today)
        drawn: Figure = timed(lambda: picture(snap, titles, asked), ROUNDS)
        show("timeline_picture_300_entries", drawn, "at most 15 ms", marks=len(picture(snap, titles, asked).marks))


def _pages(server: AtTheServer, browser: TestClient, fields: Mapping[str, str]) -> None:
    """The page in both lengths; its style and scripts count for a first visit."""
    files_kib = sum(len(gzip.compress(content, 5)) for content in static_files().values()) / KIB
    for name, look in (("as it comes", {}), ("all in full", {"look": "full"})):
        asked = {**fields, **look}
        page_kib = len(gzip.compress(browser.post("/chronology", data=asked).content, 5)) / KIB
        server.seconds.clear()
        for _ in range(ROUNDS):
            browser.post("/chronology", data=asked)
        show(
            f"chronology_page_{ENTRIES}_entries, {name}",
            Figure(tuple(server.seconds)),
            "p50 at most 120 ms; HTML at most 60 KiB pressed; first visit at most 150 KiB",
            html_kib=round(page_kib, 1),
            first_visit_kib=round(page_kib + files_kib, 1),
        )
