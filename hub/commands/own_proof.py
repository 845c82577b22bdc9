"""The proof of who acts, asked of them at the terminal: for what the account of the machine is not enough for."""

import argparse
import getpass
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from contracts.events.hub import Actor
from contracts.strict_json import Json
from hub.application.sign_in import act_as, sign_in
from hub.commands.one_line import in_json, lines_alone
from hub.commands.then_follow import then_follow
from hub.domain.errors import HubError, NotOnRecord, SignInRefused
from hub.wiring import Hub

DONE, REFUSED = 0, 1
_UNCHANGED = "Nothing was changed."
_ASKED = "Your asking is on record."


@dataclass(frozen=True, slots=True)
class Refusing:
    """With which error a command refuses, what each of its codes says, and whether every such asking is on record."""

    error: type[HubError]
    says: Mapping[str, str]
    on_record: bool


def prove(hub: Hub, subject: str) -> Actor:
    """The enrolled member of staff, who gave their own pass phrase just now.

    Raises NotEnrolled, SignInRefused (on record), StoreUnavailable.
    """
    act_as(hub.store, subject)
    try:
        actor, _ = sign_in(hub.signing_in(), subject, _phrase())
    except SignInRefused as refused:
        if str(refused) == "phrase_first":
            print(f"hub: choose a pass phrase of your own first: hub staff phrase --as {subject}", file=sys.stderr)
        raise
    return actor.model_copy(update={"via": "command"})


def run_step(
    hub: Hub,
    arguments: argparse.Namespace,
    step: Callable[[Actor], tuple[str, dict[str, Json]]],
    refusing: Refusing,
    *,
    proves: bool,
) -> int:
    """0 when the step is done, 1 when it is refused; what it comes to is printed, for people or as an object.

    `proves`: whether who acts gives their pass phrase first. Raises as the step, NotEnrolled, StoreUnavailable.
    """
    with then_follow(hub):
        try:
            actor = prove(hub, arguments.staff) if proves else act_as(hub.store, arguments.staff)
            told, said = step(actor)
        except refusing.error as refused:
            asked = f" {_ASKED}" if refusing.on_record else ""
            print(f"hub: {refusing.says[str(refused)]}. {_UNCHANGED}{asked}", file=sys.stderr)
            return REFUSED
        except SignInRefused:
            print(f"hub: the pass phrase was not accepted. {_UNCHANGED} {_ASKED}", file=sys.stderr)
            return REFUSED
        except NotOnRecord:
            print(f"hub: nobody is known here by that. {_UNCHANGED} {_ASKED}", file=sys.stderr)
            return REFUSED
        print(in_json(said) if arguments.json else lines_alone(told))
        return DONE


def _phrase() -> str:
    return getpass.getpass("Your pass phrase: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
