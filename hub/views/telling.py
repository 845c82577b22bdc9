"""Who may not know: each person in each report, whether told, and until when not. Pointers, codes and dates only."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from consent.telling_due import Due, Matter, Standing, Untold, due
from contracts.event import Fact
from contracts.events.hub import ReportLinked
from contracts.report import Told
from contracts.strict_json import Json
from contracts.vocabulary import ChangeKind, PersonRole, Telling
from hub.domain.moment import day_in_london
from hub.views.view import Values, View, ViewRow

_URGENCY = tuple(reversed(Standing))


@dataclass(frozen=True, slots=True)
class ToTell:
    """A matter of telling one person: the child's chronology, the report and its label for the person, what, when."""

    person_id: UUID
    report_id: UUID
    source: str
    label: str
    role: PersonRole
    state: Telling
    due: Due


def project(fact: Fact, position: int) -> tuple[ViewRow, ...]:
    """One row for each person in a report, whatever the state; a report that is moved takes its rows along."""
    if not isinstance(fact, ReportLinked):
        return ()
    stated = {told.person: told for told in fact.telling}
    silent = (Told(person=named.person, state=Telling.NOT_KNOWN) for named in fact.roles if named.person not in stated)
    roles = {named.person: named.role for named in fact.roles}
    return tuple(
        _row(fact, told, roles.get(told.person, PersonRole.OTHER), position) for told in (*fact.telling, *silent)
    )


def to_tell(rows: Iterable[dict[str, Json]], on: date) -> tuple[ToTell, ...]:
    """Everything that is not settled on `on`: escalated first, then overdue, today's and coming, each by date.

    What an agency has stated again, in a correction of its own report, stands in place of what it corrects; a
    correction that does not say whether the person was told leaves what stood.
    """
    every = tuple(rows)
    restated = {
        (str(row["changes"]), str(row["source"]), str(row["label"]))
        for row in every
        if row["change"] == ChangeKind.CORRECTION.value and row["state"] != Telling.NOT_KNOWN.value
    }
    found = []
    for row in every:
        if (str(row["report_id"]), str(row["source"]), str(row["label"])) in restated:
            continue
        matter = due(_untold(row), on)
        if matter is not None:
            found.append(_to_tell(row, matter))
    return tuple(sorted(found, key=_order))


def _row(fact: ReportLinked, told: Told, role: PersonRole, position: int) -> ViewRow:
    review = told.review_on.day() if told.review_on is not None else None
    values: Values = {
        "person_id": str(fact.person_id),
        "report_id": str(fact.report_id),
        "source": fact.source,
        "change": fact.change.value,
        "changes": str(fact.changes) if fact.changes is not None else None,
        "label": told.person,
        "role": role.value,
        "state": told.state.value,
        "received": day_in_london(fact.received).isoformat(),
        "review_on": review.isoformat() if review is not None else None,
        "position": position,
    }
    return ViewRow(f"{fact.report_id}/{told.person}", values)


def _untold(row: dict[str, Json]) -> Untold:
    review = row["review_on"]
    return Untold(
        role=_role(row),
        state=_state(row),
        received=date.fromisoformat(str(row["received"])),
        review_on=date.fromisoformat(review) if isinstance(review, str) else None,
    )


def _to_tell(row: dict[str, Json], matter: Due) -> ToTell:
    return ToTell(
        person_id=UUID(str(row["person_id"])),
        report_id=UUID(str(row["report_id"])),
        source=str(row["source"]),
        label=str(row["label"]),
        role=_role(row),
        state=_state(row),
        due=matter,
    )


def _role(row: dict[str, Json]) -> PersonRole:
    return next(role for role in PersonRole if role.value == row["role"])


def _state(row: dict[str, Json]) -> Telling:
    return next(state for state in Telling if state.value == row["state"])


def _order(one: ToTell) -> tuple[int, date, int, str, str]:
    matters = tuple(Matter)
    return (
        _URGENCY.index(one.due.standing), one.due.by, matters.index(one.due.matter), str(one.report_id), one.label,
    )  # fmt: skip


TELLING = View("telling", 1, project)
