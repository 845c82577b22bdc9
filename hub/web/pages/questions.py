"""Questions for a person: is it one child, or two? The hub never merges on a guess."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from starlette.responses import Response

from contracts.strict_json import Json
from contracts.vocabulary import StaffRole
from hub.web.page import Page, Visit

WHY = {
    "identifiers_lead_to_different_people": "Its identifiers lead to different children",
    "found_before_to_be_two_people": "A person found before that these are two children",
    "another_national_number_differs": "One national number agrees and another differs",
    "number_agrees_but_name_and_birth_date_do_not": "The number agrees, but the name and date of birth do not",
}


@dataclass(frozen=True, slots=True)
class Question:
    """One report that was put under a reference of its own, and the references it may belong to."""

    person_id: UUID
    candidates: tuple[UUID, ...]
    why: str
    at: datetime


def show(visit: Visit) -> Response:
    """The questions, newest first."""
    questions = sorted((_question(row) for row in visit.parts.rows_of("questions")), key=_when, reverse=True)
    return visit.show("questions.html", questions=questions)


def _question(row: dict[str, Json]) -> Question:
    named = row["candidates"]
    candidates = tuple(UUID(str(one)) for one in named) if isinstance(named, list) else ()
    why = str(row["why"])
    return Question(UUID(str(row["person_id"])), candidates, WHY.get(why, why), datetime.fromisoformat(str(row["at"])))


def _when(question: Question) -> datetime:
    return question.at


PAGES = (Page("GET", "/questions", show, frozenset({StaffRole.MASH_DECISION_MAKER})),)
