"""Has every page a picture that a newcomer can look at, listed, and small enough to be kept?"""

import re
from pathlib import Path

import pytest

from hub.web.app import PAGES
from hub.web.page import Page
from tests.support import screen_list
from tests.support.screen_list import MOST_BYTES, NO_PICTURE, SCREENS, STATES, TOUR, Method, files, index, wants_picture

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "screens"
OF_WEBP = (b"RIFF", b"WEBP")


def without(pages: tuple[Page, ...], shown: frozenset[tuple[Method, str]]) -> set[tuple[Method, str]]:
    """How, and where, pages are asked for that show something to a person and are never come upon."""
    return {(page.method, page.path) for page in pages if wants_picture(page)} - shown


def test_every_page_has_one_or_is_looked_at_in_another_state() -> None:
    shown = frozenset((one.method, one.path) for one in (*SCREENS, *STATES))
    assert without(PAGES, shown) == set()
    (asked,) = (page for page in PAGES if (page.method, page.path) == ("GET", "/find"))
    for added in (Page("GET", "/added", asked.answer), Page("POST", "/about", asked.answer)):
        assert without((*PAGES, added), shown) == {(added.method, added.path)}


def test_no_state_is_without_a_picture_of_its_page() -> None:
    assert {one.path for one in STATES} <= {one.path for one in SCREENS}


def test_every_address_named_is_one_of_a_page() -> None:
    known, shown = {(page.method, page.path) for page in PAGES}, {(one.method, one.path) for one in (*SCREENS, *STATES)}
    assert shown | set(NO_PICTURE) <= known
    assert not shown & set(NO_PICTURE)
    names = [one.name for one in (*SCREENS, *STATES)]
    assert len(set(names)) == len(names)


def test_every_picture_listed_is_there_and_no_other() -> None:
    assert len(set(files())) == len(files())
    assert {path.name for path in FOLDER.iterdir()} == {*files(), "README.md"}
    for name in files():
        head = (FOLDER / name).read_bytes()[:12]
        assert (head[:4], head[8:]) == OF_WEBP, name


def test_all_of_them_are_small() -> None:
    assert screen_list.weight(FOLDER) <= MOST_BYTES


def test_the_list_says_each_in_a_line() -> None:
    assert (FOLDER / "README.md").read_text(encoding="utf-8") == index()
    assert all(f"- [{one.name}]({one.name}.webp): " in index() for one in SCREENS)


@pytest.mark.parametrize("name", TOUR)
def test_the_readme_shows_the_tour(name: str) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert re.search(rf"!\[[^\]]+\]\(docs/screens/{name}\.webp\)", readme), "shown, and not only led to"
    assert f"{name}-phone.webp" in files()
