"""What a chronology says at a glance, by rule: ages, gaps, how serious its own agency states a thing to be."""

from collections.abc import Mapping
from datetime import date

from contracts.events.shared import PersonDescribed
from contracts.hidden_characters import has_hidden_characters
from contracts.vocabulary import FieldClass, PersonRole, Precision
from contracts.when import When
from hub.domain import seen, seen_words, words
from hub.domain.chronology import Entry
from hub.domain.compartments import HANDLING_NOTE
from hub.domain.handling import notes_on_handling
from hub.domain.lines import Line
from hub.domain.sieve import Least
from hub.domain.significance import Significance, significance, stated_by
from hub.domain.snapshot import Snapshot
from hub.domain.snapshot import age as age_between
from hub.web import said
from hub.web.picture.marks import NAMES, WITHDRAWN

GIST, WORDS = 110, 100
TELLING = frozenset({"what_happened", "explanation_given", "appointment", "reason", "register"})  # say what it is about
KIND = frozenset({"category", "attendance_status"})  # say only of which kind it is
CHILDREN = frozenset({PersonRole.CHILD, PersonRole.UNBORN_CHILD})
LEAST: Mapping[Least, str] = {
    Least.ALL: "Everything",
    Least.CONCERNS: "Concerns and turning points",
    Least.TURNING_POINTS: "Turning points only",
}
SEEN: Mapping[str, str] = {**{how.value: said for how, said in seen_words.HOW.items()}, "not_seen": "not seen", "": ""}


def age(of: Snapshot) -> str:
    """How old the child is on the day of the page: `7 years`; months under two; empty when that is not known."""
    years = age_between(of.born, of.day)
    if of.born is None or years is None:
        return ""
    if years < 2:
        months = (of.day.year - of.born.year) * 12 + of.day.month - of.born.month - (of.day.day < of.born.day)
        return f"{months} {'month' if months == 1 else 'months'}"
    return f"{years} years"


def nhs_number(digits: str) -> str:
    """An NHS number as people read it out: `999 000 0018`."""
    return f"{digits[:3]} {digits[3:6]} {digits[6:]}"


def short(day: date) -> str:
    """A day where there is little room: `6 Oct 2026`."""
    number, month, year = words.day(day).split()
    return f"{number} {month[:3]} {year}"


def short_when(of: When) -> str:
    """The same of what may be dated to a month or a year alone: `September 2026`."""
    found = of.day() if of.precision not in (Precision.YEAR, Precision.MONTH) else None
    return short(found) if found is not None else words.when(of)


def longest(of: Snapshot) -> seen.Gap | None:
    """The longest time between or after times seen for which nobody recorded seeing the child."""
    return seen.longest(of.gaps)


def last_seen(of: Snapshot) -> str:
    """The last day on which the child is recorded as seen; as what else, where that is what shows it, and by whom."""
    how, last = seen_words.as_recorded(of, last=True), of.seen[-1]
    return f"Last recorded {how} {short(last.day)}"


def last_words(of: Snapshot) -> tuple[Entry, str]:
    """The newest entry that holds the child's own words, and the first of them, cut short where they are many.

    What is dated after the day of the page is not the newest: its date is in question. No words where they are not to
    be read alone: what says how to handle them stands beside, or a later version, or that characters do not show.
    Raises IndexError where nobody recorded any.
    """
    dated = [entry for entry in of.spoken if (day := entry.happened.day()) is not None and day <= of.day]
    newest = (dated or of.spoken)[-1]
    if newest.later or handling(newest):
        return newest, ""
    own = (line for line in newest.child_words if not (_of_another(line) or said.about(line, of.shown.names)))
    first = " ".join(next((line.text for line in own), "").split())
    if has_hidden_characters(first):
        return newest, ""
    return newest, first if len(first) <= WORDS else f"{first[:WORDS].rpartition(' ')[0] or first[:WORDS]} …"


def no_words(of: Snapshot) -> str:
    """Why no words of the child are shown, where some may be there all the same; empty where nobody sent any."""
    each = tuple(one for entry in of.entries for one in (entry, *entry.later))
    if any(held.content is FieldClass.CHILD_VOICE for one in each for held in one.withheld):
        return "Some that were sent are held back"
    if any(one.held_apart for one in each):
        return "Some may be held apart"
    if of.shown.own_agency_only:
        return "Your own agency has sent none; what others sent is not shown"
    return "What was sent was withdrawn" if any(one.child_words for one in each) else ""


def newest(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """At most two of the entries, as many as there is room to name: the last of them, newest first."""
    return entries[:-3:-1]


def loaded_when(found: tuple[Entry, ...]) -> str:
    """That the entries, at least one, were loaded when their agency joined, which is named by its source."""
    first, *others = dict.fromkeys(entry.source for entry in found)
    return "loaded when their agencies joined" if others else f"loaded when {first} joined"


def weighed(entry: Entry) -> tuple[str, str, str]:
    """The code of the shape that stands for the entry, how serious it is, and the agency that stated so, if one did.

    Where it is a concern and nobody stated how serious, it says so.
    """
    found, by = significance(entry), stated_by(entry)
    unstated = found is Significance.CONCERN and by is None
    serious_as = f"{NAMES[found]}, how serious is not stated" if unstated else NAMES[found]
    return WITHDRAWN if entry.withdrawn else found.value, serious_as, by or ""


def sign(entry: Entry) -> str:
    """The code of the shape that stands for the entry."""
    return weighed(entry)[0]


def serious(entry: Entry) -> str:
    """How serious the entry is; that nobody stated it, where it is a concern and nobody did."""
    return weighed(entry)[1]


def seen_then(entry: Entry) -> str:
    """Whether the entry says that the child was seen, or what in it shows so."""
    return SEEN[seen.seen_of(entry)]


def gist(entry: Entry) -> str:
    """The entry on one line: the child's words, else what happened, else what was made of it; or that there is none."""
    first = " ".join(_first_words(entry).split())
    if not first and entry.type == PersonDescribed.TYPE:
        return _described(entry)
    if not first:
        return "Held back" if entry.withheld else "Held apart" if entry.held_apart else "No words recorded"
    return first if len(first) <= GIST else f"{first[: GIST - 1].rstrip()}…"


def _first_words(entry: Entry) -> str:
    if entry.child_words:
        line = min(entry.child_words, key=_of_another)
        return f"{'Another’s words' if _of_another(line) else 'Child’s words'}: {line.text}"
    facts = sorted(_unless_handling(entry.facts), key=lambda line: (line.field not in TELLING, line.field in KIND))
    return next(map(_in_full, (*facts, *_unless_handling(entry.views))), "")


def _of_another(line: Line) -> bool:
    """Whether it is said of somebody who, by their role, is not the child: a brother or sister may have no name."""
    return line.about is not None and line.about.role not in CHILDREN


def handling(entry: Entry) -> tuple[str, ...]:
    """What its agency says, then or since, of how to handle it: it stands wherever the entry's words stand."""
    return notes_on_handling(entry)


def _unless_handling(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    return tuple(line for line in lines if line.field != HANDLING_NOTE)


def _described(entry: Entry) -> str:
    """Of what an agency says who the child is: which of it there is, and none of it."""
    child = next((one for one in entry.people if one.role is PersonRole.CHILD), None)
    if child is None:
        return "Who it is about is not shown"
    there = (("name", child.names), ("day of birth", child.birth_date), ("address", child.address))
    return f"States: {', '.join(what for what, stated in there if stated) or 'nothing of who the child is'}"


def _in_full(line: Line) -> str:
    """The line's words; of a bare yes or no, what it is about."""
    return f"{said.plain(line.field)}: {line.text.lower()}" if line.text in ("Yes", "No") else line.text


def stated_how_serious(entry: Entry) -> str:
    """The agency that stated how serious it is; empty when none did."""
    return stated_by(entry) or ""
