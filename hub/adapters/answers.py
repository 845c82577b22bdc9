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

    def __call__(self, answered: tuple[Answered, ...]) -> None:
        """Answer the agency whose topic it is: a forger writes on nobody's topic, but the true owner's is told."""
        enrolled = self.enrolments()
        by_topic: dict[str, list[Answered]] = {}
        for one in answered:
            by_topic.setdefault(one.arrived.topic, []).append(one)
        outgoing: list[Outgoing] = []
        for topic, answers in by_topic.items():
            partner = self.inbound[topic]
            to = enrolled.get(partner.source)
            if to is not None:
                receipts = tuple(one.receipt for one in answers)
                messages = seal_receipts(receipts, to, partner.receipts_topic, self.key, self.clock.now())
                outgoing += (self._outgoing(partner.receipts_topic, answers[0].arrived, one) for one in messages)
        if outgoing:
            self.bus.send_all(tuple(outgoing))

    def _outgoing(self, topic: str, arrived: Arrived, message: Sealed) -> Outgoing:
        """All answers to one agency go under one routing key: of two to one fact the later must come later."""
        return Outgoing(topic, str(uuid5(_ROUTES, topic)), self.continuing(arrived, message))
