"""Decisions not to share: which agency, which reason, whether it is a myth, when it is looked at again. No words."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from contracts.event import Fact
from contracts.events.sharing import SharingRefused
from contracts.strict_json import Json
from hub.domain.moment import day_in_london
from hub.views.view import Values, View, ViewRow


@dataclass(frozen=True, slots=True, order=True)
class Counted:
    """How often an agency gave one reason; `standing` of them are good in law, `to_review` are past their date."""

    agency: str
    reason: str
    myth: bool
    times: int
    standing: int
    to_review: int


def project(fact: Fact, position: int) -> tuple[ViewRow, ...]:
    """One row for each decision."""
    if not isinstance(fact, SharingRefused):
        return ()
    values: Values = {
        "refusal_id": str(fact.refusal_id),
        "agency": fact.actor.agency,
        "asked_by": fact.asked_by,
        "purpose": fact.purpose.value,
        "reason": fact.reason,
        "myth": fact.myth,
        "stands": fact.stands,
        "on": day_in_london(fact.at).isoformat(),
        "position": position,
    }
    review = fact.review_on.isoformat() if fact.review_on is not None else None
    return (ViewRow(str(fact.refusal_id), {**values, "review_on": review}),)


def counted(rows: Iterable[dict[str, Json]], on: date) -> tuple[Counted, ...]:
    """The decisions of each agency by reason, counted, for the information-governance officer."""
    times: Counter[tuple[str, str, bool]] = Counter()
    standing: Counter[tuple[str, str, bool]] = Counter()
    late: Counter[tuple[str, str, bool]] = Counter()
    for row in rows:
        kind = (str(row["agency"]), str(row["reason"]), row["myth"] is True)
        times[kind] += 1
        standing[kind] += row["stands"] is True
        late[kind] += is_to_review(row, on)
    return tuple(sorted(Counted(*kind, times[kind], standing[kind], late[kind]) for kind in times))


def is_to_review(row: dict[str, Json], on: date) -> bool:
    """Whether the decision's review date has passed, or it never had one."""
    review = row["review_on"]
    return not isinstance(review, str) or date.fromisoformat(review) < on


REFUSALS = View("refusals", 1, project)
