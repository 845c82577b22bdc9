"""`hub when-down FILE`: the page that whatever stands before the hub shows while the hub cannot be reached."""

import argparse
from pathlib import Path

from hub.domain.own_area import grouped, telephone
from hub.domain.when_down import page
from hub.settings import Settings

NAMES = frozenset({"when-down"})
HUB_NAME = "Safeguarding hub"
_MOST_NAMED = 80


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `hub when-down`."""
    parser = commands.add_parser("when-down", help="write the page to show while the hub cannot be reached")
    parser.add_argument("file", type=Path, metavar="FILE", help="one web page that needs nothing else")
    says = "whom else to call, as often as wanted, such as 'Police safeguarding=01632 960101'"
    parser.add_argument("--call", type=call, action="append", default=[], metavar="WHOM=NUMBER", help=says)


def run(settings: Settings, arguments: argparse.Namespace) -> int:
    """0, with the page written; whoever shows it never meets half of it."""
    file: Path = arguments.file
    whole = page(HUB_NAME, settings.duty_number, tuple(arguments.call))
    beside = file.with_name(f".{file.name}.new")
    beside.write_text(whole, encoding="utf-8")
    beside.chmod(0o644)
    beside.replace(file)
    unset = "" if settings.duty_number else "; HUB_DUTY_NUMBER is not set: write the duty desk's number on it by hand"
    print(f"{file} written{unset}")
    return 0


def call(text: str) -> tuple[str, str]:
    """Whom to call, and the number. Raises ArgumentTypeError."""
    whom, _, number = (one.strip() for one in text.rpartition("="))
    try:
        found = grouped(telephone(number))
    except ValueError:
        found = ""
    if not found or not whom or len(whom) > _MOST_NAMED or not whom.isprintable():
        raise argparse.ArgumentTypeError("not WHOM=NUMBER, such as 'Police safeguarding=01632 960101'")
    return whom, found
