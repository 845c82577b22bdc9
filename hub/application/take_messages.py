"""The hub's end of the road: each message is received, its sender answered, and only then is the message done with."""

from typing import Protocol

from contracts.events.hub import ReceiptIssued
from hub.application.ports import Arrived, Bus
from hub.application.receive_report import Receiving, receive_report

CONSUMER = "hub-receive"


class Answer(Protocol):
    """Sends a receipt to the agency on whose topic the message came."""

    def __call__(self, arrived: Arrived, receipt: ReceiptIssued) -> None:
        """Put the signed, sealed receipt on the agency's receipts topic; durable when this returns."""


def take_messages(
    receiving: Receiving, bus: Bus, answer: Answer, topics: tuple[str, ...], limit: int = 200
) -> tuple[ReceiptIssued, ...]:
    """The receipts for the next messages. A crash at any point gives the message again, and the same answer.

    Raises StoreUnavailable, Conflict: the message waits.
    """
    receipts: list[ReceiptIssued] = []
    for arrived in bus.poll(CONSUMER, topics, limit):
        receipt = receive_report(receiving, arrived)
        answer(arrived, receipt)
        bus.done(CONSUMER, arrived)
        receipts.append(receipt)
    return tuple(receipts)
