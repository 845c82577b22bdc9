"""Is every page, in every state, well made, and is what agencies write shown as words and never run?"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from contracts.report import Name, Person
from contracts.vocabulary import PersonRole, Precision, StatementKind
from contracts.when import When
from hub.commands import staff
from hub.wiring import Hub
from tests.support.given import ROBIN, a_child
from tests.support.house import house, say
from tests.support.html import faults
from tests.support.pages import ASKING, pages, send, signed_in
from tests.support.story import about_robin, said

NASTY = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</bdi></p></li><h1>Closed</h1>",
    "'-alert(1)-'",
    "{{ 7*7 }}{% raw %}",
    "javascript:alert(1)",
    "<!--<svg/onload=alert(1)>-->",
    "&lt;script&gt;&amp;#x27;",
    "\u202eexe.yrots\u202c \u2066left open",
    "<style>*{display:none}</style>",
    "<a href=//elsewhere.example>click</a>",
    "]]><![CDATA[<script>1</script>",
)


def every_page(hub: Hub) -> Iterator[tuple[str, str]]:
    """Each page in each of its states."""
    yield "sign-in", pages(hub).get("/sign-in").text
    yield "sign-in refused", send(pages(hub), "/sign-in", {"subject": "x"}).text
    for member in staff.MEMBERS:
        browser = signed_in(hub, member)
        for path in ("/", "/about", "/questions", "/feeds", "/who-looked", "/nowhere"):
            yield f"{member.subject} {path}", browser.get(path).text
        yield f"{member.subject} chronology", send(browser, "/chronology", ASKING).text
        known_on = {**ASKING, "day-day": "1", "day-month": "2", "day-year": "2026"}
        yield f"{member.subject} as known on", send(browser, "/chronology", known_on).text
        yield f"{member.subject} wrong", send(browser, "/chronology", {}).text
        yield f"{member.subject} who looked", send(browser, "/who-looked", ASKING).text
        yield f"{member.subject} who looked, wrong", send(browser, "/who-looked", {}).text
        yield f"{member.subject} old form", browser.post("/chronology", data={}).text


def test_every_page_in_every_state_is_well_made(hub: Hub) -> None:
    found = {name: faults(text) for name, text in every_page(hub) if text}
    assert len(found) > 40
    assert not {name: wrong for name, wrong in found.items() if wrong}


@pytest.mark.parametrize(
    "text",
    [
        "<main><h1>A</h1><p style='x'>b</p></main>",
        "<main><h1>A</h1><h3>B</h3></main>",
        "<main><h1>A</h1><input name=x></main>",
        "<main><h1>A</h1><script>1</script></main>",
        "<main><h1>A</h1><p id=a></p><p id=a></p></main>",
        "<main><h1>A</h1><a href='http://elsewhere.example'>x</a></main>",
        "<main><h1>A</h1><table><tbody><tr><th>x</th></tr></tbody></table></main>",
        "<main><h1>A</h1><p></main>",
        "<main><h1>A</h1><form method=get></form></main>",
    ],
)
def test_what_is_badly_made_is_caught(text: str) -> None:
    frame = (
        '<html lang="en-GB"><title>T</title><a class="skip" href="/">s</a><header></header>{}<footer></footer></html>'
    )
    assert not faults(frame.format("<main><h1>A</h1></main>"))
    assert faults(frame.format(text))


@pytest.fixture(scope="module")
def nasty_hub(tmp_path_factory: pytest.TempPathFactory) -> Hub:
    """A hub to which an agency has sent text meant to break a page."""
    folder: Path = tmp_path_factory.mktemp("nasty")
    hub = house(folder)
    for number, text in enumerate(NASTY):
        child = a_child(family=text[:200], given="Robin")
        adult = Person(ref="man", role=PersonRole.ADULT_OF_CONCERN, names=(Name(text=text),), relationship=text[:80])
        what = said("what_happened", StatementKind.ALLEGATION, text, by=text, about="man")
        voice = said("child_words", StatementKind.CHILD_VOICE, text)
        when = When(value=f"2026-05-{number + 1:02}", precision=Precision.DAY)
        say(hub, "police", about_robin(f"N-{number}", when, what, voice, people=(child, adult)))
    return hub


def test_text_meant_to_break_a_page_is_shown_as_text(nasty_hub: Hub) -> None:
    answer = send(signed_in(nasty_hub, staff.DECISION_MAKER), "/chronology", {**ASKING, "child": ROBIN})
    assert answer.status_code == 200
    assert not faults(answer.text)
    assert set(re.findall(r"<script[^>]*>", answer.text)) == {
        f'<script src="{file}?v={mark}">'
        for file, mark in re.findall(r'<script src="(/static/[a-z]+\.js)\?v=([a-p]{12})"', answer.text)
    }
    assert "<img" not in answer.text
    assert "Closed</h1>" not in answer.text
    assert "{{ 7*7 }}" in answer.text
    assert "<bdi>\u202eexe.yrots\u202c \u2066left open</bdi>" in answer.text


def test_names_and_words_of_others_are_kept_apart_from_ours(nasty_hub: Hub) -> None:
    answer = send(signed_in(nasty_hub, staff.DECISION_MAKER), "/chronology", {**ASKING, "child": ROBIN})
    outside = "".join(part.partition("</bdi>")[2] for part in answer.text.split("<bdi>"))
    assert "\u202e" not in outside
    assert "yrots" not in outside
