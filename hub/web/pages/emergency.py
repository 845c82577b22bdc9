"""Opening a record in an emergency: stop and read, one reason from a short list, then in; reviewed afterwards."""

from starlette.responses import Response

from contracts.events.access import EmergencyReason
from contracts.vocabulary import Purpose
from hub.application.break_glass import break_glass
from hub.domain.emergency import ROLES, Opening
from hub.web.forms import Wrong, read_child
from hub.web.page import Page, Visit
from hub.web.pages import chronology


def ask(visit: Visit) -> Response:
    """The page."""
    return _form(visit, {})


def enter(visit: Visit) -> Response:
    """The chronology, opened. Raises AccessRefused (on record), StoreUnavailable, Conflict, Unreadable."""
    if visit.field("step") == "ask":
        return _form(visit, {})
    child = read_child(visit.field("child"))
    reason = next((one for one in EmergencyReason if one.value == visit.field("reason")), None)
    wrong: Wrong = {}
    if isinstance(child, str):
        wrong["child"] = child
    if reason is None:
        wrong["reason"] = "Select what is happening"
    if not visit.field("understood"):
        wrong["understood"] = "Tick that you have read who is told"
    if wrong or isinstance(child, str) or reason is None:
        return _form(visit, wrong, 422)
    opening = Opening(visit.member.actor, reason, visit.parts.clock.now())
    opened = break_glass(visit.parts.reading(), opening, child)
    carried = (("reason", reason.value), ("understood", "1"))
    return chronology.page(visit, opened.chronology, chronology.Asked("/emergency", Purpose.EMERGENCY, carried, opened))


def _form(visit: Visit, wrong: Wrong, status: int = 200) -> Response:
    child = visit.field("child")
    named = "" if isinstance(read_child(child), str) else child
    chosen, understood = (visit.field(name) if wrong else "" for name in ("reason", "understood"))
    given = {"chosen": chosen, "understood": understood}
    return visit.show("emergency.html", status, wrong=wrong, child=named, reasons=tuple(EmergencyReason), **given)


PAGES = (Page("GET", "/emergency", ask, ROLES), Page("POST", "/emergency", enter, ROLES, fresh=True))
