"""The statements of a report as lines to read, less those that lead to a place which may not be shown."""

from collections.abc import Iterable
from dataclasses import dataclass

from contracts.report import Person, Report, Statement
from contracts.vocabulary import FieldClass, StatementKind
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
    """One statement as shown: which field, which kind, the words or code, who says so."""

    field: str
    kind: StatementKind
    text: str
    by: str | None
    about: Person | None


def lines_of(report: Report, shown: frozenset[FieldClass], by_ref: dict[str, Person], *, shut: bool) -> Iterable[Line]:
    """The statements that may be shown; `shut`: whether a place is protected, so that nothing may lead to one."""
    hidden = frozenset[str]() if FieldClass.LOCATION in shown else LEADS_TO_A_PLACE
    if not shut:
        hidden -= REACHES_A_SERVICE.get(report.TYPE, frozenset())
    for statement in report.statements:
        if report.content_of(statement.field) in shown and statement.field not in hidden:
            yield Line(
                statement.field, statement.kind, _text(statement), statement.by, by_ref.get(statement.about or "")
            )


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
