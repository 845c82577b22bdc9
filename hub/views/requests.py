"""What agencies were asked and have answered: pointers, codes and moments, of all children."""

from collections.abc import Iterable
from uuid import UUID

from contracts.event import Fact
from contracts.events.requests import InformationAnswered, InformationRequested
from contracts.strict_json import Json
from hub.domain.requests import Request, answered_with, asked_of
from hub.views.view import View, ViewRow

_ASKED, _ANSWERED = "asked", "answered"


def project(fact: Fact, position: int) -> tuple[ViewRow, ...]:
    """One row for each request, one for each answer; the facts hold no content, so a row is the fact itself."""
    if isinstance(fact, InformationRequested):
        return (ViewRow(f"{_ASKED}/{fact.request_id}", {"position": position, _ASKED: fact.model_dump_json()}),)
    if isinstance(fact, InformationAnswered):
        return (ViewRow(f"{_ANSWERED}/{fact.answer_id}", {"position": position, _ANSWERED: fact.model_dump_json()}),)
    return ()


def open_requests(rows: Iterable[dict[str, Json]]) -> tuple[Request, ...]:
    """Every request that is still owed an answer, the first due first."""
    return tuple(one for one in every_request(rows) if one.is_open)


def every_request(rows: Iterable[dict[str, Json]]) -> tuple[Request, ...]:
    """Every request that was ever made, the first due first."""
    found: dict[UUID, Request] = {}
    kept = sorted(rows, key=lambda row: int(str(row["position"])))
    for row in (one for one in kept if _ASKED in one):
        asked = InformationRequested.model_validate_json(str(row[_ASKED]))
        found[asked.request_id] = asked_of(asked)
    for row in (one for one in kept if _ANSWERED in one):
        answered = InformationAnswered.model_validate_json(str(row[_ANSWERED]))
        if answered.request_id in found:
            found[answered.request_id] = answered_with(found[answered.request_id], answered)
    return tuple(sorted(found.values(), key=lambda one: (one.due, one.request_id)))


REQUESTS = View("requests", 1, project)
