"""Stating from a page how it stands with telling one person: told, not told yet, or to be told; on record at once."""

from starlette.responses import Response

from consent.prompts import for_person, occasion_of
from contracts.identifiers import Identifier
from hub.application.state_telling import StatingTelling, state_telling
from hub.domain.moment import day_in_london
from hub.web.forms import Wrong, read_child
from hub.web.page import Page, Visit
from hub.web.pages import find
from hub.web.pages.to_do import DECIDING
from hub.web.telling_form import AGREES, HARM, HOW, WHAT, WHEN, OfWhom, read_telling, read_whom


def ask(visit: Visit) -> Response:
    """The form; it holds no record, only what the page before it said of whom it is about."""
    read = _read(visit)
    return read if isinstance(read, Response) else _form(visit, *read, {})


def keep(visit: Visit) -> Response:
    """What was stated, on record, with what the law says to it.

    Raises AccessRefused (on record; who is not there is answered alike), Conflict, StoreUnavailable, Unreadable.
    """
    read = _read(visit)
    if isinstance(read, Response):
        return read
    child, whom = read
    parts = visit.parts
    made = read_telling(visit.fields, whom, visit.member.actor, day_in_london(parts.clock.now()))
    if isinstance(made, dict):
        return _form(visit, child, whom, made, 422)
    reading = parts.reading()
    stating = StatingTelling(parts.store, parts.index, parts.clock, reading.law, reading.deciding)
    fact = state_telling(stating, child, made)
    prompts = for_person(occasion_of(fact.state), fact.role)
    return visit.show("told_kept.html", fact=fact, prompts=prompts, child=str(child), whom=whom)


def _read(visit: Visit) -> tuple[Identifier, OfWhom] | Response:
    child, whom = read_child(visit.field("child")), read_whom(visit.fields)
    if isinstance(child, str):
        return find.form(visit, {"child": child}, 422)
    if whom is None:
        return find.form(
            visit, {"child": "Choose whom it is about from an entry, or from the list of who is to be told"}, 422
        )
    return child, whom


def _form(visit: Visit, child: Identifier, whom: OfWhom, wrong: Wrong, status: int = 200) -> Response:
    return visit.show(
        "told.html",
        status,
        child=str(child),
        whom=whom,
        wrong=wrong,
        given=dict(visit.fields) if wrong else {},
        what=WHAT,
        when=WHEN,
        how=HOW,
        harm=HARM,
        agrees=AGREES,
    )


PAGES = (Page("POST", "/told", ask, DECIDING), Page("POST", "/told/keep", keep, DECIDING))
