"""What being on record costs: a read that is kept beside the same read that is not, and how many decisions are kept.

The build that keeps nothing is made here and nowhere else; the product has no setting for it.
"""

import statistics
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

from eventsourcing.sqlite import SQLiteConnection, SQLiteDatastore

from bench.figures import Figure, show
from contracts.identifiers import Identifier, parse_identifier
from contracts.vocabulary import Purpose
from hub.adapters.event_store import EventStore, StoreKeys
from hub.adapters.group_commit import GroupedRecorder
from hub.adapters.permits import Permits
from hub.adapters.recorder import DurablePool, datastore
from hub.application.ports import Entry, Kept, Seen, Stream, Term
from hub.application.read_chronology import read_chronology
from tests.support.given import StoppedClock, a_child, a_concern, a_decision, an_actor
from tests.support.small_hub import SmallHub

READERS, READS, ROUNDS = 64, 512, 3
CHILDREN, ENTRIES = 64, 30
KEEPS = 3_000
SLOW_SECONDS = 0.010


class RealClock(StoppedClock):
    """The machine's own, with random ids."""

    def now(self) -> datetime:
        """Now."""
        return datetime.now(UTC)

    def new_id(self) -> UUID:
        """A random id."""
        return uuid4()


class Forgetful(EventStore):
    """Gives the permit without keeping the decision: for this measurement alone."""

    def keep(self, entries: tuple[Entry, ...], terms: tuple[Term, ...] = (), seen: Seen = ()) -> Kept:
        """See ports.Store; nothing is kept."""
        positions = tuple(range(1, len(entries) + 1))
        return Kept(positions, self._permits.give(entries, positions, seen))


class SlowConnection(SQLiteConnection):
    """A connection whose commits take as long as they do on a slower disk."""

    def commit(self) -> None:
        """Wait, then commit with a real fsync."""
        time.sleep(SLOW_SECONDS)
        super().commit()


class SlowPool(DurablePool):
    """Such connections."""

    def _create_connection(self) -> SQLiteConnection:
        made = super()._create_connection()
        return SlowConnection(made._sqlite_conn, self.max_age)


def measure() -> None:
    """Print the figures."""
    _reads()
    _keeps("kept_decisions", datastore)
    _keeps("kept_decisions_10_ms_fsync", _slow)


def _reads() -> None:
    with tempfile.TemporaryDirectory() as folder:
        hub, children = _hub(Path(folder))
        keys = StoreKeys(hub.keyring.secret("streams"), hub.store._keys.signing, hub.clock)
        forgetful = Forgetful(hub.recorder, hub.mapper, keys)
        forgetful._permits = Permits(hub.clock)
        kept: list[float] = []
        not_kept: list[float] = []
        _times(hub, hub.store, children, "first")
        for number in range(ROUNDS):  # by turns, so that both meet the same load
            kept.append(statistics.median(_times(hub, hub.store, children, f"kept-{number}")))
            not_kept.append(statistics.median(_times(hub, forgetful, children, f"not-kept-{number}")))
        ratio = statistics.median(kept) / statistics.median(not_kept)
        show(
            "audited_read_p50_64_readers",
            Figure(tuple(kept)),
            "ratio to the same read not kept at most 1.3",
            ratio_to_not_kept=round(ratio, 3),
            not_kept_median_ms=round(statistics.median(not_kept) * 1000, 2),
            reads=READS,
            entries=ENTRIES,
        )


def _times(hub: SmallHub, store: EventStore, children: list[Identifier], shift: str) -> list[float]:
    """The seconds of each read, by as many readers at once.

    Each reader has one child, and each shift its own readers: else the search budget would refuse them, or the hour
    of one of them grow long enough to be counted through. Nobody is enrolled, so the agency's budget counts nobody.
    """

    def read(number: int) -> float:
        place = number % len(children)
        actor = an_actor(f"{shift}-{place}")
        start = time.perf_counter()
        read_chronology(hub.reading(store), actor, children[place], Purpose.SECTION_47)
        return time.perf_counter() - start

    with ThreadPoolExecutor(READERS) as pool:
        return list(pool.map(read, range(READS)))


def _keeps(name: str, opened: Callable[[Path], SQLiteDatastore]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        hub = SmallHub(Path(folder), RealClock(), GroupedRecorder(opened(Path(folder) / "hub.db")))
        people = [uuid4() for _ in range(200)]
        prepared = [_decision(people[number % len(people)]) for number in range(KEEPS)]
        hub.mapper.prepare(frozenset(f"person/{person.hex}" for person in people))

        def keep(entry: Entry) -> float:
            start = time.perf_counter()
            hub.store.keep((entry,))
            return time.perf_counter() - start

        start = time.perf_counter()
        with ThreadPoolExecutor(READERS) as pool:
            seconds = list(pool.map(keep, prepared))
        per_second = KEEPS / (time.perf_counter() - start)
        aim = "at least 1,000 kept decisions a second"
        show(name, Figure(tuple(seconds)), aim, kept_per_second=round(per_second), at_once=READERS)


def _decision(person_id: UUID) -> Entry:
    decision = a_decision(person_id, 0).model_copy(update={"decision_id": uuid4()})
    return Entry(Stream.access(person_id), decision.decision_id, decision)


def _slow(path: Path) -> SQLiteDatastore:
    store = datastore(path)
    store.pool.close()
    store.pool = SlowPool(db_name=str(path), lock_timeout=30, pool_size=8, max_overflow=32, pool_timeout=30)
    return store


def _hub(folder: Path) -> tuple[SmallHub, list[Identifier]]:
    hub = SmallHub(folder, RealClock(), GroupedRecorder(datastore(folder / "hub.db")))
    numbers = [number for number in (_nhs(each) for each in range(100, 100 + 2 * CHILDREN)) if number][:CHILDREN]
    for place, number in enumerate(numbers):
        child = a_child(number, family=f"Exemplar{chr(97 + place % 26)}{chr(97 + place // 26)}")
        for entry in range(ENTRIES):
            hub.receive(a_concern(f"C-{place}-{entry}", child, words="Words " * 40))
    return hub, [parse_identifier(f"nhs:{number}") for number in numbers]


def _nhs(number: int) -> str | None:
    """A number from the range for tests; None where it would have no check digit."""
    base = f"999{number:06d}"
    left = 11 - sum(int(digit) * (10 - place) for place, digit in enumerate(base)) % 11
    return None if left == 10 else f"{base}{left % 11}"
