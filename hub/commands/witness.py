"""`hub witness AGENCY`: an agency's witness, which cosigns the hub's log and refuses a history that was rewritten.

Over HTTP where the hub may call in (C2SP tlog-witness), over the bus where nobody may.
"""

import argparse
import logging
import logging.config
import sys
import threading
from collections.abc import Mapping
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from agencies import registry as partners
from audit.checkpoint import CosignatureSigner
from audit.errors import AuditError
from audit.note import parse_vkey
from audit.witness import Witness
from audit.witness_server import WitnessServer
from hub.adapters.clock import SystemClock
from hub.adapters.kafka_plan import CHECKPOINTS, cosigned_topic_of, witness_group_of
from hub.adapters.keys import Keyring
from hub.adapters.public_keys import NotPublicKeys, read_keys
from hub.adapters.readiness import reached
from hub.adapters.witness_desk import read_policy
from hub.adapters.witness_roads import BusWitness
from hub.commands import typed
from hub.commands.quiet_log import NAME, log_config
from hub.commands.status_port import told
from hub.commands.stopping import LAST_WORDS_SECONDS, again_and_again, told_to_stop, until_stopped
from hub.domain.errors import StoreUnavailable
from hub.domain.witnessed import AMBER_AFTER
from hub.engines import leave, open_bus
from hub.settings import BadSetting, Settings

NAMES = frozenset({"witness"})
DEFAULT_PORT = 8480
PAUSE_SECONDS = 0.5
ALARM_SECONDS = 5.0
DONE = 0
_LOG = logging.getLogger(NAME)
SAYS_WHOSE = "say whose log it is: HUB_LOG_POLICY with a `log` line, or HUB_PUBLIC_KEYS"


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add this command to `hub`."""
    parser = commands.add_parser("witness", help="run an agency's witness of the hub's log, until stopped")
    parser.add_argument("agency", type=typed.agency, metavar="AGENCY", help=", ".join(typed.agency_names()))
    parser.add_argument("--bus", action="store_true", help="be asked over the bus, and listen on no port")
    parser.add_argument("--port", type=int, default=DEFAULT_PORT, help=f"where to listen (default {DEFAULT_PORT})")
    parser.add_argument("--show", action="store_true", help="print the line for the hub's policy file, and stop")


def run(settings: Settings, arguments: argparse.Namespace) -> int:
    """0 when told to stop, 1 when it broke. Raises BadSetting, StoreUnavailable, OSError (the port is taken)."""
    signer = signer_of(settings, arguments.agency)
    address = f"bus:{arguments.agency}" if arguments.bus else f"http://{settings.address}:{arguments.port}"
    print(f"witness {arguments.agency} {signer.vkey} {address}", flush=True)
    if arguments.show:
        return DONE
    logs = logs_of(settings)
    witness = Witness(folder_of(settings, arguments.agency) / "state.json", signer, logs)
    logging.config.dictConfig(log_config())
    stopping = told_to_stop()
    if arguments.bus:
        return _over_bus(settings, witness, arguments.agency, stopping)
    alarm = FrozenAlarm(witness)
    with WitnessServer((settings.address, arguments.port), witness, logs) as server:
        return until_stopped(lambda: serve(server, alarm, stopping), stopping, LAST_WORDS_SECONDS)


def signer_of(settings: Settings, agency: str) -> CosignatureSigner:
    """The witness's key, made on first use and kept in the agency's own folder. Raises StoreUnavailable."""
    secret = Keyring(folder_of(settings, agency) / "keys").secret("witness")
    return CosignatureSigner(f"hub.example/witness/{agency}", Ed25519PrivateKey.from_private_bytes(secret))


def folder_of(settings: Settings, agency: str) -> Path:
    """Where a witness keeps its key and what it cosigned."""
    return settings.home / "witness" / agency


def logs_of(settings: Settings) -> Mapping[str, tuple[str, ...]]:
    """The keys of the logs it cosigns, by origin. Raises BadSetting, StoreUnavailable."""
    policy = read_policy(settings.log_policy)
    vkeys = policy.logs if policy is not None else _hubs_log(settings.public_keys)
    if not vkeys:
        raise BadSetting(f"hub witness: {SAYS_WHOSE}")
    found: dict[str, tuple[str, ...]] = {}
    for vkey in vkeys:
        origin = parse_vkey(vkey).name
        found[origin] = (*found.get(origin, ()), vkey)
    return found


class FrozenAlarm:
    """Says, once each time, that a log has not been brought for too long, and that it is back."""

    def __init__(self, witness: Witness) -> None:
        """Watch what this witness cosigns."""
        self._witness = witness
        self._frozen: frozenset[str] = frozenset()

    def look(self, now: int) -> frozenset[str]:
        """The origins of the logs not cosigned for more than 15 minutes. Raises AuditError."""
        limit = int(AMBER_AFTER.total_seconds())
        frozen = frozenset(origin for origin, age in self._witness.ages(now).items() if age > limit)
        for origin in sorted(frozen ^ self._frozen):
            code = "log_not_brought" if origin in frozen else "log_is_back"
            _LOG.warning(code, extra={"code": code})
        self._frozen = frozen
        return frozen


def serve(server: WitnessServer, alarm: FrozenAlarm, stopping: threading.Event) -> None:
    """Answer until told to stop."""

    def end() -> None:
        while not stopping.wait(ALARM_SECONDS):
            alarm.look(server.clock())
        server.shutdown()

    threading.Thread(target=end, name="ending", daemon=True).start()
    server.serve_forever(poll_interval=PAUSE_SECONDS)


def _over_bus(settings: Settings, witness: Witness, agency: str, stopping: threading.Event) -> int:
    partner = partners.by_name(agency)
    bus = open_bus(settings)
    work, alarm, clock = BusWitness(bus, witness, SystemClock()), FrozenAlarm(witness), SystemClock()

    def one_round() -> bool:
        try:
            alarm.look(int(clock.now().timestamp()))
            return work.work(CHECKPOINTS, cosigned_topic_of(partner), witness_group_of(partner)) > 0
        except AuditError as refused:
            raise StoreUnavailable(f"witness {type(refused).__name__}") from refused

    with told(settings.address, settings.status_port, lambda: {"bus": reached(bus)}):
        code = until_stopped(lambda: again_and_again(one_round, stopping, PAUSE_SECONDS), stopping, LAST_WORDS_SECONDS)
        leave(bus)
    return code


def _hubs_log(path: Path | None) -> tuple[str, ...]:
    if path is None:
        return ()
    try:
        return (read_keys(path.read_bytes()).log_key,)
    except (OSError, NotPublicKeys):
        print("hub: HUB_PUBLIC_KEYS is not what `hub keys --public` printed", file=sys.stderr)
        return ()
