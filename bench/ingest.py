"""Receiving from a real broker into a real database: one by one and in bulk, one worker and two, beside two yardsticks.

Yardsticks of the same run: bare COPY of the same rows into tables with the same indexes, and the unavoidable operations
alone. Those are, for each message, its seal opened (HPKE) and its signature proved, as the envelope has both, headers
and all; for each row that the hub kept, one sealing of as many bytes by the store's own cipher (XAES-256-GCM, under one
key that is there); and that COPY. Not counted as unavoidable: the broker, reading JSON, whose it is, what is decided,
the index, the keys made for children, the hub's own signatures, receipts. Rows are read, and what is sealed is made,
before either clock runs. Ratios are of medians of interleaved rounds.

Every fourth report is about a child whom the hub has not met, so a key is made and an identity decided as in service;
no two reports say the same.
"""

import os
import statistics
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import psycopg
from psycopg.sql import SQL, Identifier

from agencies.edge import Outgoing
from bench import ingest_workers
from bench.exchange import Exchange, Worker, exchange, publish
from bench.figures import Figure, show
from contracts import bundle, envelope
from contracts.signed_root import ProvedRoots
from hub.adapters.xaes import KEY_BYTES, NONCE_BYTES, Xaes256Gcm
from hub.application.receive_together import Answered
from hub.application.take_messages import TOGETHER

EVENTS = 2_000
ROUNDS = 3
A_SECOND = 100
SECONDS = 20
_INTO = {"copied": Identifier("copied_event"), "alone": Identifier("copied_alone")}
_SEALED_BYTES = 1 + 16 + 16 + NONCE_BYTES + 16  # what sealing adds to a row (see sealing_mapper, form 2)
_BOUND = b"\x00" * 160  # as much as is bound to a row
_COPY = SQL("COPY {} (originator_id, originator_version, topic, state) FROM STDIN (FORMAT BINARY)")
_ROWS = "SELECT originator_id, originator_version, topic, state FROM event WHERE notification_id > %s ORDER BY 1, 2"

Row = tuple[UUID, int, str, bytes]
"""Stream, version, code and state of a row of the store."""


@dataclass
class Rounds:
    """Seconds of each round: the hub, its processor time, bare COPY, the unavoidable operations and theirs."""

    hub: list[float]
    processor: list[float]
    copy: list[float]
    unavoidable: list[float]
    unavoidable_processor: list[float]


def measure() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as name, exchange(Path(name)) as found:
        _twins(found)
        for bulk in (False, True):
            _show(_rounds(found, bulk=bulk), bulk=bulk)
        _latency(found)
        ingest_workers.measure(found)


def _rounds(found: Exchange, *, bulk: bool) -> Rounds:
    bus, edge = found.road.hub(), found.road.agency()
    worker = Worker(found, found.hub(), bus)
    rounds = Rounds([], [], [], [], [])
    for number in range(ROUNDS + 1):  # the first does not count
        messages = found.messages(found.facts(EVENTS), bulk=bulk)
        position = _position(found)
        publish(edge.send_all, messages)
        with _timed() as (wall, processor):
            worker.take(EVENTS)
        rows = _rows(found, position)
        with _timed() as (copied, _):
            _copy(found, rows, "copied")
        plain = tuple(os.urandom(len(state) - _SEALED_BYTES) for *_, state in rows)
        with _timed() as (alone, alone_processor):
            _unavoidable(found, messages, plain)
            _copy(found, rows, "alone")
        if number:
            rounds.hub.append(wall[0])
            rounds.processor.append(processor[0])
            rounds.copy.append(copied[0])
            rounds.unavoidable.append(alone[0])
            rounds.unavoidable_processor.append(alone_processor[0])
    bus.close()  # it leaves the group, so that the next worker has every message
    return rounds


def _show(rounds: Rounds, *, bulk: bool) -> None:
    hub, copy, alone = (statistics.median(part) for part in (rounds.hub, rounds.copy, rounds.unavoidable))
    name, aim = ("ingest_bulk", "0.40 of COPY") if bulk else ("ingest_one_by_one", "0.5 of the unavoidable")
    show(
        name,
        Figure(tuple(rounds.hub)),
        aim,
        events=EVENTS,
        events_a_second=round(EVENTS / hub),
        of_copy=round(copy / hub, 3),
        of_unavoidable=round(alone / hub, 3),
        of_unavoidable_by_processor_time=_ratio(rounds.unavoidable_processor, rounds.processor),
        copy_ms=round(copy * 1000, 1),
        unavoidable_ms=round(alone * 1000, 1),
    )


def _ratio(part: list[float], whole: list[float]) -> float:
    return round(statistics.median(part) / statistics.median(whole), 3)


def _latency(found: Exchange) -> None:
    """From handing a message to the edge's bus until its report can be read at the hub, at A_SECOND a second."""
    messages = found.messages(found.facts(A_SECOND * SECONDS), bulk=False)
    handed: list[float] = []
    waits: list[float] = []

    def seen(answered: tuple[Answered, ...]) -> None:
        now = time.perf_counter()
        waits.extend(now - handed[_number(one)] for one in answered)

    bus = found.road.hub()
    worker = Worker(found, found.hub(), bus, seen)
    worker.step()
    receiving = threading.Thread(target=worker.take, args=(len(messages),))
    receiving.start()
    edge = found.road.agency()
    start = time.perf_counter()
    for number, message in enumerate(messages):
        time.sleep(max(0.0, start + number / A_SECOND - time.perf_counter()))
        handed.append(time.perf_counter())
        edge.send_all((message,))
    receiving.join()
    bus.close()
    spread = sorted(waits)
    show(
        "publish_to_visible",
        Figure(tuple(spread)),
        "p50 and p99 at 100 a second",
        p50_ms=round(spread[len(spread) // 2] * 1000, 1),
        p99_ms=round(spread[len(spread) * 99 // 100] * 1000, 1),
        seconds_to_send=round(handed[-1] - start, 1),
    )


def _number(answered: Answered) -> int:
    """The place of the message among those sent, by its sequence."""
    return int(answered.receipt.sequence.partition(".")[2]) - 1


def _position(found: Exchange) -> int:
    with psycopg.connect(found.engine.owner) as db:
        row = db.execute("SELECT COALESCE(MAX(notification_id), 0) FROM event").fetchone()
    return int(row[0]) if row is not None else 0


def _twins(found: Exchange) -> None:
    """A table as the store's own, with its indexes, for each yardstick to copy into."""
    with psycopg.connect(found.engine.owner) as db:
        for into in _INTO.values():
            db.execute(SQL("CREATE TABLE {} (LIKE event INCLUDING ALL)").format(into))


def _rows(found: Exchange, position: int) -> tuple[Row, ...]:
    """What the hub kept in the round."""
    with psycopg.connect(found.engine.owner) as db:
        return tuple(
            (stream, version, code, bytes(state)) for stream, version, code, state in db.execute(_ROWS, (position,))
        )


def _copy(found: Exchange, rows: tuple[Row, ...], into: str) -> None:
    """The rows of the round, copied in transactions of as many statements as the hub keeps at once."""
    with psycopg.connect(found.engine.owner) as db:
        at_once = max(1, len(rows) * TOGETHER // EVENTS)
        for start in range(0, len(rows), at_once):
            with (
                db.cursor() as cursor,
                cursor.copy(_COPY.format(_INTO[into])) as copy,
            ):
                copy.set_types(("uuid", "int8", "text", "bytea"))
                for row in rows[start : start + at_once]:
                    copy.write_row(row)
            db.commit()


def _unavoidable(found: Exchange, messages: tuple[Outgoing, ...], plain: tuple[bytes, ...]) -> None:
    """Each seal opened, each signature proved, each row sealed."""
    seal, sender = found.hub_seal(), found.sender()
    keys = {sender.source: {sender.signing.key_id: sender.signing.private.public_key()}}
    proved = ProvedRoots()
    for outgoing in messages:
        for signed in bundle.open_all(outgoing.message, outgoing.topic, seal):
            envelope.prove(signed, outgoing.message, outgoing.topic, keys, proved)
    cipher = Xaes256Gcm(os.urandom(KEY_BYTES))
    for row in plain:
        cipher.encrypt(os.urandom(NONCE_BYTES), row, _BOUND)


@contextmanager
def _timed() -> Iterator[tuple[list[float], list[float]]]:
    """Seconds by the wall clock, and of this process's processor time, when the block has ended."""
    wall: list[float] = []
    processor: list[float] = []
    start, began = time.perf_counter(), time.process_time()
    yield wall, processor
    wall.append(time.perf_counter() - start)
    processor.append(time.process_time() - began)
