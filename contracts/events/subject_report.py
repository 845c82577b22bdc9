"""Facts about the report on who looked, made for the person it is about: what was proposed, and what became of it."""

from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import Field

from contracts.described import Described
from contracts.event import Fact, Moment, Shape
from contracts.events.hub import Actor
from contracts.events.telling import AskerKind, Proof
from contracts.report import Ref

_REF = r"^[a-z][a-z0-9_]{0,19}$"
_SHA256_OR_NONE = r"^([0-9a-f]{64})?$"


class HeldBack(Described):
    """Why a look is not in the report, or why nothing is."""

    NOT_TOLD = "not_told", "It showed something of which this person is not on record as told, or leads to a place"
    ENQUIRY = "enquiry", "It was for a purpose that would tell of an enquiry"
    TOO_RECENT = "too_recent", "It was too short a time ago: an enquiry may have only begun"
    SAFETY = "safety", "Somebody could come to harm"
    STAFF_SAFETY = "staff_safety", "A member of staff could come to harm"
    CRIME = "crime", "It would prejudice the prevention or detection of crime (DPA 2018 Sch 2 para 2)"


class Warned(Described):
    """What somebody could infer from the report that it does not say."""

    ONE_AGENCY = "one_agency", "Every look listed is by one agency: it could be taken for who stated something"
    SAME_DAY = "same_day", "A look listed is on the same day as one held back: more may be guessed from it"
    OUT_OF_HOURS = "out_of_hours", "A look listed was out of office hours: it may tell of an emergency"
    SHORTER = "shorter", "An earlier report listed a look that this one does not: the difference tells something"


class LookProposed(Shape):
    """One look that showed something: the decision, who looked, and why it is held back (None: it is listed)."""

    decision_id: UUID
    at: Moment
    reader: Actor
    held: HeldBack | None = None


class SubjectReportProposed(Fact):
    """A report on who looked was asked for and put together for review; nothing of it has gone to anybody.

    `also` are other labels of who asks; `named` the reports in which it was made sure that the label is this person.
    """

    TYPE = "subject_report.proposed"

    report_id: UUID
    at: Moment
    person_id: UUID
    by: Actor
    asker: Ref = Field(pattern=_REF)
    asker_kind: AskerKind
    proof: Proof
    also: tuple[Ref, ...] = ()
    named: tuple[UUID, ...] = ()
    looks: tuple[LookProposed, ...]
    warnings: tuple[Warned, ...] = ()


class LookHeld(Shape):
    """A look that the review held back besides, and why."""

    decision_id: UUID
    reason: HeldBack


class SubjectReportReviewed(Fact):
    """What a review made of a proposed report: a letter went, with nothing listed where it was suppressed, or not yet.

    `held` is what the review held back besides; `listed` are the looks in the letter; `reason` says why it was
    suppressed or delayed, `until` the day until which; `names_staff` whether the letter names who looked; `sha256` is
    of the letter as it leaves.
    """

    TYPE = "subject_report.reviewed"

    report_id: UUID
    at: Moment
    person_id: UUID
    by: Actor
    outcome: Literal["released", "suppressed", "delayed"]
    held: tuple[LookHeld, ...] = ()
    listed: tuple[UUID, ...] = ()
    reason: HeldBack | None = None
    until: date | None = None
    names_staff: bool = False
    sha256: str = Field(default="", pattern=_SHA256_OR_NONE)


FACTS = (SubjectReportProposed, SubjectReportReviewed)
