"""A document of a child's chronology: what, why and for whom is asked first, and on record before anything is made."""

from collections.abc import Mapping
from typing import Final, get_args
from uuid import UUID

from starlette.responses import Response

from contracts.events.printing import PrintReason, Product
from contracts.identifiers import Scheme
from contracts.vocabulary import Purpose, StaffRole
from hub.application.print_chronology import NotPrinted, print_chronology
from hub.domain.moment import day_in_london
from hub.domain.printing import REASONS, Printing, closed_on
from hub.web.forms import Search, Wrong, read_search
from hub.web.page import Page, Visit
from hub.web.pages import find
from hub.web.paper.cover import Cover
from hub.web.paper.making import file_name, made

MAKERS: Final = frozenset({StaffRole.MASH_DECISION_MAKER})
COURT: Final = "court"
LONGEST: Final = 120
PRODUCTS: Final[Mapping[Product, tuple[str, str]]] = {
    "meeting_pack": (
        "A pack for a meeting",
        "Landscape: the picture, then every entry. Watermarked, and a copy for one recipient only",
    ),
    "court_chronology": (
        "A chronology for a court",
        "Portrait, 12 point: no picture, no severity, no watermark. Somebody must check and sign it",
    ),
}


def ask(visit: Visit) -> Response:
    """The form; it holds no word of the record."""
    searched = read_search(visit.fields, day_in_london(visit.parts.clock.now()))
    if not isinstance(searched, Search):
        return find.form(visit, searched, 422)
    return _form(visit, searched, {})


def make(visit: Visit) -> Response:
    """The PDF, as a file to keep.

    Raises AccessRefused (on record), StoreUnavailable, Conflict, Unreadable, CannotSet: then there is no file.
    """
    now = visit.parts.clock.now()
    searched = read_search(visit.fields, day_in_london(now))
    if not isinstance(searched, Search):
        return find.form(visit, searched, 422)
    asked = _read(visit, searched.purpose)
    if not isinstance(asked, Printing):
        return _form(visit, searched, asked, 422)
    printed = print_chronology(visit.parts.reading(), asked, searched.child)
    if isinstance(printed, NotPrinted):
        return visit.show("not_printed.html", 403, stated=printed.stated)
    cover = Cover(printed, visit.member.name, visit.parts.titles)
    content = made(cover, visit.desk.rendering, visit.parts.typeset)
    headers = {"Content-Disposition": f'attachment; filename="{file_name(cover)}"'}
    return Response(content, media_type="application/pdf", headers=headers)


def _form(visit: Visit, searched: Search, wrong: Wrong, status: int = 200) -> Response:
    return visit.show(
        "printing.html",
        status,
        child=f"{searched.child.scheme.value}:{searched.child.value}",
        person_id=UUID(searched.child.value) if searched.child.scheme is Scheme.HUB else None,
        purpose=searched.purpose,
        products_offered=[(one, *PRODUCTS[one]) for one in get_args(Product)],
        reasons_offered=[(one.value, one.meaning, "") for one in PrintReason],
        recipients_offered=[*((one, title, "") for one, title in visit.parts.titles.items()), (COURT, "The court", "")],
        longest=LONGEST,
        wrong=wrong,
        given=_given(visit, wrong),
    )


def _given(visit: Visit, wrong: Wrong) -> Mapping[str, str]:
    """What was answered on the form that came back, to be there again; words only where they may stand on paper."""
    named = {name: visit.field(name) if wrong else "" for name in ("product", "why", "recipient", "meant_for")}
    return {**named, "meant_for": ""} if "meant_for" in wrong else named


def _read(visit: Visit, purpose: Purpose) -> Printing | Wrong:
    """What the form asks for, or what is wrong with it, by field."""
    wrong: Wrong = {}
    known = {one.source: one for one in visit.parts.agreements}
    product = next((one for one in get_args(Product) if one == visit.field("product")), None)
    reason = next((one for one in PrintReason if one.value == visit.field("why")), None)
    to, meant_for = visit.field("recipient"), visit.field("meant_for")
    if product is None:
        wrong["product"] = "Select what to make"
    if reason is None:
        wrong["why"] = "Select why it is made"
    elif product is not None and reason not in REASONS[product]:
        wrong["why"] = "Select a reason for which this is made: proceedings for a court, a meeting for a pack"
    if to != COURT and to not in known:
        wrong["recipient"] = "Select who it is for"
    elif product is not None and (to == COURT) is not (product == "court_chronology"):
        wrong["recipient"] = "Select the court for a court’s chronology, and an agency for a pack"
    if not meant_for or len(meant_for) > LONGEST:
        wrong["meant_for"] = f"Enter who there will have it, in up to {LONGEST} characters"
    if wrong or product is None or reason is None:
        return wrong
    now = visit.parts.clock.now()
    return Printing(
        actor=visit.member.actor,
        purpose=purpose,
        product=product,
        reason=reason,
        at=now,
        meant_for=meant_for,
        recipient=known.get(to),
        closed=closed_on(known.values(), day_in_london(now)),
    )


PAGES = (Page("POST", "/print", ask, MAKERS), Page("POST", "/print/make", make, MAKERS, fresh=True))
