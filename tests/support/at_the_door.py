"""The process that opens what is held apart, asked without its socket."""

import json

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from contracts.base64_text import from_text
from hub.adapters.compartment_keys import CompartmentKeys
from hub.adapters.compartment_opener import CompartmentOpener, request_of
from hub.application.in_parts import SealedPart
from hub.domain.compartments import HeldApart
from hub.domain.errors import DoorShut, NotPermitted
from hub.wiring import Hub
from tests.support.small_hub import SmallHub


class AtTheDoor:
    """The service itself, with what it was asked."""

    def __init__(self, hub: SmallHub | Hub) -> None:
        self.service = service_of(hub)
        self.asked: list[SealedPart] = []

    def answers(self) -> bool:
        """See open_apart.Door."""
        return True

    def open(self, part: SealedPart) -> HeldApart:
        """See open_apart.Door."""
        self.asked.append(part)
        return HeldApart.model_validate_json(opened(self.service.answer(request_of(part.decision, part.sealed))))


class Shut:
    """A process that is not there."""

    def answers(self) -> bool:
        """See open_apart.Door."""
        return False

    def open(self, part: SealedPart) -> HeldApart:
        """See open_apart.Door."""
        raise DoorShut("compartments_do_not_answer")


def opened(answer: bytes) -> bytes:
    """What the answer holds. Raises NotPermitted, with its code."""
    said = json.loads(answer)
    if "refused" in said:
        raise NotPermitted(said["refused"])
    return from_text(said["opened"])


def service_of(hub: SmallHub | Hub) -> CompartmentOpener:
    """What answers, with the compartments' keys and the hub's public one."""
    signing = Ed25519PrivateKey.from_private_bytes(hub.keyring.secret("signing"))
    private = hub.private if isinstance(hub, SmallHub) else CompartmentKeys(hub.settings.home / "compartments")
    return CompartmentOpener(private, {"hub-1": signing.public_key()}, hub.clock)
