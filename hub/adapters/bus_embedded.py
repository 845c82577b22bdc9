"""The road between agencies and hub on one machine: durable, in order, at least once. A partnership runs Kafka instead.

A message stays until its consumer says it is done, so a crash at any moment gives it again.
"""

import json
from pathlib import Path

from agencies.edge import Outgoing
from contracts.envelope import Sealed
from hub.adapters.durable_db import DurableDatabase
from hub.application.ports import Arrived

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


class EmbeddedBus:
    """Topics in one SQLite file."""

    def __init__(self, path: Path) -> None:
        """Open the file, making it on first use. Raises StoreUnavailable."""
        self._db = DurableDatabase(path, _MESSAGES, _BY_TOPIC, _DONE)

    def send(self, topic: str, key: str, message: Sealed) -> None:
        """See ports.Bus."""
        with self._db.writing() as db:
            db.execute(
                "INSERT INTO message (topic, key, headers, value) VALUES (?,?,?,?)",
                (topic, key, json.dumps(message.headers), message.value),
            )

    def publish(self, outgoing: Outgoing) -> None:
        """See agencies.edge.Publisher."""
        self.send(outgoing.topic, outgoing.key, outgoing.message)

    def poll(self, consumer: str, topics: tuple[str, ...], limit: int) -> tuple[Arrived, ...]:
        """See ports.Bus."""
        found: list[Arrived] = []
        for topic in topics:
            rows = self._db.rows(
                "SELECT position, headers, value FROM message WHERE topic = ? AND position > "
                "COALESCE((SELECT position FROM done WHERE consumer = ? AND topic = ?), 0) ORDER BY position LIMIT ?",
                topic,
                consumer,
                topic,
                limit,
            )
            found.extend(_arrived(topic, row) for row in rows)
        return tuple(sorted(found, key=lambda arrived: arrived.position)[:limit])

    def done(self, consumer: str, arrived: Arrived) -> None:
        """See ports.Bus."""
        with self._db.writing() as db:
            db.execute(
                "INSERT INTO done VALUES (?,?,?) ON CONFLICT (consumer, topic) DO UPDATE SET position = "
                "MAX(position, excluded.position)",
                (consumer, arrived.topic, arrived.position),
            )

    def close(self) -> None:
        """Close the file."""
        self._db.close()


def _arrived(topic: str, row: tuple[object, ...]) -> Arrived:
    position, headers, value = row
    if not isinstance(position, int) or not isinstance(headers, str) or not isinstance(value, bytes):
        raise TypeError("a message row is not of its shape")
    pairs: list[list[str]] = json.loads(headers)
    return Arrived(topic, position, Sealed(tuple((name, text) for name, text in pairs), value))
