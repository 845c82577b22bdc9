"""What the use cases need of the road between agencies and hub, and of the seal on what comes along it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from agencies.edge import Outgoing
from contracts.envelope import Sealed
from contracts.errors import ContractError
from contracts.signature import Attributes, Signed


@dataclass(frozen=True, slots=True)
class Arrived:
    """A message as it came off the bus, with its topic and place there."""

    topic: str
    position: int
    message: Sealed


@dataclass(frozen=True, slots=True)
class Letter:
    """One statement that a message held: `proved` or `refused`, never both.

    `inside` is what the seal held, proved or not; None where the seal did not open. `number` is the statement's place
    in a bundle, from 1; 0 where the message holds this statement alone. `last`: no other of the message follows.
    """

    arrived: Arrived
    number: int = 0
    last: bool = True
    inside: Signed | None = None
    proved: tuple[Attributes, Signed] | None = None
    refused: ContractError | None = None


@dataclass(frozen=True, slots=True)
class Unread:
    """What a consumer has not done with of a topic: how many messages; `done_to` and `ends_at` only grow."""

    topic: str
    count: int
    done_to: int
    ends_at: int


class Unsealer(Protocol):
    """Opens what is sealed to the hub and proves who stated it."""

    def letters(self, arrived: tuple[Arrived, ...]) -> Iterator[Letter]:
        """Every statement of the messages, in order, each proved or refused by itself (NotForUs, NotGenuine).

        Keys are those pinned when the first is asked for. A message that does not open is one refused letter.
        """

    def claimed(self, letter: Letter) -> tuple[str | None, str | None]:
        """Source and event id that the statement claims, unproved; None where it does not say."""

    def alone(self, letter: Letter) -> Sealed:
        """The statement as a sealed message of its own, which opens as the letter did."""


class Bus(Protocol):
    """The road between agencies and hub: durable, in order for each child, at least once."""

    def poll(self, consumer: str, topics: tuple[str, ...], limit: int) -> tuple[Arrived, ...]:
        """The next messages for a consumer, oldest first in each topic; the same again until they are done."""

    def done(self, consumer: str, arrived: Arrived) -> None:
        """The consumer has kept what it made of the message; it is not given it again."""

    def done_all(self, consumer: str, arrived: tuple[Arrived, ...]) -> None:
        """As `done` for each, in one go."""

    def rest(self, consumer: str, topics: frozenset[str], seconds: float) -> None:
        """Give this consumer nothing of these topics for so long; after it, all that is not done, in order as before.

        It holds for this object: another worker may be given them at once, and a process that begins anew.
        """

    def send(self, topic: str, key: str, message: Sealed) -> None:
        """Put a message on a topic; durable when this returns. Raises TopicRefuses, StoreUnavailable."""

    def send_all(self, outgoing: tuple[Outgoing, ...]) -> None:
        """Put messages on their topics, in order for each key; all durable when this returns, some if it raises.

        Raises TopicRefuses (some topic of theirs takes nothing just now), StoreUnavailable.
        """


def agency_of(topic: str) -> str:
    """The agency whose topic it is, by its name (`in.police.v1`: `police`); what is no agency's, as it is."""
    parts = topic.split(".")
    return parts[1] if len(parts) > 1 else topic
