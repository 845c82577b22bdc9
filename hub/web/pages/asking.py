"""Asking agencies what they hold on a child; an agency's own list of what it was asked, which child, and its answer."""

from collections.abc import Mapping
from datetime import timedelta
from typing import get_args
from uuid import UUID

from starlette.responses import Response

from consent.refusals import GROUNDS
from contracts.events.requests import Answer, InformationAnswered, Wanted
from contracts.identifiers import Scheme
from contracts.vocabulary import Purpose
from hub.application.answer_request import Made, answer_request, list_requests
from hub.application.ask_agencies import ToAsk, ask_agencies
from hub.application.open_request import open_request
from hub.application.read_chronology import read_chronology
from hub.application.take_down_answer import open_to_take_down, take_down_answer
from hub.domain.chronology import Chronology
from hub.domain.moment import day_in_london
from hub.domain.requests import ANSWERING, ASKING, Request
from hub.web.forms import Search, Wrong, read_number, read_search
from hub.web.page import Page, Visit
from hub.web.pages import find
from hub.web.said import ANSWERS as THEIRS

WANTED: Mapping[Wanted, str] = {
    "known": "Whether the child or family is known to you",
    "concerns": "Anything that worries you, and what is going well",
    "last_seen": "When the child was last seen, and by whom",
    "household": "Who lives with or looks after the child",
    "worker": "Who works with the child, and how to reach them",
}
HOURS: Mapping[str, tuple[int, str]] = {
    "4": (4, "Within 4 hours"),
    "24": (24, "Within 24 hours"),
    "72": (72, "Within 3 days"),
}
ANSWERS: Mapping[Answer, str] = {
    "known_relevant": "Known, and something is relevant",
    "known_nothing_relevant": "Known, nothing relevant",
    "not_known": "Not known to us",
    "more_time": "We need more time",
    "cannot_share": "We cannot share",
}
NUMBERS: Mapping[Scheme, str] = {
    Scheme.NHS_NUMBER: "NHS number",
    Scheme.UPN: "Unique pupil number",
    Scheme.LOCAL: "Your own number",
}
ANSWERED_AT = "/requests"
MORE_TIME = timedelta(hours=24)
REASONS = tuple((one.reason.value, one.title) for one in GROUNDS)


def ask(visit: Visit) -> Response:
    """The form. Raises AccessRefused (on record), StoreUnavailable, Conflict, Unreadable."""
    read = _read(visit)
    return read if isinstance(read, Response) else _form(visit, *read, {})


def keep(visit: Visit) -> Response:
    """The requests, on record. Raises as `ask` does."""
    read = _read(visit)
    if isinstance(read, Response):
        return read
    shown, purpose = read
    connected = {one.source for one in visit.parts.reading().partners}
    chosen = tuple(one.source for one in visit.parts.agreements if visit.field(f"to-{one.agency}"))
    wanted = tuple(one for one in get_args(Wanted) if visit.field(f"want-{one}"))
    hours = HOURS.get(visit.field("within"))
    wrong: Wrong = {}
    if not connected.intersection(chosen):
        wrong["to"] = "Choose which agencies to ask"
    if not wanted:
        wrong["want"] = "Choose what to ask for"
    if hours is None:
        wrong["within"] = "Say by when you need an answer"
    if wrong or hours is None:
        return _form(visit, shown, purpose, wrong, 422)
    due_by = visit.parts.clock.now() + timedelta(hours=hours[0])
    to_ask = ToAsk(chosen, purpose, wanted, due_by)
    asked = ask_agencies(visit.parts.reading(), visit.member.actor, shown.person_id, to_ask)
    return visit.show("asked.html", asked=asked, shown=shown, purpose=purpose, due_by=due_by, chosen=len(chosen))


def _read(visit: Visit) -> tuple[Chronology, Purpose] | Response:
    asked = read_search(visit.fields, day_in_london(visit.parts.clock.now()))
    if not isinstance(asked, Search):
        return find.form(visit, asked, 422)
    return read_chronology(visit.parts.reading(), visit.member.actor, asked.child, asked.purpose), asked.purpose


def _form(visit: Visit, shown: Chronology, purpose: Purpose, wrong: Wrong, status: int = 200) -> Response:
    own = visit.member.actor.agency
    return visit.show(
        "ask.html",
        status,
        shown=shown,
        purpose=purpose,
        wrong=wrong,
        given=dict(visit.fields) if wrong else {},
        agencies=tuple(one for one in visit.parts.agreements if one.source != own),
        owed={one.source: one for one in shown.requests if one.is_open},
        wanted=WANTED,
        hours=HOURS,
    )


def show(visit: Visit) -> Response:
    """What the reader's agency was asked and owes an answer to. Raises AccessRefused (on record), StoreUnavailable."""
    return _list(visit)


def _list(visit: Visit, status: int = 200) -> Response:
    parts = visit.parts
    owed = list_requests(parts.reading(), visit.member.actor, parts.rows_of("requests"))
    return visit.show(
        "requests.html",
        status,
        found=owed.by_us,
        ours=owed.to_us,
        now=parts.clock.now(),
        answers=ANSWERS,
        wanted=WANTED,
        in_words=find.in_words,
    )


def one(visit: Visit) -> Response:
    """One request with who is meant, and the form that answers it.

    Raises AccessRefused (on record), Conflict, StoreUnavailable, Unreadable.
    """
    return _one(visit, {})


def _one(visit: Visit, wrong: Wrong, status: int = 200) -> Response:
    named = _named(visit)
    if named is None:
        return _list(visit, 422)
    opened = open_request(visit.parts.reading(), visit.member.actor, *named)
    return visit.show(
        "request.html",
        status,
        request=opened.request,
        meant=opened.meant,
        may_read=opened.may_read,
        now=visit.parts.clock.now(),
        wrong=wrong,
        answers=ANSWERS,
        wanted=WANTED,
        reasons=REASONS,
        in_words=find.in_words,
        numbers=NUMBERS,
    )


def answer(visit: Visit) -> Response:
    """What was answered, about whom and to whom, the answer on record.

    Raises AccessRefused (on record), Conflict, StoreUnavailable, WaitsForWitnesses, Unreadable.
    """
    made = read_answer(visit)
    if not isinstance(made, Made):
        return _one(visit, made, 422)
    answered = answer_request(visit.parts.reading(), visit.member.actor, made)
    return recorded(visit, answered.request, answered.fact, next(iter(answered.who.names), ""), ANSWERS)


def by_telephone(visit: Visit) -> Response:
    """The form for an answer that an agency says to the MASH; once one is chosen, that it is on record.

    Raises AccessRefused (on record), Conflict, StoreUnavailable, WaitsForWitnesses, Unreadable.
    """
    if not visit.field("answer"):
        return _to_take_down(visit, {})
    made = read_answer(visit)
    if not isinstance(made, Made):
        return _to_take_down(visit, made, 422)
    taken = take_down_answer(visit.parts.reading(), visit.member.actor, made)
    return recorded(visit, taken.request, taken.fact, next(iter(taken.shown.names), ""), THEIRS)


def _to_take_down(visit: Visit, wrong: Wrong, status: int = 200) -> Response:
    named = _named(visit)
    if named is None:
        return _list(visit, 422)
    pending = open_to_take_down(visit.parts.reading(), visit.member.actor, *named)
    return visit.show(
        "by_telephone.html",
        status,
        request=pending.request,
        shown=pending.shown,
        now=visit.parts.clock.now(),
        wrong=wrong,
        answers=THEIRS,
        wanted=WANTED,
        reasons=REASONS,
        in_words=find.in_words,
    )


def recorded(
    visit: Visit, request: Request, made: InformationAnswered, name: str, answers: Mapping[Answer, str]
) -> Response:
    """That an answer is on record: what, about whom (`name` is empty where nobody was named), to whom and when."""
    return visit.show(
        "answered.html",
        request=request,
        made=made,
        name=name,
        answers=answers,
        by_telephone=made.actor.agency != request.source,
        reason=dict(REASONS).get(made.reason or "", ""),
        wanted=WANTED,
    )


def read_answer(visit: Visit) -> Made | Wrong:
    """The answer that the form states, or what is wrong with it, by field."""
    said = next((one for one in ANSWERS if one == visit.field("answer")), None)
    named = _named(visit)
    reason = next((code for code, _ in REASONS if code == visit.field("reason")), None)
    if said is None or named is None:
        return {"answers": "Choose one of the answers"}
    if said == "cannot_share" and reason is None:
        return {"reason": f"Select why {'they' if visit.path != ANSWERED_AT else 'you'} cannot share"}
    due_by = visit.parts.clock.now() + MORE_TIME if said == "more_time" else None
    return Made(*named, said, reason if said == "cannot_share" else None, due_by)


def _named(visit: Visit) -> tuple[UUID, UUID] | None:
    """Which request, and whose the form says it is; None where it names neither."""
    request_id, person_id = read_number(visit.field("request")), read_number(visit.field("child").removeprefix("hub:"))
    return (request_id, person_id) if request_id is not None and person_id is not None else None


PAGES = (
    Page("POST", "/ask", ask, ASKING),
    Page("POST", "/ask/keep", keep, ASKING),
    Page("GET", "/requests", show, ANSWERING),
    Page("POST", ANSWERED_AT, answer, ANSWERING),
    Page("POST", "/requests/one", one, ANSWERING),
    Page("POST", "/requests/by-telephone", by_telephone, ASKING),
)
