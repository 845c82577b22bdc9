"""What the words on a command line are turned into, each with the answer to a word that is not one."""

import argparse
from datetime import date
from pathlib import Path
from uuid import UUID

from agencies import registry as partners
from consent.people_named import is_blank
from consent.refusals import Reason
from contracts.identifiers import Identifier, parse_identifier
from contracts.vocabulary import CheckState, NeedLevel, Purpose, StaffRole
from hub.adapters.clock import SystemClock
from hub.domain.moment import day_in_london


def agency_names() -> tuple[str, ...]:
    """The partners, by folder name."""
    return tuple(agency.name for agency in partners.AGENCIES)


def agency(text: str) -> str:
    """A partner's name."""
    if text not in agency_names():
        raise argparse.ArgumentTypeError(f"the agencies are {', '.join(agency_names())}")
    return text


def file(text: str) -> Path:
    """A file that is there."""
    path = Path(text)
    if not path.is_file():
        raise argparse.ArgumentTypeError("there is no such file")
    return path


def identifier(text: str) -> Identifier:
    """An identifier of a child, well formed as its scheme says."""
    try:
        found = parse_identifier(text)
    except ValueError as wrong:
        raise argparse.ArgumentTypeError(str(wrong)) from None
    if found.check in (CheckState.BAD_FORMAT, CheckState.FAILED, CheckState.PLACEHOLDER):
        raise argparse.ArgumentTypeError("this identifier is not well formed: check each digit and letter")
    return found


def purpose(text: str) -> Purpose:
    """A purpose by its code."""
    known = next((one for one in Purpose if one.value == text), None)
    if known is None:
        raise argparse.ArgumentTypeError(f"the purposes are {', '.join(Purpose)}")
    return known


def role(text: str) -> StaffRole:
    """A role of staff by its code."""
    known = next((one for one in StaffRole if one.value == text), None)
    if known is None:
        raise argparse.ArgumentTypeError(f"the roles are {', '.join(StaffRole)}")
    return known


def need(text: str) -> NeedLevel:
    """A level of need by its number."""
    known = next((one for one in NeedLevel if one.value == text), None)
    if known is None:
        raise argparse.ArgumentTypeError(f"the levels of need are {', '.join(NeedLevel)}")
    return known


def reason(text: str) -> Reason:
    """A reason not to share by its code."""
    known = next((one for one in Reason if one.value == text), None)
    if known is None:
        raise argparse.ArgumentTypeError(f"the reasons are {', '.join(one.value for one in Reason)}")
    return known


def day(text: str) -> date:
    """A day."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError("a date is written 2026-10-05") from None


def day_so_far(text: str) -> date:
    """A day in England that is not still to come."""
    found = day(text)
    if found > day_in_london(SystemClock().now()):
        raise argparse.ArgumentTypeError("the day must be today or in the past")
    return found


def reference(text: str) -> UUID:
    """The id of something on record."""
    try:
        return UUID(text.replace(" ", ""))  # pages give it in groups of four
    except ValueError:
        raise argparse.ArgumentTypeError("an id on record is a UUID") from None


def said(text: str) -> str:
    """Words that say something."""
    if is_blank(text):
        raise argparse.ArgumentTypeError("say it in words")
    return text


def json(parser: argparse.ArgumentParser) -> None:
    """Give the command a --json."""
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def staff(parser: argparse.ArgumentParser, *, required: bool = True) -> None:
    """Give the command an --as."""
    parser.add_argument(
        "--as", dest="staff", required=required, metavar="STAFF", help="the enrolled member of staff who asks"
    )
