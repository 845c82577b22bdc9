"""Two days of one child compared: what came to be known between them. It is one look, on record as any other."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from starlette.responses import Response

from contracts.identifiers import Identifier, Scheme
from contracts.vocabulary import Purpose
from hub.application.compare_days import compare_days
from hub.domain.moment import day_in_london
from hub.domain.snapshot import snapshot
from hub.domain.two_days import replies_since
from hub.web.entry_replies import in_words
from hub.web.forms import Search, Wrong, day_in_boxes, read_search
from hub.web.page import Page, Visit
from hub.web.pages import find

PARTS: Final = ("day", "month", "year")


@dataclass(frozen=True, slots=True)
class Comparing:
    """Whose two days, for what purpose; the second is today where it is None."""

    child: Identifier
    purpose: Purpose
    first: date
    second: date | None


def ask(visit: Visit) -> Response:
    """The form; it holds no word of the record. A day that the page before stood at is the first of the two."""
    searched = read_search(visit.fields, day_in_london(visit.parts.clock.now()))
    if not isinstance(searched, Search):
        return find.form(visit, searched, 422)
    typed = {f"from-{part}": visit.field(f"day-{part}") for part in PARTS}
    return _form(visit, searched, typed, {})


def show(visit: Visit) -> Response:
    """What came between. Raises AccessRefused (on record), StoreUnavailable, Conflict, Unreadable: nothing is shown."""
    today = day_in_london(visit.parts.clock.now())
    searched = read_search(visit.fields, today)
    if not isinstance(searched, Search):
        return find.form(visit, searched, 422)
    asked = _read(visit.fields, searched, today)
    if not isinstance(asked, Comparing):
        return _form(visit, searched, visit.fields, asked, 422)
    days = (asked.first, asked.second)
    found = compare_days(visit.parts.reading(), visit.member.actor, asked.child, asked.purpose, days)
    snap = snapshot(found.shown, today)
    replied = tuple((one, in_words(replies_since(one, found.first), one)) for one in found.replied)
    return visit.show(
        "compared.html", found=found, shown=found.shown, snap=snap, asked=asked, typed=visit.fields, replied=replied
    )


def _form(visit: Visit, searched: Search, typed: Mapping[str, str], wrong: Wrong, status: int = 200) -> Response:
    child = searched.child
    return visit.show(
        "compare.html",
        status,
        child=f"{child.scheme.value}:{child.value}",
        person_id=UUID(child.value) if child.scheme is Scheme.HUB else None,
        purpose=searched.purpose,
        typed=typed,
        wrong=wrong,
    )


def _read(fields: Mapping[str, str], searched: Search, today: date) -> Comparing | Wrong:
    """The two days that the form states, or what is wrong with them, by field."""
    wrong: Wrong = {}
    first, second = day_in_boxes(fields, "from"), day_in_boxes(fields, "until")
    if first is None:
        wrong["from"] = "Enter the first of the two days"
    elif isinstance(first, str):
        wrong["from"] = first
    if isinstance(second, str):
        wrong["until"] = second
    elif second is not None and second > today:
        wrong["until"] = "The second day must be today or in the past"
    if wrong or not isinstance(first, date) or isinstance(second, str):
        return wrong
    if first >= (second or today):
        return {"from": "The first day must be before the second"}
    return Comparing(searched.child, searched.purpose, first, second)


PAGES = (Page("POST", "/compare", ask), Page("POST", "/compare/days", show))
