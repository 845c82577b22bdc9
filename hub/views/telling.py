"""Who may not know: each person in each report, whether told, and until when not. Pointers, codes and dates only."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from consent.telling_due import Due, Matter, Standing, Untold, due
from consent.telling_said import TOLD
from consent.transparency import WITHHELD
from contracts.event import Fact
from contracts.events.hub import ReportLinked
from contracts.events.telling import TellingStated, TellingUndone
from contracts.report import Told
from contracts.strict_json import Json
from contracts.vocabulary import ChangeKind, PersonRole, Telling
from hub.domain.moment import day_in_london
from hub.domain.telling_clash import cautious
from hub.views.view import Values, View, ViewRow

LATE = (Standing.OVERDUE, Standing.ESCALATED)
_URGENCY = tuple(reversed(Standing))
_SAID, _UNDONE = "said", "undone"
_Place = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class ToTell:
    """A matter of telling one person: the child's chronology, the report and its label for the person, what, when.

    `against` is what the report itself states of them besides, that cannot be so too: its agency is to be asked.
    """

    person_id: UUID
    report_id: UUID
    source: str
    label: str
    role: PersonRole
    state: Telling
    due: Due
    against: tuple[Telling, ...] = ()


@dataclass(frozen=True, slots=True)
class ChildToTell:
    """All that is to be done about one child, what has been left longest first; never empty."""

    person_id: UUID
    matters: tuple[ToTell, ...]

    @property
    def late(self) -> int:
        """How many are past their day."""
        return sum(one.due.standing in LATE for one in self.matters)

    @property
    def first(self) -> Due:
        """What is due first."""
        return self.matters[0].due


def project(fact: Fact, position: int) -> tuple[ViewRow, ...]:
    """One row for each person in a report, whatever the state; a report that is moved takes its rows along.

    Where one report states two things of one person, nobody is settled by that: not told stands, the rest beside it.

    What is stated later of telling one of them has a row of its own, and so has the undoing of that.
    """
    if isinstance(fact, TellingStated):
        return (_said(fact, position),) if fact.stands else ()
    if isinstance(fact, TellingUndone):
        undone: Values = {"kind": _UNDONE, "telling_id": str(fact.telling_id)}
        return (ViewRow(f"{_UNDONE}/{fact.telling_id}", undone),)
    if not isinstance(fact, ReportLinked):
        return ()
    stated = {told.person: told for told in fact.telling}
    silent = (Told(person=named.person, state=Telling.NOT_KNOWN) for named in fact.roles if named.person not in stated)
    roles = {named.person: named.role for named in fact.roles}
    said = cautious((*fact.telling, *silent))
    return tuple(_row(fact, told, roles.get(told.person, PersonRole.OTHER), position, others) for told, others in said)


def to_tell(rows: Iterable[dict[str, Json]], on: date) -> tuple[ToTell, ...]:
    """Everything that is not settled on `on`: escalated first, then overdue, today's and coming, each by date.

    What an agency has stated again, in a correction of its own report, stands in place of what it corrects; a
    correction that does not say whether the person was told leaves what stood, and so does one that gives the label
    another role. What people at the hub stated last
    stands in place of what the report says, as long as the report stands with the child it was stated of; a silence
    that they decided on stands in place of a correction too, where it says only what was said before.
    """
    kept = tuple(rows)
    every = tuple(row for row in kept if "kind" not in row)
    later = _later(kept)
    restated = {
        (str(row["changes"]), str(row["source"]), str(row["label"]), str(row["role"]))
        for row in every
        if row["change"] == ChangeKind.CORRECTION.value and row["state"] != Telling.NOT_KNOWN.value
    }
    named = {_place(row): row for row in every}
    found = []
    for row in every:
        if (str(row["report_id"]), str(row["source"]), str(row["label"]), str(row["role"])) in restated:
            continue
        now = later.get(_place(row)) or _silence(row, named, later)
        state = row if now is None else {**row, **now}
        matter = due(_untold(state), on)
        if matter is not None:
            found.append(_to_tell(state, matter, _against(row, state)))
    return tuple(sorted(found, key=_order))


def by_child(found: Iterable[ToTell]) -> tuple[ChildToTell, ...]:
    """What `to_tell` found, by child: the child of whom something has been left longest stands first."""
    matters: dict[UUID, list[ToTell]] = {}
    for one in found:
        matters.setdefault(one.person_id, []).append(one)
    return tuple(ChildToTell(person_id, tuple(of_child)) for person_id, of_child in matters.items())


def _later(rows: tuple[dict[str, Json], ...]) -> dict[_Place, dict[str, Json]]:
    """The state, day and review date last stated at the hub and not undone, by child, report and label."""
    undone = {row["telling_id"] for row in rows if row.get("kind") == _UNDONE}
    said = [row for row in rows if row.get("kind") == _SAID and row["telling_id"] not in undone]
    said.sort(key=lambda row: int(str(row["position"])))
    return {_place(row): {name: row[name] for name in ("state", "received", "review_on")} for row in said}


def _silence(
    row: dict[str, Json], named: Mapping[_Place, dict[str, Json]], later: Mapping[_Place, dict[str, Json]]
) -> dict[str, Json] | None:
    """The silence about what this row's report corrects, while each correction says only what was said before."""
    seen, at = {_place(row)}, row
    while at["change"] == ChangeKind.CORRECTION.value:
        before = named.get((str(at["person_id"]), str(at["changes"]), str(at["label"])))
        if before is None or before["source"] != row["source"] or _place(before) in seen:
            return None
        if at["state"] not in (before["state"], Telling.NOT_KNOWN.value):
            return None
        said = later.get(_place(before))
        if said is not None:
            return said if _state(said) in WITHHELD else None
        seen.add(_place(before))
        at = before
    return None


def _place(row: dict[str, Json]) -> _Place:
    return str(row["person_id"]), str(row["report_id"]), str(row["label"])


def _said(fact: TellingStated, position: int) -> ViewRow:
    values: Values = {
        "kind": _SAID,
        "telling_id": str(fact.telling_id),
        "person_id": str(fact.person_id),
        "report_id": str(fact.report_id),
        "label": fact.label,
        "state": fact.state.value,
        "received": day_in_london(fact.at).isoformat(),
        "review_on": fact.review_on.isoformat() if fact.review_on is not None else None,
        "position": position,
    }
    return ViewRow(f"{_SAID}/{fact.telling_id}", values)


def _row(fact: ReportLinked, told: Told, role: PersonRole, position: int, others: tuple[Telling, ...] = ()) -> ViewRow:
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
        "others": " ".join(others) or None,
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


def _against(row: dict[str, Json], now: dict[str, Json]) -> tuple[Telling, ...]:
    """What the report states of telling that cannot be so beside what stands: two things, or told before not told."""
    if now is row:
        return tuple(_states(row["others"]))
    return (_state(row),) if _state(row) in TOLD else ()


def _states(codes: Json) -> Iterator[Telling]:
    written = codes.split() if isinstance(codes, str) else ()
    return (state for state in Telling if state.value in written)


def _to_tell(row: dict[str, Json], matter: Due, against: tuple[Telling, ...]) -> ToTell:
    return ToTell(
        person_id=UUID(str(row["person_id"])),
        report_id=UUID(str(row["report_id"])),
        source=str(row["source"]),
        label=str(row["label"]),
        role=_role(row),
        state=_state(row),
        due=matter,
        against=against,
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


TELLING = View("telling", 3, project)
