"""Facts about looking that `access.decided` does not say: how an answer ended, lists, emergencies, reviews, settings.

What must be logged, and for what alone it may be used: Data Protection Act 2018 s62(1) to (4).
"""

from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import Field

from contracts.described import Described
from contracts.event import Fact, Moment, Shape
from contracts.events.hub import Actor, Cited
from contracts.vocabulary import Purpose

_CODE = r"^[a-z][a-z0-9_]{0,59}$"
_SHA256 = r"^[0-9a-f]{64}$"
_SHA256_OR_NONE = r"^([0-9a-f]{64})?$"


class EmergencyReason(Described):
    """Why somebody opens in an emergency what their role does not open; no words are asked for."""

    DANGER_NOW = "danger_now", "The child is in danger now"
    MISSING = "missing", "The child is missing"
    HURT = "hurt", "The child is hurt or ill, and is being treated"
    PROTECTED_NOW = "protected_now", "The child is being taken to a safe place now (Children Act 1989 s46)"
    URGENT_CALL = "urgent_call", "Somebody who is with the child calls, and cannot wait"


class Finding(Described):
    """What a review of a look at a child comes to."""

    CONFIRM = "confirm", "The look was for the work, as far as can be found out"
    ASK = "ask", "The reader, or the reader's manager, is asked about it"
    REFER = "refer", "It goes to those who look into conduct"


class TieKind(Described):
    """What may tie a member of staff to a child; no page and no list shows its value."""

    CHILD = "child", "A child of theirs, or one whom they know, by an identifier"
    OWN_RECORD = "own_record", "Their own record, by an identifier"
    FAMILY_NAME = "family_name", "A family name of theirs, or of their family"
    ADDRESS = "address", "A home address of theirs: postcode and first line"


class ReadDecided(Fact):
    """Somebody asked for something that is about no one child, and this is what was decided before any of it.

    A list, a count, an export, a print, a read of the record of access, or a page that another role owns. `what` says
    which, by a code; `items` how many lines, `subjects` who is on it, `sought` by which codes it was narrowed down (an
    agency, a sign-in name, days, the number of an entry), `sha256` which bytes an export had.
    """

    TYPE = "read.decided"

    decision_id: UUID
    at: Moment
    actor: Actor
    purpose: Purpose | None = None
    kind: Literal["list", "count", "export", "print", "audit_read", "page"]
    what: str = Field(pattern=_CODE)
    effect: Literal["permitted", "refused"]
    law: str
    grounds: tuple[Cited, ...] = ()
    bars: tuple[Cited, ...] = ()
    items: int = Field(default=0, ge=0)
    subjects: tuple[UUID, ...] = ()
    sought: tuple[str, ...] = ()
    sha256: str = Field(default="", pattern=_SHA256_OR_NONE)


class Ended(Shape):
    """How one answer ended: the decisions on which it was made, its size, and a keyed hash of its exact bytes.

    `mac` is HMAC-SHA256, under a key of the hub's own, of SHA-256 of the bytes. `completed`: all of it was handed to
    the server or the terminal.
    """

    decisions: tuple[UUID, ...]
    at: Moment
    ended: Literal["completed", "aborted"]
    size_bytes: int = Field(ge=0)
    mac: str = Field(pattern=_SHA256)


class OutcomesKept(Fact):
    """How answers ended, several together. A decision that permits and stands in none of these counts as shown."""

    TYPE = "access.outcome"

    at: Moment
    outcomes: tuple[Ended, ...]


class BreakGlassAsked(Fact):
    """Somebody asked to read in an emergency what their role does not open; kept with the decision it is named after.

    `until` (UTC): how long it may be read again without asking anew. `review_by`: when somebody else must have looked
    at it. `owners`: the agencies (sources) whose child it is in the first place, who are told at once.
    """

    TYPE = "break_glass.asked"

    decision_id: UUID
    at: Moment
    person_id: UUID
    actor: Actor
    reason: EmergencyReason
    effect: Literal["permitted", "refused"]
    until: Moment | None = None
    review_by: Moment | None = None
    owners: tuple[str, ...] = ()


class AccessReviewed(Fact):
    """Somebody other than the reader looked at a look, and says what it comes to; `signs` are codes of why it was."""

    TYPE = "access.reviewed"

    decision_id: UUID
    at: Moment
    person_id: UUID
    by: Actor
    of: Literal["break_glass", "unexplained"]
    finding: Finding
    signs: tuple[str, ...] = ()


class ReviewEscalated(Fact):
    """Nobody reviewed an opening in an emergency in time: those who check, and the owners, are told; stated once.

    `actor` opened it; `review_by` (UTC) is when somebody else must have looked at it, `owners` whose child it is.
    """

    TYPE = "review.escalated"

    decision_id: UUID
    at: Moment
    person_id: UUID
    actor: Actor
    review_by: Moment
    owners: tuple[str, ...] = ()


class StaffTied(Fact):
    """A member of staff told the hub of a tie to a child, a name or an address.

    `value` is folded for comparison: an identifier as `scheme:value`, letters of a name, letters and digits of an
    address. It serves only to find looks that somebody should ask about, and is never shown.
    """

    TYPE = "staff.tied"

    at: Moment
    by: Actor
    issuer: str
    subject: str
    kind: TieKind
    value: str


class Agreed(Shape):
    """Which version of a data-sharing agreement the hub acts on, and which bytes it has."""

    agency: str
    version: str
    sha256: str = Field(pattern=_SHA256)


class KeyStated(Shape):
    """A public key of the hub's own, by its use, and SHA-256 of it."""

    name: str
    sha256: str = Field(pattern=_SHA256)


class SettingsStated(Fact):
    """By which rules, agreements, settings and keys the hub decides from here on; kept when any of them is another.

    `rulebook` is SHA-256 over the files of the law, `policies` over those on who may act; `edition` that of the
    published language. `sixteen_la_from`: the day from which Children Act 2004 s16LA is taken to be in force.
    """

    TYPE = "settings.stated"

    at: Moment
    edition: str
    rulebook: str = Field(pattern=_SHA256)
    sixteen_la_from: date | None = None
    agreements: tuple[Agreed, ...]
    keys: tuple[KeyStated, ...]
    witnesses: str = Field(default="", pattern=_SHA256_OR_NONE)
    witness_refuse_after_minutes: int = Field(ge=0)
    access_rules_off: tuple[str, ...] = ()
    policies: str = Field(default="", pattern=_SHA256_OR_NONE)


FACTS = (ReadDecided, OutcomesKept, BreakGlassAsked, AccessReviewed, ReviewEscalated, StaffTied, SettingsStated)
