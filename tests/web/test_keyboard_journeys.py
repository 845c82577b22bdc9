"""With a keyboard alone: five journeys, counted; the story in sixty seconds, a decision in forty, by the model."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from contracts.event import Fact
from contracts.events.hub import AccessDecided
from hub.commands import staff
from hub.web.app import create_app
from hub.wiring import Hub
from tests.support.asked import asked_of
from tests.support.browser import browser, served
from tests.support.given import ROBIN
from tests.support.keyboard import JOURNEY, Keys
from tests.support.long_life import a_house, life, parts_over
from tests.support.pages import ASKING, parts_of, send, signed_in
from tests.web.test_in_the_browser import ask, enter

pytestmark = pytest.mark.web
MOST_WORDS = 220  # of the whole form, folded as it comes, less what this child's entries say against telling
Told = Callable[[str, Keys], None]
AS_FAR_AS = """(question, name) => {
  const read = [question.querySelector("legend").innerText];
  for (const answer of question.querySelectorAll(".radio")) {
    read.push(answer.innerText);
    if (answer.querySelector(`[name="${name}"]`)) break;
  }
  return read.join(" ");
}"""


@pytest.fixture
def told(record_property: Callable[[str, object], None]) -> Told:
    """Have the steps of a journey printed once the tests have run."""
    return lambda title, keys: record_property(JOURNEY, keys.told(title))


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The browser, for all tests of this file."""
    with browser() as running:
        yield running


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Hub:
    """A hub of this file's own, with its story and with one agency asked."""
    return asked_of(tmp_path_factory.mktemp("journeys"), "police", "nursery")


@pytest.fixture(scope="module")
def address(own: Hub) -> Iterator[str]:
    """Where its pages are served."""
    with served(create_app(parts_of(own))) as where:
        yield where


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A page of its own, at the size of a common screen."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900})
    yield context.new_page()
    context.close()


def find_robin(keys: Keys) -> None:
    """From the first page to Robin's chronology."""
    keys.to("#child", "the box for the child's number")
    keys.type(ROBIN, "the number")
    keys.to("input[name=purpose]", "the purposes")
    keys.press("ArrowDown", "choose the purpose")
    keys.press("Enter", "open the chronology, on record", leads=True)


def test_a_contact_is_opened_to_the_merged_picture(page: Page, address: str, own: Hub, told: Told) -> None:
    enter(page, address, own, staff.DECISION_MAKER)
    keys = Keys(page)
    find_robin(keys)
    keys.to(".picture-plot a", "the picture, of all agencies in one")
    assert len(set(page.locator(".picture-plot a").evaluate_all("all => all.map(one => one.dataset.lane)"))) > 2
    keys.press("ArrowRight", "the next mark")
    assert page.locator(".picture-preview").inner_text() != ""
    told("Open a contact to the merged picture", keys)
    assert len(keys.steps) <= 8


def test_a_decision_is_recorded_in_forty_seconds(page: Page, address: str, own: Hub, told: Told) -> None:
    enter(page, address, own, staff.DECISION_MAKER)
    ask(page)
    keys = Keys(page)
    keys.to(".child-act .button", "Record a decision")
    keys.press("Enter", "the four questions", leads=True)
    words = len(page.inner_text("main").split()) - len(page.inner_text("main .warn").split())
    button = page.locator("main form[action='/decide/keep'] .button").bounding_box()
    assert button is not None
    assert button["y"] + button["height"] <= 900, "not on one screen"
    for name, said in (
        ("what", "what is decided"),
        ("to-asked", "with whom"),
        ("why", "why"),
        ("family", "the family"),
    ):
        question = page.locator(f"fieldset:has([name={name}])").first
        keys.read(
            question.evaluate(AS_FAR_AS, name), f"the question, and its answers to the one that is chosen: {said}"
        )
        keys.to(f"[name={name}]", said)
        keys.press("Space", f"choose {said}")
    keys.press("Enter", "record, and send what may go", leads=True)
    assert "Decision recorded" in page.inner_text("h1")
    assert page.locator(".outcome").count() == 2, "to each that was asked"
    told(f"Record a sharing decision, on a form of {words} words", keys)
    assert keys.seconds <= 40
    assert words <= MOST_WORDS


def test_who_looked_is_found(page: Page, address: str, own: Hub, told: Told) -> None:
    enter(page, address, own, staff.IG_OFFICER)
    page.goto(f"{address}/who-looked")
    keys = Keys(page)
    keys.to("#child", "the box for the child's number")
    keys.type(ROBIN, "the number")
    keys.press("Enter", "see who looked, on record", leads=True)
    assert page.locator("tbody tr").count() > 0
    told("Find who looked", keys)
    assert len(keys.steps) <= 4


def is_look(fact: Fact | None) -> bool:
    return isinstance(fact, AccessDecided) and fact.what == "chronology"


def test_an_entry_is_proved(page: Page, address: str, own: Hub, told: Told) -> None:
    send(signed_in(own, staff.DECISION_MAKER), "/chronology", {**ASKING, "purpose": "early_help"})  # a row of its own
    looks = [row.position for row in own.store.rows_after(0, 100_000) if is_look(own.store.open_row(row))]
    own.work()
    enter(page, address, own, staff.IG_OFFICER)
    page.goto(f"{address}/who-looked")
    page.fill("#child", ROBIN)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    keys = Keys(page)
    keys.to(f"a[href='/audit/entry/{looks[-1]}']", "the number of an entry")
    keys.press("Enter", "prove it", leads=True)
    assert re.search(r"\bproved\b", page.inner_text("main"), re.IGNORECASE)
    told("Prove an entry", keys)
    assert len(keys.steps) <= 3


@pytest.mark.parametrize("whose", [staff.RESEARCHER, staff.NURSERY_LEAD], ids=lambda one: one.agency)
def test_a_request_is_answered(page: Page, address: str, own: Hub, told: Told, whose: staff.Member) -> None:
    """By an agency that reported the child, and by one that knows nothing of the child."""
    enter(page, address, own, whose)
    keys = Keys(page)
    keys.to("nav.menu a[href='/requests']", "Requests")
    keys.press("Enter", "what the agency was asked", leads=True)
    keys.to("form[action='/requests/one'] button", "See which child")
    keys.press("Enter", "see which child is meant, on record", leads=True)
    assert "Robin Exemplar" in page.inner_text("main h1")
    keys.to("button[value=not_known]", "Not known to us")
    keys.press("Enter", "answer, on record", leads=True)
    assert "Answer recorded" in page.inner_text("main h1")
    own.work()
    page.goto(f"{address}/requests")
    assert "No requests waiting" in page.inner_text("main")
    told(f"Answer a request ({whose.agency})", keys)
    assert len(keys.steps) <= 6


def test_the_story_is_known_in_sixty_seconds(
    page: Page, own: Hub, tmp_path_factory: pytest.TempPathFactory, told: Told
) -> None:
    small = a_house(tmp_path_factory.mktemp("life"), life())
    with served(create_app(parts_over(own, small))) as where:
        enter(page, where, own, staff.DECISION_MAKER)
        keys = Keys(page)
        find_robin(keys)
        answers = page.locator(".glance > li")
        assert answers.count() == 5
        for place, (question, said) in enumerate(QUESTIONS):
            answer = answers.nth(place)
            box = answer.bounding_box()
            assert box is not None
            assert box["y"] + box["height"] <= 900, "not on the first screen"
            assert box["x"] >= 0, "pushed aside"
            assert box["x"] + box["width"] <= 1440, "pushed aside"
            text = " ".join(answer.inner_text().split())
            assert re.search(said, text), question
            keys.read(text, question)
        picture = page.locator(".picture-plot").bounding_box()
        assert picture is not None
        assert picture["y"] < 600
        keys.read(" ".join(page.locator(".picture-plot a").evaluate_all("all => all.map(() => 'mark')")), "the picture")
    told("Know the story of a child", keys)
    assert keys.seconds <= 60


QUESTIONS = (
    ("when was the child not seen?", r"\d+ days"),
    (
        "what did the child say?",
        r"\d+ times .* own words .* Fenwold Hospitals: “Can I stay here\? It’s warm\.” All \d+",
    ),
    ("what was shared late?", r"\d+ entries shared over 30 days late"),
    ("who has not replied?", r"Nobody asked through the hub .* 1 of 7 not known in full"),
    ("whom do I call?", r"01632 960 114"),
)
