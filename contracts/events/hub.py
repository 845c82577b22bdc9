"""Facts that the hub itself states: what it received and linked, whom it let look, what it set aside, who is who."""

from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import Field

from contracts.compartment import Compartment
from contracts.event import Fact, Moment, Shape
from contracts.report import LawfulBasis, RecordTokens, RoleOf, Told
from contracts.vocabulary import (
    AgencyKind,
    ChangeKind,
    FieldClass,
    LogOperation,
    NeedLevel,
    Purpose,
    RestrictedKind,
    SensitivityTag,
    StaffRole,
)


class Mark(Shape):
    """Something a reader or the sender should know of a report: a code, the rule or check that says so, and words."""

    code: str
    rule: str = ""
    says: str = ""
    propose: tuple[str, ...] = ()


class ReportLinked(Fact):
    """The hub took a report in, proved who stated it, and linked it to a person.

    It carries no word of the report's content: only what the law is decided on. `received` is UTC. `linked_at` is given
    when people moved the report here later than it was received.
    """

    TYPE = "report.linked"

    report_id: UUID
    source: str
    agency_kind: AgencyKind
    report_type: str
    report_version: int
    received: Moment
    happened: date | None = None
    person_id: UUID
    certainty: Literal["new", "known", "questioned"]
    matched_on: tuple[str, ...]
    change: ChangeKind
    changes: UUID | None = None
    purpose: Purpose
    need: NeedLevel | None = None
    urgent: bool
    classes: tuple[FieldClass, ...]
    tags: tuple[SensitivityTag, ...]
    restricted: tuple[RestrictedKind, ...]
    collected_on_consent: bool
    roles: tuple[RoleOf, ...]
    bases: tuple[LawfulBasis, ...]
    telling: tuple[Told, ...]
    not_to_be_seen_by: tuple[str, ...]
    marks: tuple[Mark, ...]
    body_sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    linked_at: Moment | None = None
    agreement_version: str = ""
    record: RecordTokens | None = None
    terms: tuple[str, ...] = Field(default=(), description="marks of the index rows that were kept with this link")
    held_apart: tuple[Compartment, ...] = ()
    to_review: bool = False
    lived: tuple[str, ...] = Field(default=(), description="keyed hashes of where its subject lives, while unprotected")
    protects: tuple[str, ...] = Field(default=(), description="keyed hashes of what is held in the refuge compartment")


class ReportUnlinked(Fact):
    """A report was found to be about somebody else and was moved; who did it, why, and to whom it now belongs."""

    TYPE = "report.unlinked"

    report_id: UUID
    person_id: UUID
    moved_to: UUID
    at: Moment
    by: str
    approved_by: str
    reason: str
    terms: tuple[str, ...] = Field(default=(), description="marks of the index rows about whom it was moved from")


class IdentityQuestioned(Fact):
    """Whether two records are of one person could not be settled by an identifier: a question for a human.

    It is kept with the new person and with each candidate, so that a reader of either knows of it. `protects_address`
    says that the report in question protects its subject's address.
    """

    TYPE = "identity.questioned"

    report_id: UUID
    person_id: UUID
    candidates: tuple[UUID, ...]
    why: str
    at: Moment
    source: str = ""
    protects_address: bool = False


class ReportQuarantined(Fact):
    """A message could not be taken in. It is kept whole; `code` and `where` tell the sender why and echo no value.

    `proved` says that the source did sign it; otherwise `source` and `event_id` are only what it claims.
    """

    TYPE = "report.quarantined"

    topic: str
    source: str | None = None
    event_id: str | None = None
    received: Moment
    code: str
    where: str
    alarm: bool
    proved: bool = False
    sequence: str = ""
    held: str = Field(description="the message as it came, base64")


class ReceiptIssued(Fact):
    """What became of one message: the hub's signed answer to its sender."""

    TYPE = "receipt.issued"

    source: str
    event_id: str
    outcome: Literal["accepted", "duplicate", "quarantined"]
    code: str
    where: str
    at: Moment
    body_sha256: str | None = None
    marks: tuple[Mark, ...] = ()
    sequence: str = ""


class Actor(Shape):
    """Who acts: the issuer that vouched for the person, the person there, agency, role and how sure we are."""

    issuer: str
    subject: str
    agency: str
    agency_kind: AgencyKind
    role: StaffRole
    assurance: str
    via: Literal["web", "command"]


class Cited(Shape):
    """A rule that bore on a decision, and where the law says it."""

    rule: str
    citation: str
    says: str


class Withheld(Shape):
    """A class of content of one report that was not shown, and the reason code."""

    report_id: UUID
    content: FieldClass
    reason: str


class AccessDecided(Fact):
    """A person asked to see a child's chronology, and this is what was decided, before anything was shown.

    What was shown is every report in the history up to `history_version`, in the classes listed, less `withheld`,
    and less the reports `not_shown` at all. `policies` are the ids of those that decided who may act, out of the set
    whose SHA-256 is `policy_sha256`; `relations`, how the reader stood to the person, as far as the hub knew.
    """

    TYPE = "access.decided"

    decision_id: UUID
    at: Moment
    person_id: UUID
    actor: Actor
    purpose: Purpose | None = None
    operation: LogOperation
    what: Literal["chronology", "access_record", "identity_question", "telling", "shares", "family_answer", "enquiry"]
    effect: Literal["permitted", "refused"]
    law: str
    grounds: tuple[Cited, ...]
    bars: tuple[Cited, ...]
    warnings: tuple[Cited, ...]
    history_version: int
    items_shown: int
    classes: tuple[FieldClass, ...]
    withheld: tuple[Withheld, ...]
    not_shown: tuple[UUID, ...] = ()
    as_known_on: date | None = None
    policies: tuple[str, ...] = ()
    policy_sha256: str = Field(default="", pattern=r"^([0-9a-f]{64})?$")
    relations: tuple[str, ...] = ()


class SearchMade(Fact):
    """Somebody looked for a person by an identifier. `token` is the keyed hash of it; `hits` are all persons found."""

    TYPE = "search.made"

    at: Moment
    actor: Actor
    purpose: Purpose | None = None
    scheme: str
    token: str
    hits: tuple[UUID, ...]


class SessionOpened(Fact):
    """Somebody signed in, or was refused; `actor` is None when nobody is enrolled under the name given.

    `why`: a code of the refusal, or `step_up` when somebody who is signed in proved again who they are.
    """

    TYPE = "session.opened"

    at: Moment
    actor: Actor | None = None
    effect: Literal["opened", "refused"]
    why: str = Field(default="", pattern=r"^[a-z_]{0,40}$")


class SessionEnded(Fact):
    """Somebody's session was ended before its time, by a code of why; those that run out by themselves say nothing."""

    TYPE = "session.ended"

    at: Moment
    actor: Actor
    why: Literal["own_hand", "by_issuer", "issuer_gone", "left", "changed"]


class StaffLeft(Fact):
    """A member of staff may sign in no more, from this on; what they did stays theirs."""

    TYPE = "staff.left"

    at: Moment
    issuer: str
    subject: str


class StaffEnrolled(Fact):
    """A member of staff was given a role in the hub's own registry. `pass_hash` is scrypt of the pass phrase."""

    TYPE = "staff.enrolled"

    at: Moment
    actor: Actor
    name: str
    pass_hash: str


class AgencyEnrolled(Fact):
    """A partner was enrolled: its keys (base64 of 32 raw bytes) that prove it (Ed25519) and are sealed to (X25519)."""

    TYPE = "agency.enrolled"

    at: Moment
    agency: str
    source: str
    agency_kind: AgencyKind
    key_id: str
    public_key: str
    seal_key: str


FACTS = (
    ReportLinked,
    ReportUnlinked,
    IdentityQuestioned,
    ReportQuarantined,
    ReceiptIssued,
    AccessDecided,
    SearchMade,
    SessionOpened,
    StaffEnrolled,
    AgencyEnrolled,
    SessionEnded,
    StaffLeft,
)
