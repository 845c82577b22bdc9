"""How each role comes to its pages, a picture of each taken on the way."""

from collections.abc import Callable

from contracts.events.compartment import OpeningReason
from hub.commands import staff
from hub.domain.moment import day_in_london
from hub.wiring import Hub
from tests.support.camera import Camera
from tests.support.given import POLICE, WREN, StoppedClock
from tests.support.pages import ASKING
from tests.support.screen_enquiries import lead
from tests.support.screen_notices import notices
from tests.support.screen_reply import reply

Walk = Callable[[Camera, Hub], None]
OPEN = ("sign-in", "about", "help", "problem", "when-down", "accessibility", "privacy")
LISTS = ("law", "questions", "quarantine", "feeds", "unread", "sessions", "pass-phrase", "telling")
BEFORE = {"day-day": "31", "day-month": "1", "day-year": "2026"}  # before the nursery joined with what it had noted
OTHER = {**ASKING, "child": WREN}
BY_WORDS = {
    "family": "Exemplar", "given": "Robin", "born-day": "14", "born-month": "3", "born-year": "2019", "purpose": "s47"
}  # fmt: skip
FOR_POLICE = {
    **ASKING, "purpose": "s17", "product": "meeting_pack", "why": "strategy", "recipient": POLICE, "meant_for": "Lead"
}  # fmt: skip
CHOSEN = "heron-ladder-violet-quarry"
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
    _filter(camera)
    camera.send("/compare", ASKING)
    camera.keep("compare")
    camera.send("/compare/days", {**ASKING, "from-day": "31", "from-month": "1", "from-year": "2026"})
    camera.keep("compared")
    home.work()
    camera.enter(home, staff.IG_OFFICER)
    camera.send("/who-looked", ASKING)
    camera.keep("who-looked")


def _filter(camera: Camera) -> None:
    """What is left of the list, and where nothing is."""
    for name, wanted in (("", {"from-police": "1"}), (" to nothing", {"from-housing": "1", "own-words": "1"})):
        camera.send("/chronology", {**ASKING, **wanted})
        camera.meet(f"chronology, filtered{name}")


def skimming(camera: Camera, home: Hub) -> None:
    """A record of three hundred entries, a line of each."""
    camera.enter(home, staff.DECISION_MAKER)
    camera.send("/chronology", {**ASKING, "look": "brief"})
    camera.meet("chronology, a line of each of 300")


def deciding(clock: StoppedClock) -> Walk:
    """What is open to all; and what a decision-maker does, by a clock that is set right where a proof must be new."""

    def walk(camera: Camera, home: Hub) -> None:
        _come_in(camera)
        camera.enter(home, staff.DECISION_MAKER)
        camera.meet("worklist, with much on it")
        camera.press("main a[href='/enquiries/1']")
        camera.keep("enquiries")
        camera.press("main form[action='/rating'] button")
        camera.keep("rating")
        camera.page.check("#rating-1")
        camera.press("main form[action='/rating/keep'] button")
        camera.keep("rated")
        lead(camera)
        for name in LISTS:
            camera.go(f"/{name}")
            camera.keep(name)
        notices(camera, home)
        _find(camera)
        _tell(camera, home)
        reply(camera)
        camera.go("/quarantine")
        camera.press("main a[href^='/quarantine/']")
        camera.keep("quarantined")
        _share(camera)
        _open_apart(camera, home, clock)
        _settle(camera, home)
        home.work()
        _research(camera, home)

    return walk


def _come_in(camera: Camera) -> None:
    """What is open to all, and signing in with something left out."""
    for name in OPEN:
        camera.go(f"/{name}")
        camera.keep(name)
    camera.go("/sign-in")
    camera.send("/sign-in", {"subject": "priya"})
    camera.meet("sign-in, wrong")


def _find(camera: Camera) -> None:
    """Somebody whose number nobody knows."""
    camera.go("/find")
    camera.keep("find-by-words")
    camera.press("main form[action='/find'] button")
    camera.meet("find-by-words, wrong")
    camera.send("/find", BY_WORDS)
    camera.keep("found")


def _research(camera: Camera, home: Hub) -> None:
    """What agencies were asked, and what they answer; a second decision-maker chooses a pass phrase of their own."""
    camera.go("/requests")
    camera.press("main form[action='/requests/by-telephone'] button:has-text('Fen Row')")
    camera.keep("by-telephone")
    camera.press("button[value=cannot_share]")
    camera.meet("by-telephone, wrong")
    camera.press("button[value=known_nothing_relevant]")
    camera.meet("by-telephone, answered")
    camera.enter(home, staff.RESEARCHER)
    camera.go("/requests")
    camera.keep("requests")
    camera.press("main form[action='/requests/one'] button")
    camera.keep("request")
    camera.press("button[value=known_relevant]")
    camera.meet("request, answered")
    camera.go("/requests")
    camera.send("/requests", {})
    camera.meet("requests, wrong")
    camera.enter(home, staff.SECOND_DECISION_MAKER)
    _change_phrase(camera, home)


def _change_phrase(camera: Camera, home: Hub) -> None:
    known = staff.phrase(home, staff.SECOND_DECISION_MAKER)
    for again, name in (("another", "pass-phrase, wrong"), (CHOSEN, "")):
        camera.go("/pass-phrase")
        camera.send("/pass-phrase", {"phrase": known, "chosen": CHOSEN, "again": again})
        if name:
            camera.meet(name)
    camera.keep("pass-phrase-changed")


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
    camera.send("/print/make", FOR_POLICE)
    camera.keep("not-printed")
    camera.send("/decide", ASKING)
    for one in ("#what-1", "#to-asked", "#why-1", "#family-2"):
        camera.page.check(one)
    camera.press("main form[action='/decide/keep'] button")
    camera.keep("decided")
    camera.press("form[action='/shares'] button")
    camera.keep("shares")
    form = camera.page.locator("form[action='/shares/take-back']").first
    taken = {name: form.locator(f"[name={name}]").input_value() for name in ("child", "decision")}
    for way, name in ((camera.keep, "taken-back"), (camera.meet, "shares, taken back before")):
        camera.send("/shares/take-back", taken)
        way(name)


def _open_apart(camera: Camera, home: Hub, clock: StoppedClock) -> None:
    """What is held apart is opened; and words that waited are looked at.

    A proof of who it is may be five minutes old there by the hub's own clock, and looking at pages takes its time.
    """
    clock.at = home.clock.now()
    camera.enter(home, staff.DECISION_MAKER)
    camera.send("/chronology", ASKING)
    camera.meet("chronology, held apart and shut")
    camera.press("button[formaction='/compartments']")
    camera.keep("apart")
    part = camera.page.locator("main [name=part]").input_value()
    wanted = {**ASKING, "part": part, "why": OpeningReason.SAFETY.value}
    camera.send("/compartments/open", wanted)
    camera.keep("apart-second")
    home.follow()
    clock.at = home.clock.now()
    camera.enter(home, staff.IG_OFFICER)
    camera.go("/compartments/agree")
    camera.keep("apart-agree")
    camera.press("main form[action='/compartments/agree'] button")
    camera.keep("apart-agreed")
    clock.at = home.clock.now()
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
    camera.keep("question-why")
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
    of = {
        one: page.locator(f"form[action='/moves/propose'] [name={one}]").input_value()
        for one in ("of-report", "person")
    }
    camera.press("main form[action='/moves/propose'] button")
    camera.keep("move-proposed")
    camera.send("/moves/propose", {**of, "belongs": "new", "because": "Once more"})
    camera.keep("not-moved")
    home.work()
    camera.go("/moves")
    camera.keep("moves")
