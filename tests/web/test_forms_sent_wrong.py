"""Does every form that is sent empty, or wrong, say what is the matter and where, with what was typed still there?

A form that is added is named here, or has nothing to fill in (test_every_form_with_boxes_is_sent_wrong_here).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from html import unescape
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from hub.commands import staff
from hub.domain.requests import owed_by
from hub.web.app import PAGES, create_app
from hub.wiring import Hub
from tests.support.browser import browser, hindrances
from tests.support.given import POLICE, ROBIN
from tests.support.html import faults
from tests.support.laid_out import Laid
from tests.support.pages import ASKING, browsing, parts_of, send, sign_in
from tests.support.screen_checks import ANN
from tests.support.screen_list import FOR_MACHINES
from tests.support.screens import CLOCKS, a_home
from tests.support.valid_html import faults_by_page
from tests.web.test_nothing_unrecorded import FORM

pytestmark = pytest.mark.web
DECIDER, OFFICER, WORKER = staff.DECISION_MAKER, staff.IG_OFFICER, staff.UNRELATED
# Who a child is, who somebody is, and pass phrases are never shown again, nor what a number was put into: others see
# the screen. An answer by a button is pressed again.
NEVER_BACK = re.compile(r"child|family|given|postcode|born-.*|phrase|chosen|again|subject|erasure|answer")
ASKED_OF_US = {"request": "{request}", "child": "{child}"}
CANNOT_SHARE = {"answer": "cannot_share", "reason": "gossip"}
RATED = {"enquiry": "{enquiry}", "purpose": "s47"}
NO_DAY = {"day-day": "31", "day-month": "2", "day-year": "2026"}


@dataclass(frozen=True, slots=True)
class Form:
    """A form: whose it is, the page on which it stands and how that is asked for, and what is sent that is wrong."""

    action: str
    whose: staff.Member | None
    at: str
    asked: Mapping[str, str] = field(default_factory=dict)
    wrong: Mapping[str, str] = field(default_factory=dict)
    sent_empty: bool = True


FORMS = (
    Form("/sign-in", None, "/sign-in", {}, {"subject": "quokka", "phrase": "numbat"}),
    Form("/sign-in/again", DECIDER, "/sign-in/again", {}, {"phrase": "numbat"}),
    Form("/pass-phrase", WORKER, "/pass-phrase", {}, {"phrase": "numbat", "chosen": "bilby", "again": "quoll"}),
    Form("/chronology", WORKER, "/", {}, {"child": "7", "purpose": "s47", **NO_DAY}),
    Form("/chronology", DECIDER, "/reason", {"child": "{child}"}, {"purpose": "gossip"}),
    Form("/chronology", DECIDER, "/chronology", {"child": "{child}", "purpose": "s47"}, NO_DAY, sent_empty=False),
    Form("/find", DECIDER, "/find", {}, {"family": "Quokka", "born-day": "31", "purpose": "s47"}),
    Form("/compare/days", DECIDER, "/compare", ASKING, {"from-day": "31", "from-month": "2", "from-year": "2026"}),
    Form(
        "/decide/keep",
        DECIDER,
        "/decide",
        ASKING,
        {"what": "none", "why": "s47", "words": "Nan <rang>", "approved-by": "Team manager", "review-day": "31"},
    ),
    Form("/enquiry/open", DECIDER, "/enquiry", ASKING, {"for": "gossip"}),
    Form(
        "/enquiry/assign/keep",
        DECIDER,
        "/enquiry/assign",
        {**RATED, "child": "{child}"},
        {"to": "holder", "staff": "gossip"},
    ),
    Form("/rating/keep", DECIDER, "/rating", {**RATED, "child": "{child}"}, {"rating": "gossip"}),
    Form("/ask/keep", DECIDER, "/ask", ASKING, {"to-police": "1", "within": "4"}),
    Form("/requests", staff.RESEARCHER, "/requests/one", ASKED_OF_US, CANNOT_SHARE),
    Form("/requests/by-telephone", DECIDER, "/requests/by-telephone", ASKED_OF_US, CANNOT_SHARE, sent_empty=False),
    Form("/emergency", WORKER, "/emergency", {}, {"child": "7", "reason": "danger_now", "understood": "1"}),
    Form("/compartments/open", DECIDER, "/compartments", FORM, {"purpose": "s47", "why": "gossip"}),
    Form("/erasures/ask", OFFICER, "/erasures", {}, {"child": "7", "ground": "unlawful"}),
    Form("/erasures/look", OFFICER, "/erasures", {}, {"erasure": "7F21 77"}),
    Form(
        "/erasures/hold",
        OFFICER,
        "/erasures/hold",
        {},
        {"whose": "child", "child": "7", "kept-for": "court", "review-day": "31", "review-month": "2"},
    ),
    Form(
        "/moves/propose",
        DECIDER,
        "/moves",
        {"of-report": "{report}", "person": "{person}"},
        {"belongs": "known", "child": "7", "because": "I <rang>"},
    ),
    Form("/questions/compare", DECIDER, "/questions", FORM, {"purpose": "gossip"}),
    Form(
        "/questions/settle",
        DECIDER,
        "/questions/compare",
        {"of-report": "{asked_of}", "person": "{asked_whom}", "purpose": "s17"},
        {"answer": "", "because": "I <rang>"},
    ),
    Form(
        "/print/make",
        DECIDER,
        "/print",
        ASKING,
        {"product": "meeting_pack", "why": "strategy", "recipient": "court", "meant_for": "Head <teacher>"},
    ),
    Form(
        "/told/keep",
        DECIDER,
        "/told",
        FORM,
        {"what": "not_told", "harm": "not_told_safety", "because": "He <said> so", "review-day": "31"},
    ),
    Form(
        "/reply/keep",
        DECIDER,
        "/reply",
        {**FORM, "of-report": "{report}"},
        {"words": "He <said> no", "said-day": "31", "said-month": "2"},
    ),
    Form("/who-looked", OFFICER, "/who-looked", {}, {"child": "7"}),
    Form("/audit/looks", OFFICER, "/audit/looks", {}, {"effect": "refused", **NO_DAY}, sent_empty=False),
    Form("/audit/staff", OFFICER, "/audit/staff", {}, {"subject": "quokka", "period": "30"}),
    Form("/audit/subject-reports", OFFICER, "/audit/subject-reports", {}, {"child": "7", "label": "mother"}),
    Form(
        "/audit/subject-report/review",
        ANN,
        "/audit/subject-report",
        {"report": "{on_who_looked}"},
        {"hold-safety": "999", "outcome": "delayed", "because": "safety", "until-day": "31", "until-month": "2"},
    ),
)
# Nothing is filled in there: one presses a button, or chooses from a list without which a browser sends nothing.
PRESSED = frozenset(
    {
        *("/sign-out", "/sessions", "/activity", "/kept", "/time-left", "/stay", "/sign-in/ended/{rest:path}"),
        *("/reason", "/entry", "/entry/proof", "/compare", "/decide", "/ask", "/told", "/print", "/reply"),
        *("/shares", "/shares/take-back", "/rating", "/requests/one"),
        *("/enquiry", "/enquiry/assign", "/enquiry/close", "/enquiry/close/keep"),
        *("/compartments", "/compartments/agree", "/compartments/review", "/questions", "/audit/subject-report"),
        *("/moves", "/moves/look", "/moves/agree", "/erasures/agree", "/erasures/lift", "/erasures/certificate"),
        *("/audit/emergencies", "/audit/sharing", "/audit/unexplained", "/audit/review"),
    }
)
# What is wrong with the summary of what is wrong: each line of it leads to a field, beside which the same words stand.
_SUMMARY = """() => {
  const found = [], summary = document.querySelector('main .error-summary'), title = document.querySelector('main h1');
  if (!document.title.startsWith('Error: ')) found.push('the title does not say Error');
  if (!summary) return ['no summary of what is wrong'];
  if (!(summary.compareDocumentPosition(title) & Node.DOCUMENT_POSITION_FOLLOWING)) found.push('summary after h1');
  if (summary.getBoundingClientRect().top > 500) found.push('the summary is not on the first screen');
  for (const link of summary.querySelectorAll('a')) {
    link.click();
    const field = document.activeElement;
    if (`#${field.id}` !== link.hash) { found.push(`${link.hash} is not gone to`); continue; }
    const around = [field, field.closest('fieldset')].map(one => one?.getAttribute('aria-describedby') ?? '').join(' ');
    const beside = around.split(' ').filter(Boolean).map(one => document.getElementById(one)?.textContent ?? '');
    if (!beside.some(one => one.includes(link.textContent))) found.push(`${link.hash} does not say what is wrong`);
    if (!field.checkVisibility()) found.push(`${link.hash} is not seen`);
  }
  return found;
}"""
# What the form would send now.
_HELD = """([action, name]) => {
  const form = [...document.querySelectorAll('main form')]
    .find(one => one.getAttribute('action') === action && [...one.elements].some(each => each.name === name));
  return form ? Object.fromEntries(new FormData(form)) : {};
}"""


@dataclass
class Answers:
    """What the forms answered: by its name the form, what was sent, and the page that came."""

    pages: dict[str, tuple[Form, Mapping[str, str], Response]] = field(default_factory=dict)

    def markup(self) -> dict[str, str]:
        """The pages alone."""
        return {name: page.text for name, (_, _, page) in self.pages.items()}


def hidden(page: Response, form: Form) -> dict[str, str]:
    """What the form of the page holds before anybody fills it in."""
    parts = [one.partition("</form>")[0] for one in page.text.split(f'method="post" action="{form.action}"')[1:]]
    filled_in = [one for one in parts if any(f'name="{name}"' in one for name in form.wrong)]
    assert filled_in, form
    return {
        name: unescape(value)
        for name, value in re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', filled_in[0])
    }


def named(hub: Hub, officer: TestClient, decider: TestClient) -> dict[str, str]:
    """The numbers of what the forms are about."""
    (person,) = hub.index.people_with("nhs", ROBIN)
    report = hub.store.read_history(person).standing()[0].report_id
    question = decider.get("/questions").text.partition('action="/questions"')[2]
    of, whom = (re.search(rf'name="{name}" value="([^"]+)"', question) for name in ("of-report", "person"))
    assert send(officer, "/audit/subject-reports", FORM).status_code == 200
    assert of is not None
    assert whom is not None
    hub.work()
    listed = officer.get("/audit/subject-reports").text
    on_who_looked = re.search(r'name="report" value="([^"]+)"', listed)
    enquiry = re.search(r'name="enquiry" value="([^"]+)"', decider.get("/enquiries/1").text)
    assert on_who_looked is not None
    assert enquiry is not None
    (request,) = owed_by(POLICE, hub.store.read_history(person).facts)
    ids = {
        "request": str(request.request_id),
        "enquiry": enquiry[1],
        "child": f"hub:{person.hex}",
        "person": person.hex,
        "report": report.hex,
    }
    return {**ids, "asked_of": of[1], "asked_whom": whom[1], "on_who_looked": on_who_looked[1]}


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Answers:
    """Every form, sent empty and sent wrong."""
    hub, found = a_home(tmp_path_factory.mktemp("wrong") / "house"), Answers()
    app = create_app(replace(parts_of(hub), clocks=CLOCKS))
    members = {one.whose for one in FORMS if one.whose is not None}
    browsers = {one: browsing(app) for one in (None, *members)}
    for one in members:
        assert sign_in(browsers[one], hub, one).status_code == 303
    numbers = named(hub, browsers[OFFICER], browsers[DECIDER])
    for form in FORMS:
        browser = browsers[form.whose]
        asked = {name: value.format(**numbers) for name, value in form.asked.items()}
        page = send(browser, form.at, asked) if asked else browser.get(form.at)
        held = hidden(page, form)
        for state, typed in (("empty", {}), ("wrong", form.wrong)):
            if typed or form.sent_empty:
                answer = browser.post(form.action, data={**held, **typed})
                found.pages[f"{form.action} at {form.at}, {state}"] = (form, typed, answer)
    return found


def test_every_form_with_boxes_is_sent_wrong_here() -> None:
    ours = {one.path for one in PAGES if one.method == "POST" and not one.path.startswith(FOR_MACHINES)}
    named_here = {one.action for one in FORMS}
    assert ours - PRESSED == named_here
    assert PRESSED.isdisjoint(named_here)
    assert ours >= PRESSED - {"/sign-in/ended/{rest:path}"}


def test_each_is_answered_as_wrong_and_well_made(answers: Answers, tmp_path: Path) -> None:
    given = {name: page.status_code for name, (_, _, page) in answers.pages.items()}
    assert {name: status for name, status in given.items() if status not in (422, 403)} == {}
    assert {name: made for name, text in answers.markup().items() if (made := faults(text))} == {}
    assert "\n".join(faults_by_page(answers.markup(), tmp_path)) == ""


@pytest.fixture(scope="module")
def laid() -> Iterator[Laid]:
    """A browser."""
    with browser() as running:
        yield Laid(running.new_context(viewport={"width": 1440, "height": 900}).new_page())


def test_each_says_what_is_wrong_where_it_is_and_keeps_what_was_typed(answers: Answers, laid: Laid) -> None:
    wrong: list[str] = []
    for name, (form, typed, page) in answers.pages.items():
        laid.open(page.text)
        found = [str(one) for one in laid.page.evaluate(_SUMMARY)]
        first = next(iter(form.wrong))
        held = laid.page.evaluate(_HELD, [form.action, first])
        for each, value in typed.items():
            given_back = held.get(each, "")
            if NEVER_BACK.fullmatch(each):
                found += [f"{each} is shown again"] if given_back else []
            elif value not in ("gossip", given_back):  # a choice that is not offered is not there to be kept
                found.append(f"{each} is lost")
        wrong += [f"{name}: {one}" for one in found]
    assert "\n".join([*wrong, *laid.wrong]) == ""


def test_none_of_them_is_in_anybodys_way(answers: Answers, laid: Laid) -> None:
    wrong: list[str] = []
    for name, (form, typed, page) in answers.pages.items():
        laid.open(page.text)
        for width in (1440, 320):
            laid.page.set_viewport_size({"width": width, "height": 900})
            wide = laid.page.evaluate("document.documentElement.scrollWidth")
            wrong += [f"{name}: has to be pushed sideways at {width}"] if wide > width else []
            # The two states of a form have the same parts: each is looked at by all of axe's rules at one width.
            if not form.sent_empty or (width == 320) is bool(typed):
                wrong += [f"{name} at {width}: {one}" for one in hindrances(laid.page)]
    assert "\n".join(wrong) == ""
