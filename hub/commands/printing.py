"""`hub print`: a document of a child's chronology, for a meeting or a court; on record before anything is made."""

import argparse
import sys
from pathlib import Path

from agencies import registry as partners
from contracts.events.printing import PrintDecided, PrintReason, Product
from hub.application.print_chronology import NotPrinted, print_chronology
from hub.application.sign_in import act_as, name_of
from hub.commands import typed
from hub.commands.one_line import in_json, one_line
from hub.commands.then_follow import then_follow
from hub.domain.errors import CannotSet
from hub.domain.moment import day_in_london
from hub.domain.printing import REASONS, Printing, closed_on
from hub.settings import Settings
from hub.wiring import Hub, all_agreements

NAMES = frozenset({"print"})
_PRODUCTS: dict[str, Product] = {"meeting": "meeting_pack", "court": "court_chronology"}
LONGEST = 120
FOLDER = "where the PDF is written (default: the folder you are in); it is personal data, not encrypted"
NOT_SET = "no PDF could be made here; that you asked is on record. Print the chronology page from a browser instead."


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add these commands to `hub`."""
    parser = commands.add_parser(
        "print", help="a child's chronology as a PDF in the folder you are in; on record first"
    )
    kinds = parser.add_subparsers(dest="product", required=True, metavar="KIND")
    for kind, says in (("meeting", "a pack for a meeting, for one agency"), ("court", "a chronology for a court")):
        one = kinds.add_parser(kind, help=says)
        one.add_argument("child", type=typed.identifier, metavar="CHILD", help="nhs:…, upn:…, la:…, local:… or hub:…")
        typed.staff(one)
        one.add_argument("--purpose", required=True, type=typed.purpose, metavar="CODE", help="why you read the record")
        reasons = [reason.value for reason in REASONS[_PRODUCTS[kind]]]
        one.add_argument("--reason", choices=reasons, default=reasons[0], metavar="CODE", help=", ".join(reasons))
        if kind == "meeting":
            one.add_argument("--to", required=True, type=typed.agency, metavar="AGENCY", help="who is to have it")
        one.add_argument("--for", dest="meant_for", required=True, type=_who, metavar="WORDS", help="who there")
        one.add_argument("--out", type=Path, default=Path(), metavar="FOLDER", help=FOLDER)
        typed.json(one)


def run(settings: Settings, arguments: argparse.Namespace) -> int:
    """0 when the file stands, 1 when nothing was made, 2 when the folder is not there. On record in either case but 2.

    Raises AccessRefused, NotEnrolled, Conflict, StoreUnavailable, Unreadable.
    """
    if not arguments.out.is_dir():
        print("hub: there is no such folder; nothing was made.", file=sys.stderr)
        return 2
    hub = Hub(settings)
    with then_follow(hub):
        try:
            return write(hub, arguments)
        except CannotSet:
            print(f"hub: {NOT_SET}", file=sys.stderr)
            return 1


def write(hub: Hub, arguments: argparse.Namespace) -> int:
    """As `run`. Raises CannotSet too."""
    asked = _asked(hub, arguments)
    printed = print_chronology(hub.reading(), asked, arguments.child)
    if isinstance(printed, NotPrinted):
        _say(arguments, printed.stated, None)
        return 1
    from hub.commands.on_paper import set_on_paper  # needs the pages, which no other part of this command does

    path = set_on_paper(hub, printed, name_of(hub.store, asked.actor) or asked.actor.subject, arguments.out)
    _say(arguments, printed.stated, path)
    return 0


def _who(text: str) -> str:
    said = typed.said(text)
    if len(said) > LONGEST:
        raise argparse.ArgumentTypeError(f"say it in up to {LONGEST} characters")
    return said


def _asked(hub: Hub, arguments: argparse.Namespace) -> Printing:
    now, known = hub.clock.now(), {one.source: one for one in all_agreements()}
    to = known[partners.by_name(arguments.to).source] if arguments.product == "meeting" else None
    return Printing(
        actor=act_as(hub.store, arguments.staff),
        purpose=arguments.purpose,
        product=_PRODUCTS[arguments.product],
        reason=PrintReason[arguments.reason.upper()],
        at=now,
        meant_for=arguments.meant_for,
        recipient=to,
        closed=closed_on(known.values(), day_in_london(now)),
    )


def _say(arguments: argparse.Namespace, stated: PrintDecided, path: Path | None) -> None:
    if arguments.json:
        told = stated.model_dump(mode="json", exclude={"actor"})
        print(in_json({**told, "file": str(path) if path is not None else None}))
    elif path is None:
        print("Nothing was made. It is on record that you asked, and why not:")
        for one in stated.bars:
            print(one_line(f"  {one.says} ({one.citation})"))
    else:
        print(one_line(f"{path}: copy {stated.copy_number}, {stated.items} reports. On record: {stated.decision_id}."))
