"""`hub agency-keys rotate|revoke|approve|list|review`: an agency's signing key changes when two people agree.

Each of the two gives their own pass phrase: else one person at the machine could be both.
"""

import argparse
import sys
from datetime import datetime

from agencies import registry as partners
from contracts.events.agency_keys import KeyChangeProposed
from contracts.events.hub import Actor
from hub.adapters.enrolment_file import NotAnEnrolment, read_enrolment
from hub.application.change_keys import (
    ChangingKeys,
    KeyChangeRefused,
    Revocation,
    approve_change,
    check_role,
    doubtful_reports,
    keys_on_registry,
    propose_revocation,
    propose_rotation,
)
from hub.application.sign_in import act_as
from hub.commands import typed
from hub.commands.enrolment_words import SAYS, refuse_stranger
from hub.commands.own_proof import prove
from hub.commands.then_follow import then_follow
from hub.domain import words
from hub.domain.errors import SignInRefused
from hub.domain.pinned_keys import PROPOSED_FOR, lapses
from hub.settings import Settings
from hub.wiring import Hub

NAMES = frozenset({"agency-keys"})
DONE, REFUSED = 0, 1
_REFUSED = {
    "not_enrolled": "the agency is not on the registry: `hub enrol` takes it in first",
    "seal_key": "the file has another seal key: only the signing key changes so",
    "same_key": "that key was pinned before, and a key never comes again",
    "key_id": "a key of that id was pinned before: the agency's edge counts its keys",
    "no_such_key": "no such key of that agency is on the registry: `hub agency-keys list`",
    "days": "a key cannot have been in other hands only after it was taken back",
    "no_such_change": "no such change waits for a second person: `hub agency-keys list`",
    "same_person": "you proposed it: somebody else agrees to it",
    "expired": f"it was proposed more than {PROPOSED_FOR.days} days ago: propose it afresh",
    "not_proved": "whoever changes keys proves who they are",
}
_OWN_PROOF = frozenset({"rotate", "revoke", "approve"})


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `hub agency-keys` and what stands under it."""
    keys = commands.add_parser("agency-keys", help="replace or take back an agency's signing key: two people agree")
    steps = keys.add_subparsers(dest="step", required=True, metavar="STEP")
    rotate = steps.add_parser("rotate", help="propose the signing key that follows on an agency's present one")
    rotate.add_argument("file", type=typed.file, metavar="FILE", help="what `hub edge AGENCY --next-key` printed")
    rotate.add_argument("--fingerprint", required=True, metavar="HEX", help="as the agency read it out by telephone")
    revoke = steps.add_parser("revoke", help="propose that a key be taken back: what comes under it is set aside")
    revoke.add_argument("agency", type=typed.agency, metavar="AGENCY")
    revoke.add_argument("--key", required=True, metavar="ID", help="such as police-1")
    revoke.add_argument("--from", dest="since", type=_moment, metavar="TIME", help="such as 2026-11-22T09:00Z (now)")
    revoke.add_argument("--doubtful-from", type=_moment, metavar="TIME", help="since when others may have had it")
    approve = steps.add_parser(
        "approve", help="agree, by your own pass phrase, to a change that somebody else proposed"
    )
    approve.add_argument("change", type=typed.reference, metavar="CHANGE", help="the change's id")
    listed = steps.add_parser("list", help="every key ever pinned, and what waits for a second person")
    review = steps.add_parser("review", help="what came while an agency's key may have been in other hands")
    review.add_argument("agency", type=typed.agency, metavar="AGENCY")
    for one in (rotate, revoke, approve, listed, review):
        typed.staff(one)


def run(settings: Settings, arguments: argparse.Namespace) -> int:
    """0 when done, 1 when refused. Raises AccessRefused (on record), NotEnrolled, Conflict, StoreUnavailable."""
    hub = Hub(settings)
    changing = ChangingKeys(hub.store, hub.clock)
    with then_follow(hub):
        try:
            proves = arguments.step in _OWN_PROOF
            actor = prove(hub, arguments.staff) if proves else act_as(hub.store, arguments.staff)
            check_role(changing, actor)
            return _step(hub, changing, actor, arguments)
        except SignInRefused:
            print(
                "hub: the pass phrase was not accepted. Nothing was changed. Your asking is on record.", file=sys.stderr
            )
        except KeyChangeRefused as refused:
            print(f"hub: {_REFUSED[str(refused)]}. Nothing was changed.", file=sys.stderr)
        except NotAnEnrolment as refused:
            print(f"hub: {SAYS[str(refused)]} Nothing was changed.", file=sys.stderr)
        return REFUSED


def _step(hub: Hub, changing: ChangingKeys, actor: Actor, arguments: argparse.Namespace) -> int:
    match arguments.step:
        case "rotate":
            stated = read_enrolment(arguments.file.read_bytes(), arguments.fingerprint)
            refuse_stranger(stated)
            _say_proposed(propose_rotation(changing, actor, stated))
        case "revoke":
            source = partners.by_name(arguments.agency).source
            since = arguments.since or hub.clock.now()
            asked = Revocation(source, arguments.key, since, arguments.doubtful_from)
            _say_proposed(propose_revocation(changing, actor, asked))
        case "approve":
            change = approve_change(changing, actor, arguments.change)
            print(f"{change.key_id}: the change stands ({change.act}).")
        case "list":
            _list(changing, hub.clock.now())
        case _:
            source = partners.by_name(arguments.agency).source
            for link in doubtful_reports(changing, hub.store, actor, source):
                print(f"{link.report_id}  received {words.moment(link.received)}  {link.report_type}")
    return DONE


def _say_proposed(change: KeyChangeProposed) -> None:
    until = words.moment(lapses(change))
    print(f"Proposed: {change.act} {change.key_id}. Nothing is changed until somebody else agrees, before {until}:")
    print(f"  hub agency-keys approve {change.change_id} --as STAFF")


def _list(changing: ChangingKeys, now: datetime) -> None:
    ever, waiting = keys_on_registry(changing)
    for key in ever:
        ends = f"until {words.moment(key.until)}" if key.until is not None else "stands"
        print(f"{key.key_id}  {'taken back, ' if key.revoked else ''}{ends}")
    for change in waiting:
        ends = words.moment(lapses(change))
        stands = (
            f"somebody else may agree before {ends}" if now < lapses(change) else f"EXPIRED {ends}: propose it afresh"
        )
        print(f"{change.key_id}  {change.act} proposed {words.moment(change.at)}, {stands}: {change.change_id}")


def _moment(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError("a time is written 2026-11-22T09:00Z") from None
    if found.tzinfo is None:
        raise argparse.ArgumentTypeError("a time is written with its offset: 2026-11-22T09:00Z")
    return found
