"""How each role comes to its pages, a picture of each taken on the way."""

import re
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from contracts.events.compartment import OpeningReason
from contracts.events.erasure import ErasureGround, HoldReason
from contracts.vocabulary import StaffRole
from hub.adapters.erasures import erase_here
from hub.commands import staff
from hub.commands.staff import Member
from hub.domain.moment import day_in_london
from hub.web.session import IDLE
from hub.wiring import Hub
from tests.support.camera import Camera
from tests.support.given import ROBIN, WREN, StoppedClock
from tests.support.house import proved
from tests.support.pages import ASKING
from tests.support.screen_reply import reply

Walk = Callable[[Camera, Hub], None]
ANN = Member("ann", "Ann Dale", "social_care", StaffRole.IG_OFFICER)
OPEN = ("sign-in", "about", "help", "problem", "when-down", "accessibility", "privacy")
LISTS = ("law", "questions", "quarantine", "feeds", "unread", "sessions", "pass-phrase", "telling")
AUDIT = (
    ("audit", "/audit"), ("looks", "/audit/looks"), ("looks-refused", "/audit/refused"), ("staff", "/audit/staff"),
    ("emergencies", "/audit/emergencies"), ("telling-late", "/audit/telling"), ("unexplained", "/audit/unexplained"),
    ("sharing-refused", "/audit/sharing"), ("apart-asked", "/compartments/asked"),
    ("policies", "/audit/policies"),
)  # fmt: skip
HELD = {
    "whose": "child", "child": ROBIN, "kept-for": HoldReason.COURT.value, "review-day": "1", "review-month": "3",
    "review-year": "2090",
}  # fmt: skip
BEFORE = {"day-day": "31", "day-month": "1", "day-year": "2026"}  # before the nursery joined with what it had noted
EMERGENCY = {"child": ROBIN, "reason": "danger_now", "understood": "1"}
OTHER = {**ASKING, "child": WREN}
TOLD = {
    "what": "told", "when": "told_after", "how": "in_person", "told-by": "Ada Wells, social worker",
    "child-agrees": "agrees",
}  # fmt: skip


def touring(camera: Camera, home: Hub) -> None:
    """The six pages of the tour, of what a newcomer finds in the demonstration: a child's three years."""
    page = camera.page
    camera.enter(home, staff.DECISION_MAKER)
    camera.keep("worklist")
    camera.send("/chronology", ASKING)
    camera.press(".child-act .button-quiet")
    for one in ("#to-1", "#to-4", "#want-1", "#want-2", "#within-1"):
        page.check(one)
    camera.keep("ask")
    camera.press("main form[action='/ask/keep'] button")
    camera.keep("asked")
    camera.press("main button")
    camera.keep("chronology")
    camera.press("#list-title ~ .entries > li:has(.voice .line-text) button[name=report]")
    camera.keep("entry")
    camera.send("/chronology", ASKING)
    camera.press(".child-act .button")
    camera.keep("decision")
    camera.send("/chronology", {**ASKING, **BEFORE})
    camera.keep("chronology-known-on")
    camera.send("/compare", ASKING)
    camera.keep("compare")
    camera.send("/compare/days", {**ASKING, "from-day": "31", "from-month": "1", "from-year": "2026"})
    camera.keep("compared")
    home.work()
    camera.enter(home, staff.IG_OFFICER)
    camera.send("/who-looked", ASKING)
    camera.keep("who-looked")


def deciding(camera: Camera, home: Hub) -> None:
    """What is open to all; and what a decision-maker does."""
    for name in OPEN:
        camera.go(f"/{name}")
        camera.keep(name)
    camera.enter(home, staff.DECISION_MAKER)
    camera.press("main a[href='/enquiries/1']")
    camera.keep("enquiries")
    camera.press("main form[action='/rating'] button")
    camera.keep("rating")
    camera.page.check("#rating-1")
    camera.press("main form[action='/rating/keep'] button")
    camera.keep("rated")
    for name in LISTS:
        camera.go(f"/{name}")
        camera.keep(name)
    camera.go("/find")
    camera.keep("find-by-words")
    _tell(camera, home)
    reply(camera)
    camera.go("/quarantine")
    camera.press("main a[href^='/quarantine/']")
    camera.keep("quarantined")
    _share(camera)
    _open_apart(camera, home)
    _settle(camera, home)
    home.work()
    camera.enter(home, staff.RESEARCHER)
    camera.go("/requests")
    camera.keep("requests")
    camera.press("main form[action='/requests/one'] button")
    camera.keep("request")


def _tell(camera: Camera, home: Hub) -> None:
    """From the list of who is to be told, to one of them told."""
    page = camera.page
    camera.go("/telling/1")
    page.locator(".to-tell summary").first.click()
    camera.keep("telling-part")
    camera.press(".to-tell .row-form button")
    camera.keep("reason")
    camera.go("/telling")
    page.locator(".to-tell summary").first.click()
    camera.press(".to-tell details li .row-form button")
    camera.keep("told")
    whom = {one: page.locator(f"form[action='/told/keep'] [name={one}]").input_value() for one in (
        "child", "of-report", "label"
    )}  # fmt: skip
    today = day_in_london(home.clock.now())
    on = {"on-day": str(today.day), "on-month": str(today.month), "on-year": str(today.year)}
    camera.send("/told/keep", {**TOLD, **whom, **on})
    camera.keep("told-kept")


def _share(camera: Camera) -> None:
    camera.send("/chronology", ASKING)
    camera.press("main form[action='/print'] button")
    camera.keep("print")
    camera.send("/decide", ASKING)
    for one in ("#what-1", "#to-asked", "#why-1", "#family-2"):
        camera.page.check(one)
    camera.press("main form[action='/decide/keep'] button")
    camera.keep("decided")
    camera.press("form[action='/shares'] button")
    camera.keep("shares")


def _open_apart(camera: Camera, home: Hub) -> None:
    """What is held apart is opened; and words that waited are looked at."""
    camera.send("/chronology", ASKING)
    camera.press("button[formaction='/compartments']")
    camera.keep("apart")
    part = camera.page.locator("main [name=part]").input_value()
    wanted = {**ASKING, "part": part, "why": OpeningReason.SAFETY.value}
    camera.send("/compartments/open", wanted)
    camera.keep("apart-second")
    home.follow()
    camera.enter(home, staff.IG_OFFICER)
    camera.go("/compartments/agree")
    camera.keep("apart-agree")
    camera.press("main form[action='/compartments/agree'] button")
    camera.enter(home, staff.DECISION_MAKER)
    camera.send("/compartments/open", wanted)
    camera.keep("apart-opened")
    camera.send("/chronology", OTHER)
    waits = camera.page.locator("button[formaction='/compartments']")
    for part in [str(one.get_attribute("value")) for one in waits.all()]:
        camera.send("/compartments/open", {**OTHER, "part": part, "why": OpeningReason.REVIEW.value})
        if camera.page.locator("form[action='/compartments/review']").count():
            reviewing = {**OTHER, "part": part, "why": OpeningReason.REVIEW.value, "words": "released"}
            camera.send("/compartments/review", reviewing)
            camera.keep("apart-reviewed")
            return
        camera.send("/chronology", OTHER)


def _settle(camera: Camera, home: Hub) -> None:
    """Whose a report is; and one that stands with the wrong child."""
    page = camera.page
    camera.go("/questions")
    camera.press("main form[action='/questions'] button")
    page.check("#purpose-3")
    camera.press("main form[action='/questions/compare'] button")
    camera.keep("question")
    page.check("#answer-1")
    page.fill("#because", "The school was called: it is one child")
    camera.press("main form[action='/questions/settle'] button")
    camera.keep("question-settled")
    camera.send("/chronology", OTHER)
    camera.press("#list-title ~ .entries button[name=report]")
    camera.press("main form[action='/moves'] button")
    camera.keep("move-ask")
    page.check("#belongs-2")
    page.fill("#because", "The agency was called: the number was copied from the wrong row")
    camera.press("main form[action='/moves/propose'] button")
    camera.keep("move-proposed")
    home.work()
    camera.go("/moves")
    camera.keep("moves")


def _agree(camera: Camera, home: Hub) -> None:
    """A second person agrees; whoever was shown it is told."""
    camera.enter(home, staff.IG_OFFICER)
    camera.go("/moves")
    camera.press("main tr:last-child form[action='/moves/look'] button")
    camera.keep("move")
    camera.press("main form[action='/moves/agree'] button")
    camera.keep("moved")
    home.work()
    camera.enter(home, staff.DECISION_MAKER)
    camera.go("/moved")
    camera.keep("moved-seen")


def practising(clock: StoppedClock) -> Walk:
    """What a practitioner meets; the clock is moved on until a new proof is wanted, and until the hub locks."""

    def walk(camera: Camera, home: Hub) -> None:
        camera.enter(home, staff.UNRELATED)
        camera.keep("find")
        camera.send("/chronology", OTHER)
        camera.keep("refused")
        camera.go("/emergency")
        camera.keep("emergency")
        clock.forward(timedelta(minutes=6))
        camera.send("/emergency", EMERGENCY)
        camera.keep("sign-in-again")
        camera.page.fill("#phrase", staff.phrase(home, staff.UNRELATED))
        camera.press("main button")
        camera.keep("words-back")
        camera.press("main form[action='/emergency'] button")
        camera.keep("emergency-opened")
        home.work()
        camera.go("/emergency")
        clock.forward(IDLE)
        camera.send("/emergency", EMERGENCY)
        camera.keep("locked")

    return walk


def checking(camera: Camera, home: Hub) -> None:
    """What an information-governance officer sees; a report reviewed by a second one becomes a letter."""
    page = camera.page
    camera.enter(home, staff.DECISION_MAKER)
    camera.go("/reviews")
    camera.keep("reviews")
    camera.enter(home, staff.IG_OFFICER)
    for name, path in AUDIT:
        camera.go(path)
        camera.keep(name)
    camera.go("/audit/looks")
    camera.press("main a[href^='/audit/staff/']")
    camera.keep("staff-looks")
    camera.go("/audit/looks")
    camera.press("main a[href^='/audit/entry/']:not([download])")
    camera.keep("proved")
    camera.go("/audit/subject-reports")
    camera.send("/audit/subject-reports", {
        "child": ROBIN, "label": "mother", "asker": "parent", "proof": "document_seen"
    })  # fmt: skip
    home.work()
    camera.go("/audit/subject-reports")
    camera.keep("subject-reports")
    camera.enter(home, ANN)
    camera.go("/audit/subject-reports")
    camera.press("main form[action='/audit/subject-report'] button")
    camera.keep("subject-report")
    found = re.search(r'name="report" value="([^"]+)"', page.content())
    if found is not None:
        camera.send("/audit/subject-report/review", {"report": found[1], "outcome": "released"})
    camera.keep("letter")
    _erase(camera, home)
    _agree(camera, home)


def _erase(camera: Camera, home: Hub) -> None:
    """A record is asked to be erased, agreed to by two others, erased and certified; another is held."""
    camera.send("/erasures/ask", {"child": WREN, "ground": ErasureGround.REQUEST_UPHELD.value})
    camera.enter(home, staff.IG_OFFICER)
    camera.go("/audit/erasures")
    camera.press("main form[action='/erasures/look'] button")
    camera.keep("erasure")
    number = camera.page.locator("form[action='/erasures/agree'] [name=erasure]").input_value()
    camera.press("main form[action='/erasures/agree'] button")
    camera.enter(home, staff.DECISION_MAKER)
    camera.send("/erasures/agree", {"erasure": number})
    erase_here(home.erasing(), home.settings.home, proved(home, staff.IG_OFFICER), UUID(number))
    home.work()
    camera.enter(home, staff.IG_OFFICER)
    camera.send("/erasures/hold", HELD)
    for name, path in (("erasures", "/audit/erasures"), ("erasure-ask", "/erasures"), ("hold", "/erasures/hold")):
        camera.go(path)
        camera.keep(name)
    camera.send("/erasures/certificate", {"erasure": number})
    camera.keep("certificate")
