"""Who looked at a child's record, and why: for information-governance officers, and itself a look that is on record."""

from starlette.responses import Response

from hub.application.ports import Stream
from hub.application.read_access_record import read_access_record
from hub.domain import registry
from hub.web.forms import Wrong, read_child
from hub.web.page import Page, Visit


def ask(visit: Visit) -> Response:
    """The form."""
    return _form(visit, {})


def show(visit: Visit) -> Response:
    """The record of access. Raises AccessRefused (on record), StoreUnavailable, Unreadable: nothing is shown."""
    actor = visit.member.actor
    child = read_child(visit.field("child"))
    if isinstance(child, str):
        return _form(visit, {"child": child}, 422)
    parts = visit.parts
    record = read_access_record(parts.store, parts.index, parts.clock, actor, child)
    staff = registry.staff(parts.store.read_stream(Stream.registry()))
    names = {subject: enrolled.name for subject, enrolled in staff.items()}
    return visit.show("who_looked.html", wrong={}, record=record, names=names, sealed=parts.sealed_up_to())


def _form(visit: Visit, wrong: Wrong, status: int = 200) -> Response:
    return visit.show("who_looked.html", status, wrong=wrong, record=None)


PAGES = (Page("GET", "/who-looked", ask), Page("POST", "/who-looked", show))
