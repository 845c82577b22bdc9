"""Does the walk find what it looks for? Each fault is planted on a page served as ours are, with its headers."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from hub.web.headers import Headers
from tests.support.browser import browser, served
from tests.support.walking import WIDTHS, Walker

pytestmark = pytest.mark.web
FRAME = (
    '<!DOCTYPE html><html lang="en-GB"><head><title>T</title><link rel="stylesheet" href="/style.css"></head><body>'
    '<a class="skip" href="#main">Past the menu</a><header><p>Top</p></header><main id="main"><h1>A</h1>{}</main>'
    "<footer><p>Foot</p></footer></body></html>"
)
OUTSIDE = '<img alt="" src="http://127.0.0.1:9/outside.png">'
# What the walk looks at, done well; and the same done badly, which is all that is to be found.
REACHED = (
    '<table><thead><tr><th scope="col">B</th></tr></thead><tbody><tr><td><button class="{0}">in a cell</button></td>'
    '</tr></tbody></table><ul><li><a class="{0}" href="#main">in a list</a></li></ul>'
    '<p>Among words <a href="#main">of a line</a> that goes on.</p>'
    '<details><summary class="large">More</summary><p><button class="{0}">in a fold</button></p></details>'
)
OUTLINED = '<div><button class="large {0}">to press</button></div><div class="large {0}" tabindex="0">to push</div>'
WORDS = '<div class="{0}"><p>One long line of words that somebody sets further apart than they were set here</p></div>'
ALIKE = ("raised", "clear")  # a shadow that is always there; a line that is not seen
BASE = ":focus-visible { outline: 3px solid #000 }"
STYLE = """
  .large { display: inline-block; min-width: 30px; min-height: 30px; margin: 5px }
  summary.large { display: list-item }
  .small { display: inline-block; width: 60px; height: 20px; margin: 20px; padding: 0; overflow: visible }
  .raised { box-shadow: 0 3px 0 #06402d }
  .raised:focus-visible { outline: none; background: #fd0 }
  .clear:focus-visible { outline: 3px solid transparent }
  .held { height: 24px; overflow: hidden; white-space: nowrap; width: 300px }
  .room { height: 400px; overflow: hidden }
  .broad { width: 900px }
"""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The browser, for all tests of this file."""
    with browser() as running:
        yield running


def planted(markup: str, style: str = STYLE, *, as_ours: bool = True) -> ASGIApp:
    """One page with its stylesheet, behind the headers of every page of ours or without them."""

    async def page(_: Request) -> Response:
        return HTMLResponse(FRAME.format(markup))

    async def sheet(_: Request) -> Response:
        return Response(BASE + style, media_type="text/css")

    app = Starlette(routes=[Route("/", page), Route("/style.css", sheet)])
    return Headers(app, over_https=False) if as_ours else app


def walked(chromium: Browser, app: ASGIApp) -> list[str]:
    """What the walk tells of the page, each once."""
    context = chromium.new_context()
    with served(app) as address:
        walker = Walker(context.new_page(), address)
        walker.page.goto(address)
        walker.look("planted")
        assert walker.page.locator("details[open], [data-walked]").count() == 0
        context.close()
    return walker.told().splitlines()


@pytest.fixture(scope="module")
def told(chromium: Browser) -> list[str]:
    """What the walk tells of one page, behind our headers, on which much is done badly."""
    pressed = "".join(OUTLINED.format(how) for how in ALIKE)
    forbidden = f'<p style="margin: 0">a</p>{OUTSIDE}'
    return walked(chromium, planted(REACHED.format("small") + pressed + WORDS.format("held") + forbidden))


@pytest.fixture(scope="module")
def told_of_another(chromium: Browser) -> list[str]:
    """What it tells of a page without our headers, too broad for a telephone, with an image of another address."""
    return walked(chromium, planted(f"<div class='broad'>wide</div>{OUTSIDE}", STYLE, as_ours=False))


def test_of_a_page_that_is_well_made_nothing_is_told(chromium: Browser) -> None:
    well = REACHED.format("large") + OUTLINED.format("") + WORDS.format("room")
    assert walked(chromium, planted(well)) == []


@pytest.mark.parametrize("width", [320, 1440])
def test_what_is_too_small_to_press_is_found_but_for_a_link_among_words(told: list[str], width: int) -> None:
    small = [one.partition(">")[2] for one in told if one.startswith(f"planted: small at {width}: ")]
    assert [one.partition("<")[0] for one in small] == ["in a cell", "in a list", "in a fold"]


@pytest.mark.parametrize("width", [320, 1440])
def test_what_looks_the_same_when_the_keyboard_comes_to_it_is_found(told: list[str], width: int) -> None:
    unseen = [one.partition("<")[2] for one in told if one.startswith(f"planted: focus at {width}: ")]
    assert [one.partition(">")[0] for one in unseen] == [
        one for how in ALIKE for one in (f'button class="large {how}"', f'div class="large {how}" tabindex="0"')
    ]


def test_words_that_are_cut_off_when_they_are_spaced_are_found(told: list[str]) -> None:
    assert [one.partition(": <")[0] for one in told if "cut off" in one] == [
        f"planted: cut off at {width} when the words are spaced" for width in (320, 1024)
    ]


def test_what_has_to_be_pushed_sideways_is_found(told_of_another: list[str]) -> None:
    found = [one for one in told_of_another if "sideways" in one and "spaced" not in one]
    assert found == [
        f"planted: has to be pushed sideways at {where}" for where in ("320", "390", "768", "400 %")
    ]  # fmt: skip


@pytest.mark.parametrize("forbidden", ["inline style", "outside.png"])
def test_what_the_policy_forbids_is_found(told: list[str], told_of_another: list[str], forbidden: str) -> None:
    assert [one for one in told if one.startswith("console: ") and "Policy" in one and forbidden in one]
    assert not [one for one in told_of_another if one.startswith("console: ") and "Policy" in one]


def test_what_is_asked_of_another_address_is_found(told_of_another: list[str]) -> None:
    assert "asked elsewhere: GET" in told_of_another


@pytest.mark.parametrize("width", WIDTHS)
def test_what_is_in_the_way_at_one_width_alone_is_found_at_that_width(chromium: Browser, width: int) -> None:
    told = walked(
        chromium,
        planted(
            '<p class="faint">faint</p><div class="near"><a href="#main">one</a><a href="#main">two</a></div>',
            ".near a { display: inline-block; width: 40px; height: 40px } .skip { font-size: 2rem }"
            f"@media (width: {width}px) {{ .faint {{ color: #ccc }} .near a {{ width: 9px; height: 9px }} }}",
        ),
    )
    for rule in ("color-contrast", "target-size"):
        said = [one.split(":")[1].strip() for one in told if f": {rule}:" in one]
        assert set(said) == {f"at {width}"}, rule


def test_what_is_in_the_way_in_a_closed_fold_is_found_and_the_fold_closed_again(chromium: Browser) -> None:
    markup = '<details><summary>More</summary><p class="faint">faint</p></details>'
    told = walked(chromium, planted(markup, ".faint { color: #ccc } summary { min-height: 30px }"))
    said = [one.split(": color-contrast")[0] for one in told if "color-contrast" in one]
    assert said == ["planted: at 320, folds open", "planted: at 1440, folds open"]
