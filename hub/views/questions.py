"""Which records a human must look at: one person, or two."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from contracts.event import Fact
from contracts.events.hub import IdentityQuestioned, ReportUnlinked
from contracts.events.matching import QuestionAnswered
from contracts.strict_json import Json
from hub.views.view import Read, Values, View, ViewRow


@dataclass(frozen=True, slots=True)
class Question:
    """One report that was put under a reference of its own, the references it may belong to, why, and since when.

    `looked_at`: when somebody last looked and could not say.
    """

    person_id: UUID
    candidates: tuple[UUID, ...]
    why: str
    at: datetime
    report_id: UUID
    looked_at: datetime | None = None


def project(fact: Fact, position: int, read: Read) -> tuple[ViewRow, ...]:
    """One row for each question, with how it was answered last."""
    if isinstance(fact, QuestionAnswered):
        return _answered(fact.report_id, fact.answer, fact.at, read)
    if isinstance(fact, ReportUnlinked):
        return _answered(fact.report_id, "moved", fact.at, read)
    if not isinstance(fact, IdentityQuestioned):
        return ()
    values: Values = {
        "person_id": str(fact.person_id),
        "report_id": str(fact.report_id),
        "why": fact.why,
        "position": position,
    }
    return (
        ViewRow(
            str(fact.report_id),
            {**values, "at": fact.at.isoformat(), "candidates": [str(candidate) for candidate in fact.candidates]},
        ),
    )


def asks(fact: Fact) -> tuple[str, ...]:
    """The row of the report that was answered about, or moved."""
    return (str(fact.report_id),) if isinstance(fact, QuestionAnswered | ReportUnlinked) else ()


def _answered(report_id: UUID, answer: str, at: datetime, read: Read) -> tuple[ViewRow, ...]:
    """The question's row with the answer; of a report that was never in question, none."""
    row = read(str(report_id))
    if row is None:
        return ()
    return (ViewRow(str(report_id), {**row, "answer": answer, "answered_at": at.isoformat()}),)


QUESTIONS = View("questions", 2, gather=project, asks=asks)


def in_order(rows: Iterable[dict[str, Json]]) -> tuple[Question, ...]:
    """The questions that nobody has settled, newest first."""
    waiting = (_question(row) for row in rows if row.get("answer") in (None, "not_sure"))
    return tuple(sorted(waiting, key=lambda one: one.at, reverse=True))


def _question(row: dict[str, Json]) -> Question:
    named = row["candidates"]
    candidates = tuple(UUID(str(one)) for one in named) if isinstance(named, list) else ()
    at = datetime.fromisoformat(str(row["at"]))
    looked = row.get("answered_at")
    looked_at = datetime.fromisoformat(looked) if isinstance(looked, str) else None
    why, report_id = str(row["why"]), UUID(str(row["report_id"]))
    return Question(UUID(str(row["person_id"])), candidates, why, at, report_id, looked_at)
