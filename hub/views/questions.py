"""Which records a human must look at: one person, or two."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from contracts.event import Fact
from contracts.events.hub import IdentityQuestioned
from contracts.strict_json import Json
from hub.views.view import Values, View, ViewRow


@dataclass(frozen=True, slots=True)
class Question:
    """One report that was put under a reference of its own, the references it may belong to, why, and since when."""

    person_id: UUID
    candidates: tuple[UUID, ...]
    why: str
    at: datetime


def project(fact: Fact, position: int) -> tuple[ViewRow, ...]:
    """One row for each question."""
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


QUESTIONS = View("questions", 1, project)


def in_order(rows: Iterable[dict[str, Json]]) -> tuple[Question, ...]:
    """The questions that the rows hold, newest first."""
    return tuple(sorted((_question(row) for row in rows), key=lambda one: one.at, reverse=True))


def _question(row: dict[str, Json]) -> Question:
    named = row["candidates"]
    candidates = tuple(UUID(str(one)) for one in named) if isinstance(named, list) else ()
    at = datetime.fromisoformat(str(row["at"]))
    return Question(UUID(str(row["person_id"])), candidates, str(row["why"]), at)
