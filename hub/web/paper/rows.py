"""The entries of a chronology as rows on paper, oldest first; what corrects one follows it, with a letter."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from contracts.strict_json import Json
from contracts.vocabulary import ChangeKind
from hub.domain import clash_words, reply_words, words
from hub.domain.chronology import Entry
from hub.domain.lines import Line
from hub.domain.snapshot import Snapshot
from hub.web import glance, said, telling_parts

HANDLING: Final = "handling_note"
NOT_RECORDED: Final = "Not recorded"
_CHANGES: Final[Mapping[ChangeKind, str]] = {
    ChangeKind.NEW: "A later version of the same record",
    ChangeKind.CORRECTION: "Corrected by its agency",
    ChangeKind.RETRACTION: "Withdrawn by its agency",
}


@dataclass(frozen=True, slots=True)
class Row:
    """An entry with its number on this document (`7`, and `7a` for what changes it), and how it came to stand there."""

    number: str
    entry: Entry
    of: str


def rows(of: Snapshot) -> Iterator[Row]:
    """Every entry that is shown, with all that changes it."""
    for number, entry in enumerate(of.entries, start=1):
        yield Row(str(number), entry, "Withdrawn by its agency since" if entry.withdrawn else "")
        for letter, later in enumerate(entry.later):
            yield Row(f"{number}{_letter(letter)}", later, f"{_CHANGES[later.change]} (number {number})")


def when(entry: Entry) -> str:
    """When it happened, and until when."""
    return words.lasted(entry.happened, entry.ended)


HELD_APART: Final = "A part of this is held apart by the agency that stated it, and is on no paper; ask that agency."


def lines(found: tuple[Line, ...], names: tuple[str, ...], *, kinds: bool = False) -> Json:
    """Each statement: what it is about, its words, and who says so; `kinds`: fact, observation or allegation too."""
    return [
        {"label": said.label(line.field), "text": line.text, "by": _by(line, names, kinds=kinds)}
        for line in found
        if line.field != HANDLING
    ]


def held(entry: Entry, titles: Mapping[str, str]) -> list[str]:
    """What is held back of an entry, and why."""
    told = [f"{said.plain(one.content)}: held back. {with_titles(one.reason, titles)}." for one in entry.withheld]
    return [*told, *([HELD_APART] if entry.held_apart else [])]


def disagree(entry: Entry, of: Snapshot, titles: Mapping[str, str]) -> list[str]:
    """What is stated of telling on an entry, and contradicts itself; with the entry, not with what corrects it."""
    return [f"{clash_words.HEADING}. {with_titles(one, titles)}" for one in telling_parts.disagree(entry, of)]


def replies(entry: Entry, titles: Mapping[str, str]) -> list[str]:
    """What people said about it, each on a line."""
    return [f"Reply. {reply_words.line(one, titles, entry)}." for one in entry.replies]


def handling(entry: Entry) -> list[str]:
    """How its agency wants it handled."""
    return [f"How to handle this: {line.text}" for line in entry.facts if line.field == HANDLING]


def reference(entry: Entry) -> str:
    """The start of the report's id: enough to find it by on the record, on this copy and every other."""
    digits = entry.report_id.hex.upper()
    return f"Ref {digits[:4]} {digits[4:8]}"


def seen(entry: Entry) -> str:
    """Whether the child was seen, with a capital; empty where that is not said."""
    found = glance.seen_then(entry)
    return found[:1].upper() + found[1:]


def with_titles(text: str, titles: Mapping[str, str]) -> str:
    """The words with each source by its title."""
    for source, title in titles.items():
        text = text.replace(source, title)
    return text


def _by(line: Line, names: tuple[str, ...], *, kinds: bool) -> str:
    about = said.about(line, names) if line.about is not None else ""
    parts = (
        said.KINDS[line.kind] if kinds else "",
        f"about {about}" if about else "",
        f"by {line.by}" if line.by else "",
    )
    told = ", ".join(part for part in parts if part)
    return told[:1].upper() + told[1:]


def _letter(number: int) -> str:
    """`a` to `z`, then `aa`: as many as there are changes."""
    return chr(ord("a") + number) if number < 26 else f"{_letter(number // 26 - 1)}{_letter(number % 26)}"
