"""The way out to agencies: what is shared, signed by the hub, sealed to its recipient, on the recipient's own topic."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from agencies.agency import Agency
from contracts.events.sharing import ReportShared
from contracts.signature import SigningKey
from hub.adapters.crossing import Enrolments, seal_shared
from hub.application.bus_port import Bus
from hub.application.ports import Clock
from hub.domain.errors import NotEnrolled


@dataclass(frozen=True, slots=True)
class Outward:
    """See application.share_reports.Dispatch. `partners` is by source; `routing_secret` (32 bytes) keys the tokens."""

    bus: Bus
    partners: Mapping[str, Agency]
    enrolments: Enrolments
    signing: SigningKey
    routing_secret: bytes
    clock: Clock

    def reply_to(self, recipient: str) -> str:
        """See application.share_reports.Dispatch."""
        if recipient not in self.partners or recipient not in self.enrolments():
            raise NotEnrolled("agency")
        return self.partners[recipient].inbound_topic

    def send(self, person_id: UUID, shared: ReportShared) -> None:
        """See application.share_reports.Dispatch. What is about one child stays in order for one recipient."""
        enrolled = self.enrolments().get(shared.recipient)
        if enrolled is None:
            raise NotEnrolled("agency")
        topic = self.partners[shared.recipient].outbound_topic
        about = f"{shared.recipient} {person_id}".encode()
        token = UUID(bytes=hmac.digest(self.routing_secret, about, sha256)[:16], version=4)
        self.bus.send(topic, str(token), seal_shared(shared, enrolled, topic, self.signing, self.clock.now()))
