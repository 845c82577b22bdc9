"""What somebody at an agency says to its edge: this was read, and by whom; these records have been mended.

It is kept in the edge's own folder, beside a running edge, which tells the hub when it next speaks to it.
"""

import argparse
import sys

from hub.adapters.edge_collect import is_role
from hub.wiring import Edge

WRONG, REFUSED, DONE = 2, 1, 0


def add(edge: argparse.ArgumentParser) -> None:
    """Add what may be said to `hub edge`."""
    said = edge.add_mutually_exclusive_group()
    said.add_argument("--read", metavar="NAME", help="somebody read the shared file of this name; say who by --role")
    said.add_argument("--unread", action="store_true", help="list the records that could not be read, not yet mended")
    said.add_argument("--mended", nargs="+", metavar="RECORD", help="these records, as --unread names them, are mended")
    said.add_argument("--all-mended", action="store_true", help="every record that could not be read is mended")
    edge.add_argument("--role", type=_role, metavar="CODE", help="the role of whoever read it, such as designated_lead")


def is_said(arguments: argparse.Namespace) -> bool:
    """Whether the command line says something to the edge, and is not to run it."""
    return bool(arguments.read or arguments.role or arguments.unread or arguments.mended or arguments.all_mended)


def run(edge: Edge, arguments: argparse.Namespace) -> int:
    """0 when it is kept, 1 where there is no such thing, 2 for words that do not fit. Raises StoreUnavailable."""
    if (arguments.read is None) != (arguments.role is None):
        print("hub: --read and --role go together", file=sys.stderr)
        return WRONG
    if arguments.read is not None:
        return _read(edge, arguments.read, arguments.role)
    if arguments.unread:
        for one in edge.unread():
            print(f"{one.record}: {one.reason}")
        return DONE
    return _mended(edge, None if arguments.all_mended else tuple(dict.fromkeys(arguments.mended)))


def _read(edge: Edge, name: str, role: str) -> int:
    is_new = edge.read(name, role)
    if is_new is None:
        print("hub: nothing was delivered under that name", file=sys.stderr)
        return REFUSED
    print("The hub will be told that it was read." if is_new else "It was said to be read before; that stays.")
    return DONE


def _mended(edge: Edge, records: tuple[str, ...] | None) -> int:
    count = edge.mended(records)
    print(f"{count} {'record is' if count == 1 else 'records are'} no longer counted as unread.")
    return DONE if count or records is None else REFUSED


def _role(text: str) -> str:
    if not is_role(text):
        raise argparse.ArgumentTypeError("a role is small letters, digits and underscores, such as designated_lead")
    return text
