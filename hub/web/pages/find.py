"""Finding a child by an exact identifier, for a stated purpose; nothing is filled in or chosen for anyone."""

from uuid import UUID

from starlette.responses import Response

from contracts.identifiers import Identifier, Scheme, identifier
from contracts.vocabulary import Purpose
from hub.web.forms import Wrong, day_given, purposes_for
from hub.web.page import Visit


def form(visit: Visit, wrong: Wrong, status: int = 200, *, moved: int = 0) -> Response:
    """The form, with what was wrong with it when it was sent; the purpose stays chosen and the day typed.

    `moved`: how many reports the reader was shown with the wrong child.
    """
    chosen = visit.field("purpose") if wrong else ""
    purposes = purposes_for(visit.member.actor.role)
    typed = day_given(visit.fields, "day") if wrong else {}
    said = {"wrong": wrong, "in_words": in_words, "moved": moved, "typed": typed}
    return visit.show("find.html", status, purposes=purposes, chosen=chosen, **said)


def in_words(purpose: Purpose) -> tuple[str, str]:
    """A purpose's words, and where the law gives it."""
    said, _, law = purpose.meaning.partition(" (")
    return said, law.removesuffix(")")


def ask_by_words(visit: Visit) -> Response:
    """The form for somebody who knows no number."""
    return words_form(visit, {})


def words_form(visit: Visit, wrong: Wrong, status: int = 200) -> Response:
    """The form, with what was wrong with it; nothing that was typed is shown again, and the purpose stays chosen."""
    purposes, chosen = purposes_for(visit.member.actor.role), visit.field("purpose") if wrong else ""
    said = {"wrong": wrong, "in_words": in_words}
    return visit.show("find_by_words.html", status, purposes=purposes, chosen=chosen, **said)


def by_reference(person_id: UUID) -> Identifier:
    """A person whom the reader was shown, by the hub's own reference."""
    return identifier(Scheme.HUB, person_id.hex)
