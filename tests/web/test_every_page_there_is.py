"""Is every page there is in nobody's way, at every width, and good HTML by a checker that is not ours?

The round is that of the pictures, which a page that is added cannot be left out of (test_every_page_has_a_picture).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path

import pytest

from hub.commands import staff
from hub.web.app import PAGES
from hub.wiring import Hub
from tests.support.browser import browser
from tests.support.camera import Camera
from tests.support.days_written import written_by_machines
from tests.support.laid_out import Laid
from tests.support.pages import ASKING, send, signed_in
from tests.support.screen_list import FOR_MACHINES, SCREENS, STATES
from tests.support.screens import go_round
from tests.support.scriptless import waits_for_scripts
from tests.support.valid_html import faults_by_page
from tests.support.walking import Walker
from tests.web.test_said_before_the_click import silent, silent_links
from tests.web.test_well_formed import every_page

RAW = re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b")
# Pages on which a number stands as a machine writes it.
IN_FULL = {"proved": "commands take it so", "quarantined": "the sender's own number of its message"}
# What the pages leave unsaid: words of machines and of lawyers, and those that judge (their design, content style).
UNSAID = re.compile(
    r"\b(accessed|disclosed|processed|data subjects?|actors?|events?|ingest\w*|orphan\w*|hits?|suspicious\w*"
    r"|did not attend|neglectful)\b",
    re.IGNORECASE,
)
# Buttons that leave something on record, where it is said otherwise that they do.
SAID_ALREADY = {
    "/requests": "the page says it before the answers: each goes on record at once",
    "/requests/by-telephone": "likewise",
    "/decide/keep": "it says that it records",
    **dict.fromkeys(
        ("/sign-in", "/sign-in/again", "/pass-phrase"), "the page says that it is on record, or who may come"
    ),
}
# Lists that are looked at with something on them, and what each of their entries has.
TABLES = (
    *("questions", "quarantine", "unread", "looks", "looks-refused", "staff-looks", "emergencies", "telling-late"),
    *("sharing-refused", "unexplained", "subject-reports", "moves", "moved-seen", "reviews", "erasures", "shares"),
    *("apart-asked", "apart-agree", "activity"),
)
FILLED = {
    **dict.fromkeys(TABLES, "<td "),
    **{"telling": "<details", "requests": 'action="/requests/one"', "who-looked, to be reviewed": '<li class="card'},
    **{"chronology, filtered": "Filtered", "chronology, filtered to nothing": "No entries match these filters"},
}
pytestmark = [pytest.mark.web, pytest.mark.slow]


@dataclass
class Found:
    """What a round of all pages came upon: what is in the way, and the markup of each page by its name."""

    wrong: list[str] = field(default_factory=list)
    markup: dict[str, str] = field(default_factory=dict)


@dataclass
class Looker(Camera):
    """Looks at each page where a picture would be taken."""

    found: Found = field(default_factory=Found)

    def __post_init__(self) -> None:
        super().__post_init__()
        self.walker = Walker(self.page, self.address, self.found.wrong)

    def take(self, name: str) -> None:
        """Look at the page that is open."""
        self.found.markup[name] = self.walker.markup
        self.walker.look(name)

    def come_upon(self, name: str) -> None:
        """Look at a page of which no picture is kept, too."""
        self.take(name)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Found:
    """What the round came upon."""
    made = Found()
    with browser() as running:
        folder = tmp_path_factory.mktemp("round")
        go_round(folder, lambda address: Looker(running.new_context().new_page(), address, folder, found=made))
    return made


def test_the_round_comes_to_every_page(found: Found) -> None:
    assert set(found.markup) == {one.name for one in (*SCREENS, *STATES)}


def test_every_list_holds_something_when_it_is_looked_at(found: Found) -> None:
    assert [name for name, entry in FILLED.items() if entry not in found.markup[name].partition("<main")[2]] == []


def test_none_of_them_is_in_anybodys_way(found: Found) -> None:
    assert "\n".join(dict.fromkeys(found.wrong)) == ""


def test_each_can_be_used_where_no_script_runs(found: Found) -> None:
    pressed: set[str] = set()
    with browser() as running:
        context = running.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
        laid = Laid(context.new_page())
        told = {name: waits_for_scripts(laid, text, pressed) for name, text in found.markup.items()}
    assert {name: wrong for name, wrong in told.items() if wrong} == {}
    assert laid.wrong == []
    assert {"/chronology", "/decide/keep", "/ask/keep", "/emergency", "/requests", "/who-looked"} <= pressed


def test_what_waits_for_a_script_is_found() -> None:
    planted = {
        "<form method=post action=/a><button type=button>b</button></form>": "does nothing",
        "<button>b</button>": "does nothing",
        "<p hidden>b</p>": "hidden",
        "<form method=post action=/a><input type=text></form>": "cannot be sent",
        "<form method=get action=/a><button class=button>b</button></form>": "/a: GET /a was sent",
        "<a href='javascript:1'>b</a>": "leads nowhere",
    }
    frame = "<!DOCTYPE html><title>T</title><main><h1>A</h1>{}</main>"
    with browser() as running:
        laid = Laid(running.new_context(java_script_enabled=False).new_page())
        told = {main: waits_for_scripts(laid, frame.format(main), set()) for main in ("", *planted)}
    assert told.pop("") == []
    assert {main: says in "".join(told[main]) for main, says in planted.items()} == dict.fromkeys(planted, True)


def test_each_button_that_leaves_something_on_record_says_so(found: Found) -> None:
    told = {name: [one for one in silent(text) if one[0] not in SAID_ALREADY] for name, text in found.markup.items()}
    told.pop("words-back")  # sent again as it was, by a page that says that nothing was done with it yet
    told["reason"] = [one for one in told["reason"] if one != ("/emergency", "Open in an emergency")]  # asks first
    assert {name: buttons for name, buttons in told.items() if buttons} == {}


def test_each_link_that_leaves_something_on_record_stands_below_words_that_say_so(found: Found) -> None:
    told = {name: silent_links(text) for name, text in found.markup.items()}
    assert {name: links for name, links in told.items() if links} == {}


def test_what_is_on_record_is_named_by_a_number_that_can_be_read_out(found: Found) -> None:
    shown = {name: set(RAW.findall(re.sub(r"<[^>]+>", " ", text))) for name, text in found.markup.items()}
    assert {name for name, raw in shown.items() if raw} <= set(IN_FULL)


def test_all_of_them_are_good_html(found: Found, tmp_path: Path) -> None:
    assert "\n".join(faults_by_page(found.markup, tmp_path)) == ""


def bare(hub: Hub) -> Iterator[tuple[str, str]]:
    """What each address answers when it is sent no more than a child and a purpose: forms, lists, and what is wrong."""
    for member in (staff.DECISION_MAKER, staff.IG_OFFICER):
        browser = signed_in(hub, member)
        for page in (one for one in PAGES if one.path != "/sign-out" and not one.path.startswith(FOR_MACHINES)):
            path = page.path.replace("{rest:path}", "1")
            answer = send(browser, path, ASKING) if page.method == "POST" else browser.get(path)
            if answer.headers.get("content-type", "").startswith("text/html"):
                yield f"{member.subject} {page.method} {path}", answer.text


@pytest.fixture(scope="module")
def states(hub: Hub) -> dict[str, str]:
    """The markup of every page in the states of each role, by its name."""
    found = {name: text for name, text in (*every_page(hub), *bare(hub)) if text}
    assert len(found) > 100
    return found


def test_so_is_every_page_in_the_states_of_each_role(states: dict[str, str], tmp_path: Path) -> None:
    assert "\n".join(faults_by_page(states, tmp_path)) == ""


def own_words(markup: str) -> str:
    """What a page says of its own, to the eye or the ear; words of others are theirs."""
    own = re.sub(r"<bdi>.*?</bdi>", " ", markup, flags=re.DOTALL)
    heard = re.findall(r'\b(?:aria-label|title|data-label|alt|placeholder)="([^"]*)"', own)
    return " ".join(unescape(" ".join((re.sub(r"<[^>]*>", " ", own), *heard))).split())


def unsaid(markup: str) -> set[str]:
    """Those of the words left unsaid that a page says of its own."""
    return {one.lower() for one in UNSAID.findall(own_words(markup))}


def test_no_page_judges_or_speaks_as_a_machine_or_a_lawyer_does(found: Found, states: dict[str, str]) -> None:
    told = {name: unsaid(text) for name, text in (*found.markup.items(), *states.items())}
    assert {name: words for name, words in told.items() if words} == {}


@pytest.mark.parametrize(
    ("markup", "told"),
    [
        ("<h1>A <b>suspicious</b> look</h1>", {"suspicious"}),
        ("<p>2 Hits</p><p>Data\nsubjects</p>", {"hits", "data subjects"}),
        ('<svg aria-label="Orphaned events"></svg>', {"orphaned", "events"}),
        ("<p>Eventually</p><p class='actor'>White</p><bdi>Mother did not attend</bdi>", set()),
    ],
)
def test_such_a_word_is_found(markup: str, told: set[str]) -> None:
    assert unsaid(markup) == told


def test_every_day_and_time_is_written_as_people_here_write_it(found: Found, states: dict[str, str]) -> None:
    told = {name: written_by_machines(own_words(text)) for name, text in (*found.markup.items(), *states.items())}
    assert {name: written for name, written in told.items() if written} == {}


@pytest.mark.parametrize(
    ("markup", "told"),
    [
        ("<td>2026-11-23</td>", {"2026-11-23"}),
        ("<p>since 2026-11-23T09:05:00+00:00</p>", {"2026-11-23"}),
        ("<svg aria-label='x' title=\"23/11/26\"></svg>", {"23/11/26"}),
        ("<p>at 9.05am, 14:20:07 or 14:20Z</p>", {"9.05am", "14:20:07", "14:20Z"}),
        ("<p>23 November 2026, 14:20</p><input value='2026-11-23'><bdi>on 2026-11-23</bdi> MQ-2026-1184", set()),
    ],
)
def test_one_that_is_not_is_found(markup: str, told: set[str]) -> None:
    assert written_by_machines(own_words(markup)) == told


@pytest.mark.parametrize(
    ("markup", "rule"),
    [
        ("<main><p><div>a</div></p></main>", "close-order"),
        ("<main><p id='a'>a</p><p id='a'>b</p></main>", "no-dup-id"),
        ("<main><p id='a b'>a</p></main>", "valid-id"),
        ("<main><ul><p>a</p></ul></main>", "element-permitted-content"),
    ],
)
def test_the_checker_finds_what_is_wrong(markup: str, rule: str, tmp_path: Path) -> None:
    page = f'<!DOCTYPE html><html lang="en-GB"><head><title>T</title></head><body>{markup}</body></html>'
    told = faults_by_page({"planted": page}, tmp_path)
    assert [one for one in told if one.startswith("planted, line 1: ") and f": {rule}: " in one], told
