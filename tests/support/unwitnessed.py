"""A hub whose one witness has said nothing for nine hours."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from contracts.signature import SigningKey
from hub.adapters.event_store import StoreKeys
from hub.adapters.recorded_store import RecordedStore
from hub.adapters.telemetry import Telemetry
from hub.application.gather_cosignatures import Standing
from hub.application.keep_outcome import Outcomes
from hub.domain.witnessed import WitnessState
from hub.wiring import Hub
from tests.support.small_hub import SmallHub
from tests.support.witnesses import policy_text

SILENT = timedelta(hours=9)


def left_alone(hub: Hub) -> Path:
    """The policy file to name in the settings of a hub in the same folder: then nobody has confirmed its log since."""
    file = hub.settings.home / "log-policy"
    file.write_text(policy_text((hub.log_key,), {"police": "bus:police"}, 1))
    hub.witnesses.book.write((Standing("police", code="no_answer"),), hub.clock.now() - SILENT)
    return file


def waiting(hub: SmallHub, state: Callable[[], WitnessState]) -> RecordedStore:
    """The hub's own store over the same rows, which asks this how the witnesses stand."""
    signing = SigningKey("hub-1", Ed25519PrivateKey.from_private_bytes(hub.keyring.secret("signing")))
    return RecordedStore(
        hub.recorder,
        hub.mapper,
        StoreKeys(hub.keyring.secret("streams"), signing, hub.clock),
        None,
        Telemetry(),
        outcomes=Outcomes(bytes(32), hub.clock, signing.private.sign),
        witnessed=state,
    )
