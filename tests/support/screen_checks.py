"""How an information-governance officer comes to each page, a picture of each taken on the way."""

import re
from collections.abc import Mapping
from uuid import UUID

from contracts.events.access import Finding
from contracts.events.erasure import ErasureGround, HoldReason
from contracts.vocabulary import StaffRole
from hub.adapters.erasures import erase_here
from hub.commands import staff
from hub.commands.staff import Member
from hub.wiring import Hub
from tests.support.camera import Camera
from tests.support.given import ROBIN, WREN
from tests.support.house import proved

ANN = Member("ann", "Ann Dale", "social_care", StaffRole.IG_OFFICER)
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
NOW = str(2**40)  # the end of a page of the record of access that is later than any entry there is
NARROWED: tuple[tuple[str, str, Mapping[str, str]], ...] = (
    ("looks, narrowed", "/audit/looks", {"effect": "refused", "purpose": "s47", "kind": "consultation"}),
    ("looks, narrowed to nothing", "/audit/looks", {"day-day": "1", "day-month": "2", "day-year": "2020"}),
    ("staff, narrowed", "/audit/staff", {"subject": "priya", "period": "7"}),
    ("emergencies, turned", "/audit/emergencies", {"ends": NOW}),
    ("sharing-refused, turned", "/audit/sharing", {"ends": NOW}),
    ("unexplained, turned", "/audit/unexplained", {}),
    ("subject-reports, wrong", "/audit/subject-reports", {}),
)


def checking(camera: Camera, home: Hub) -> None:
    """What an information-governance officer sees; a report reviewed by a second one becomes a letter."""
    page = camera.page
    camera.enter(home, staff.DECISION_MAKER)
    camera.go("/reviews")
    camera.keep("reviews")
    camera.enter(home, staff.IG_OFFICER)
    _look_over(camera)
    _ask(camera, home)
    camera.enter(home, staff.IG_OFFICER)
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
    _agree(camera, home)
    _erase(camera, home)


def _look_over(camera: Camera) -> None:
    """Every list, as it comes and narrowed."""
    for name, path in AUDIT:
        camera.go(path)
        camera.keep(name)
    camera.go("/who-looked")
    camera.keep("who-looked-ask")
    camera.send("/who-looked", {"child": ROBIN})
    camera.meet("who-looked, to be reviewed")
    for name, path, fields in NARROWED:
        camera.send(path, fields)
        camera.meet(name)
    camera.go("/audit/looks")
    camera.press("main a[href^='/audit/staff/']")
    camera.keep("staff-looks")
    camera.go("/audit/looks")
    camera.press("main a[href^='/audit/entry/']:not([download])")
    camera.keep("proved")


def _ask(camera: Camera, home: Hub) -> None:
    """Somebody is asked about an emergency, and sees it among what they did."""
    camera.go("/audit/emergencies")
    form = camera.page.locator("main form[action='/audit/review']").first
    decision = form.locator("[name=decision]").input_value()
    camera.send("/audit/review", {"decision": decision, "list": "emergency", "finding": Finding.ASK.value})
    home.work()
    camera.enter(home, staff.UNRELATED)
    camera.go("/activity")
    camera.keep("activity")
    camera.send("/activity", {})
    camera.meet("activity, a page of it")


def _erase(camera: Camera, home: Hub) -> None:
    """A record is asked to be erased, agreed to by two others, erased and certified; another is held."""
    camera.enter(home, ANN)
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
    camera.keep("held")
    for name, path in (("erasures", "/audit/erasures"), ("erasure-ask", "/erasures"), ("hold", "/erasures/hold")):
        camera.go(path)
        camera.keep(name)
    camera.send("/erasures/certificate", {"erasure": number})
    camera.keep("certificate")


def _agree(camera: Camera, home: Hub) -> None:
    """A second person agrees; whoever was shown it is told."""
    camera.enter(home, staff.IG_OFFICER)
    camera.go("/moves")
    camera.press("main tr:has-text('Somebody not known before') form[action='/moves/look'] button")
    camera.keep("move")
    camera.press("main form[action='/moves/agree'] button")
    camera.keep("moved")
    home.work()
    camera.enter(home, staff.DECISION_MAKER)
    camera.go("/moved")
    camera.keep("moved-seen")
