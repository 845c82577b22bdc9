"""The hub's answers on their way: each agency is told on its own receipts topic what became of what it sent."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID, uuid5

from agencies.edge import Outgoing
from contracts.envelope import Sealed
from contracts.signature import SigningKey
from hub.adapters.crossing import Enrolments, seal_receipts
from hub.application.bus_port import Arrived, Bus
from hub.application.ports import Clock
from hub.application.receive_together import Answered
from hub.domain.errors import TopicRefuses

_ROUTES = UUID("3d1f6f0a-94c3-5b0e-8f0e-2f6d4c1b7a90")


class Partner(Protocol):
    """An agency, as far as answering goes."""

    @property
    def source(self) -> str:
        """Its CloudEvents source."""

    @property
    def receipts_topic(self) -> str:
        """Where the hub answers it."""


def _as_it_is(_: Arrived, message: Sealed) -> Sealed:
    return message


@dataclass(frozen=True, slots=True)
class Answers:
    """See take_messages.Answer. An agency that is not enrolled cannot be answered.

    `inbound` says whose topic each is; `key` is the hub's. `continuing` puts answers in the trace of the first message
    that they answer.
    """

    bus: Bus
    inbound: Mapping[str, Partner]
    enrolments: Enrolments
    key: SigningKey
    clock: Clock
    continuing: Callable[[Arrived, Sealed], Sealed] = _as_it_is

    def __call__(self, answered: tuple[Answered, ...]) -> frozenset[str]:
        """Answer the agency whose topic it is: a forger writes on nobody's topic, but the true owner's is told.

        All go together. Where a topic refuses, each agency is answered by itself, so that it is not felt by others.
        """
        outgoing = self._sealed(answered)
        try:
            self._send(tuple(one for some in outgoing.values() for one in some))
        except TopicRefuses:
            return frozenset(topic for topic, some in outgoing.items() if not self._taken(some))
        return frozenset()

    def _sealed(self, answered: tuple[Answered, ...]) -> dict[str, tuple[Outgoing, ...]]:
        """The messages to send, by the inbound topic that they answer."""
        enrolled = self.enrolments()
        by_topic: dict[str, list[Answered]] = {}
        for one in answered:
            by_topic.setdefault(one.arrived.topic, []).append(one)
        outgoing: dict[str, tuple[Outgoing, ...]] = {}
        for topic, answers in by_topic.items():
            partner = self.inbound[topic]
            to = enrolled.get(partner.source)
            if to is not None:
                receipts = tuple(one.receipt for one in answers)
                messages = seal_receipts(receipts, to, partner.receipts_topic, self.key, self.clock.now())
                first = answers[0].arrived
                outgoing[topic] = tuple(self._outgoing(partner.receipts_topic, first, one) for one in messages)
        return outgoing

    def _taken(self, outgoing: tuple[Outgoing, ...]) -> bool:
        try:
            self._send(outgoing)
        except TopicRefuses:
            return False
        return True

    def _send(self, outgoing: tuple[Outgoing, ...]) -> None:
        if outgoing:
            self.bus.send_all(outgoing)

    def _outgoing(self, topic: str, arrived: Arrived, message: Sealed) -> Outgoing:
        """All answers to one agency go under one routing key: of two to one fact the later must come later."""
        return Outgoing(topic, str(uuid5(_ROUTES, topic)), self.continuing(arrived, message))
