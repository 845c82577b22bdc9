"""The proof of who acts, asked of them at the terminal: for what the account of the machine is not enough for."""

import getpass
import sys

from contracts.events.hub import Actor
from hub.application.sign_in import act_as, sign_in
from hub.domain.errors import SignInRefused
from hub.wiring import Hub


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


def _phrase() -> str:
    return getpass.getpass("Your pass phrase: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
