"""In a real browser: is the chronology of three years reached by keyboard, phone, bad light and without scripts?"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from hub.commands import staff
from hub.web.app import create_app
from hub.web.glance import WORDS
from hub.wiring import Hub
from tests.support.browser import UNFOLD, browser, hindrances, served
from tests.support.long_life import a_house, busy, life, parts_over
from tests.web.test_in_the_browser import WIDTHS, Watch, ask, enter

pytestmark = pytest.mark.web
KIB = 1024


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The browser, for all tests of this file."""
    with browser() as running:
        yield running


@pytest.fixture(scope="module")
def address(hub: Hub, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the pages of a child of three years are served."""
    with served(create_app(parts_over(hub, a_house(tmp_path_factory.mktemp("life"), life())))) as where:
        yield where


def opened(chromium: Browser, address: str, hub: Hub, width: int = 1440, *, scripts: bool = True) -> Page:
    """The chronology, asked for as a person would."""
    context = chromium.new_context(java_script_enabled=scripts, viewport={"width": width, "height": 900})
    page = context.new_page()
    enter(page, address, hub, staff.DECISION_MAKER)
    ask(page)
    return page


def test_nothing_is_in_anybodys_way_at_any_width(chromium: Browser, address: str, hub: Hub) -> None:
    context = chromium.new_context()
    page = context.new_page()
    watch = Watch(page, address)
    enter(page, address, hub, staff.DECISION_MAKER)
    ask(page)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, "has to be pushed sideways"
        assert hindrances(page) == []
    assert watch.heard() == []
    context.close()


def test_what_is_pressed_is_large_enough(chromium: Browser, address: str, hub: Hub) -> None:
    page = opened(chromium, address, hub, 390)
    page.evaluate(UNFOLD)
    for what in (".picture-plot a", "button", ".radio input", "summary", "nav a",
                 ".picture-head a"):  # fmt: skip
        boxes = [one.bounding_box() for one in page.query_selector_all(what)]
        assert boxes
        assert min(min(box["width"], box["height"]) for box in boxes if box is not None) >= 24, what
    page.context.close()


def test_the_picture_is_walked_with_the_arrow_keys_and_one_tab_stop(chromium: Browser, address: str, hub: Hub) -> None:
    page = opened(chromium, address, hub)
    assert page.locator('.picture-plot a[tabindex="0"]').count() == 1
    page.focus(".picture-box")
    page.keyboard.press("Tab")
    said = page.locator(".picture-preview")
    last = said.inner_text()
    assert last.startswith("20 November 2026")
    page.keyboard.press("Home")
    first = said.inner_text()
    assert first.startswith("6 December 2023, Larkfield Primary School")
    page.keyboard.press("ArrowRight")
    assert said.inner_text().startswith("17 January 2024, Hexley Police")
    page.keyboard.press("ArrowLeft")
    assert said.inner_text() == first
    page.keyboard.press("ArrowDown")
    assert "Larkfield Primary School" not in said.inner_text()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("End")
    assert said.inner_text().startswith("20 November 2026")
    halo = page.evaluate("getComputedStyle(document.activeElement).getPropertyValue('--halo')")
    assert halo.strip() == "#fd0"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id").startswith("e-")
    page.context.close()


def test_without_scripts_the_marks_are_links_and_everything_is_there(chromium: Browser, address: str, hub: Hub) -> None:
    page = opened(chromium, address, hub, scripts=False)
    assert not page.locator(".picture-preview").is_visible()
    page.locator(".picture-plot a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/chronology#e-*")
    page.locator(".in-words summary").click()
    assert page.locator(".in-words table").is_visible()
    page.check("#from-police")
    with page.expect_navigation():
        page.click("form.filters .button")
    assert "4 of 28 entries" in page.inner_text("#list-title")
    page.context.close()


def test_on_a_phone_it_opens_at_today_and_the_names_of_lanes_stay(chromium: Browser, address: str, hub: Hub) -> None:
    page = opened(chromium, address, hub, 390)
    assert page.evaluate("document.querySelector('.picture-box').scrollLeft") > 700
    before = page.locator(".picture-names").bounding_box()
    page.evaluate("document.querySelector('.picture-box').scrollLeft = 300")
    after = page.locator(".picture-names").bounding_box()
    assert before is not None
    assert after is not None
    assert abs(before["x"] - after["x"]) <= 1
    assert 0 <= after["x"] <= 40
    page.context.close()


def test_in_forced_colours_the_picture_keeps_its_light_ground(chromium: Browser, address: str, hub: Hub) -> None:
    page = opened(chromium, address, hub)
    page.emulate_media(forced_colors="active", color_scheme="dark")
    ground = "getComputedStyle(document.querySelector('.picture-box')).backgroundColor"
    assert page.evaluate(ground) == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != "rgb(255, 255, 255)"
    page.context.close()


def test_shapes_differ_without_any_colour(chromium: Browser, address: str, hub: Hub) -> None:
    page = opened(chromium, address, hub)
    shapes = page.evaluate(
        "[...document.querySelectorAll('defs > g')]"
        ".map(one => one.innerHTML.replace(/(fill|stroke)=\"#[0-9a-f]+\"/g, ''))"
    )
    assert len(shapes) == len(set(shapes)) == 13
    page.context.close()


def test_what_has_the_keyboard_is_never_under_the_bar_of_the_child(chromium: Browser, address: str, hub: Hub) -> None:
    page = opened(chromium, address, hub)
    hidden = (
        "() => { const at = document.activeElement.getBoundingClientRect();"
        " const bar = document.querySelector('.child-bar'), edge = bar.getBoundingClientRect();"
        " return !bar.contains(document.activeElement) && at.bottom <= edge.bottom && at.top >= edge.top; }"
    )
    for _ in range(70):
        page.keyboard.press("Tab")
        assert not page.evaluate(hidden)
    for _ in range(40):
        page.keyboard.press("Shift+Tab")
        assert not page.evaluate(hidden)
    page.context.close()


def test_a_telephones_first_screen_holds_the_first_two_answers_under_a_warning(
    chromium: Browser, address: str, hub: Hub
) -> None:
    page = opened(chromium, address, hub, 390)
    page.set_viewport_size({"width": 390, "height": 844})
    page.evaluate(
        "said => { const one = document.createElement('p'); one.className = 'warn'; one.textContent = said;"
        " document.querySelector('.child-bar').after(one); }",
        IN_QUESTION,
    )
    seen, said = (page.locator(".glance > li").nth(place).bounding_box() for place in (0, 1))
    assert seen is not None
    assert said is not None
    assert seen["y"] + seen["height"] <= said["y"]
    assert said["y"] + said["height"] <= 844
    for what in (".child-bar a", ".child-bar button", ".me a", ".me button", ".menu-fold summary"):
        boxes = [one.bounding_box() for one in page.query_selector_all(what)]
        assert min(min(box["width"], box["height"]) for box in boxes if box is not None) >= 24, what
    page.context.close()


def test_the_first_screen_holds_five_answers_and_the_whole_picture(chromium: Browser, address: str, hub: Hub) -> None:
    """Seven lanes and their foot, also where the child's newest words are long and two agencies owe a reply."""
    page = opened(chromium, address, hub)
    assert page.locator(".glance > li").count() == 5
    words = "I am the one who makes the breakfast, and I can do the microwave, and then we wait until it is time."
    assert len(words) == WORDS
    for said in ("", f"“{words} …”"):
        if said:
            page.evaluate("said => { document.querySelector('.glance b').textContent = said; }", said)
            page.evaluate("said => { document.querySelector('.glance .unknown span').textContent = said; }", OWING)
        box = page.locator(".picture-box").bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= 900
    page.context.close()


IN_QUESTION = (
    "1 report may be about this child and is not shown here. Little Oaks Nursery, received 9 October 2026, 16:20. "
    "A number agrees and something else does not, so somebody must look whose it is. Say whose it is, on record. "
    "Call the agency now if it matters."
)
OWING = "Hexley Police, Fen Row Surgery. Not known in full: Northborough Probation. See of whom nothing is shown"


def test_the_first_visit_to_three_hundred_entries_is_light(
    chromium: Browser, hub: Hub, tmp_path_factory: pytest.TempPathFactory
) -> None:
    told = a_house(tmp_path_factory.mktemp("busy"), busy(300))
    with served(create_app(parts_over(hub, told))) as where:
        context = chromium.new_context()
        page = context.new_page()
        enter(page, where, hub, staff.DECISION_MAKER)
        page.fill("#child", "9990001006")
        page.check("#purpose-2")
        with page.expect_navigation():
            page.click("main button")
        files = page.evaluate(
            "performance.getEntriesByType('resource').map(one => one.encodedBodySize).reduce((a, b) => a + b, 0)"
        )
        whole = page.evaluate("performance.getEntriesByType('navigation')[0].encodedBodySize")
        assert 0 < whole <= 60 * KIB
        assert whole + files <= 150 * KIB
        assert page.locator(".entries > li").count() == 300
        context.close()
