"""Is what is said of the service shown to those signed in, while it runs, as plain words, and never a trouble?"""

from datetime import timedelta
from pathlib import Path

import pytest

from hub.adapters.notices_file import FILE
from hub.commands import staff
from hub.commands.staff import Member
from hub.wiring import Hub
from tests.support.given import NOW, StoppedClock
from tests.support.house import house
from tests.support.html import faults
from tests.support.pages import pages, signed_in

HERE = "/notices"
DOWN = """[[notice]]
from = 2026-10-06T14:00:00
until = 2026-10-06T16:00:00
title = "<script>alert(1)</script> & down"
text = "First <b>words</b>.\\n\\nMore."
"""
LINE = (
    "<strong>Notice:</strong> <bdi>&lt;script&gt;alert(1)&lt;/script&gt; &amp; down</bdi>, until 6 October 2026, 16:00."
)
NOT_READ = "The notices cannot be read just now."


@pytest.fixture
def own(tmp_path: Path) -> Hub:
    """A hub of this test's own."""
    return house(tmp_path)


def post(hub: Hub, text: str) -> None:
    """Whoever runs the hub writes this into the file."""
    (hub.settings.home / FILE).write_text(text, encoding="utf-8")


@pytest.mark.parametrize("member", staff.MEMBERS, ids=lambda member: member.subject)
def test_while_one_runs_every_page_has_it_in_a_line_as_plain_words(own: Hub, member: Member) -> None:
    clock = StoppedClock(NOW)  # 14:20 in England
    browser = signed_in(own, member, clock=clock)
    assert "Notice:" not in browser.get("/help").text
    post(own, DOWN)
    for path in ("/help", "/", "/activity", "/nowhere"):
        page = browser.get(path).text
        assert LINE in page, path
        assert "<script>alert" not in page
        assert not faults(page)
    page = browser.get(HERE).text
    assert LINE not in page
    assert page.index("<h2>Now</h2>") < page.index("First &lt;b&gt;words&lt;/b&gt;.</bdi></p>")
    assert "From 6 October 2026, 14:00 until 6 October 2026, 16:00" in page
    assert "/notices" in browser.get("/help").text.partition("<footer")[2]


def test_before_it_begins_and_once_it_is_over_it_stands_on_its_page_alone(own: Hub) -> None:
    post(own, DOWN)
    for passed, heading in ((-1, "To come"), (2, "Over")):
        browser = signed_in(own, staff.UNRELATED, clock=StoppedClock(NOW + timedelta(hours=passed), heading))
        assert "Notice:" not in browser.get("/help").text
        assert f"<h2>{heading}</h2>" in browser.get(HERE).text


def test_a_stranger_is_told_of_none(own: Hub) -> None:
    post(own, DOWN)
    browser = pages(own, clock=StoppedClock(NOW))
    assert browser.get(HERE).headers["location"] == "/sign-in"
    for path in ("/sign-in", "/help", "/about"):
        page = browser.get(path).text
        assert "alert(1)" not in page
        assert HERE not in page


def test_without_any_the_page_says_so(own: Hub) -> None:
    page = signed_in(own, staff.UNRELATED).get(HERE).text
    assert "No notices." in page
    assert not faults(page)


@pytest.mark.parametrize("text", ["broken", "[[notice]]\n", f"{DOWN}\x00", "a = " + "[" * 40_000])
def test_what_cannot_be_read_is_said_and_stops_no_page(own: Hub, text: str) -> None:
    browser = signed_in(own, staff.UNRELATED, clock=StoppedClock(NOW))
    post(own, DOWN)
    assert LINE in browser.get("/help").text
    post(own, text)
    for path in ("/help", "/", HERE):
        answer = browser.get(path)
        assert answer.status_code == 200
        assert "Notice:" not in answer.text
    assert NOT_READ in answer.text
    assert "No notices." not in answer.text
    assert not faults(answer.text)
