"""`hub audit unexplained` and `hub ties`: looks that nothing known accounts for, and what staff told of their ties."""

import argparse
import sys

from contracts.events.access import TieKind
from contracts.strict_json import Json
from hub.application.list_unexplained import ListingUnexplained, list_unexplained
from hub.application.look_at_audit import Checking
from hub.application.sign_in import act_as
from hub.application.tie_staff import NotATie, tie_staff
from hub.commands import typed
from hub.commands.one_line import in_json, lines_alone
from hub.commands.then_follow import then_follow
from hub.domain import words
from hub.domain.explained import Unexplained
from hub.settings import Settings
from hub.views.looks import LOOKS
from hub.wiring import Hub

NAMES = frozenset({"ties"})


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `hub ties`."""
    ties = commands.add_parser("ties", help="tell the hub of a tie of yours to a child, a name or an address")
    typed.staff(ties)
    ties.add_argument("--of", metavar="STAFF", help="whose tie it is, where somebody who checks tells it for them")
    kinds = [one.value for one in TieKind]
    ties.add_argument("--kind", required=True, choices=kinds, help="what is read, as one line, from standard input")


def add_unexplained(audit: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `hub audit unexplained`."""
    parser = audit.add_parser("unexplained", help="looks that nothing the hub knows accounts for; for those who check")
    typed.staff(parser)
    parser.add_argument("--since", type=typed.day_so_far, metavar="DATE", help="only looks from that day on")
    typed.json(parser)


def run(settings: Settings, arguments: argparse.Namespace) -> int:
    """0 when the tie is kept, 2 when it is not of its kind. Raises AccessRefused, NotEnrolled, StoreUnavailable."""
    hub = Hub(settings)
    with then_follow(hub):
        kind, actor = TieKind[arguments.kind.upper()], act_as(hub.store, arguments.staff)
        try:
            tie_staff(hub.store, hub.clock, actor, arguments.of or actor.subject, (kind, sys.stdin.readline().strip()))
        except NotATie as wrong:
            print(f"hub: this is no {wrong}: an address is `POSTCODE, FIRST LINE`, a child `nhs:…`.", file=sys.stderr)
            return 2
        print("The tie is kept. It opens nothing, and no page or list shows it.")
    return 0


def run_unexplained(settings: Settings, arguments: argparse.Namespace) -> int:
    """0, with the list printed. Raises AccessRefused, NotEnrolled, StoreUnavailable, Unreadable."""
    hub = Hub(settings)
    hub.follow()
    with then_follow(hub):
        found = list_unexplained(listing(hub), act_as(hub.store, arguments.staff), arguments.since)
        if arguments.json:
            print(in_json({"unexplained": [as_object(one) for one in found]}))
        else:
            print(lines_alone("\n".join(lines(found))))
    return 0


def listing(hub: Hub) -> ListingUnexplained:
    """What the list needs."""
    checking = Checking(hub.store, hub.clock, hub.law)
    return ListingUnexplained(checking, hub.index, hub.view_rows.read(LOOKS), hub.settings.access_rules_off)


def lines(found: tuple[Unexplained, ...]) -> list[str]:
    """The list for a terminal."""
    told = []
    for one in found:
        look = one.look
        purpose = look.purpose.value if look.purpose is not None else "none"
        told.append(f"{words.moment(look.at)}: {look.reader[1]} ({look.role.value}, {look.agency}), purpose {purpose}")
        told += [f"    {rule.says} [{rule.code}]" for rule in one.reasons]
        told.append(f"    decision {look.decision_id}, child hub:{look.person_id}")
    return told or ["Every look is accounted for by something that the hub knows."]


def as_object(one: Unexplained) -> dict[str, Json]:
    """One look as a JSON object."""
    look = one.look
    return {
        "decision": str(look.decision_id),
        "person": str(look.person_id),
        "at": look.at.isoformat(),
        "reader": look.reader[1],
        "agency": look.agency,
        "role": look.role.value,
        "purpose": look.purpose.value if look.purpose is not None else None,
        "emergency": look.emergency,
        "reasons": [{"code": rule.code, "says": rule.says} for rule in one.reasons],
    }
