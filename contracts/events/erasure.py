"""Facts about erasing a child's record: asked for, held, approved by two people, carried out and verified.

UK GDPR Art 5(1)(e), Art 17; DPA 2018 s47, s62(1) (erasure is an operation that is logged); Inquiries Act 2005 s35. None
of them holds a name or a number of the child, or a word of the record: who it was is in the officers' own file.
"""

from datetime import date
from uuid import UUID

from pydantic import Field

from contracts.described import Described
from contracts.event import Fact, Moment, Shape
from contracts.events.hub import Actor

_MARK = Field(default=(), description="marks of the index rows that stand for what was erased")


class ErasureGround(Described):
    """Why a record is to be erased."""

    RETENTION_OVER = "retention_over", "The period for which it was kept is over (UK GDPR Art 5(1)(e))"
    REQUEST_UPHELD = "request_upheld", "A request for erasure was upheld (UK GDPR Art 17)"
    UNLAWFUL = "unlawful", "It should not have been kept (UK GDPR Art 17(1)(d); DPA 2018 s47(1))"
    ORDERED = "ordered", "A court or the Information Commissioner ordered it"


class HoldReason(Described):
    """Why a record must be kept whatever else says that it may go."""

    COURT = "court", "Proceedings in a court or tribunal"
    INQUIRY = "inquiry", "A statutory inquiry (Inquiries Act 2005 s35)"
    PRACTICE_REVIEW = "practice_review", "A child safeguarding practice review"
    CHILD_DEATH = "child_death", "A child death review"
    POLICE = "police", "A criminal investigation or disclosure (Criminal Procedure and Investigations Act 1996)"
    COMPLAINT = "complaint", "A complaint, a claim or a request by the subject that is not settled"


class ErasureAsked(Fact):
    """Somebody asks that one child's record be erased. Nothing is done yet.

    `history_version` is how much the record held: when more has come, it has to be asked anew. `retention_class` is the
    code of the class of the retention schedule that is over, where that is the ground.
    """

    TYPE = "erasure.asked"

    erasure_id: UUID
    at: Moment
    person_id: UUID
    by: Actor
    ground: ErasureGround
    history_version: int = Field(ge=0)
    retention_class: str = Field(default="", pattern=r"^[a-z0-9_]{0,60}$")


class HoldPlaced(Fact):
    """A record, or every record (`person_id` absent), must be kept until somebody lifts this; no day ends it by itself.

    `review_on` is when its owner must look at it again.
    """

    TYPE = "hold.placed"

    hold_id: UUID
    at: Moment
    person_id: UUID | None = None
    by: Actor
    reason: HoldReason
    review_on: date


class HoldLifted(Fact):
    """A hold ends. What was approved before is not approved any more."""

    TYPE = "hold.lifted"

    hold_id: UUID
    at: Moment
    by: Actor


class ErasureApproved(Fact):
    """Somebody other than who asked agrees to an erasure; two people have to."""

    TYPE = "erasure.approved"

    erasure_id: UUID
    at: Moment
    by: Actor


class Taken(Shape):
    """A report that was erased: whose it was, its id, and SHA-256 of its bytes, so that a repeat is not taken in."""

    source: str
    report_id: UUID
    body_sha256: str = Field(pattern=r"^[0-9a-f]{64}$")


class SaidBy(Shape):
    """Who asked, or agreed, and when."""

    by: Actor
    at: Moment


class ErasureBegun(Fact):
    """The erasure is carried out, and from here on cannot be called back: no identifier leads to the child any more.

    It says all that carrying it out again on a copy that was put back needs. `keys` are the ids of the keys that go,
    `pointers` the marks of the index rows that went; `terms` those of the rows that came in their place.
    """

    TYPE = "erasure.begun"

    erasure_id: UUID
    at: Moment
    person_id: UUID
    by: Actor
    asked: SaidBy
    approved: tuple[SaidBy, ...]
    ground: ErasureGround
    retention_class: str = ""
    history_version: int
    keys: tuple[str, ...]
    pointers: tuple[str, ...]
    taken: tuple[Taken, ...]
    terms: tuple[str, ...] = _MARK


class ErasureDone(Fact):
    """The child's keys are destroyed, nothing leads to the child, the views were made again, and all this was checked.

    `rows` is how many rows of the store stay as bytes that nothing opens. `backups_until` is the day after which no
    copy of the keys made before is kept: until then the record is beyond use, from then on it is gone. `replayed`: on a
    copy that was put back.
    """

    TYPE = "erasure.done"

    erasure_id: UUID
    at: Moment
    person_id: UUID
    keys: int = Field(ge=0)
    pointers: int = Field(ge=0)
    rows: int = Field(ge=0)
    backups_until: date
    replayed: bool = False


FACTS = (ErasureAsked, HoldPlaced, HoldLifted, ErasureApproved, ErasureBegun, ErasureDone)
