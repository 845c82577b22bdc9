"""What agencies were asked about a child and what each answered: a fold over the child's history, as of a day."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from consent.bodies import ANSWERS
from contracts.event import Fact
from contracts.events.hub import Actor
from contracts.events.requests import Answer, InformationAnswered, InformationRequested, Wanted
from contracts.vocabulary import Purpose, StaffRole
from hub.domain.moment import day_in_london

ASKING = frozenset({StaffRole.MASH_DECISION_MAKER})
ANSWERING = ANSWERS


@dataclass(frozen=True, slots=True)
class Waiting:
    """An agency that was asked and owes a reply: when it was asked, and when its reply is due.

    `more_time` is when it answered that it needs more time, until `due`; None: it has not replied at all.
    """

    source: str
    asked: datetime
    due: datetime | None
    more_time: datetime | None = None


@dataclass(frozen=True, slots=True)
class Replied:
    """An agency that was asked and owes no reply: what it answered last, and when. Why it cannot share is not here.

    `taken_down`: whoever asked wrote it down, as the agency said it to them.
    """

    source: str
    answer: Answer
    at: datetime
    taken_down: bool = False


@dataclass(frozen=True, slots=True)
class Request:
    """One agency asked, by when (UTC), and what it answered last (None: nothing yet).

    `written_by` is the agency of whoever put that on record: the one that was asked, or the MASH, which it told.
    """

    request_id: UUID
    person_id: UUID
    source: str
    asked_by: str
    purpose: Purpose
    wanted: tuple[Wanted, ...]
    asked: datetime
    due: datetime
    answer: Answer | None = None
    answered: datetime | None = None
    reason: str | None = None
    written_by: str | None = None

    @property
    def is_open(self) -> bool:
        """Whether the agency still owes an answer."""
        return self.answer in (None, "more_time")

    @property
    def taken_down(self) -> bool:
        """Whether somebody else wrote the answer down, as the agency gave it."""
        return self.written_by not in (None, self.source)


def requests(facts: Iterable[Fact], on: date | None = None) -> tuple[Request, ...]:
    """Every request, oldest first, as it stood at the end of a day (None: now)."""
    found: dict[UUID, Request] = {}
    for fact in facts:
        if isinstance(fact, InformationRequested) and _by(fact.at, on):
            found[fact.request_id] = asked_of(fact)
        if isinstance(fact, InformationAnswered) and _by(fact.at, on) and fact.request_id in found:
            found[fact.request_id] = answered_with(found[fact.request_id], fact)
    return tuple(found.values())


def owed_by(source: str, facts: Iterable[Fact]) -> tuple[Request, ...]:
    """The requests to one agency (a source) that wait for its answer, oldest first."""
    return tuple(one for one in requests(facts) if one.is_open and one.source == source)


def answered_before(
    facts: Iterable[Fact], actor: Actor, request_id: UUID, answer: Answer
) -> InformationAnswered | None:
    """The answer to a request, where it is the last and this person gave it: a press that came twice is one answer."""
    given = (one for one in facts if isinstance(one, InformationAnswered) and one.request_id == request_id)
    last = max(given, key=lambda one: one.at, default=None)
    if last is None or last.answer != answer:
        return None
    return last if (last.actor.issuer, last.actor.subject) == (actor.issuer, actor.subject) else None


def asked_of(fact: InformationRequested) -> Request:
    """The request as it was made."""
    return Request(
        fact.request_id, fact.person_id, fact.agency, fact.actor.agency, fact.purpose, fact.wanted, fact.at, fact.due_by
    )


def answered_with(one: Request, fact: InformationAnswered) -> Request:
    """The request with an answer; more time moves the day on which it is due."""
    due = fact.due_by if fact.answer == "more_time" and fact.due_by is not None else one.due
    by = fact.actor.agency
    return replace(one, answer=fact.answer, answered=fact.at, reason=fact.reason, due=due, written_by=by)


def waiting(found: Iterable[Request]) -> tuple[Waiting, ...]:
    """The agencies that were asked and owe an answer, each once: by what it has not replied to, what is due first."""
    first: dict[str, Request] = {}
    for one in sorted((one for one in found if one.is_open), key=lambda one: (one.answer is not None, one.due)):
        first.setdefault(one.source, one)
    return tuple(Waiting(one.source, one.asked, one.due, one.answered) for one in first.values())


def replied(found: Iterable[Request]) -> tuple[Replied, ...]:
    """The agencies that answered all that they were asked, each once, by its last answer, oldest first."""
    every = tuple(found)
    owed = {one.source for one in every if one.is_open}
    last: dict[str, Replied] = {}
    for one in every:
        if one.source in owed or one.answer is None or one.answered is None:
            continue
        if one.source not in last or last[one.source].at <= one.answered:
            last[one.source] = Replied(one.source, one.answer, one.answered, one.taken_down)
    return tuple(sorted(last.values(), key=lambda one: one.at))


def _by(at: datetime, on: date | None) -> bool:
    return on is None or day_in_london(at) <= on
