"""Group commit: what several threads keep at one moment becomes durable by one commit, each keep for itself.

Whoever comes first commits; whoever comes meanwhile waits and is committed together with the others that wait. One keep
that is refused (its stream has moved on, its place is taken) is undone by itself, and never fails its neighbours; where
the commit itself fails, nobody's keep is taken for kept. A keep that is alone waits for nobody.
"""

import sqlite3
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from threading import Event, Lock
from typing import Any, Final

import psycopg
from eventsourcing.persistence import IntegrityError, PersistenceError, StoredEvent
from eventsourcing.sqlite import SQLiteCursor, SQLiteDatastore
from psycopg import Connection, Cursor
from psycopg.rows import DictRow

from hub.adapters.recorder import HubRecorder
from hub.adapters.recorder_postgres import DurableDatastore, PostgresHubRecorder
from hub.adapters.turn import Turn
from hub.domain.errors import Conflict, StoreUnavailable

MOST_AT_ONCE: Final = 64
Failure = Conflict | PersistenceError | StoreUnavailable


@dataclass(slots=True)
class Waiting:
    """One keep that waits: what `insert_events` was given, and in the end its positions or its failure."""

    events: Sequence[StoredEvent]
    with_it: Mapping[str, Any]
    woken: Event = field(default_factory=Event)
    outcome: Sequence[int] | Failure | None = None

    def positions(self) -> Sequence[int]:
        """Where it was kept. Raises what it failed by."""
        if isinstance(self.outcome, Sequence):
            return self.outcome
        raise self.outcome or StoreUnavailable("left_waiting")


class Gathering:
    """Those who wait, and who commits for them."""

    def __init__(self, commit: Callable[[tuple[Waiting, ...]], None]) -> None:
        """`commit` gives each of a group its outcome, in one transaction; it raises where the whole group failed."""
        self._commit = commit
        self._lock = Lock()
        self._queue: deque[Waiting] = deque()
        self._is_led = False

    def keep(self, one: Waiting) -> Sequence[int]:
        """The positions, once they are durable. Raises Conflict, PersistenceError, StoreUnavailable."""
        with self._lock:
            self._queue.append(one)
            leads, self._is_led = not self._is_led, True
        if not leads:
            self._wait(one)
        if one.outcome is None:
            self._lead()
        return one.positions()

    def _wait(self, one: Waiting) -> None:
        """Nothing, once the keep has its outcome, or it is its turn to commit for all who wait."""
        try:
            one.woken.wait()
        except BaseException:
            self._leave(one)
            raise

    def _lead(self) -> None:
        with self._lock:
            group = tuple(self._queue.popleft() for _ in range(min(len(self._queue), MOST_AT_ONCE)))
        try:
            self._commit(group)
        except (PersistenceError, StoreUnavailable) as failed:
            for one in group:
                one.outcome = _again(failed)
        finally:
            self._hand_over()
            for one in group:
                if one.outcome is None:
                    one.outcome = StoreUnavailable("left_waiting")
                one.woken.set()

    def _hand_over(self) -> None:
        with self._lock:
            self._is_led = bool(self._queue)
            if self._queue:
                self._queue[0].woken.set()

    def _leave(self, one: Waiting) -> None:
        """Whoever is interrupted while waiting keeps nobody else from being served."""
        with self._lock:
            is_waiting = one in self._queue
            if is_waiting:
                self._queue.remove(one)
        if is_waiting and one.woken.is_set():
            self._hand_over()


class GroupedRecorder(HubRecorder):
    """The recorder on SQLite, committing in groups."""

    def __init__(self, store: SQLiteDatastore) -> None:
        """See HubRecorder."""
        super().__init__(store)
        self._gathering = Gathering(self._commit)

    def insert_events(self, stored_events: Sequence[StoredEvent], **kwargs: Any) -> Sequence[int]:
        """See recorder_port.Recorder."""
        return self._gathering.keep(Waiting(stored_events, kwargs))

    def _commit(self, group: tuple[Waiting, ...]) -> None:
        """All in one go, as they nearly always can be; where one is refused, each by itself."""
        found: Sequence[Sequence[int] | Failure]
        try:
            with self.datastore.transaction(commit=True) as cursor:
                found = self._together(Turn(cursor), group)
        except (IntegrityError, Conflict, StoreUnavailable):
            with self.datastore.transaction(commit=True) as cursor:
                found = [self._by_itself(cursor, one) for one in group]
        for one, outcome in zip(group, found, strict=True):
            one.outcome = outcome

    def _together(self, turn: Turn, group: tuple[Waiting, ...]) -> list[Sequence[int]]:
        turn.look_ahead(stream_id for one in group for stream_id in one.with_it.get("streams", ()))
        counts = [self.take(turn, one.events, **one.with_it) for one in group]
        positions = iter(turn.write())
        return [tuple(islice(positions, count)) for count in counts]

    def _by_itself(self, cursor: SQLiteCursor, one: Waiting) -> Sequence[int] | Failure:
        cursor.execute("SAVEPOINT keep")
        found: Sequence[int] | Failure
        try:
            found = self._insert_events(cursor, one.events, **one.with_it)
        except (sqlite3.IntegrityError, Conflict, StoreUnavailable) as refused:
            cursor.execute("ROLLBACK TO keep")
            found = _alone(refused)
        cursor.execute("RELEASE keep")
        return found


class GroupedPostgresRecorder(PostgresHubRecorder):
    """The recorder on PostgreSQL, committing in groups."""

    def __init__(self, store: DurableDatastore) -> None:
        """See PostgresHubRecorder."""
        super().__init__(store)
        self._gathering = Gathering(self._commit)

    def insert_events(self, stored_events: Sequence[StoredEvent], **kwargs: Any) -> Sequence[int]:
        """See recorder_port.Recorder."""
        return self._gathering.keep(Waiting(stored_events, kwargs))

    def _commit(self, group: tuple[Waiting, ...]) -> None:
        """See GroupedRecorder."""
        found: list[Sequence[int] | Failure]
        with self.datastore.get_connection() as connection:
            try:
                with connection.transaction(), connection.cursor() as cursor:
                    found = [self.write(cursor, one.events, **one.with_it) for one in group]
            except (psycopg.IntegrityError, Conflict, StoreUnavailable):
                with connection.transaction(), connection.cursor() as cursor:
                    found = [self._by_itself(connection, cursor, one) for one in group]
        for one, outcome in zip(group, found, strict=True):
            one.outcome = outcome

    def _by_itself(
        self, connection: Connection[DictRow], cursor: Cursor[DictRow], one: Waiting
    ) -> Sequence[int] | Failure:
        try:
            with connection.transaction():  # a savepoint
                return self.write(cursor, one.events, **one.with_it)
        except (psycopg.IntegrityError, Conflict, StoreUnavailable) as refused:
            return _alone(refused)


def _alone(refused: Exception) -> Failure:
    """What one keep failed by, while its neighbours are kept."""
    return refused if isinstance(refused, Conflict | StoreUnavailable) else IntegrityError(type(refused).__name__)


def _again(failed: PersistenceError | StoreUnavailable) -> Failure:
    """The same failure for another thread: one raised twice would carry the way of both."""
    return StoreUnavailable(str(failed)) if isinstance(failed, StoreUnavailable) else type(failed)("group")
