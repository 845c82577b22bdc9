"""An edge says that it is there, and heeds what the hub answers to that."""

from typing import Protocol
from uuid import uuid4

from agencies.edge import Publisher
from agencies.heartbeat import Counting, Heart, heartbeat, seal_heartbeat
from contracts.events.feed import FeedHeartbeat
from contracts.events.hub import ReceiptIssued
from hub.application.ports import Clock
from hub.application.take_heartbeat import HEARD
from hub.domain.feed import WENT_BACK


class Renumbering(Protocol):
    """An outbox that can begin its numbers again."""

    def begin_again(self, epoch: str) -> None:
        """Number from 1 under a new epoch if `epoch` is the present one; durable on return."""


def beat(heart: Heart, outbox: Counting, publisher: Publisher, clock: Clock) -> FeedHeartbeat:
    """What was said; it is on the bus. It is never kept for later: a heartbeat that waits is none.

    Raises StoreUnavailable (outbox or bus are away: say it again next time).
    """
    said = heartbeat(outbox.so_far(), clock.now(), heart)
    publisher.publish(seal_heartbeat(heart, said, uuid4(), uuid4()))
    return said


def heed(receipt: ReceiptIssued, outbox: Renumbering) -> bool:
    """Whether the hub answers a heartbeat; then it is done with, and need not be kept.

    An edge whose numbers went back begins a new epoch, so that no number means two messages from then on.
    """
    codes = {mark.code for mark in receipt.marks}
    if HEARD not in codes:
        return False
    if WENT_BACK in codes:
        outbox.begin_again(receipt.sequence.partition(".")[0])
    return True
