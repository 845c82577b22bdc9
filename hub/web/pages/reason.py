"""Why somebody needs a record that a list names: asked before anything is opened, and an emergency stands apart."""

from starlette.responses import Response

from contracts.vocabulary import Purpose
from hub.domain.emergency import ROLES
from hub.web.forms import Wrong, purposes_for, read_child
from hub.web.page import Page, Visit
from hub.web.pages import find
from hub.web.words_kept import REASON


def ask(visit: Visit) -> Response:
    """The page for the child named; where the name is not well formed, the form that asks for it."""
    child = read_child(visit.field("child"))
    if isinstance(child, str):
        return find.form(visit, {"child": child}, 422)
    return form(visit, {})


def form(visit: Visit, wrong: Wrong, status: int = 200) -> Response:
    """The page, with what was wrong with it; nothing is chosen for anyone."""
    role = visit.member.actor.role
    offered = tuple(one for one in purposes_for(role) if one is not Purpose.EMERGENCY)
    return visit.show(
        "reason.html",
        status,
        child=visit.field("child"),
        purposes=offered,
        in_words=find.in_words,
        wrong=wrong,
        may_open=role in ROLES,
    )


PAGES = (Page("POST", REASON, ask),)
