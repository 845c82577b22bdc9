"""When each person has to be told, or the silence looked at again, so that no silence lapses unseen.

Sources: UK GDPR Art 14(3) (one month at the latest); DPA 2018 Sch 2 para 2 and s44 (a silence lasts only while its
reason does); DfE information sharing advice 2024, rule 2. The 28 days and the two days are design figures, not law.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from consent.periods import months_after
from consent.transparency import LONGEST_REVIEW, WITHHELD
from contracts.vocabulary import PersonRole, Telling

ESCALATE_AFTER = timedelta(days=2)
_SETTLED = frozenset({Telling.TOLD_BEFORE, Telling.TOLD_AT, Telling.TOLD_AFTER})


class Matter(Enum):
    """What has to be done about a person who may not know."""

    TELL = "tell"  # the person is to be told by the date
    REVIEW = "review"  # not told: by the date, tell now or decide afresh not to
    FIND_OUT = "find_out"  # not known whether told: find out by the date
    TRY_AGAIN = "try_again"  # could not be reached: try again by the date


class Standing(Enum):
    """Where the matter stands on a day."""

    COMING = "coming"
    TODAY = "today"
    OVERDUE = "overdue"
    ESCALATED = "escalated"


@dataclass(frozen=True, slots=True)
class Untold:
    """One person in one report who has not been told, as far as the law needs to know it; no words of the reason."""

    role: PersonRole
    state: Telling
    received: date
    review_on: date | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """What has to be done, by when, and where that stands. `capped`: the date given was further off than may be."""

    matter: Matter
    by: date
    standing: Standing
    capped: bool = False


def due(untold: Untold, on: date) -> Due | None:
    """What is to be done about this person, seen on `on`; None where the person was told, or acts in an official role.

    A date that is missing, or further off than 28 days (a month, for a telling that is due), is not a way round: the
    silence comes due all the same.
    """
    if untold.role is PersonRole.PROFESSIONAL or untold.state in _SETTLED:
        return None
    latest = untold.received + LONGEST_REVIEW
    if untold.state in WITHHELD:
        by = min(untold.review_on or untold.received, latest)
        return Due(Matter.REVIEW, by, standing(by, on), untold.review_on is not None and untold.review_on > latest)
    if untold.state is Telling.DUE:
        month = months_after(untold.received, 1)
        by = min(untold.review_on or untold.received, month)
        return Due(Matter.TELL, by, standing(by, on), untold.review_on is not None and untold.review_on > month)
    if untold.state is Telling.NOT_CONTACTABLE:
        by = min(untold.review_on or latest, latest)
        return Due(Matter.TRY_AGAIN, by, standing(by, on), untold.review_on is not None and untold.review_on > latest)
    by = months_after(untold.received, 1)
    return Due(Matter.FIND_OUT, by, standing(by, on))


def standing(by: date, on: date) -> Standing:
    """Where a matter due `by` a day stands on `on`. The day itself is in time; two days after it is escalated."""
    if on < by:
        return Standing.COMING
    if on == by:
        return Standing.TODAY
    return Standing.OVERDUE if on <= by + ESCALATE_AFTER else Standing.ESCALATED
