"""Facts about information that moves on: what was decided, what goes out, and that its recipient has read it."""

from collections.abc import Mapping
from datetime import date
from typing import ClassVar, Literal
from uuid import UUID

from pydantic import Field

from contracts.event import Fact, Moment, Shape, Upcast
from contracts.events import acknowledged_first, decided_first
from contracts.events.hub import Actor, Cited, Withheld
from contracts.report import LawfulBasis, Person, Place, Ref, Statement
from contracts.vocabulary import AgencyKind, FieldClass, LogOperation, NeedLevel, PersonRole, Purpose, Telling
from contracts.when import When

NOTE_CHARACTERS = 100  # of what may be added to a decision: too few to describe a child in
_CODE = r"^[a-z][a-z0-9_]{0,39}$"
News = Literal["report", "correction", "retraction", "recall"]
Cause = Literal["asked", "duty", "correction", "moved", "resumed", "taken_back"]
Reached = Literal["delivered", "read"]
Family = Literal["told", "to_be_told", "not_safe"]


class Answered(Cited):
    """What a rule said at once to somebody who decided not to share, and the ways on that it proposed."""

    propose: tuple[str, ...] = ()


class SharingRefused(Fact):
    """Somebody decided not to share what was asked for. It is kept whatever the law says to it.

    `asked_by` is a source; `reason` and `law` are codes; `stands` says whether the reason is good in law, `myth`
    whether it is one of the guide's myths; `answer` is what was said to it. `note` is what whoever decided added;
    version 1 had none.
    """

    TYPE = "sharing.refused"
    VERSION = 2
    UPCASTS: ClassVar[Mapping[int, Upcast]] = {1: decided_first.as_made}
    OLD_SCHEMAS: ClassVar[Mapping[int, Upcast]] = {
        1: decided_first.schema(
            "Somebody decided not to share what was asked for. It is kept whatever the law says to it."
        )
    }

    refusal_id: UUID
    at: Moment
    person_id: UUID
    actor: Actor
    asked_by: str
    asked_by_kind: AgencyKind
    asked_for: str = Field(max_length=2000)
    purpose: Purpose
    need: NeedLevel | None = None
    urgent: bool = False
    reason: str = Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")
    words: str = Field(default="", max_length=4000)
    approved_by: str | None = Field(default=None, max_length=200)
    review_on: date | None = None
    myth: bool
    stands: bool
    law: str
    answer: tuple[Answered, ...]
    note: str = Field(default="", max_length=NOTE_CHARACTERS)


class Origin(Shape):
    """Where a shared report comes from: who stated it, as what, and when the hub received it (UTC)."""

    source: str
    agency_kind: AgencyKind
    report_type: str
    report_version: int
    report_id: UUID
    received: Moment


class ToldState(Shape):
    """Whether one person of a shared report has been told, with none of the words that say why or who decided."""

    person: Ref
    role: PersonRole
    state: Telling
    review_on: When | None = None


class SharedContent(Shape):
    """What is left of a report once it is cut down to what its recipient may have."""

    title: str
    about: Ref
    people: tuple[Person, ...] = ()
    happened: When | None = None
    ended: When | None = None
    recorded: When | None = None
    statements: tuple[Statement, ...] = ()
    place: Place | None = None


class ReportShared(Fact):
    """A report, or news of one, sent on to one recipient. It is signed by the hub and sealed to the recipient.

    `news` says what it is: a report; a correction or retraction of `of`, which the recipient has; or a recall: `of`
    was about another child, or is taken back by whoever shared it, and is to be destroyed or marked; `handling` says
    which. A correction of a report by itself is a reply to it. `content` is absent from a recall. `at` is when it was
    decided; of a recall, until when what it is about was shared: what was sent later stands. `partial` says that the
    report holds more than what is sent. `bases` are those on which this disclosure rests, one for each person.
    """

    TYPE = "report.shared"

    share_id: UUID
    disclosure_id: UUID
    at: Moment
    news: News
    of: UUID | None = None
    origin: Origin
    sharer: str
    recipient: str
    purpose: Purpose
    need: NeedLevel | None = None
    urgent: bool
    classes: tuple[FieldClass, ...]
    partial: bool
    content: SharedContent | None = None
    bases: tuple[LawfulBasis, ...]
    telling: tuple[ToldState, ...] = ()
    handling: str = Field(max_length=2000)
    reply_to: str
    due_by: Moment | None = None


class DisclosedItem(Shape):
    """One report in a disclosure: the classes of it that went, and the basis relied on for each person in it."""

    report_id: UUID
    share_id: UUID
    news: News
    of: UUID | None = None
    classes: tuple[FieldClass, ...]
    bases: tuple[LawfulBasis, ...]


class DisclosureDecided(Fact):
    """Whether reports of one child may go to one recipient, which of them and how much, decided before any is opened.

    `actor` is absent where the hub acts by itself, for the `cause` named. `sharer` is the source whose disclosure in
    law it is. `asked_for` are all reports asked for; `items` those that go. `follows` is the disclosure that this one
    corrects, recalls or resumes. `due_by` is when the recipient's acknowledgement is due. `service_agreement` says
    whether the family agreed to a service, where somebody stated it: it is no lawful basis and no consent. `family` is
    what whoever decided said of telling the family of it: they were told, are to be told, or it would not be safe;
    `note` is what they added, in few words. Version 1 had no note, and nothing was taken back.
    """

    TYPE = "disclosure.decided"
    VERSION = 2
    UPCASTS: ClassVar[Mapping[int, Upcast]] = {1: decided_first.as_made}
    OLD_SCHEMAS: ClassVar[Mapping[int, Upcast]] = {
        1: decided_first.schema("Whether reports of one child may go to one recipient, and how much of each.")
    }

    disclosure_id: UUID
    at: Moment
    person_id: UUID
    actor: Actor | None = None
    cause: Cause
    sharer: str
    sharer_kind: AgencyKind
    recipient: str
    recipient_kind: AgencyKind
    purpose: Purpose
    need: NeedLevel | None = None
    urgent: bool
    operation: LogOperation = LogOperation.DISCLOSURE
    effect: Literal["permitted", "refused"]
    law: str
    agreement_version: str
    grounds: tuple[Cited, ...]
    bars: tuple[Cited, ...]
    warnings: tuple[Cited, ...]
    fixes: tuple[Answered, ...]
    marks: tuple[str, ...] = ()
    asked_for: tuple[UUID, ...]
    items: tuple[DisclosedItem, ...]
    withheld: tuple[Withheld, ...]
    history_version: int
    follows: UUID | None = None
    due_by: Moment | None = None
    service_agreement: str | None = Field(default=None, pattern=_CODE)
    family: Family | None = None
    note: str = Field(default="", max_length=NOTE_CHARACTERS)


def is_reply(news: News, of: UUID | None, report_id: UUID) -> bool:
    """Whether news of a report is what somebody said about that very report, and no later version of it."""
    return news == "correction" and of == report_id


class SharePrepared(Fact):
    """A disclosure that was permitted, by its id: whose it is, to whom it goes, and the shares it is made of."""

    TYPE = "share.prepared"

    disclosure_id: UUID
    at: Moment
    person_id: UUID
    recipient: str
    shares: tuple[UUID, ...]


class ShareSent(Fact):
    """Everything in a disclosure is on the recipient's outbound topic."""

    TYPE = "share.sent"

    disclosure_id: UUID
    at: Moment


class ShareTakenBack(Fact):
    """Whoever decided a disclosure took it back, soon after and before its recipient said that somebody had read it."""

    TYPE = "share.taken_back"

    disclosure_id: UUID
    at: Moment
    person_id: UUID
    actor: Actor
    recipient: str


class ShareAcknowledged(Fact):
    """The recipient says how far a share has come with it, and when. It is signed by the recipient.

    `state`: its own machine keeps it (delivered), or somebody has read it; `by` is the role, or the process, that did.
    Version 1 said only that it was read.
    """

    TYPE = "share.acknowledged"
    VERSION = 2
    UPCASTS: ClassVar[Mapping[int, Upcast]] = {1: acknowledged_first.was_read}
    OLD_SCHEMAS: ClassVar[Mapping[int, Upcast]] = {
        1: acknowledged_first.schema(
            "The recipient says that a share has been read, in which role, and when. It is signed by the recipient."
        )
    }

    share_id: UUID
    disclosure_id: UUID
    state: Reached
    by: str = Field(pattern=_CODE)
    at: Moment


class AcknowledgementKept(Fact):
    """The hub took in a recipient's acknowledgement. `jws` and `body` (base64) are just what the recipient signed.

    Version 1 was kept when an acknowledgement could only say that it was read.
    """

    TYPE = "acknowledgement.kept"
    VERSION = 2
    UPCASTS: ClassVar[Mapping[int, Upcast]] = {1: acknowledged_first.was_read}
    OLD_SCHEMAS: ClassVar[Mapping[int, Upcast]] = {
        1: acknowledged_first.schema(
            "The hub took in a recipient's acknowledgement. `jws` and `body` (base64) are just what the recipient "
            "signed."
        )
    }

    share_id: UUID
    disclosure_id: UUID
    person_id: UUID
    source: str
    received: Moment
    at: Moment
    state: Reached
    by: str = Field(pattern=_CODE)
    jws: str
    body: str


FACTS = (
    SharingRefused,
    ReportShared,
    DisclosureDecided,
    SharePrepared,
    ShareSent,
    ShareTakenBack,
    ShareAcknowledged,
    AcknowledgementKept,
)
