"""Does the page for when the hub is down stand alone: no hub, no script, nothing fetched, and whom to call on it?"""

import argparse
import re
from dataclasses import replace
from pathlib import Path

import pytest

from hub.cli import commands_parser
from hub.commands import when_down
from hub.domain.own_area import duty_desk, grouped
from hub.domain.when_down import BY_HAND, FORM, STEPS
from hub.settings import Settings
from hub.wiring import Hub
from tests.support.browser import browser, hindrances
from tests.support.html import faults
from tests.support.pages import pages
from tests.support.valid_html import faults_by_page

pytestmark = pytest.mark.web
DESK, POLICE = "01632 960100", "01632 960101"


def written(folder: Path, *more: str, duty: str | None = DESK) -> Path:
    """The page as the command writes it."""
    file = folder / "when-down.html"
    arguments = commands_parser().parse_args(["when-down", str(file), *more])
    assert when_down.run(replace(Settings(home=folder / "nowhere"), duty_number=duty), arguments) == 0
    return file


def test_it_is_one_file_that_asks_for_nothing_and_is_in_nobodys_way(tmp_path: Path) -> None:
    file = written(tmp_path, "--call", f"Police <desk>= {POLICE}")
    text = file.read_text(encoding="utf-8")
    assert [path.name for path in tmp_path.iterdir()] == ["when-down.html"]  # no hub was begun for it
    assert file.stat().st_mode & 0o777 == 0o644
    assert faults(text) == ("<style> on a page",)
    assert "\n".join(faults_by_page({"down": text}, tmp_path)) == ""
    asked: list[str] = []
    with browser() as running:
        page = running.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda said: asked.append(said.text[:100]))
        for width in (1440, 320):
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(file.as_uri())
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert hindrances(page) == []
        assert page.evaluate("getComputedStyle(document.body).fontSize") == "18px"  # its style counts
        said = page.inner_text("main")
    assert set(asked) == {file.as_uri()}
    for shown in (f"Call {duty_desk(DESK)}.", "Police <desk>", grouped(POLICE)):
        assert shown in said, shown
    assert all(one in said for one in FORM)


def test_it_lets_itself_run_and_fetch_nothing(tmp_path: Path) -> None:
    text = written(tmp_path).read_text(encoding="utf-8")
    assert "default-src 'none'; style-src 'sha256-" in text
    assert not re.search(r"<script|src=|@import|url\(|https?:|\bon[a-z]+=", text)
    assert re.findall(r'href="([^"]*)"', text) == ["#main", "/"]


def test_without_a_number_it_sends_to_the_local_procedure_and_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = written(tmp_path, duty=None).read_text(encoding="utf-8")
    assert "as your local procedures give it" in text
    assert f'<h2>Whom to call</h2>\n<dl class="paper">\n<div><dt>{BY_HAND}</dt><dd></dd></div>' in text
    assert "HUB_DUTY_NUMBER is not set" in capsys.readouterr().out
    assert BY_HAND not in written(tmp_path).read_text(encoding="utf-8")
    assert "is not set" not in capsys.readouterr().out


def test_the_page_of_the_hub_has_room_for_a_number_where_none_is_set(hub: Hub) -> None:
    assert f"<dt>{BY_HAND}</dt><dd></dd>" in pages(hub).get("/when-down").text
    with_number = Hub(replace(hub.settings, duty_number=DESK))
    assert BY_HAND not in pages(with_number).get("/when-down").text


@pytest.mark.parametrize("typed", ["01632 960101", "=01632 960101", "Police=", "Police=call them", "Po\nlice=999", ""])
def test_what_is_no_telephone_of_anybody_is_not_taken(typed: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError):
        when_down.call(typed)


def test_the_page_of_the_hub_says_the_same(hub: Hub) -> None:
    text = pages(hub).get("/when-down").text
    assert not [title for title, _ in STEPS if f"<dt>{title}</dt>" not in text]
    assert not [one for one in FORM if f"<dt>{one}</dt>" not in text]
