"""The decision table of access as its owner wrote it, and every case that there is to hold against it."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, combinations, product
from pathlib import Path

from contracts.vocabulary import Purpose, StaffRole
from hub.adapters.cedar_policies import CedarPolicies, asked_of, entities_of
from hub.domain.need_to_know import Action, Relation, Ruling, Situation
from tests.support.source_tree import ROOT

TABLE = ROOT / "tests" / "spec" / "access.csv"
DOES = {
    "read": Action.READ,
    "emergency": Action.EMERGENCY,
    "lead": Action.LEAD,
    "print": Action.PRINT,
    "act": Action.ACT,
    "open": Action.OPEN,
    "erase": Action.ERASE,
    "match": Action.MATCH,
    "meant": Action.MEANT,
}
STANDS = {
    "reported": Relation.REPORTED,
    "asked": Relation.ASKED,
    "assigned": Relation.ASSIGNED,
    "holder": Relation.HOLDER,
    "team": Relation.TEAM,
    "conflict": Relation.CONFLICT,
    "own_record": Relation.OWN_RECORD,
    "relative": Relation.RELATIVE,
    "referred": Relation.REFERRED,
}
ANYTHING = "*"
EVERY_PURPOSE = (None, *Purpose)
KINDS_OF_PURPOSE = (None, Purpose.SECTION_47, Purpose.AUDIT, Purpose.CRIME)
Relations = frozenset[Relation]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table; None is anything."""

    who: str
    role: frozenset[str] | None
    does: frozenset[str] | None
    purpose: frozenset[str] | None
    stands: frozenset[Relation] | None
    permits: bool
    because: str

    def fits(self, case: Situation) -> bool:
        """Whether the row is about the case."""
        cells = (
            (self.role, case.role.value),
            (self.does, case.action.value),
            (self.purpose, case.purpose_code),
        )
        kind = "machine" if case.machine else "person"
        return (
            self.who in (kind, ANYTHING)
            and all(cell is None or value in cell for cell, value in cells)
            and (self.stands is None or not self.stands.isdisjoint(case.relations))
        )


def rows(path: Path = TABLE) -> tuple[Row, ...]:
    """The rows of the table, in order."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return tuple(_row(one) for one in csv.DictReader(lines))


def _row(cells: Mapping[str, str]) -> Row:
    does, stands = _codes(cells["does"]), _codes(cells["stands"])
    assert cells["answer"] in ("yes", "no")
    return Row(
        cells["who"],
        _codes(cells["role"]),
        frozenset(DOES[one].value for one in does) if does is not None else None,
        _codes(cells["purpose"]),
        frozenset(STANDS[one] for one in stands) if stands is not None else None,
        cells["answer"] == "yes",
        cells["because"],
    )


def _codes(cell: str) -> frozenset[str] | None:
    return None if cell == ANYTHING else frozenset(cell.split())


def expected(table: tuple[Row, ...], case: Situation) -> Row:
    """The row that decides."""
    return next(row for row in table if row.fits(case))


def every_standing(at_most: int) -> Iterator[Relations]:
    """Every way in which somebody may stand to a child, with so many relations at once."""
    sizes = range(at_most + 1)
    return (frozenset(one) for one in chain.from_iterable(combinations(Relation, size) for size in sizes))


def readers() -> Iterator[tuple[StaffRole, bool]]:
    """Every role, held by a person and claimed by a machine."""
    return product(StaffRole, (False, True))


def groups(at_most: int, purposes: tuple[Purpose | None, ...] = EVERY_PURPOSE) -> Iterator[tuple[Situation, ...]]:
    """Every case with so many relations at once, those together whose reader and child are the same."""
    asks = tuple(product(Action, purposes))
    for relations in every_standing(at_most):
        for role, machine in readers():
            yield tuple(Situation(role, action, purpose, relations, machine) for action, purpose in asks)


def every_group() -> Iterator[tuple[Situation, ...]]:
    """Every case there is, with one purpose for each kind of them, and every purpose where little links the two."""
    return chain(groups(len(Relation), KINDS_OF_PURPOSE), groups(1))


def answers(policies: CedarPolicies, group: tuple[Situation, ...]) -> tuple[Ruling, ...]:
    """What the policies answer to cases whose reader and child are the same."""
    return policies.answers(tuple(asked_of(case).request for case in group), entities_of(group[0]))


def differing(
    policies: CedarPolicies, table: tuple[Row, ...], among: Iterable[tuple[Situation, ...]]
) -> Iterator[tuple[Situation, Ruling]]:
    """The cases in which the policies answer otherwise than the table."""
    for group in among:
        for case, ruling in zip(group, answers(policies, group), strict=True):
            if ruling.permitted is not expected(table, case).permits or ruling.alarm:
                yield case, ruling
