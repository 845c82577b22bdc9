"""Whether people have been told: what makes a recorded state valid, and what is due or overdue on a day.

Held for each person, never for the case. Sources: UK GDPR Arts 13, 14; DPA 2018 Sch 2 para 2, s44; DfE information
sharing advice 2024, rule 2. The 28 days are a design figure, not law: an exemption lasts only while its reason does.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from consent.people_named import is_blank
from consent.request import Item, PersonTelling
from contracts.vocabulary import Telling

LONGEST_REVIEW = timedelta(days=28)
WITHHELD = frozenset({Telling.NOT_TOLD_SAFETY, Telling.NOT_TOLD_PREJUDICE})
DATED = WITHHELD | {Telling.DUE}

ACCESS_ONLY_REASONS = frozenset({"serious_harm_test", "sch3_serious_harm", "child_abuse_data"})
NOT_REASONS = frozenset({"awkward", "may_damage_relationship", "usual_practice"})


@dataclass(frozen=True, slots=True)
class Overdue:
    """A telling whose date has passed: the person should have been told, or the reason looked at again."""

    item: UUID
    person: str
    state: Telling
    since: date


def missing(telling: PersonTelling) -> tuple[str, ...]:
    """What the state needs and does not have, in words; empty when it is complete."""
    gaps: list[str] = []
    if telling.state in WITHHELD:
        if is_blank(telling.reason):
            gaps.append("a reason")
        if is_blank(telling.decided_by):
            gaps.append("who decided")
        if is_blank(telling.approved_by):
            gaps.append("who approved")
        if telling.review_on is None:
            gaps.append("a review date")
    elif telling.state is Telling.DUE and telling.review_on is None:
        gaps.append("the date by which the person is to be told")
    elif telling.state is Telling.NOT_CONTACTABLE and is_blank(telling.reason):
        gaps.append("what was tried")
    return tuple(gaps)


def is_resolved(telling: PersonTelling) -> bool:
    """Whether a final decision may be taken: everything but "not known" is an answer."""
    return telling.state is not Telling.NOT_KNOWN


def is_overdue(telling: PersonTelling, on: date) -> bool:
    """Whether the date of a due telling, or of a review, has passed. The date itself is still in time."""
    return telling.state in DATED and telling.review_on is not None and telling.review_on < on


def overdue(items: Iterable[Item], on: date) -> tuple[Overdue, ...]:
    """Everything whose date has passed on `on`, oldest first, so that silence never lapses unseen."""
    found = [
        Overdue(item.item_id, telling.person, telling.state, telling.review_on)
        for item in items
        for telling in item.tellings
        if telling.review_on is not None and is_overdue(telling, on)
    ]
    return tuple(sorted(found, key=lambda late: (late.since, late.item, late.person)))
