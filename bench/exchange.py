"""A hub on a real PostgreSQL and a real Kafka, an agency that sends to it, and what one worker of the hub does."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from agencies.agency import Agency, Stated
from agencies.edge import EdgeKeys, Outgoing, seal, seal_all
from agencies.police import AGENCY
from contracts.event_id import event_id
from contracts.events.shared import ConcernRaised
from contracts.signature import SigningKey
from contracts.when import at_moment
from hub.adapters.answers import Answers
from hub.adapters.kafka_plan import Plan, plan
from hub.adapters.keys import Keyring
from hub.adapters.recorder_postgres import DurableDatastore, PostgresHubRecorder
from hub.application.bus_port import Bus
from hub.application.receive_together import Answered
from hub.application.receiving import Receiving
from hub.application.take_messages import CONSUMER, take_messages
from hub.commands.pauses import settle
from tests.support import kafka_broker
from tests.support.buses import KafkaRoad
from tests.support.engines import PostgresEngine, postgres_database
from tests.support.given import StoppedClock, a_child, a_concern
from tests.support.kafka_setup import apply
from tests.support.small_hub import Sender, SmallHub

WORDS = "Seen by the gate at the end of the day, quiet, and said to have been there since noon. " * 4
AT_ONCE = 500  # messages that the edge puts on the bus at once
PER_CHILD = 4  # reports about each child, whom the hub has not met before


class RealClock(StoppedClock):
    """The machine's own, with random ids."""

    def now(self) -> datetime:
        """Now."""
        return datetime.now(UTC).replace(microsecond=0)

    def new_id(self) -> UUID:
        """A random id."""
        return uuid4()


class BenchRoad(KafkaRoad):
    """A partnership of one, whose hub reads as the hub in service does."""

    def plan(self) -> Plan:
        """See KafkaRoad."""
        return plan((self,), hub=self.hub_user, group=CONSUMER, copies=1)


@dataclass
class Exchange:
    """Everything between one agency and the hub; each process of the hub opens its own store and bus."""

    folder: Path
    engine: PostgresEngine
    road: BenchRoad
    seeds: tuple[bytes, bytes]
    made: int = 0

    @property
    def agency(self) -> Agency:
        """The sender, as an agency folder has it."""
        return replace(AGENCY, name=self.road.name, source=f"urn:childhub:agency:{self.road.name}")

    def sender(self) -> Sender:
        """The sender, as the hub knows it."""
        signing = SigningKey("bench-1", Ed25519PrivateKey.from_private_bytes(self.seeds[0]))
        return Sender(self.road.name, AGENCY.kind, signing, X25519PrivateKey.from_private_bytes(self.seeds[1]))

    def hub(self) -> SmallHub:
        """The hub, for one more process."""
        hub = SmallHub(self.folder, RealClock(), PostgresHubRecorder(DurableDatastore(self.engine.application)))
        hub.senders = (self.sender(),)
        return hub

    def hub_seal(self) -> X25519PrivateKey:
        """What opens what is sealed to the hub."""
        keyring = Keyring(self.folder / "keys")
        secret = keyring.secret("seal")
        keyring.close()
        return X25519PrivateKey.from_private_bytes(secret)

    def facts(self, count: int) -> tuple[Stated, ...]:
        """New reports, PER_CHILD about each of so many new children."""
        first, self.made = self.made, self.made + count
        reports = (_report(number) for number in range(first, first + count))
        return tuple(Stated(event_id(self.agency.source, report), report) for report in reports)

    def messages(self, facts: tuple[Stated, ...], *, bulk: bool) -> tuple[Outgoing, ...]:
        """The facts signed and sealed, one by one or together."""
        keys = EdgeKeys(self.sender().signing, b"r" * 32, self.hub_seal().public_key())
        numbered = tuple((fact, f"0000abcd.{number}") for number, fact in enumerate(facts, start=1))
        now = RealClock().now()
        if bulk:
            return seal_all(self.agency, numbered, keys, now)
        return tuple(seal(self.agency, fact, keys, now, sequence) for fact, sequence in numbered)


@dataclass
class Worker:
    """One worker of the hub, told what it answered."""

    exchange: Exchange
    hub: SmallHub
    bus: Bus
    seen: Callable[[tuple[Answered, ...]], None] = lambda _: None

    def __post_init__(self) -> None:
        """Know whom to answer."""
        sender = self.hub.senders[0]
        enrolled = {sender.source: sender.enrolment(self.hub.clock)}
        inbound = {sender.topic: self.exchange.agency}
        signing = SigningKey("hub-1", Ed25519PrivateKey.from_private_bytes(self.hub.keyring.secret("signing")))
        self._answers = Answers(self.bus, inbound, lambda: enrolled, signing, self.hub.clock)
        self._receiving: Receiving = self.hub.receiving()
        settle()  # as `hub work` does

    def step(self) -> int:
        """How many statements were received, kept, answered and done with."""
        return len(take_messages(self._receiving, self.bus, self._answer, (self.hub.senders[0].topic,)))

    def take(self, count: int) -> None:
        """Receive until so many statements were received."""
        while count > 0:
            count -= self.step()

    def _answer(self, answered: tuple[Answered, ...]) -> frozenset[str]:
        waiting = self._answers(answered)
        self.seen(answered)
        return waiting


@contextmanager
def exchange(folder: Path) -> Iterator[Exchange]:
    """Servers, database, topics and keys for one block."""
    reached = kafka_broker.reach(folder)
    with postgres_database(folder) as engine:
        road = BenchRoad(reached)
        apply(reached, road.plan())
        seeds = (Ed25519PrivateKey.generate().private_bytes_raw(), X25519PrivateKey.generate().private_bytes_raw())
        yield Exchange(folder, engine, road, seeds)
        for bus in road.opened:
            bus.close()


def _report(number: int) -> ConcernRaised:
    child = number // PER_CHILD
    nhs = _nhs(child)
    happened = at_moment(datetime(2026, 10, 1, 9, tzinfo=UTC) + timedelta(minutes=number))
    born = f"{2010 + child % 15}-05-11"
    words = f"Log {number}. {WORDS}"
    return a_concern(f"B-{number}", a_child(nhs, family="Exemplar", born=born), words=words, happened=happened)


def _nhs(number: int) -> str:
    """A number of the test range with its check digit; where no check digit fits, the next is taken."""
    while True:
        digits = f"999{number:06d}"
        check = 11 - sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=True)) % 11
        if check != 10:
            return digits + str(0 if check == 11 else check)
        number += 300_000


def publish(send_all: Callable[[tuple[Outgoing, ...]], None], messages: tuple[Outgoing, ...]) -> None:
    """Put the messages on the bus as an edge does, many at a time."""
    for start in range(0, len(messages), AT_ONCE):
        send_all(messages[start : start + AT_ONCE])
