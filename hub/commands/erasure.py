"""`hub erasure ask|approve|hold|lift|list|finish|certificate`: a record is erased when three people want it so.

Whoever asks agrees to nothing; two others do, one of whom checks; each gives their own pass phrase. What is done cannot
be called back.
"""

import argparse

from contracts.events.erasure import ErasureGround, HoldPlaced, HoldReason
from contracts.events.hub import Actor
from contracts.strict_json import Json
from hub.adapters.erasures import erase_here
from hub.application.erase_record import (
    Listed,
    approve_erasure,
    ask_erasure,
    lift_hold,
    list_erasures,
    place_hold,
    read_erasure,
)
from hub.commands import typed
from hub.commands.one_line import one_line
from hub.commands.own_proof import Refusing, run_step
from hub.domain import words
from hub.domain.erasure_certificate import as_object, certificate
from hub.domain.erasures import APPROVALS, ErasureRefused
from hub.settings import Settings
from hub.wiring import Hub

NAMES = frozenset({"erasure"})
_OWN_PROOF = frozenset({"ask", "approve", "lift", "finish"})
SAYS = {
    "no_such_erasure": "no erasure of that number is on record: `hub erasure list`",
    "no_such_hold": "no hold of that number stands: `hub erasure list`",
    "held": "a hold stands against it, and a hold beats everything",
    "asked_already": "somebody has asked for it already: `hub erasure list`",
    "enquiry_open": "an enquiry about the child is open: somebody who decides closes it first, `hub enquiry close`",
    "emergency_unreviewed": "nobody has reviewed who opened it in an emergency: somebody does first, `hub reviews`",
    "too_early": "the period for which it is kept is not over: `hub retention classes`",
    "moved_on": "more has come since it was asked, which nobody has looked at: ask anew",
    "waiting": "it takes two approvals, given after the last hold",
    "approved": "two people have agreed to it already",
    "begun": "it has been begun and cannot be called back: `hub erasure finish`",
    "done": "it is done",
    "not_done": "it is not done yet",
    "not_proved": "whoever erases proves who they are",
    "same_person": "you asked for it, or have agreed to it already: somebody else agrees",
    "one_checks": "one of the two who agree has to be an information-governance officer",
}


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `hub erasure` and what stands under it."""
    erasure = commands.add_parser("erasure", help="erase a record, or hold it: three people, and nothing is undone")
    steps = erasure.add_subparsers(dest="step", required=True, metavar="STEP")
    ask = steps.add_parser("ask", help="ask that a child's record be erased; nothing is done yet")
    ask.add_argument("child", type=typed.identifier, metavar="CHILD", help="nhs:…, upn:…, la:…, local:… or hub:…")
    ask.add_argument("--ground", required=True, choices=[one.value for one in ErasureGround])
    hold = steps.add_parser("hold", help="a child's record, or everybody's, must be kept until this is lifted")
    of = hold.add_mutually_exclusive_group(required=True)
    of.add_argument("child", nargs="?", type=typed.identifier, metavar="CHILD", help="nhs:…, upn:…, …")
    of.add_argument("--everybody", action="store_true", help="every record here, as for an inquiry")
    hold.add_argument("--reason", required=True, choices=[one.value for one in HoldReason])
    hold.add_argument("--review-on", required=True, type=typed.day, metavar="DATE", help="when you look at it again")
    lift = steps.add_parser("lift", help="end a hold; what was agreed before does not count any more")
    lift.add_argument("hold", type=typed.reference, metavar="HOLD", help="the hold's number")
    listed = steps.add_parser("list", help="every erasure and every hold; for those who check")
    said = (
        ("approve", "agree to an erasure that somebody else asked for"),
        ("finish", "carry out what two people agreed to; one that was broken off goes on"),
        ("certificate", "what was destroyed, by whose word, and until when a copy may exist"),
    )
    named = [steps.add_parser(step, help=words_) for step, words_ in said]
    for one in named:
        one.add_argument("erasure", type=typed.reference, metavar="ERASURE", help="the erasure's number")
    for one in (ask, hold, lift, listed, *named):
        typed.staff(one)
        typed.json(one)


def run(settings: Settings, arguments: argparse.Namespace) -> int:
    """0 when done, 1 when refused. Raises AccessRefused (on record), NotEnrolled, Conflict, StoreUnavailable."""
    hub = Hub(settings)
    refusing = Refusing(ErasureRefused, SAYS, on_record=False)
    return run_step(
        hub, arguments, lambda actor: _step(hub, actor, arguments), refusing, proves=arguments.step in _OWN_PROOF
    )


def _step(hub: Hub, actor: Actor, arguments: argparse.Namespace) -> tuple[str, dict[str, Json]]:
    """What to tell, for people and as an object."""
    erasing = hub.erasing()
    match arguments.step:
        case "ask":
            ground = next(one for one in ErasureGround if one.value == arguments.ground)
            number = ask_erasure(erasing, actor, arguments.child, ground).erasure_id
            told = (
                f"Asked: {number}. Nothing is done until two others agree:\n  hub erasure approve {number} --as STAFF"
            )
            return told, {"erasure": str(number), "state": "waiting"}
        case "approve":
            count = len(approve_erasure(erasing, actor, arguments.erasure).approved)
            then = f"\n  hub erasure finish {arguments.erasure} --as STAFF" if count == APPROVALS else ""
            return f"On record: {count} of {APPROVALS} agree.{then}", {"approved": count}
        case "hold":
            reason = next(one for one in HoldReason if one.value == arguments.reason)
            child = None if arguments.everybody else arguments.child
            held = place_hold(erasing, actor, child, reason, arguments.review_on).hold_id
            return f"Held: {held}. Nothing of it is erased until that is lifted.", {"hold": str(held)}
        case "lift":
            lift_hold(erasing, actor, arguments.hold)
            return "Lifted. Whoever agreed to an erasure before has to agree again.", {"lifted": str(arguments.hold)}
        case "list":
            return _list(*list_erasures(erasing, actor))
        case "finish":
            hub.follow()
            erase_here(erasing, hub.settings.home, actor, arguments.erasure)
            told = f"Erased and verified. The certificate:\n  hub erasure certificate {arguments.erasure} --as STAFF"
            return told, {"erasure": str(arguments.erasure), "state": "done"}
        case _:
            one = read_erasure(erasing, actor, arguments.erasure)
            return certificate(one).rstrip("\n"), as_object(one)


def _list(erasures: tuple[Listed, ...], holds: tuple[HoldPlaced, ...]) -> tuple[str, dict[str, Json]]:
    told = [one_line(_erasure_said(one)) for one in erasures] + [one_line(_hold_said(one)) for one in holds]
    said: dict[str, Json] = {
        "erasures": [_object(one) for one in erasures],
        "holds": [_hold(one) for one in holds],
    }
    return "\n".join(told) or "Nothing is asked to be erased, and nothing is held.", said


def _erasure_said(one: Listed) -> str:
    asked, agree = one.erasure.asked, len(one.erasure.approved)
    by = f"asked {words.moment(asked.at)} by {asked.by.subject}: {asked.ground.value}"
    return f"{asked.erasure_id}  {one.state}, {agree} agree; {by}, child hub:{asked.person_id}"


def _hold_said(one: HoldPlaced) -> str:
    of = f"child hub:{one.person_id}" if one.person_id is not None else "everybody"
    since = f"since {words.moment(one.at)}, by {one.by.subject}; look again on {words.day(one.review_on)}"
    return f"{one.hold_id}  HOLD: {one.reason.value}, {since}; {of}"


def _object(one: Listed) -> dict[str, Json]:
    asked = one.erasure.asked
    return {
        "erasure": str(asked.erasure_id),
        "state": one.state,
        "approved": len(one.erasure.approved),
        "person": str(asked.person_id),
        "asked_at": asked.at.isoformat(),
        "asked_by": asked.by.subject,
        "ground": asked.ground.value,
        "holds": [str(each.hold_id) for each in one.holds],
    }


def _hold(one: HoldPlaced) -> dict[str, Json]:
    return {
        "hold": str(one.hold_id),
        "person": str(one.person_id) if one.person_id is not None else None,
        "reason": one.reason.value,
        "since": one.at.isoformat(),
        "by": one.by.subject,
        "review_on": one.review_on.isoformat(),
    }
