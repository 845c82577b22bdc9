"""Writing down what somebody whom an entry concerns says about it: it stands beside the entry at once."""

from datetime import date
from typing import Final
from uuid import UUID

from starlette.responses import Response

from contracts.events.reply import MOST_WORDS, Disputes, Whose
from hub.application.attach_reply import Attaching, attach_reply
from hub.application.read_chronology import read_chronology
from hub.domain import reply_words
from hub.domain.moment import day_in_london
from hub.domain.replies import UNFIT, NewReply, ReplyUnfit
from hub.web.forms import Search, Wrong, day_in_boxes, read_search
from hub.web.page import NoSuchPage, Page, Visit
from hub.web.pages import find
from hub.web.pages.entry import named
from hub.web.pages.to_do import DECIDING

_FIELD: Final = {"words_missing": "words", "words_too_long": "words", "day_ahead": "said", "agency_missing": "agency",
                 "agency_given": "agency"}  # fmt: skip


def ask(visit: Visit) -> Response:
    """The form, with the child and the entry that it is about.

    Raises AccessRefused (on record), NoSuchPage, StoreUnavailable, Conflict, Unreadable.
    """
    read = _read(visit)
    return read if isinstance(read, Response) else _form(visit, *read, {})


def keep(visit: Visit) -> Response:
    """The reply, on record.

    Raises AccessRefused (on record; an entry that is not there is answered alike), Conflict, StoreUnavailable,
    Unreadable; where it is asked for again, as `ask` does.
    """
    read = _read(visit)
    if isinstance(read, Response):
        return read
    search, report_id = read
    made = _made(visit, report_id)
    if isinstance(made, dict):
        return _form(visit, search, report_id, made, 422)
    parts, reading = visit.parts, visit.parts.reading()
    attaching = Attaching(parts.store, parts.index, parts.clock, reading.law, reading.deciding)
    try:
        fact = attach_reply(attaching, search.child, search.purpose, made)
    except ReplyUnfit as unfit:
        return _form(visit, search, report_id, {_FIELD[str(unfit)]: UNFIT[str(unfit)]}, 422)
    return visit.show("reply_kept.html", fact=fact, purpose=search.purpose, words=reply_words)


def _read(visit: Visit) -> tuple[Search, UUID] | Response:
    asked = read_search(visit.fields, day_in_london(visit.parts.clock.now()))
    if not isinstance(asked, Search):
        return find.form(visit, asked, 422)
    try:
        return asked, UUID(visit.field("of-report"))
    except ValueError:
        return find.form(visit, {"child": "Choose the entry on its own page, and reply to it from there"}, 422)


def _made(visit: Visit, report_id: UUID) -> NewReply | Wrong:
    """What the form states, or what is wrong with it, by field."""
    wrong: Wrong = {}
    whose = next((one for one in Whose if one.value == visit.field("whose")), None)
    if whose is None:
        wrong["whose"] = "Say whose reply it is"
    disputes = next((one for one in Disputes if one.value == visit.field("disputes")), None)
    if disputes is None:
        wrong["disputes"] = "Say what they dispute"
    said = day_in_boxes(visit.fields, "said")
    if not isinstance(said, date):
        wrong["said"] = said or "Enter the day on which they said it"
    agency = visit.field("agency")
    if agency and agency not in visit.parts.titles:
        wrong["agency"] = UNFIT["agency_missing"]
    words = visit.field("words").strip()
    if not words:
        wrong["words"] = UNFIT["words_missing"]
    if wrong or whose is None or disputes is None or not isinstance(said, date):
        return wrong
    return NewReply(visit.member.actor, report_id, whose, disputes, said, words, agency)


def _form(visit: Visit, search: Search, report_id: UUID, wrong: Wrong, status: int = 200) -> Response:
    shown = read_chronology(visit.parts.reading(), visit.member.actor, search.child, search.purpose)
    entry = named(report_id.hex, shown)
    if entry is None:
        raise NoSuchPage
    return visit.show(
        "reply.html",
        status,
        child=str(search.child),
        purpose=search.purpose,
        report_id=report_id,
        shown=shown,
        entry=entry,
        wrong=wrong,
        given=dict(visit.fields) if wrong else {},
        whose=tuple((one.value, reply_words.WHOSE[one], reply_words.named_in(entry, one)) for one in Whose),
        disputes=tuple((one.value, reply_words.ASKED[one], "") for one in Disputes),
        agencies=tuple(visit.parts.titles.items()),
        most=MOST_WORDS,
    )


PAGES = (Page("POST", "/reply", ask, DECIDING), Page("POST", "/reply/keep", keep, DECIDING))
