"""What lasts: plans, care, help, places at school, from the reports that begin and end them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from contracts.hidden_characters import has_hidden_characters
from contracts.vocabulary import Precision
from hub.domain.chronology import Entry

ON_A_ROLL = "On a school roll"
# What begins it, what ends it, and what it is called (long, then short).
BEGUN: Mapping[str, tuple[str, str, str]] = {
    "cp_plan.started": ("cp_plan", "Child protection plan", "Protection plan"),
    "cin_plan.started": ("cin_plan", "Child in need plan", "In need"),
    "looked_after.started": ("looked_after", "Looked after", "In care"),
    "early_help.started": ("early_help", "Early help", "Help"),
    "s47.started": ("s47", "Section 47 enquiry", "s47"),
    "school.enrolled": ("school", ON_A_ROLL, "School"),
    "missing.started": ("missing", "Missing", "Missing"),
    "risk_register.added": ("risk_register", "On a risk register", "Register"),
    "custody.received": ("custody", "Somebody in custody", "Custody"),
}
ENDED: Mapping[str, str] = {
    "cp_plan.ended": "cp_plan",
    "cin_plan.ended": "cin_plan",
    "looked_after.ended": "looked_after",
    "early_help.ended": "early_help",
    "s47.ended": "s47",
    "school.left": "school",
    "missing.ended": "missing",
    "risk_register.ended": "risk_register",
    "custody.released": "custody",
}
_EXACT = (Precision.SECOND, Precision.MINUTE, Precision.HOUR, Precision.DAY)


@dataclass(frozen=True, slots=True)
class Span:
    """Something that lasted. `end` None: no end is recorded. `absent`: off a roll, on none since that we know."""

    source: str
    kind: str
    name: str
    short: str
    start: date
    end: date | None
    report_id: UUID
    absent: bool = False

    @property
    def called(self) -> str:
        """What it is, where it stands alone: of a school that is named, that it is its roll."""
        return f"On the roll of {self.name}" if self.kind == "school" and self.name != ON_A_ROLL else self.name


def spans(entries: Iterable[Entry]) -> tuple[Span, ...]:
    """Every span that a report of a known day begins, in order; an end closes the oldest of its kind and agency.

    A report that states its own end closes itself. Withdrawn reports begin and end nothing.
    """
    stands = [one for one in entries if not one.withdrawn and one.happened.precision in _EXACT]
    found: list[Span] = []
    for entry in stands:
        if entry.type in BEGUN:
            kind, name, short = BEGUN[entry.type]
            start, end = entry.happened.day(), entry.ended.day() if entry.ended is not None else None
            if start is not None:
                found.append(Span(entry.source, kind, _named(entry, name), short, start, end, entry.report_id))
        elif entry.type in ENDED:
            _close(found, entry)
    return (*found, *_absences(found, stands))


def _named(entry: Entry, name: str) -> str:
    """A school by its own name, where it is shown and reads as it looks."""
    school = next((line.text for line in entry.facts if line.field == "school"), "")
    return school if entry.type == "school.enrolled" and school and not has_hidden_characters(school) else name


def _close(found: list[Span], entry: Entry) -> None:
    """End the oldest span that is still open, of the entry's agency and kind."""
    end = entry.happened.day()
    for place, one in enumerate(found):
        same = one.source == entry.source and one.kind == ENDED[entry.type] and one.end is None
        if same and end is not None and one.start <= end:
            found[place] = Span(one.source, one.kind, one.name, one.short, one.start, end, one.report_id)
            return


def _absences(found: list[Span], stands: list[Entry]) -> tuple[Span, ...]:
    """From each day of leaving a school to the next day of joining one, if any."""
    joined = sorted(one.start for one in found if one.kind == "school")
    absent: list[Span] = []
    for entry in stands:
        left = entry.happened.day()
        if entry.type != "school.left" or left is None:
            continue
        if any(one.kind == "school" and one.start <= left and (one.end is None or one.end > left) for one in found):
            continue
        again = next((day for day in joined if day >= left), None)
        name, short = "On no school roll that we know of", "No school place"
        absent.append(Span(entry.source, "no_school", name, short, left, again, entry.report_id, absent=True))
    return tuple(one for one in absent if one.end is None or one.end > one.start)
