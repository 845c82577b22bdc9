"""`hub compartments`: the process that opens what is held apart; asking it; and who asked, for those who are told."""

import argparse
import sys
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from contracts.compartment import Compartment
from contracts.events.compartment import CompartmentAsked, OpeningReason
from contracts.events.hub import Actor
from contracts.vocabulary import Purpose
from hub.adapters.clock import SystemClock
from hub.adapters.compartment_door import SocketDoor, serve
from hub.adapters.compartment_keys import CompartmentKeys
from hub.adapters.compartment_opener import CompartmentOpener
from hub.application.agree_opening import Second, agree_opening
from hub.application.keep_read import keep_read
from hub.application.open_apart import OpeningApart, open_apart
from hub.application.sign_in import act_as, has_phrase
from hub.commands import typed
from hub.commands.edge import hub_keys
from hub.commands.one_line import one_line
from hub.commands.own_proof import prove
from hub.commands.stopping import told_to_stop
from hub.commands.then_follow import then_follow
from hub.domain import words
from hub.domain.compartment_access import AGREED_FOR, AgreementRefused, SecondPersonNeeded, Wanted
from hub.domain.compartments import CLOSED, HeldApart
from hub.domain.errors import AccessRefused, NotPermitted, SignInRefused
from hub.domain.held_words import lines
from hub.settings import Settings
from hub.views.openings import OPENINGS, WATCHING, seen_by
from hub.wiring import Hub, titles

NAMES = frozenset({"compartments"})
DONE, REFUSED = 0, 1
_UNPROVED = (
    "hub: opening takes a fresh proof of who you are, and this command can only ask for a pass phrase of this hub, "
    "which you do not have. Nothing was opened: open it on the page, or call the agency that holds it. "
    "Your asking is on record."
)
_SECOND = (
    "hub: it takes a second person; nothing was opened. Somebody else who decides at the MASH, or who checks, agrees:\n"
    "  hub compartments agree {number} --as STAFF\n"
    "Then give this command again. Your asking is on record."
)
_NOT_AGREED = {
    "step_up": "it takes a fresh proof of who you are.",
    "same_person": "you asked for it yourself: somebody else agrees.",
    "lapsed": "it was asked for more than an hour ago: whoever needs it asks again.",
    "agreed": "somebody has agreed to it already.",
}
WHY = "; ".join(f"{one.value}: {one.meaning}" for one in OpeningReason)


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add these commands to `hub`."""
    parser = commands.add_parser("compartments", help="what is held apart: addresses of the protected, sources")
    what = parser.add_subparsers(dest="what", required=True)
    what.add_parser("serve", help="the process that opens it, with keys of its own, best as a user of its own")
    what.add_parser("keys", help="print its public keys, for `compartments.json` at the hub")
    asking = what.add_parser("open", help="open what one report holds apart; on record, and its agency is told")
    asking.add_argument("child", type=typed.identifier, metavar="CHILD")
    asking.add_argument("--report", required=True, type=typed.reference, metavar="ID")
    asking.add_argument("--compartment", required=True, type=_compartment, choices=CLOSED, metavar="CODE")
    asking.add_argument("--as", dest="staff", required=True, metavar="STAFF")
    asking.add_argument("--purpose", required=True, type=typed.purpose, metavar="CODE", help=", ".join(Purpose))
    asking.add_argument("--why", required=True, type=_why, choices=tuple(OpeningReason), metavar="CODE", help=WHY)
    agreeing = what.add_parser(
        "agree", help="agree, as the second person, that somebody else opens it; you see nothing"
    )
    agreeing.add_argument("proposal", type=typed.reference, metavar="NUMBER")
    agreeing.add_argument("--as", dest="staff", required=True, metavar="STAFF")
    told = what.add_parser("asked", help="who asked to open what your agency states, newest first")
    told.add_argument("--as", dest="staff", required=True, metavar="STAFF")


def run(settings: Settings, arguments: argparse.Namespace) -> int:
    """0 when done, 1 when refused. Raises StoreUnavailable, AccessRefused, NotEnrolled."""
    match arguments.what:
        case "serve":
            return _serve(settings)
        case "keys":
            print(CompartmentKeys(settings.home / "compartments").public.written().decode())
            return DONE
        case "open":
            return _open(settings, arguments)
        case "agree":
            return _agree(settings, arguments)
        case _:
            return _asked(settings, arguments.staff)


def _serve(settings: Settings) -> int:
    keys, hub = CompartmentKeys(settings.home / "compartments"), hub_keys(settings)
    opener = CompartmentOpener(keys, {hub.key_id: hub.signing}, SystemClock())
    serve(opener, _socket(settings), told_to_stop())
    return DONE


def _compartment(text: str) -> Compartment:
    """The compartment with that code. Raises ArgumentTypeError."""
    found = next((one for one in CLOSED if one.value == text), None)
    if found is None:
        raise argparse.ArgumentTypeError(f"one of {', '.join(CLOSED)}")
    return found


def _why(text: str) -> OpeningReason:
    """The reason with that code. Raises ArgumentTypeError."""
    found = next((one for one in OpeningReason if one.value == text), None)
    if found is None:
        raise argparse.ArgumentTypeError(f"one of {', '.join(OpeningReason)}")
    return found


def _socket(settings: Settings) -> Path:
    return settings.compartments or settings.home / "compartments.sock"


def _open(settings: Settings, arguments: argparse.Namespace) -> int:
    hub = Hub(settings)
    unproved = act_as(hub.store, arguments.staff)
    opening = OpeningApart(hub.reading(), hub.store, SocketDoor(_socket(settings)))
    with then_follow(hub):
        return _opened(hub, opening, unproved, arguments)


def _opened(hub: Hub, opening: OpeningApart, unproved: Actor, arguments: argparse.Namespace) -> int:
    try:
        if not has_phrase(hub.signing_in(), arguments.staff):
            return _refuse_unproved(opening, unproved, arguments)
        actor = prove(hub, arguments.staff)
        stepped_up_at = hub.clock.now()
        wanted = Wanted(actor, arguments.purpose, arguments.report, arguments.compartment, stepped_up_at, arguments.why)
        held, decided = open_apart(opening, arguments.child, wanted)
    except SignInRefused:
        print("hub: the pass phrase was not accepted; nothing was opened. Your asking is on record.", file=sys.stderr)
        return REFUSED
    except SecondPersonNeeded as needed:
        print(_SECOND.format(number=needed.proposed.proposal_id), file=sys.stderr)
        return REFUSED
    except NotPermitted as refused:
        print(f"hub: {refused}; nothing was opened. Your asking is on record.", file=sys.stderr)
        return REFUSED
    _print(held, decided)
    return DONE


def _agree(settings: Settings, arguments: argparse.Namespace) -> int:
    hub = Hub(settings)
    hub.follow()
    with then_follow(hub):
        return _agreed(hub, arguments)


def _agreed(hub: Hub, arguments: argparse.Namespace) -> int:
    try:
        actor = prove(hub, arguments.staff)
        second, rows = Second(actor, hub.clock.now()), hub.view_rows.read(OPENINGS)
        proposed, _ = agree_opening(hub.reading(), rows, second, arguments.proposal)
    except SignInRefused:
        print("hub: the pass phrase was not accepted; nothing was changed. Your asking is on record.", file=sys.stderr)
        return REFUSED
    except AgreementRefused as refused:
        print(f"hub: {_NOT_AGREED[str(refused)]} Your asking is on record.", file=sys.stderr)
        return REFUSED
    minutes = AGREED_FOR // timedelta(minutes=1)
    print(
        one_line(f"On record. {proposed.by.subject} may open it within {minutes} minutes, by the same command again.")
    )
    return DONE


def _refuse_unproved(opening: OpeningApart, actor: Actor, arguments: argparse.Namespace) -> int:
    """1: whoever their own organisation vouches for cannot prove here who they are. On record, its agency told."""
    wanted = Wanted(actor, arguments.purpose, arguments.report, arguments.compartment, None, arguments.why)
    with suppress(AccessRefused):
        open_apart(opening, arguments.child, wanted)
    print(_UNPROVED, file=sys.stderr)
    return REFUSED


def _print(held: HeldApart, decided: CompartmentAsked) -> None:
    owner = titles().get(decided.owner, decided.owner)
    print(f"{owner} is told that you opened this (decision {decided.decision_id}).")
    for line in lines(held):
        print(one_line(line))


def _asked(settings: Settings, staff: str) -> int:
    hub = Hub(settings)
    hub.follow()
    actor = act_as(hub.store, staff)
    found = seen_by(actor, hub.view_rows.read(OPENINGS))
    keep_read(hub.store, hub.clock, actor, ("list", "openings"), WATCHING, items=len(found))
    called = titles()
    for one in found:
        with_whom = f", {one.second} agreed" if one.second else ""
        outcome = f"allowed{with_whom}" if one.permitted else f"refused ({one.reason})"
        who = f"{one.subject} of {called.get(one.agency, one.agency)}"
        of = called.get(one.owner, one.owner) or "nobody's"
        print(one_line(f"{words.moment(one.at)}: {who}, {one.compartment} of {of}, for {one.purpose}: {outcome}"))
    if any(one.permitted for one in found):
        print("Allowed: whether it was then opened stands on the ledger of the process that holds the keys.")
    if not found:
        print("Nobody asked.")
    return DONE
