"""Do the pages carry nobody's brand, font or script, fetch nothing, and is it written down what was taken from whom?"""

import json
import re

import pytest

from hub.web.page import STAY, TIME_LEFT
from hub.web.rendering import STATIC_TYPES, static_files
from hub.web.words_kept import REASON
from tests.support.places import REPO

STATIC = REPO / "hub" / "web" / "static"
NOBODYS = re.compile(
    r"gds transport|crest|crown|govuk-icon|opengraph|frutiger|@font-face|\.woff|url\(|@import|https?:", re.I
)
SCRIPTS = ("boot.js", "walk.js", "stay.js")
ASKS = {"stay.js": ["fetch("]}  # how long is left: of the hub, and of nobody else
SHARP = re.compile(
    r"innerHTML|outerHTML|insertAdjacent|document\.write|eval\(|Function\(|fetch\(|XMLHttp|Storage|cookie"
)


def found_in(text: str) -> list[str]:
    """What in a style sheet or a script is somebody's brand or leads away."""
    return NOBODYS.findall(text.replace("http://www.w3.org/2000/svg", ""))


@pytest.mark.parametrize("name", STATIC_TYPES)
def test_a_file_that_is_served_carries_no_brand_and_fetches_nothing(name: str) -> None:
    assert found_in(static_files()[name].decode()) == []


@pytest.mark.parametrize("text", [
    "@font-face{font-family:x}", ".a{background:url(/static/images/govuk-crest.svg)}", '[href^="https://"]{}',
    ".govuk-footer__crown{}", "font-family:GDS Transport", "@import 'x'",
])  # fmt: skip
def test_what_would_carry_a_brand_is_caught(text: str) -> None:
    assert found_in(text)


def test_no_picture_or_font_of_anybodys_is_shipped() -> None:
    kinds = {path.suffix for path in STATIC.rglob("*") if path.is_file()}
    assert kinds == {".css", ".js", ".svg", ".json", ".scss", ".txt"}
    assert [path.name for path in STATIC.rglob("*.svg")] == ["favicon.svg"]


def test_what_was_taken_and_left_out_is_written_down_and_the_notices_are_there() -> None:
    vendor = json.loads((STATIC / "VENDOR.json").read_text(encoding="utf-8"))
    makefile = (REPO / "Makefile").read_text(encoding="utf-8")
    for one in vendor["taken"]:
        assert f"{one['name']}@{one['version']}" in makefile
        assert "MIT" in (STATIC / one["notice"]).read_text(encoding="utf-8")
    assert vendor["left_out"]


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_is_small_and_never_makes_markup_or_keeps_anything(name: str) -> None:
    text = static_files()[name].decode()
    assert len(text) <= 4096
    assert [one.group() for one in SHARP.finditer(text)] == ASKS.get(name, [])


def test_what_a_script_asks_for_is_of_the_hub() -> None:
    text = static_files()["stay.js"].decode()
    assert set(re.findall(r'"(/[^"]*)"', text)) == {TIME_LEFT, STAY, REASON}  # the last is said, and not asked for
    assert f'fields.set("typed-for", "{REASON}")' in text
    assert "location.replace(box.dataset.place)" in text


def test_every_served_file_is_there_and_nothing_else_is_served() -> None:
    assert set(STATIC_TYPES) == {path.name for path in STATIC.iterdir() if path.is_file()} - {"VENDOR.json"}
