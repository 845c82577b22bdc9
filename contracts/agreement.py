"""The data-sharing agreement that each partner's TOML must fit: who, why, what, to whom, until when, signed by whom."""

from datetime import date
from typing import ClassVar

from pydantic import ConfigDict, Field

from contracts.errors import AgreementBroken
from contracts.event import Shape
from contracts.vocabulary import AgencyKind, FieldClass, Purpose


class Clause(Shape):
    """What may move in one direction: types of fact (TYPE names), classes of content, purposes."""

    model_config: ClassVar[ConfigDict] = ConfigDict(frozen=True, extra="forbid", strict=False)

    types: tuple[str, ...]
    classes: tuple[FieldClass, ...]
    purposes: tuple[Purpose, ...]


class Agreement(Shape):
    """A data-sharing agreement between one agency and the partnership."""

    model_config: ClassVar[ConfigDict] = ConfigDict(frozen=True, extra="forbid", strict=False)

    agency: str = Field(pattern=r"^[a-z][a-z0-9_]{1,39}$")
    title: str
    agency_kind: AgencyKind
    source: str = Field(pattern=r"^urn:childhub:agency:[a-z0-9-]{2,60}$")
    version: str
    starts: date
    review_by: date
    signed_by: tuple[str, ...] = Field(min_length=1)
    publishes: Clause
    receives: Clause

    def check_publish(self, report_type: str, day: date) -> None:
        """Nothing, if the agency may publish that type on that day.

        Raises AgreementBroken: agreement_not_started, agreement_type. A passed review date is a mark, not a refusal.
        """
        if day < self.starts:
            raise AgreementBroken("agreement_not_started")
        if report_type not in self.publishes.types:
            raise AgreementBroken("agreement_type")

    def is_due_for_review(self, day: date) -> bool:
        """Whether the review date has passed."""
        return day > self.review_by
