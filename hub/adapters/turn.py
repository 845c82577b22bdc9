"""One turn to write to the store on SQLite: what stands in it is known and written by few statements."""

from collections.abc import Iterable
from itertools import islice
from typing import Final
from uuid import UUID

from eventsourcing.persistence import StoredEvent
from eventsourcing.sqlite import SQLiteCursor

ROWS_AT_ONCE: Final = 250  # four values each: no statement has more than a thousand
_INSERT: Final = "INSERT INTO event (originator_id, originator_version, topic, state) VALUES "
_NEWEST: Final = "SELECT MAX(originator_version) FROM event WHERE originator_id = ?"


class Turn:
    """A transaction in which nobody else writes: the versions of streams as it goes on, and the rows to come."""

    def __init__(self, cursor: SQLiteCursor) -> None:
        """Take the turn. Raises sqlite3.Error."""
        self.cursor = cursor
        cursor.execute("UPDATE write_lock SET one = 1")
        self._versions: dict[UUID, int] = {}
        self._rows: list[StoredEvent] = []

    def look_ahead(self, stream_ids: Iterable[UUID]) -> None:
        """Have the versions of these streams at hand, read together."""
        new = iter({stream_id: None for stream_id in stream_ids if stream_id not in self._versions})
        while part := tuple(islice(new, ROWS_AT_ONCE)):
            self.cursor.execute(_newest(len(part)), [stream_id.hex for stream_id in part])
            found = self.cursor.fetchone()
            self._versions.update((stream_id, version or 0) for stream_id, version in zip(part, found, strict=True))

    def version(self, stream_id: UUID) -> int:
        """The version of a stream, the rows to come among them; 0 when it is empty."""
        known = self._versions.get(stream_id)
        if known is None:
            known = self._versions[stream_id] = version_in(self.cursor, stream_id)
        return known

    def add(self, events: Iterable[StoredEvent]) -> int:
        """Have these rows written at the end of the turn, after those before; how many they are."""
        before = len(self._rows)
        for event in events:
            self._rows.append(event)
            self._versions[_stream(event)] = event.originator_version
        return len(self._rows) - before

    def write(self) -> list[int]:
        """The positions of all rows, in order. Raises sqlite3.IntegrityError: the place of one is taken.

        One statement numbers its rows one after another, and nobody else writes meanwhile.
        """
        rows, positions = iter(self._rows), list[int]()
        while part := tuple(islice(rows, ROWS_AT_ONCE)):
            values = [value for row in part for value in _values(row)]
            self.cursor.execute(_insert(len(part)), values)
            last = int(self.cursor.lastrowid)
            positions += range(last - len(part) + 1, last + 1)
        self._rows.clear()
        return positions


def version_in(cursor: SQLiteCursor, stream_id: UUID) -> int:
    """The version of a stream as it stands; 0 when it is empty."""
    cursor.execute(_NEWEST, (stream_id.hex,))
    return int(cursor.fetchone()[0] or 0)


def _newest(streams: int) -> str:
    """The statement for the versions of so many streams: each by itself, which is found at the end of its index."""
    return f"SELECT {','.join([f'({_NEWEST})'] * streams)}"


def _insert(rows: int) -> str:
    """The statement that writes so many rows."""
    return _INSERT + ",".join(["(?,?,?,?)"] * rows)


def _stream(event: StoredEvent) -> UUID:
    return event.originator_id if isinstance(event.originator_id, UUID) else UUID(event.originator_id)


def _values(row: StoredEvent) -> tuple[str, int, str, bytes]:
    return _stream(row).hex, row.originator_version, row.topic, row.state
