"""`hub edge AGENCY`: an agency's own process sends what its native files state, and hands over what is shared with it.

It has a folder and keys of its own, and knows of the hub its public keys and the road to it, and nothing else.
"""

import argparse
import logging.config
import stat
import threading
from contextlib import ExitStack

from agencies import registry as partners
from hub.adapters.alone import free
from hub.adapters.clock import SystemClock
from hub.adapters.drop_folder import DropFolder
from hub.adapters.drop_ledger import DropLedger
from hub.adapters.edge_side import Beyond, PartnerKeys
from hub.adapters.enrolment_file import write_enrolment
from hub.adapters.public_keys import HubKeys, NotPublicKeys, read_keys
from hub.adapters.readiness import reached
from hub.adapters.telemetry_otlp import start
from hub.adapters.watched import WatchedBus
from hub.commands import edge_said, typed
from hub.commands.edge_work import EdgeWork
from hub.commands.quiet_log import log_config
from hub.commands.status_port import told
from hub.commands.stopping import LAST_WORDS_SECONDS, again_and_again, hear_no_more, told_to_stop, until_stopped
from hub.engines import leave, open_bus
from hub.settings import BadSetting, Settings
from hub.wiring import Edge, edge_folder

NAMES = frozenset({"edge"})
PAUSE_SECONDS = 0.5
TAKEN = 1


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add this command to `hub`."""
    edge = commands.add_parser("edge", help="an agency's own process: takes files in and sends them, until stopped")
    edge.add_argument("agency", type=typed.agency, metavar="AGENCY", help=", ".join(typed.agency_names()))
    edge.add_argument("--enrolment", action="store_true", help="print what the hub must know of it, and stop")
    edge.add_argument("--next-key", action="store_true", help="as --enrolment, of the signing key that is to follow")
    edge.add_argument("--use-next-key", action="store_true", help="sign by it from now on: once the hub has it")
    edge_said.add(edge)


def run(settings: Settings, arguments: argparse.Namespace) -> int:
    """0 when told to stop, 1 when it broke or another runs already: what is away is waited for. Raises BadSetting."""
    if arguments.enrolment or arguments.next_key:
        return _print_enrolment(settings, arguments.agency, following=arguments.next_key)
    if arguments.use_next_key:
        used = PartnerKeys(partners.by_name(arguments.agency), edge_folder(settings, arguments.agency)).use_next()
        print(f"From now on {used} signs; start the edge again if it runs.")
        return 0
    hub = hub_keys(settings)
    if edge_said.is_said(arguments):
        return _say(settings, arguments, hub)
    if settings.drop is None:
        raise BadSetting("HUB_DROP names the folder for native files: set it")
    folder = edge_folder(settings, arguments.agency)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with ExitStack() as stack:
        if not stack.enter_context(free(folder / "running.lock")):
            print("hub: another process runs this edge already.")
            return TAKEN
        settings.drop.mkdir(parents=True, exist_ok=True)
        if not stack.enter_context(free(settings.drop / ".edge.lock")):
            print("hub: another edge uses the folder that HUB_DROP names: give each a folder of its own.")
            return TAKEN
        return _work(settings, arguments.agency, hub)


def _say(settings: Settings, arguments: argparse.Namespace, hub: HubKeys) -> int:
    road = open_bus(settings)
    edge = Edge(
        partners.by_name(arguments.agency), edge_folder(settings, arguments.agency), Beyond(hub, road, SystemClock())
    )
    code = edge_said.run(edge, arguments)
    edge.close()
    leave(road)
    return code


def _work(settings: Settings, agency: str, hub: HubKeys) -> int:
    logging.config.dictConfig(log_config(as_json=settings.log_as_json))
    stopping = told_to_stop()
    telemetry = start(settings.telemetry, "edge")
    road = open_bus(settings)
    bus = WatchedBus(road, telemetry)
    beyond = Beyond(hub, bus, SystemClock(), telemetry)
    edge = Edge(partners.by_name(agency), edge_folder(settings, agency), beyond)
    with told(settings.address, settings.status_port, lambda: {"bus": reached(bus)}):
        code = until_stopped(lambda: _rounds(settings, edge, stopping), stopping, LAST_WORDS_SECONDS)
        leave(road)
        telemetry.close()
    hear_no_more()
    return code


def _rounds(settings: Settings, edge: Edge, stopping: threading.Event) -> None:
    """Until told to stop. Raises what is a fault of programming."""
    if settings.drop is None:
        raise BadSetting("HUB_DROP")
    folder = DropFolder(settings.drop)
    ledger = DropLedger(edge_folder(settings, edge.agency.name) / "drop.db")
    work = EdgeWork(edge, folder, ledger, settings.heartbeat_seconds)
    again_and_again(work.one_round, stopping, PAUSE_SECONDS)


def hub_keys(settings: Settings) -> HubKeys:
    """The hub's public keys, as the edge was given them. Raises BadSetting: whoever can change them can be the hub."""
    if settings.public_keys is None:
        raise BadSetting("HUB_PUBLIC_KEYS names the file that `hub keys --public` printed at the hub: set it")
    try:
        if settings.public_keys.stat().st_mode & (stat.S_IWGRP | stat.S_IWOTH):
            raise BadSetting("HUB_PUBLIC_KEYS names a file that others can change: take that right away (chmod 644)")
        return read_keys(settings.public_keys.read_bytes())
    except (OSError, NotPublicKeys):
        raise BadSetting("HUB_PUBLIC_KEYS names a file that is not what `hub keys --public` prints") from None


def _print_enrolment(settings: Settings, agency: str, *, following: bool) -> int:
    clock = SystemClock()
    folder = edge_folder(settings, agency)
    keys = PartnerKeys(partners.by_name(agency), folder)
    stated, key = keys.enrolment_of_next(clock) if following else (keys.enrolment(clock), keys.signing)
    print(write_enrolment(stated, key))
    return 0
