"""A child's chronology, as one reader may see it. It is asked for by POST, so no identifier is ever in an address.

Looking again is asking again: each view is decided and kept anew, and nothing of it stays at the hub or in the browser.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from starlette.responses import Response

from contracts.identifiers import Identifier, Scheme
from contracts.vocabulary import Purpose
from hub.application.break_glass import Opened
from hub.application.enquiries_of_child import Standing, told_of
from hub.application.last_look import last_look
from hub.application.read_chronology import read_chronology
from hub.domain import clock_words, feed_words
from hub.domain.about import any_about
from hub.domain.chronology import Chronology, Entry
from hub.domain.feed import READERS
from hub.domain.moment import day_in_london
from hub.domain.sieve import Least
from hub.domain.snapshot import snapshot
from hub.domain.words import before_connected
from hub.web.chips import chips
from hub.web.forms import Search, Wrong, read_child, read_factors, read_search
from hub.web.listing import listed, listing
from hub.web.page import Page, Visit
from hub.web.pages import apart, find, reason
from hub.web.pages.enquiries import place_of
from hub.web.pages.printing import MAKERS
from hub.web.picture import draw
from hub.web.picture.marks import NAMES
from hub.web.picture.scale import Window
from hub.web.picture.words import counts, sentences
from hub.web.wanted import field_of, read_wanted


@dataclass(frozen=True, slots=True)
class Asked:
    """Where the page was asked for, for what, with which fields it is asked for again; the emergency, if it is one."""

    at: str
    purpose: Purpose
    carried: tuple[tuple[str, str], ...]
    opened: Opened | None = None


def show(visit: Visit) -> Response:
    """The chronology. Raises AccessRefused (on record), StoreUnavailable, Conflict, Unreadable: nothing is shown."""
    actor = visit.member.actor
    today = day_in_london(visit.parts.clock.now())
    asked = read_search(visit.fields, today)
    if not isinstance(asked, Search):
        return _again(visit, asked)
    shown = read_chronology(visit.parts.reading(), actor, asked.child, asked.purpose, asked.as_known_on)
    return page(visit, shown, Asked("/chronology", asked.purpose, (("purpose", asked.purpose.value),)))


def show_found(visit: Visit) -> Response:
    """The chronology of whom three factors lead to. Raises as `show` does."""
    asked = read_factors(visit.fields, day_in_london(visit.parts.clock.now()))
    if not isinstance(asked, tuple):
        return find.words_form(visit, asked, 422)
    factors, purpose = asked
    shown = read_chronology(visit.parts.reading(), visit.member.actor, factors, purpose)
    return page(visit, shown, Asked("/chronology", purpose, (("purpose", purpose.value),)))


def _again(visit: Visit, wrong: Wrong) -> Response:
    """The form on which it was asked, with what was wrong with it."""
    if set(wrong) == {"purpose"} and visit.field("child").startswith("hub:"):
        return reason.form(visit, wrong, 422)
    child = read_child(visit.field("child"))
    if set(wrong) == {"day"} and isinstance(child, Identifier) and child.scheme is Scheme.HUB:
        return _another_day(visit, UUID(child.value), wrong)
    return find.form(visit, wrong, 422)


def _another_day(visit: Visit, person_id: UUID, wrong: Wrong) -> Response:
    """The question of which day, of the child that a page named, with what was typed; the list's filters are kept."""
    wanted = read_wanted(visit.fields, (one.source for one in visit.parts.agreements))
    carried = (("purpose", visit.field("purpose")), *wanted.fields())
    return visit.show("another_day.html", 422, wrong=wrong, person_id=person_id, carried=carried, typed=visit.fields)


_CHOICES: Final = {"kinds": NAMES, "windows": tuple(Window), "leasts": tuple(Least)}


def page(visit: Visit, shown: Chronology, asked: Asked) -> Response:
    """The page of what may be shown, as the reader wants to look at it."""
    parts = visit.parts
    today = day_in_london(parts.clock.now())
    snap = snapshot(shown, today)
    last = None if snap.past else _last_look(visit, shown, today)
    wanted = read_wanted(visit.fields, (lane[0].source for lane in snap.covers))
    rows = listed(snap)
    new = () if last is None else tuple(one for one in snap.entries if _came(one) > last)
    targets = {one.entry.report_id: one.id for one in rows}
    now = not (asked.opened or shown.as_known_on)
    return visit.show(
        "chronology.html",
        200,
        **_enquiries(visit, shown, today=now),
        snap=snap,
        shown=shown,
        asked=asked,
        purpose=asked.purpose,
        in_words=find.in_words,
        feed_words=feed_words,
        wanted=wanted,
        listing=listing(rows, wanted, new_ids := frozenset(one.report_id for one in new)),
        targets=targets,
        picture=draw.picture(snap, parts.titles, draw.Asked(wanted.window, wanted.sieve, targets, today)),
        sentences=sentences(snap, parts.titles),
        counts=counts(snap, parts.titles),
        before=before_connected(snap.joined, parts.titles),
        **_CHOICES,
        abouts=any_about(snap.entries),
        chips=chips(wanted.sieve, parts.titles),
        field_of=field_of,
        last=last,
        new=new,
        new_ids=new_ids,
        may_see_feeds=visit.member.actor.role in READERS and not shown.own_agency_only,
        opens=apart.offer(visit, today=now),
        may_print=visit.member.actor.role in MAKERS and now,
    )


def _enquiries(visit: Visit, shown: Chronology, *, today: bool) -> dict[str, object]:
    """The child's open enquiries that are the reader's to know of, and how the page says how they stand.

    As known on a day there are none: the page of a day is the same whatever is opened, rated or closed later.
    """
    parts = visit.parts
    standing = Standing(parts.store, parts.clock, parts.reading().deciding, visit.member.actor, parts.clocks)
    found = told_of(standing, shown.person_id) if today else ()
    return {"enquiries": found, "clocks": parts.clocks, "clock_words": clock_words, "place": place_of}


def _last_look(visit: Visit, shown: Chronology, today: date) -> datetime | None:
    """When this reader looked at the child before this look; None: not in the last 60 days."""
    return last_look(visit.parts.accesses_under, visit.member.actor, shown.person_id, shown.position, today)


def _came(entry: Entry) -> datetime:
    """When the newest word of an entry, or about it, was received."""
    every = (entry, *entry.later)
    return max((*(one.received for one in every), *(reply.attached.at for one in every for reply in one.replies)))


PAGES = (
    Page("POST", "/chronology", show),
    Page("GET", "/find", find.ask_by_words),
    Page("POST", "/find", show_found),
)
