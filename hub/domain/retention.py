"""For how long records of each class are kept, whose figure that is and how it was checked; and which are due.

Where no law gives a figure the one here is an example of a local schedule: the partnership puts its own. Due means
proposed: nothing is erased because a day has come. From what the hub knows without opening a record (kinds of reports,
days on which they were stated) no birth date can be told, so a period that counts from a birth counts here from a day
that no birth of a child in the record can come after: it ends too late, never too early.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Final
from uuid import UUID


class Marked(Enum):
    """How the figure was checked."""

    SEEN = "S"  # seen in a secondary source
    LOCAL = "A"  # no national figure: the project's own choice, to be replaced by the partnership's


class From(Enum):
    """What the period counts from."""

    LAST = "the last that was stated"
    BIRTH = "the birth: as no birth date is read, the first that was stated"


@dataclass(frozen=True, slots=True)
class RetentionClass:
    """One class: by which types of reports a record belongs to it (none: any), and how long it is kept."""

    code: str
    title: str
    types: tuple[str, ...]
    years: int
    counts_from: From
    citation: str
    marked: Marked


# The first that fits a record decides, the longest first.
CLASSES: Final = (
    RetentionClass(
        "adoption",
        "Adoption case record: 100 years (counted here from the last that was stated; the law counts from the order)",
        ("adoption.step_recorded",),
        100,
        From.LAST,
        "Adoption regulations, as one authority's schedule gives them",
        Marked.SEEN,
    ),
    RetentionClass(
        "looked_after",
        "Case record of a looked-after child: until the 75th birthday",
        ("looked_after.started", "looked_after.ended"),
        75,
        From.BIRTH,
        "Care Planning, Placement and Case Review (England) Regulations 2010 reg 50",
        Marked.SEEN,
    ),
    RetentionClass(
        "child_protection",
        "Child protection: 35 years after the last contact (no statutory period; one authority's schedule)",
        ("cp_plan.started", "cp_plan.ended", "s47.started", "s47.ended"),
        35,
        From.LAST,
        "UK GDPR Art 5(1)(e); no statutory period, local schedule",
        Marked.SEEN,
    ),
    RetentionClass(
        "child_in_need",
        "Child in need: until the 25th birthday (no statutory period; local schedules)",
        ("cin_plan.started", "cin_plan.ended"),
        25,
        From.BIRTH,
        "UK GDPR Art 5(1)(e); no statutory period, local schedule",
        Marked.SEEN,
    ),
    RetentionClass(
        "mash_no_further_action",
        "A contact with the MASH that led to nothing of the above: 6 years after the last (no national figure)",
        (),
        6,
        From.LAST,
        "UK GDPR Art 5(1)(e); no national figure, set locally",
        Marked.LOCAL,
    ),
)


@dataclass(frozen=True, slots=True)
class Kept:
    """What is known of a record without opening it: types of its reports, the first and last day they were stated."""

    person_id: UUID
    types: frozenset[str]
    first: date
    last: date


@dataclass(frozen=True, slots=True, order=True)
class Due:
    """A record whose period is over: since when, and by which class. It is proposed, and that is all."""

    since: date
    person_id: UUID
    of: str


def class_of(kept: Kept) -> RetentionClass:
    """The class to which the record belongs."""
    return next(one for one in CLASSES if not one.types or kept.types & set(one.types))


def over_on(kept: Kept) -> date:
    """The first day on which the record's period is over.

    A child of a report was born before it, or is born within the year after it.
    """
    of = class_of(kept)
    start = kept.last if of.counts_from is From.LAST else _years(kept.first, 1)
    return _years(start, of.years)


def due(records: Iterable[Kept], on: date) -> tuple[Due, ...]:
    """The records whose period is over on that day, the longest over first."""
    found = (Due(over_on(one), one.person_id, class_of(one).code) for one in records)
    return tuple(sorted(one for one in found if one.since <= on))


def _years(day: date, count: int) -> date:
    """So many years later; from 29 February to 1 March where that year has none."""
    try:
        return day.replace(year=day.year + count)
    except ValueError:
        return date(day.year + count, 3, 1)
