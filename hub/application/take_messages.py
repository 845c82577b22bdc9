"""The hub's end of the road: messages are received together, their senders answered, and only then are they done with.

A crash at any point gives the messages again, and the same answers.
"""

from collections.abc import Iterator
from itertools import islice
from typing import Protocol

from contracts.events.hub import ReceiptIssued
from hub.application.bus_port import Bus, Letter
from hub.application.receive_together import Answered, receive_together
from hub.application.receiving import Receiving

CONSUMER = "hub-receive"
TOGETHER = 500  # statements kept in one transaction, at most


class Answer(Protocol):
    """Sends each receipt to the agency on whose topic the message came."""

    def __call__(self, answered: tuple[Answered, ...], /) -> None:
        """Put the signed, sealed receipts on the agencies' receipts topics; durable when this returns."""


def take_messages(
    receiving: Receiving,
    bus: Bus,
    answer: Answer,
    topics: tuple[str, ...],
    *,
    limit: int = 500,
    together: int = TOGETHER,
) -> tuple[ReceiptIssued, ...]:
    """The receipts for the next messages, at most `limit` of them; `together` statements are kept at once.

    Raises StoreUnavailable, Conflict: what is not done with waits.
    """
    arrived = bus.poll(CONSUMER, topics, limit)
    if not arrived:
        return ()  # nor is the registry read for nothing, several times a second
    return tuple(_receipts(receiving, bus, answer, receiving.unsealer.letters(arrived), together))


def _receipts(
    receiving: Receiving, bus: Bus, answer: Answer, letters: Iterator[Letter], together: int
) -> Iterator[ReceiptIssued]:
    while part := tuple(islice(letters, together)):
        answered = receive_together(receiving, part)
        answer(answered)
        bus.done_all(CONSUMER, tuple(letter.arrived for letter in part if letter.last))
        yield from (one.receipt for one in answered)
