"""Where one agency's answers are refused, what becomes of the others, of what it sent, and of what it sends next?"""

from dataclasses import dataclass, field
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from agencies.edge import Outgoing
from contracts.signature import SigningKey
from hub.adapters.answers import Answers
from hub.adapters.bus_embedded import EmbeddedBus
from hub.application.take_messages import CONSUMER, take_messages
from hub.domain.errors import TopicRefuses
from tests.support.given import a_concern
from tests.support.small_hub import Sender, SmallHub


class Refusing(EmbeddedBus):
    """A bus of which some topics take nothing: neither what is for them nor, as on Kafka, what is sent with it."""

    refuses: frozenset[str] = frozenset()

    def send_all(self, outgoing: tuple[Outgoing, ...]) -> None:
        """See bus_port.Bus."""
        if any(one.topic in self.refuses for one in outgoing):
            raise TopicRefuses("TopicAuthorizationFailedError")
        super().send_all(outgoing)


@dataclass(frozen=True)
class Reached:
    """A sender and where it is answered."""

    sender: Sender

    @property
    def source(self) -> str:
        """Its CloudEvents source."""
        return self.sender.source

    @property
    def receipts_topic(self) -> str:
        """Where the hub answers it."""
        return f"receipts.{self.sender.name}.v1"


@dataclass
class Road:
    """A hub with two agencies, and the bus between them."""

    folder: Path
    bus: Refusing = field(init=False)

    def __post_init__(self) -> None:
        """Open both."""
        self.bus = Refusing(self.folder / "bus.db")
        self.hub = SmallHub(self.folder)
        reached = {sender.topic: Reached(sender) for sender in self.hub.senders}
        enrolled = {sender.source: sender.enrolment(self.hub.clock) for sender in self.hub.senders}
        signing = SigningKey("hub-1", Ed25519PrivateKey.generate())
        self.answers = Answers(self.bus, reached, lambda: enrolled, signing, self.hub.clock)

    def refuse(self, *senders: Sender) -> None:
        """These cannot be answered; all others can."""
        self.bus.refuses = frozenset(Reached(sender).receipts_topic for sender in senders)

    def send(self, sender: Sender, *records: str) -> None:
        """It reports so many concerns."""
        for record in records:
            self.bus.send(sender.topic, record, self.hub.sealed(a_concern(record), sender))

    def take(self, rest_seconds: float = 3600, together: int = 500) -> int:
        """How many statements were received and answered."""
        topics = tuple(sender.topic for sender in self.hub.senders)
        receiving = self.hub.receiving()
        return len(
            take_messages(receiving, self.bus, self.answers, topics, together=together, rest_seconds=rest_seconds)
        )

    def unread(self, sender: Sender) -> int:
        """How many of its messages are not done with."""
        return sum(one.count for one in self.bus.lag(CONSUMER, (sender.topic,)))

    def answered(self, sender: Sender) -> int:
        """How many messages lie on the topic on which it is answered."""
        return sum(one.count for one in self.bus.lag("edge", (Reached(sender).receipts_topic,)))


@pytest.fixture
def road(tmp_path: Path) -> Road:
    """A hub, its two agencies, and the bus."""
    return Road(tmp_path)


@pytest.mark.parametrize("together", [1, 2, 500])
def test_the_others_are_answered_and_it_alone_waits(road: Road, together: int) -> None:
    police, health = road.hub.senders
    road.send(police, "P-1", "P-2")
    road.send(health, "H-1")
    road.refuse(police)
    road.send(police, "P-3")
    with pytest.raises(TopicRefuses, match=r"^police$"):
        road.take(together=together)
    assert (road.unread(health), road.unread(police)) == (0, 3)
    assert (road.answered(health), road.answered(police)) == (1, 0)


def test_while_it_waits_the_others_go_on_and_nothing_is_refused_again(road: Road) -> None:
    police, health = road.hub.senders
    road.send(police, "P-1")
    road.refuse(police)
    with pytest.raises(TopicRefuses) as refused:
        road.take(rest_seconds=3600)
    assert refused.value.rests == 3600
    road.send(police, "P-2")
    road.send(health, "H-1", "H-2")
    assert road.take() == 2
    assert (road.unread(health), road.unread(police)) == (0, 2)


def test_once_it_can_be_answered_it_is_for_everything(road: Road) -> None:
    police, _ = road.hub.senders
    road.send(police, "P-1", "P-2")
    road.refuse(police)
    for _ in range(2):
        with pytest.raises(TopicRefuses):
            road.take(rest_seconds=0)
    road.refuse()
    assert road.take() == 2
    assert (road.unread(police), road.answered(police)) == (0, 1)


def test_where_nobody_can_be_answered_everybody_waits(road: Road) -> None:
    police, health = road.hub.senders
    road.send(police, "P-1")
    road.send(health, "H-1")
    road.refuse(police, health)
    with pytest.raises(TopicRefuses, match=r"^health police$"):
        road.take()
    assert (road.unread(health), road.unread(police)) == (1, 1)
