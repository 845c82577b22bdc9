"""The page of a child with 300 entries, every check on: time at the server, its size, and the picture alone."""

import gzip
import tempfile
from pathlib import Path

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


def measure() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        for name in ("house", "small"):
            (Path(folder) / name).mkdir()
        home = house(Path(folder) / "house")
        small = a_house(Path(folder) / "small", busy(ENTRIES))
        browser = browsing(create_app(parts_over(home, small)))
        sign_in(browser, home, staff.DECISION_MAKER)
        fields = {"form_key": form_key(browser.get("/about")), **ASKING}
        settle()
        whole = timed(lambda: browser.post("/chronology", data=fields), ROUNDS)
        answer = browser.post("/chronology", data=fields)
        page_kib = len(gzip.compress(answer.content, 5)) / KIB
        files_kib = sum(len(gzip.compress(content, 5)) for content in static_files().values()) / KIB
        shown = read_chronology(small.reading(), an_actor(), parse_identifier(f"nhs:{ROBIN}"), Purpose.SECTION_47)
        show(
            "chronology_page_300_entries",
            whole,
            "p50 at most 120 ms; HTML at most 60 KiB pressed; first visit at most 150 KiB",
            entries=len(shown.entries),
            html_kib=round(page_kib, 1),
            first_visit_kib=round(page_kib + files_kib, 1),
        )
        today = day_in_london(small.clock.now())
        snap = snapshot(shown, today)
        targets = {entry.report_id: f"e-{number}" for number, entry in enumerate(shown.entries)}
        titles = {f"urn:childhub:agency:{name}": title for name, title in TITLES.items()}
        asked = Asked(Window.THREE_YEARS, Sieve(), targets, today)
        drawn: Figure = timed(lambda: picture(snap, titles, asked), ROUNDS)
        show("timeline_picture_300_entries", drawn, "at most 15 ms", marks=len(picture(snap, titles, asked).marks))
