"""`hub enrol` and `hub keys`: the hub and an agency come to know each other's public keys."""

import argparse
from pathlib import Path

from contracts.events.keys import KeysRotated
from hub.adapters.enrolment_file import NotAnEnrolment, read_enrolment
from hub.adapters.key_rotation import rotate
from hub.adapters.public_keys import write_keys
from hub.application.enrol import enrol_agency
from hub.application.ports import Entry, Stream
from hub.commands import typed
from hub.commands.enrolment_words import SAYS, refuse_stranger
from hub.commands.then_follow import then_follow
from hub.domain.errors import EnrolledOtherwise
from hub.settings import BadSetting, Settings
from hub.wiring import Hub

NAMES = frozenset({"enrol", "keys"})
DONE, REFUSED = 0, 1


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add these commands to `hub`."""
    enrol = commands.add_parser("enrol", help="take an agency's public keys, proved and compared, onto the registry")
    enrol.add_argument("file", type=typed.file, metavar="FILE", help="what `hub edge AGENCY --enrolment` printed")
    enrol.add_argument("--fingerprint", required=True, metavar="HEX", help="as the agency read it out by telephone")
    keys = commands.add_parser("keys", help="print the hub's public keys, or replace the keys over people's keys")
    keys.add_argument("--public", action="store_true", help="the public keys; no others are printed")
    what = keys.add_subparsers(dest="what", required=False)
    what.add_parser("rotate", help="replace the root and the compartments' keys, while the hub works")


def run(settings: Settings, arguments: argparse.Namespace) -> int:
    """0 when done, 1 when refused. Raises StoreUnavailable."""
    if arguments.command == "keys":
        return _keys(settings, arguments)
    return enrol(Hub(settings), arguments.file, arguments.fingerprint)


def _keys(settings: Settings, arguments: argparse.Namespace) -> int:
    if arguments.what == "rotate":
        with then_follow(hub := Hub(settings)):
            done = rotate_keys(hub)
            print(f"{done.keys} keys lie under new keys of {done.compartments} compartments; the root is {done.root}.")
        return DONE
    if not arguments.public:
        raise BadSetting("say --public, or rotate: see `hub keys --help`")
    print(write_keys(Hub(settings).public_keys))
    return DONE


def rotate_keys(hub: Hub) -> KeysRotated:
    """What was done, as it was put on record. Raises StoreUnavailable."""
    done = rotate(hub.keyring)
    fact = KeysRotated(at=hub.clock.now(), compartments=done.compartments, keys=done.keys, root=done.root)
    hub.store.keep((Entry(Stream.registry(), hub.clock.new_id(), fact),))
    return fact


def enrol(hub: Hub, file: Path, read_out: str) -> int:
    """0 when the agency is on the registry with these keys, 1 when not, with why."""
    try:
        stated = read_enrolment(file.read_bytes(), read_out)
        refuse_stranger(stated)
        is_new = enrol_agency(hub.store, hub.clock, stated.model_copy(update={"at": hub.clock.now()}))
    except NotAnEnrolment as refused:
        print(f"hub: {SAYS[str(refused)]} Nobody was enrolled.")
        return REFUSED
    except EnrolledOtherwise:
        print("hub: this agency is enrolled with other keys, which are never replaced unasked. Nobody was enrolled.")
        return REFUSED
    with then_follow(hub):
        print(f"{stated.agency} is enrolled." if is_new else f"{stated.agency} was enrolled with these keys already.")
    return DONE
