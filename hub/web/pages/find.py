"""Finding a child by an exact identifier, for a stated purpose; nothing is filled in or chosen for anyone."""

from starlette.responses import RedirectResponse, Response

from contracts.vocabulary import Purpose, StaffRole
from hub.web.forms import Wrong, purposes_for
from hub.web.page import Page, Visit


def ask(visit: Visit) -> Response:
    """The form; an information-governance officer begins at who looked."""
    if visit.member.actor.role is StaffRole.IG_OFFICER:
        return RedirectResponse("/who-looked", 303)
    return form(visit, {})


def form(visit: Visit, wrong: Wrong, status: int = 200) -> Response:
    """The form, with what was wrong with it when it was sent; only the purpose chosen stays chosen."""
    chosen = visit.field("purpose") if wrong else ""
    purposes = purposes_for(visit.member.actor.role)
    return visit.show("find.html", status, purposes=purposes, chosen=chosen, wrong=wrong, in_words=in_words)


def in_words(purpose: Purpose) -> tuple[str, str]:
    """A purpose's words, and where the law gives it."""
    said, _, law = purpose.meaning.partition(" (")
    return said, law.removesuffix(")")


PAGES = (Page("GET", "/", ask),)
