"""The hub's end of the road: messages are received together, their senders answered, and only then are they done with.

A crash at any point gives the messages again, and the same answers.
"""

from itertools import islice
from typing import Protocol

from contracts.events.hub import ReceiptIssued
from hub.application.bus_port import Bus, agency_of
from hub.application.receive_together import Answered, receive_together
from hub.application.receiving import Receiving
from hub.domain.errors import TopicRefuses

CONSUMER = "hub-receive"
TOGETHER = 500  # statements kept in one transaction, at most
REST_SECONDS = 15.0


class Answer(Protocol):
    """Sends each receipt to the agency on whose topic the message came."""

    def __call__(self, answered: tuple[Answered, ...], /) -> frozenset[str]:
        """Put the signed, sealed receipts on the agencies' receipts topics; durable when this returns.

        Gives the topics of agencies whose receipts topic refuses: those alone have not been answered. Raises
        StoreUnavailable.
        """


def take_messages(
    receiving: Receiving,
    bus: Bus,
    answer: Answer,
    topics: tuple[str, ...],
    *,
    limit: int = 500,
    together: int = TOGETHER,
    rest_seconds: float = REST_SECONDS,
) -> tuple[ReceiptIssued, ...]:
    """The receipts for the next messages, at most `limit` of them; `together` statements are kept at once.

    Raises StoreUnavailable, Conflict: what is not done with waits. Raises TopicRefuses, naming the agencies, after all
    else is done: what they sent rests for `rest_seconds`, and is then given and answered again.
    """
    arrived = bus.poll(CONSUMER, topics, limit)
    if not arrived:
        return ()  # nor is the registry read for nothing, several times a second
    letters = receiving.unsealer.letters(arrived)
    receipts: list[ReceiptIssued] = []
    unanswered: frozenset[str] = frozenset()
    while part := tuple(islice(letters, together)):
        answered = receive_together(receiving, part)
        unanswered |= answer(answered)
        ended = (letter.arrived for letter in part if letter.last)
        bus.done_all(CONSUMER, tuple(one for one in ended if one.topic not in unanswered))
        receipts += (one.receipt for one in answered)
    if unanswered:
        bus.rest(CONSUMER, unanswered, rest_seconds)
        raise TopicRefuses(" ".join(sorted(map(agency_of, unanswered))), rest_seconds)
    return tuple(receipts)
