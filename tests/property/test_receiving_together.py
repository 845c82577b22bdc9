"""Whatever comes, in whatever order: received many at a time, each message has the outcome that it has alone."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agencies.edge import Outgoing
from contracts import bundle
from contracts.catalogue import wire_type
from contracts.envelope import Sealed
from contracts.event import Fact
from contracts.event_id import event_id
from contracts.events.hub import ReceiptIssued
from contracts.report import Change, Person, Place, Report
from contracts.signature import Attributes
from contracts.strict_json import Json
from contracts.vocabulary import ChangeKind, SensitivityTag
from hub.adapters.crossing import Crossing
from hub.application.bus_port import Arrived
from hub.application.ports import Store, Stream, Term
from hub.application.receive_together import Answered
from hub.application.take_messages import take_messages
from hub.domain.errors import StoreUnavailable
from tests.support.given import ROBIN, WREN, a_child, a_concern
from tests.support.small_hub import Sender, SmallHub
from tests.support.watched_store import WatchedStore

CHILDREN: tuple[Person, ...] = (
    a_child(),
    a_child(WREN, given="Wren", born="2026-02-02"),
    a_child(ROBIN, given="Jay"),  # a twin under the same number
    a_child(ROBIN, family="Other"),  # a changed surname
    a_child(None, given="Nobody", family=None),
)
TOGETHER = (1, 2, 7, 200)
KINDS = ("new", "new", "new", "hidden", "named", "altered", "bad", "corrected", "withdrawn_by_another", "forged")
HIDDEN = (SensitivityTag.ADDRESS_PROTECTED,)
HOME = Place(text="4 Refuge Row, Exampleton", postcode="ZZ99 3CZ")


@dataclass(frozen=True)
class Move:
    """One thing that an agency sends: about which child, under which number, what sort of thing."""

    kind: str
    child: int
    number: int
    by_health: bool
    bundled: bool


MOVES = st.builds(
    Move,
    kind=st.sampled_from(KINDS),
    child=st.integers(0, len(CHILDREN) - 1),
    number=st.integers(0, 4),
    by_health=st.booleans(),
    bundled=st.booleans(),
)


@dataclass
class LineBus:
    """What waits, in a line."""

    waiting: list[Arrived]
    done_with: list[int] = field(default_factory=list)

    def poll(self, consumer: str, topics: tuple[str, ...], limit: int) -> tuple[Arrived, ...]:
        """See bus_port.Bus."""
        return tuple(one for one in self.waiting if one.position not in self.done_with)[:limit]

    def done(self, consumer: str, arrived: Arrived) -> None:
        """See bus_port.Bus."""
        self.done_all(consumer, (arrived,))

    def done_all(self, consumer: str, arrived: tuple[Arrived, ...]) -> None:
        """See bus_port.Bus."""
        self.done_with += (one.position for one in arrived)

    def rest(self, consumer: str, topics: frozenset[str], seconds: float) -> None:
        """See bus_port.Bus."""

    def send(self, topic: str, key: str, message: Sealed) -> None:
        """See bus_port.Bus."""

    def send_all(self, outgoing: tuple[Outgoing, ...]) -> None:
        """See bus_port.Bus."""


def stated(move: Move, sender: Sender) -> tuple[Report, bytes]:
    """What is stated, and the bytes in which it is."""
    child, record = CHILDREN[move.child], f"C-{move.number}"
    report: Report
    if move.kind == "hidden":
        report = a_concern(record, child.model_copy(update={"address": HOME}), tags=HIDDEN)
    elif move.kind == "named":
        report = a_concern(record, child, words=f"Lives at {HOME.text}, {HOME.postcode}")
    elif move.kind == "altered":
        report = a_concern(record, child, words="as changed afterwards")
    elif move.kind == "corrected":
        change = Change(kind=ChangeKind.CORRECTION, of=event_id(sender.source, a_concern(record)), reason="again")
        report = a_concern(record, child, version="2", change=change)
    elif move.kind == "withdrawn_by_another":
        other = "urn:childhub:agency:police" if move.by_health else "urn:childhub:agency:health"
        change = Change(kind=ChangeKind.RETRACTION, of=event_id(other, a_concern(record)), reason="not so")
        report = a_concern(record, child, version="3", change=change)
    else:
        report = a_concern(record, child)
    return report, b"{" if move.kind == "bad" else report.to_bytes()


def messages(hub: SmallHub, moves: list[Move]) -> tuple[Arrived, ...]:
    """The moves as they come along the road; what is bundled shares one message with its like before it."""
    found: list[Arrived] = []
    open_bundle: dict[str, list[bundle.Statement]] = {}

    def add(sender: Sender, statements: list[bundle.Statement], forged: bool = False) -> None:
        key = (
            hub.police.signing if forged and sender is hub.health else hub.health.signing if forged else sender.signing
        )
        message = bundle.seal_together(tuple(statements), key, hub.seal.public_key(), uuid4())
        found.append(Arrived(sender.topic, len(found), message))

    for move in moves:
        sender = hub.health if move.by_health else hub.police
        report, body = stated(move, sender)
        attributes = Attributes(
            event_id(sender.source, report), sender.source, wire_type(type(report)), sender.topic, hub.clock.now()
        )
        if move.bundled and move.kind != "forged":
            open_bundle.setdefault(sender.name, []).append((body, attributes))
        else:
            add(sender, [(body, attributes)], forged=move.kind == "forged")
    for sender in hub.senders:
        if sender.name in open_bundle:
            add(sender, open_bundle[sender.name])
    return tuple(found)


@dataclass(frozen=True)
class Result:
    """Everything that came of it."""

    receipts: tuple[ReceiptIssued, ...]
    rows: tuple[tuple[UUID, int, str], ...]
    facts: tuple[dict[str, Json], ...]
    terms: tuple[Term, ...]


@contextmanager
def copied(folder: Path, hub: SmallHub) -> Iterator[SmallHub]:
    """A hub that is the same and has received nothing."""
    with tempfile.TemporaryDirectory() as name:
        shutil.copytree(folder / "keys", Path(name) / "keys")
        again = SmallHub(Path(name))
        again.police, again.health, again.senders = hub.police, hub.health, hub.senders
        yield again


def take_in(hub: SmallHub, report: Report) -> None:
    """As another worker of the hub does it."""
    hub.receive(report, hub.health)


def received(hub: SmallHub, arrived: tuple[Arrived, ...], together: int, store: Store | None = None) -> Result:
    """What comes of the messages, so many statements kept at once."""
    bus, answered = LineBus(list(arrived)), list[ReceiptIssued]()

    def answer(batch: tuple[Answered, ...]) -> frozenset[str]:
        answered.extend(one.receipt for one in batch)
        return frozenset()

    topics = tuple(sender.topic for sender in hub.senders)
    while take_messages(hub.receiving(store), bus, answer, topics, limit=5, together=together):
        pass
    assert sorted(bus.done_with) == [one.position for one in arrived]
    return Result(tuple(answered), *kept(hub))


def kept(
    hub: SmallHub,
) -> tuple[tuple[tuple[UUID, int, str], ...], tuple[dict[str, Json], ...], tuple[Term, ...]]:
    """Every row, every fact of the hub's own as far as it is not sealed anew each time, and every term."""
    rows = hub.store.rows_after(0, 10_000)
    facts = (hub.store.open_row(row) for row in rows)
    dumped = tuple(fact.model_dump(mode="json", exclude={"held"}) for fact in facts if fact is not None)
    places = tuple((row.stream_id, row.version, row.code) for row in rows)
    return places, dumped, hub.recorder.terms_after(Term(b"", UUID(int=0)), 10_000)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("hub")


@pytest.fixture(scope="module")
def first(folder: Path) -> SmallHub:
    return SmallHub(folder)


@settings(max_examples=25, deadline=None)
@given(moves=st.lists(MOVES, min_size=1, max_size=25))
def test_many_at_a_time_come_to_what_each_alone_comes_to(folder: Path, first: SmallHub, moves: list[Move]) -> None:
    arrived = messages(first, moves)
    results = []
    for together in TOGETHER:
        with copied(folder, first) as hub:
            results.append(received(hub, arrived, together))
    assert len(results[0].receipts) == len(moves)
    for result in results[1:]:
        assert result == results[0]


@settings(max_examples=15, deadline=None)
@given(moves=st.lists(MOVES, min_size=2, max_size=15), at=st.integers(1, 6))
def test_what_comes_between_changes_no_outcome(folder: Path, first: SmallHub, moves: list[Move], at: int) -> None:
    """Another worker takes in a report about the same children after the batch was decided and before it is kept."""
    arrived = messages(first, moves)
    between = a_concern("between", CHILDREN[0])
    with copied(folder, first) as hub:
        hub.receive(between, hub.health)
        alone = received(hub, arrived, 1)
    with copied(folder, first) as hub:
        together = received(hub, arrived, at + 1, WatchedStore(hub.store, partial(take_in, hub, between)))
    assert len(together.receipts) == len(moves)
    outcomes = [[(one.event_id, one.outcome, one.code) for one in result.receipts] for result in (alone, together)]
    assert outcomes[0] == outcomes[1]


def test_a_keep_that_fails_leaves_every_message_waiting(first: SmallHub, folder: Path) -> None:
    moves = [Move("new", 0, number, by_health=False, bundled=number > 2) for number in range(5)]
    arrived = messages(first, moves)

    def full() -> None:
        raise StoreUnavailable("disk")

    with copied(folder, first) as hub:
        bus = LineBus(list(arrived))
        with pytest.raises(StoreUnavailable):
            take_messages(hub.receiving(WatchedStore(hub.store, full)), bus, lambda _: frozenset(), (hub.police.topic,))
        assert (bus.done_with, hub.store.rows_after(0, 10)) == ([], ())
        assert [one.outcome for one in received(hub, arrived, 200).receipts] == ["accepted"] * 5


def test_where_nothing_waits_the_registry_is_not_read(first: SmallHub) -> None:
    asked: list[Stream] = []

    def registered(stream: Stream) -> tuple[Fact, ...]:
        asked.append(stream)
        return (first.police.enrolment(first.clock),)

    receiving = replace(first.receiving(), unsealer=Crossing(first.seal, registered, first.clock))
    (one,) = messages(first, [Move("new", 0, 1, by_health=False, bundled=False)])
    for waiting, counts in (([], (0, 0)), ([one], (1, 1))):
        taken = take_messages(receiving, LineBus(waiting), lambda _: frozenset(), (first.police.topic,))
        assert (len(taken), len(asked)) == counts
