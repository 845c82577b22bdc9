"""Who takes in what an agency states besides reports: one line for each fact, in every version an edge may send."""

from collections.abc import Mapping
from typing import Protocol

from contracts.events.hub import ReceiptIssued
from contracts.signature import Attributes, Signed
from hub.application.ports import Clock, Store
from hub.application.take_acknowledgement import ACKNOWLEDGED, take_acknowledgement
from hub.application.take_heartbeat import HEARTBEAT, take_heartbeat


class Taker(Protocol):
    """Takes in one statement whose signer is proved."""

    def __call__(self, store: Store, clock: Clock, attributes: Attributes, signed: Signed) -> ReceiptIssued:
        """Its receipt; what it says is the store's when this returns. Raises ContractErrors: it is set aside."""


TAKERS: Mapping[str, Taker] = {
    **dict.fromkeys(ACKNOWLEDGED, take_acknowledgement),
    **dict.fromkeys(HEARTBEAT, take_heartbeat),
}
