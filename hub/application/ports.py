"""What the use cases need of the machines under them, as few methods as they call."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from typing import Protocol
from uuid import UUID

from contracts.event import Fact
from contracts.events.hub import AccessDecided, IdentityQuestioned, ReportLinked, ReportUnlinked
from contracts.report import Report
from contracts.signature import Signed
from hub.application.in_parts import InParts
from hub.application.permit import Permit, Whole
from hub.domain.identity import Candidate, Evidence
from hub.domain.in_question import still_in_question
from hub.domain.moment import is_by


class StreamKind(Enum):
    """What a stream is about; each is ordered and numbered from 1."""

    HISTORY = "history"  # what is stated about one person; the key is the person
    ACCESS = "access"  # who asked to see that person, and what was decided; the key is the person
    ENQUIRY = "enquiry"  # the enquiries about one person; the key is the person
    RECEIPT = "receipt"  # one message of one source; the key is source and id
    QUARANTINE = "quarantine"  # one message set aside; the key is topic and digest
    SET_ASIDE = "set_aside"  # one look at what was set aside, or the tries of one message; the key is look or number
    REGISTRY = "registry"  # agencies and staff; one stream
    SEARCH = "search"  # one search
    READ = "read"  # one look that is about no one child (the key is the decision), or how some answers ended
    SESSION = "session"  # one sign-in
    DISCLOSURE = "disclosure"  # one permitted disclosure: whose it is, and whether it was sent
    FEED = "feed"  # the heartbeats of one source
    LOG = "log"  # under which origins the sealed log was begun; one stream
    ERASURE = "erasure"  # what was erased or may not be: asked, held, approved, done; one stream


@dataclass(frozen=True, slots=True)
class Stream:
    """A stream by what it is about. Its id in the store is keyed, so it tells a reader of the database nothing."""

    kind: StreamKind = field(hash=False)  # the key alone parts them well enough, and is the quicker to hash
    key: str

    @classmethod
    def history(cls, person_id: UUID) -> "Stream":
        """What is stated about a person."""
        return cls(StreamKind.HISTORY, person_id.hex)

    @classmethod
    def access(cls, person_id: UUID) -> "Stream":
        """Who asked to see a person."""
        return cls(StreamKind.ACCESS, person_id.hex)

    @classmethod
    def receipt(cls, source: str, event_id: str) -> "Stream":
        """One message of one source."""
        return cls(StreamKind.RECEIPT, f"{source}\x1f{event_id}")

    @classmethod
    def search(cls, search_id: UUID) -> "Stream":
        """One search."""
        return cls(StreamKind.SEARCH, search_id.hex)

    @classmethod
    def session(cls, session_id: UUID) -> "Stream":
        """One sign-in."""
        return cls(StreamKind.SESSION, session_id.hex)

    @classmethod
    def disclosure(cls, disclosure_id: UUID) -> "Stream":
        """One permitted disclosure."""
        return cls(StreamKind.DISCLOSURE, disclosure_id.hex)

    @classmethod
    def feed(cls, source: str) -> "Stream":
        """The heartbeats of one source."""
        return cls(StreamKind.FEED, source)

    @classmethod
    def log(cls) -> "Stream":
        """Under which origins the sealed log was begun."""
        return cls(StreamKind.LOG, "")

    @classmethod
    def registry(cls) -> "Stream":
        """Agencies and staff."""
        return cls(StreamKind.REGISTRY, "")


@dataclass(frozen=True, slots=True)
class Entry:
    """Something to keep at the end of a stream: a fact of the hub's, or what an agency signed.

    `expected`: the version the stream must have now, so that what was decided on is still all there is (None: any).
    """

    stream: Stream
    event_id: UUID
    what: Fact | Signed | InParts
    expected: int | None = None
    forgets: UUID | None = None  # nothing leads to that person any more once this is kept, and nothing ever will


@dataclass(frozen=True, slots=True)
class Kept:
    """Where each entry now stands in the store's one order, and the permit, if a permitting decision was among them."""

    positions: tuple[int, ...]
    permit: Permit | None = None


@dataclass(frozen=True, slots=True)
class SealedReport:
    """A report as it lies in the store, unreadable without a permit; `row_id` is keyed and means nothing outside."""

    row_id: UUID
    version: int
    position: int
    state: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class History:
    """A person's history: the hub's own facts, open; the agencies' reports, sealed; and the version it was read at."""

    person_id: UUID
    version: int
    facts: tuple[Fact, ...]
    sealed: tuple[SealedReport, ...]

    def linked(self) -> tuple[ReportLinked, ...]:
        """The reports linked to the person, in the order in which they were kept, moved away or not."""
        return tuple(fact for fact in self.facts if isinstance(fact, ReportLinked))

    def moved_away(self) -> frozenset[UUID]:
        """The reports found since to be about somebody else, and not moved back."""
        standing = {link.report_id for link in self.standing()}
        return frozenset(link.report_id for link in self.linked() if link.report_id not in standing)

    def standing(self, day: date | None = None) -> tuple[ReportLinked, ...]:
        """The reports that stand with the person, or stood there by the end of a day in England; the last word counts.

        What the hub did not have by that day, or linked here only later, did not stand here then.
        """
        found: dict[UUID, ReportLinked] = {}
        for fact in self.facts:
            if isinstance(fact, ReportLinked) and is_by(fact.linked_at or fact.received, day):
                found[fact.report_id] = fact
            elif isinstance(fact, ReportUnlinked) and is_by(fact.at, day):
                found.pop(fact.report_id, None)
        return tuple(found.values())

    def in_question(self, day: date | None = None) -> tuple[IdentityQuestioned, ...]:
        """The reports that may be about this person, about which a human has not yet decided."""
        return still_in_question(self.person_id, self.facts, day)


@dataclass(frozen=True, slots=True)
class OpenedReport:
    """A report opened under a permit, with the hub's statement about it."""

    report: Report
    linked: ReportLinked


Seen = tuple[tuple[Stream, int], ...]
"""The streams on which something was decided, each at the version that was read."""


class Store(Protocol):
    """The event store: one order, all or none, encrypted for each person."""

    def read_history(self, person_id: UUID) -> History:
        """The history of a person; empty at version 0 when there is none. Raises Unreadable, StoreUnavailable."""

    def history_version(self, person_id: UUID) -> int:
        """The version of a person's history; 0 when there is none. Raises StoreUnavailable."""

    def read_access(self, person_id: UUID) -> tuple[AccessDecided, ...]:
        """Who asked to see the person, in order. Raises Unreadable, StoreUnavailable."""

    def read_stream(self, stream: Stream) -> tuple[Fact, ...]:
        """The hub's facts in a stream of the hub's own, in order. Raises Unreadable, StoreUnavailable."""

    def newest(self, stream: Stream) -> tuple[int, Fact | None]:
        """A stream's version and its newest fact (0 and None: empty). Raises Unreadable, StoreUnavailable."""

    def positions(self, stream: Stream) -> tuple[int, ...]:
        """Where each fact of `read_stream` stands in the store's one order. Raises StoreUnavailable."""

    def versions(self, streams: tuple[Stream, ...]) -> tuple[int, ...]:
        """The version of each stream, in order; 0 when it is empty. Raises StoreUnavailable."""

    def keep(self, entries: tuple[Entry, ...], terms: tuple["Term", ...] = (), seen: Seen = ()) -> Kept:
        """All entries and index terms, or none, durable. `seen`: what must still be at the version that was read.

        Raises Conflict, AlreadyKept (a stream expected empty is not), StoreUnavailable, and WaitsForWitnesses (what was
        asked is kept, as a refusal).
        """

    def open_reports(
        self, history: History, permit: Permit | None, act: Whole, wanted: frozenset[UUID] | None = None
    ) -> tuple[OpenedReport, ...]:
        """The reports wanted (None: all that stand now), opened for an act. Raises NotPermitted, Unreadable."""

    def open_signed(self, history: History, permit: Permit | None, report_id: UUID) -> Signed | InParts:
        """One report as it is kept, to be moved: as signed, or in parts. Raises NotPermitted, Unreadable."""

    def holds(self, person_id: UUID, report_id: UUID) -> bool:
        """Whether a report and the hub's link to it are in a person's history; neither is opened."""


@dataclass(frozen=True, slots=True)
class Term:
    """One keyed pointer from an identifier, or a word to compare, to a person; no value can be read back from it.

    `alone`: the token may lead to one person only; keeping it for a second raises Conflict. `proof`: that it is ours.
    """

    token: bytes
    person_id: UUID
    alone: bool = False
    proof: bytes = b""


def marks_of(terms: tuple[Term, ...]) -> tuple[str, ...]:
    """What the fact beside the terms states of each, so that one that goes, or comes, is found."""
    return tuple(term.proof[:8].hex() for term in terms)


class IdentityIndex(Protocol):
    """The keyed index from identifiers to people."""

    def look_up(self, evidence: Evidence) -> tuple[Candidate, ...]:
        """The people to whom any of the identifiers leads."""

    def terms(self, evidence: Evidence, person_id: UUID) -> tuple[Term, ...]:
        """What to keep so that these identifiers lead to the person."""

    def questioned_terms(self, evidence: Evidence, person_id: UUID) -> tuple[Term, ...]:
        """What to keep for a person in question: the very same evidence leads there again, no identifier does."""

    def moved_terms(self, evidence: Evidence, from_person: UUID, to_person: UUID) -> tuple[Term, ...]:
        """What to keep when two people decided that this evidence is of another person: it leads there from now on."""

    def people_with(self, scheme: str, value: str, of: UUID | None = None) -> tuple[UUID, ...]:
        """The people to whom one identifier leads; a person's own hub reference leads to that person.

        `of`: the one person to whom alone it could lead. Of somebody who is only being added nothing is kept to read.
        """

    def known(self, scheme: str, values: tuple[str, ...]) -> frozenset[str]:
        """Which of these lead to anybody, in one reading."""

    def look_ahead(self, asked: Iterable[tuple[str, str]]) -> None:
        """Read in one reading what will be asked of an index that is `beside`: each a scheme and a value."""

    def pointer(self, scheme: str, value: str, person_id: UUID) -> Term:
        """What to keep so that one thing more leads to a person."""

    def token(self, scheme: str, value: str) -> bytes:
        """The keyed hash of one identifier (32 bytes)."""

    def beside(self, added: "Added", evidence: tuple[Evidence, ...]) -> "IdentityIndex":
        """The same index, as if what is added were kept; what this evidence asks for is read now, in few readings."""

    def led_to(self, evidence: tuple[Evidence, ...]) -> tuple[UUID, ...]:
        """Everybody to whom an identifier of any of it leads."""


@dataclass(frozen=True, slots=True)
class Added:
    """What is to be kept and is not yet: terms by their token, and people nobody knew before. It grows."""

    terms: dict[bytes, tuple[Term, ...]] = field(default_factory=dict)
    people: set[UUID] = field(default_factory=set)


class Clock(Protocol):
    """Now, and new random ids."""

    def now(self) -> datetime:
        """The present instant, UTC."""

    def new_id(self) -> UUID:
        """A random id (RFC 9562 version 4)."""
