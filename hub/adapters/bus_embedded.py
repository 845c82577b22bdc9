"""The road between agencies and hub on one machine: durable, in order, at least once. A partnership runs Kafka instead.

A message stays until its consumer says it is done, so a crash at any moment gives it again.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from time import monotonic

from agencies.edge import Outgoing
from contracts.envelope import Sealed
from hub.adapters.durable_db import DurableDatabase, how_many_fit
from hub.application.bus_port import Arrived, Unread

_MESSAGES = """
CREATE TABLE IF NOT EXISTS message (
    position INTEGER PRIMARY KEY AUTOINCREMENT, topic TEXT NOT NULL, key TEXT NOT NULL, headers TEXT NOT NULL,
    value BLOB NOT NULL
)"""
_BY_TOPIC = "CREATE INDEX IF NOT EXISTS message_by_topic ON message (topic, position)"
_DONE = """
CREATE TABLE IF NOT EXISTS done (
    consumer TEXT NOT NULL, topic TEXT NOT NULL, position INTEGER NOT NULL, PRIMARY KEY (consumer, topic)
) WITHOUT ROWID"""
_MESSAGE = "SELECT position, topic, headers, value FROM message WHERE position = ?"


class EmbeddedBus:
    """Topics in one SQLite file."""

    def __init__(self, path: Path) -> None:
        """Open the file, making it on first use. Raises StoreUnavailable."""
        self._db = DurableDatabase(path, _MESSAGES, _BY_TOPIC, _DONE)
        self._resting: Mapping[tuple[str, str], float] = {}

    def send(self, topic: str, key: str, message: Sealed) -> None:
        """See bus_port.Bus."""
        self.send_all((Outgoing(topic, key, message),))

    def send_all(self, outgoing: tuple[Outgoing, ...]) -> None:
        """See bus_port.Bus; here all are durable or none is."""
        with self._db.writing() as db:
            db.executemany(
                "INSERT INTO message (topic, key, headers, value) VALUES (?,?,?,?)",
                ((one.topic, one.key, json.dumps(one.message.headers), one.message.value) for one in outgoing),
            )

    def publish(self, outgoing: Outgoing) -> None:
        """See agencies.edge.Publisher."""
        self.send(outgoing.topic, outgoing.key, outgoing.message)

    def poll(self, consumer: str, topics: tuple[str, ...], limit: int) -> tuple[Arrived, ...]:
        """See bus_port.Bus."""
        waiting: list[tuple[object, ...]] = []
        now = monotonic()
        for topic in (one for one in topics if self._resting.get((consumer, one), now) <= now):
            waiting += self._db.rows(
                "SELECT position, LENGTH(value) FROM message WHERE topic = ? AND position > "
                "COALESCE((SELECT position FROM done WHERE consumer = ? AND topic = ?), 0) ORDER BY position LIMIT ?",
                topic,
                consumer,
                topic,
                limit,
            )
        first = sorted(waiting, key=lambda row: str(row[0]).zfill(20))[:limit]
        fit = how_many_fit(size for _, size in first)
        return tuple(_arrived(row) for position, _ in first[:fit] for row in self._db.rows(_MESSAGE, position))

    def done(self, consumer: str, arrived: Arrived) -> None:
        """See bus_port.Bus."""
        self.done_all(consumer, (arrived,))

    def done_all(self, consumer: str, arrived: tuple[Arrived, ...]) -> None:
        """See bus_port.Bus."""
        with self._db.writing() as db:
            db.executemany(
                "INSERT INTO done VALUES (?,?,?) ON CONFLICT (consumer, topic) DO UPDATE SET position = "
                "MAX(position, excluded.position)",
                ((consumer, one.topic, one.position) for one in arrived),
            )

    def rest(self, consumer: str, topics: frozenset[str], seconds: float) -> None:
        """See bus_port.Bus."""
        self._resting = {**self._resting, **{(consumer, topic): monotonic() + seconds for topic in topics}}

    def lag(self, consumer: str, topics: tuple[str, ...]) -> tuple[Unread, ...]:
        """See edge_side.Road."""
        return tuple(self._unread(consumer, topic) for topic in topics)

    def _unread(self, consumer: str, topic: str) -> Unread:
        ((done,),) = self._db.rows(
            "SELECT COALESCE(MAX(position), 0) FROM done WHERE consumer = ? AND topic = ?", consumer, topic
        )
        counted = "SELECT COUNT(*), COALESCE(MAX(position), 0) FROM message WHERE topic = ? AND position > ?"
        ((count, last),) = self._db.rows(counted, topic, done)
        done_to = int(str(done))
        return Unread(topic, int(str(count)), done_to, max(done_to, int(str(last))))

    def reach(self) -> None:
        """Read a row, if there is one. Raises StoreUnavailable."""
        self._db.rows("SELECT 1 FROM message LIMIT 1")

    def close(self) -> None:
        """Close the file."""
        self._db.close()


def _arrived(row: tuple[object, ...]) -> Arrived:
    position, topic, headers, value = row
    if not isinstance(position, int) or not isinstance(headers, str) or not isinstance(value, bytes):
        raise TypeError("a message row is not of its shape")
    pairs: list[list[str]] = json.loads(headers)
    return Arrived(str(topic), position, Sealed(tuple((name, text) for name, text in pairs), value))
