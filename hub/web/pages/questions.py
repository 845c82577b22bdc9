"""Questions for a person: is it one child, or two? Side by side, for a purpose; the hub never merges on a guess."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Literal
from uuid import UUID

from starlette.responses import Response

from contracts.events.hub import IdentityQuestioned
from contracts.events.matching import MoveProposed
from contracts.vocabulary import StaffRole
from contracts.when import When
from hub.application.list_questions import ListingQuestions, list_questions
from hub.application.settle_question import Said, SideBySide, compare_candidates, settle_question
from hub.domain.chronology import Chronology, Entry
from hub.domain.errors import NotOnRecord
from hub.domain.own_numbers import own_numbers
from hub.domain.proposed_moves import lapses
from hub.domain.questions_list import WHY
from hub.domain.wrong_match import MoveRefused
from hub.views.moves import waiting_moves
from hub.web.forms import READING, Wrong
from hub.web.page import NoSuchPage, Page, Visit
from hub.web.pages import find
from hub.web.pages.moving import REFUSED, an_id, moving

ROLES: Final = frozenset({StaffRole.MASH_DECISION_MAKER})


@dataclass(frozen=True, slots=True)
class Column:
    """What reports say of who one of them is; `reports` are source, how many, and the newest (UTC)."""

    called: str
    person_id: UUID
    names: tuple[str, ...]
    birth_date: When | None
    numbers: tuple[str, ...]
    reports: tuple[tuple[str, int, datetime], ...]


def show(visit: Visit) -> Response:
    """The questions, newest first. Raises AccessRefused (on record), StoreUnavailable: nothing is shown."""
    reading = visit.parts.reading()
    rows = visit.parts.rows_of("questions")
    listing = ListingQuestions(reading.store, reading.index, reading.clock, reading.law, reading.deciding, rows)
    found = list_questions(listing, visit.member.actor)
    questions = tuple(replace(one, why=WHY.get(one.why, one.why)) for one in found)
    moves, now = waiting_moves(visit.parts.rows_of("moves")), visit.parts.clock.now()
    proposed = frozenset(one.report_id for one in moves if now < lapses(one.at))
    return visit.show("questions.html", questions=questions, proposed=proposed)


def ask(visit: Visit) -> Response:
    """For what it is looked at; the form holds no word of a record."""
    return _ask(visit, {})


def compare(visit: Visit) -> Response:
    """What the reports say of each, side by side, and the answers, none of them chosen.

    Raises AccessRefused (on record), NoSuchPage, StoreUnavailable, Conflict, Unreadable.
    """
    if all(one.value != visit.field("purpose") for one in READING):
        return _ask(visit, {"purpose": "Select why you need to see these records"}, 422)
    return _page(visit, {})


def settle(visit: Visit) -> Response:
    """What is on record now; or the two again, with what is wrong with the answer.

    Raises AccessRefused (on record), NoSuchPage, StoreUnavailable, Conflict, Unreadable.
    """
    chosen, reason = visit.field("answer"), visit.field("because")
    wrong: Wrong = {}
    said = _said(visit, chosen, reason)
    if said is None:
        wrong["answer"] = "Select whether it is the same child"
    if not reason:
        wrong["because"] = "Enter why: what you looked at and whom you asked"
    if said is None or wrong:
        return _page(visit, wrong, 422)
    try:
        kept = settle_question(moving(visit), visit.member.actor, said)
    except MoveRefused as refused:
        return visit.show("not_moved.html", 422, says=REFUSED[str(refused)])
    until = lapses(kept.at) if isinstance(kept, MoveProposed) else None
    return visit.show("question_settled.html", answered=said, until=until)


def _page(visit: Visit, wrong: Wrong, status: int = 200) -> Response:
    purpose = next((one for one in READING if one.value == visit.field("purpose")), None)
    report_id, person_id = an_id(visit, "of-report"), an_id(visit, "person")
    try:
        found = compare_candidates(visit.parts.reading(), visit.member.actor, report_id, person_id, purpose)
    except NotOnRecord:
        return visit.show("not_moved.html", 404, says=REFUSED["settled"])
    columns = _columns(found)
    differ = found.question.why == "birth_date_differs" and _names_differ(columns)
    said = {"why": _why(found.question), "names_differ": differ, "purpose": purpose, "given": dict(visit.fields)}
    return visit.show("question.html", status, found=found, columns=columns, wrong=wrong, **said)


def _names_differ(columns: tuple[Column, ...]) -> bool:
    """Whether no candidate has a name that the report in question gives, of those where both give any."""
    here, *others = ({name.casefold() for name in one.names} for one in columns)
    return bool(here) and any(others) and not any(here & each for each in others)


def _columns(found: SideBySide) -> tuple[Column, ...]:
    """The report in question, and each whom it may be about."""
    others = (_column(f"Candidate {place}", one) for place, one in enumerate(found.candidates, 1))
    return (_column("The report in question", found.here), *others)


def _column(called: str, shown: Chronology) -> Column:
    entries = (*shown.described, *shown.entries)
    numbers = (f"{one.scheme.value}:{one.value}" for one in own_numbers(shown))
    times = {source: [one.received for one in entries if one.source == source] for source in _sources(entries)}
    reports = tuple((source, len(received), max(received)) for source, received in times.items())
    return Column(called, shown.person_id, shown.names, shown.birth_date, tuple(numbers), reports)


def _sources(entries: tuple[Entry, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.source for one in entries))


def _why(question: IdentityQuestioned) -> str:
    return WHY.get(question.why, question.why)


def _ask(visit: Visit, wrong: Wrong, status: int = 200) -> Response:
    of = {"report_id": an_id(visit, "of-report"), "person_id": an_id(visit, "person")}
    return visit.show("question_why.html", status, wrong=wrong, purposes=READING, in_words=find.in_words, **of)


def _said(visit: Visit, chosen: str, reason: str) -> Said | None:
    """The answer that was chosen; None where none of those offered was."""
    report_id, person_id = an_id(visit, "of-report"), an_id(visit, "person")
    plain: dict[str, Literal["different", "not_sure"]] = {"different": "different", "not_sure": "not_sure"}
    if chosen in plain:
        return Said(report_id, person_id, plain[chosen], reason)
    word, _, whom = chosen.partition(" ")
    try:
        return Said(report_id, person_id, "same", reason, UUID(whom)) if word == "same" else None
    except ValueError:
        raise NoSuchPage from None


PAGES = (
    Page("GET", "/questions", show, ROLES),
    Page("POST", "/questions", ask, ROLES),
    Page("POST", "/questions/compare", compare, ROLES),
    Page("POST", "/questions/settle", settle, ROLES),
)
