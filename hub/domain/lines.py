"""The statements of a report as lines to read, less those that lead to a place which may not be shown."""

from collections.abc import Iterable
from dataclasses import dataclass

from contracts.report import Person, Report, Statement
from contracts.vocabulary import FieldClass, PersonRole, StatementKind
from hub.domain.compartments import HANDLING_NOTE, NOTE_HELD

# Statements that tell where somebody is to be found, though they are not an address; held back where the address is.
LEADS_TO_A_PLACE = frozenset(
    {
        *("contact", "service", "school", "school_urn", "destination", "site", "setting", "last_seen"),
        *("household_member", "accommodation", "organisation", "corrected_field"),
    }
)
# How to reach a service is no place of the family's; it is shown where nothing protects an address.
REACHES_A_SERVICE = {
    "involvement.stated": frozenset({"contact", "service"}),
    "school.enrolled": frozenset({"contact", "school"}),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One statement as shown: which field, which kind, the words or code, who says so.

    `first_hand`: of words, that its agency states that the child of the report said them; of what was seen or measured,
    that it is not stated as of somebody else.
    """

    field: str
    kind: StatementKind
    text: str
    by: str | None
    about: Person | None
    first_hand: bool = False


def lines_of(report: Report, shown: frozenset[FieldClass], by_ref: dict[str, Person], *, shut: bool) -> Iterable[Line]:
    """The statements that may be shown; `shut`: whether a place is protected, so that nothing may lead to one."""
    hidden = frozenset[str]() if FieldClass.LOCATION in shown else LEADS_TO_A_PLACE
    if not shut:
        hidden -= REACHES_A_SERVICE.get(report.TYPE, frozenset())
    of_child = any(one.ref == report.about and one.role is PersonRole.CHILD for one in report.people)
    for statement in report.statements:
        if report.content_of(statement.field) in shown and statement.field not in hidden:
            about, own = by_ref.get(statement.about or ""), of_child and _is_first_hand(statement, report.about)
            yield Line(statement.field, statement.kind, _text(statement), statement.by, about, own)


def _is_first_hand(statement: Statement, child: str) -> bool:
    if statement.about not in (None, child):
        return False
    said = statement.kind is StatementKind.CHILD_VOICE and statement.said_by == child
    return said or statement.kind is StatementKind.OBSERVATION


def _text(statement: Statement) -> str:
    if statement.code is not None:
        label = statement.code.display or statement.code.code
        unknown = "" if statement.code.recognised else " (code not recognised)"
        said_twice = statement.value is None or str(statement.value) == label
        return f"{label}{unknown}" if said_twice else f"{statement.value}: {label}{unknown}"
    if isinstance(statement.value, bool):
        return "Yes" if statement.value else "No"
    unsaid = NOTE_HELD if statement.field == HANDLING_NOTE else "Not recorded"
    return unsaid if statement.value is None else str(statement.value)
