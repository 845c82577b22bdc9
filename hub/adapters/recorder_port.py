"""What the store and the index need of a recorder, whichever engine is under it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol
from uuid import UUID

from eventsourcing.persistence import Notification, StoredEvent

from hub.application.ports import Term

# Makes the rows to insert when the write lock is had, given what tells the version of a stream then: what only has to
# come at the end of its stream is put there without being tried again and again.
Make = Callable[[Callable[[UUID], int]], Sequence[StoredEvent]]


class Recorder(Protocol):
    """Events in one order, index terms beside them, written all or none.

    Errors are the library's (PersistenceError, and IntegrityError where a row is already in its place).
    """

    def insert_events(
        self,
        stored_events: Sequence[StoredEvent],
        *,
        terms: tuple[Term, ...] = (),
        seen: tuple[tuple[UUID, int], ...] = (),
        make: Make | None = None,
        forget: tuple[UUID, ...] = (),
        streams: tuple[UUID, ...] = (),
    ) -> Sequence[int] | None:
        """The position of each event, in order; durable. Raises Conflict when a stream in `seen` has moved on.

        With `make`, the events are those that it makes, in place of `stored_events`; it asks for the versions of
        `streams`. Every term that leads to whoever
        is in `forget` goes, and none is ever kept again: that raises Conflict.
        """

    def select_events(
        self, originator_id: UUID, *, gt: int | None = None, desc: bool = False, limit: int | None = None
    ) -> Sequence[StoredEvent]:
        """The events of a stream in order, or from its end; no more than `limit`, past version `gt`."""

    def select_notifications(
        self, start: int | None, limit: int, *, inclusive_of_start: bool = True
    ) -> Sequence[Notification]:
        """Events by position; what is kept later always comes later."""

    def version(self, stream_id: UUID) -> int:
        """The version of a stream; 0 when it is empty."""

    def versions(self, stream_ids: tuple[UUID, ...]) -> Mapping[UUID, int]:
        """The version of each of the streams that is not empty."""

    def positions(self, stream_id: UUID) -> tuple[int, ...]:
        """The position in the one order of each event of a stream, in the stream's order."""

    def events_at(self, positions: tuple[int, ...]) -> tuple[tuple[int, StoredEvent], ...]:
        """The events kept at these positions, each with its position, in no order of meaning; in few readings."""

    def terms_with(self, token: bytes) -> tuple[Term, ...]:
        """The terms kept under a token, by person, as the database gives them. Raises Unreadable: not of their form."""

    def terms_with_any(self, tokens: tuple[bytes, ...]) -> tuple[Term, ...]:
        """The terms kept under any of the tokens, those of one token by person. Raises Unreadable: as above."""

    def terms_of(self, person_id: UUID) -> tuple[Term, ...]:
        """The terms that lead to one person. Raises Unreadable: not of their form."""

    def forgotten(self) -> frozenset[UUID]:
        """Everybody who was forgotten."""

    def let_go(self) -> None:
        """What was taken out stands in no file of the store, where it is a file. Raises PersistenceError."""

    def terms_after(self, last: Term, limit: int) -> tuple[Term, ...]:
        """The terms that come after one, by token and person. Raises Unreadable: not of their form."""


class SealedVersions(Protocol):
    """What the sealed log knows of each stream, so that a stream whose end was cut off is not taken for a whole one."""

    def version_of(self, stream_id: UUID) -> int:
        """The highest version of a stream that was sealed; 0 when none was yet. Raises Unreadable."""
