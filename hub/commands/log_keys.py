"""`hub log keys` and `hub log begin`: what partners must know of the sealed log, and how it goes on under a new key."""

import argparse

from hub.application.begin_log import begin_log
from hub.settings import Settings
from hub.wiring import Hub

NAMES = frozenset({"log"})
DONE, REFUSED = 0, 1


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add this command to `hub`."""
    log = commands.add_parser("log", help="the sealed log's keys").add_subparsers(dest="what", required=True)
    log.add_parser("keys", help="print the `log` lines for a policy file: of this log, of those before, of next year's")
    begin = log.add_parser("begin", help="end this log now and go on under a new origin and a new key")
    begin.add_argument("--key-lost", action="store_true", required=True, help="say that its key is not to be trusted")


def run(settings: Settings, arguments: argparse.Namespace) -> int:
    """The exit code. Raises StoreUnavailable."""
    hub = Hub(settings)
    hub.follow()
    if arguments.what == "begin" and not begin_log(hub.store, hub.clock, hub.shelf.next_in_year(), "key_lost"):
        return REFUSED
    hub.follow()
    ahead = hub.shelf.origin_of_next_year()
    for vkey in (*(one.vkey for one in hub.shelf.past()), hub.log_key, hub.shelf.vkey_of(ahead)):
        print(f"log {vkey}")
    return DONE
