"""`hub take-back`: whoever decided to share something takes it back, soon after and while nobody has read it."""

import argparse
import sys

from contracts.strict_json import Json
from hub.application.sign_in import act_as
from hub.application.take_back import TakenBack, take_back
from hub.commands import typed
from hub.commands.one_line import in_json, one_line
from hub.commands.then_follow import then_follow
from hub.domain.taking_back import SAYS, TOLD
from hub.settings import Settings
from hub.wiring import Hub, titles

NAMES = frozenset({"take-back"})
DONE, REFUSED = 0, 1


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add this command to `hub`."""
    back = commands.add_parser("take-back", help="take back what you just shared, while nobody there has read it")
    back.add_argument("child", type=typed.identifier, metavar="CHILD", help="nhs:…, upn:…, la:…, local:… or hub:…")
    where = "as `hub share` said it is on record; `hub shares` names those that can still be taken back"
    back.add_argument("--decision", required=True, type=typed.reference, metavar="ID", help=where)
    typed.staff(back)
    typed.json(back)


def run(settings: Settings, arguments: argparse.Namespace) -> int:
    """0 when it was taken back, whether or not the recall could leave yet; 1 when it was not, and why.

    The look is on record. Raises AccessRefused, NotEnrolled, Conflict, StoreUnavailable, Unreadable: nothing was done,
    but for Unreadable, which what follows may raise after it was said that it was taken back.
    """
    hub = Hub(settings)
    with then_follow(hub) as after:
        came = take_back(hub.sharing(), act_as(hub.store, arguments.staff), arguments.child, arguments.decision)
        if came.why_not is None:
            after.sends = "the recall"
        _say(came, as_json=arguments.json)
    return DONE if came.why_not is None else REFUSED


def _say(came: TakenBack, *, as_json: bool) -> None:
    """Before anything follows: what is on record is said whatever comes of that."""
    if as_json:
        print(in_json(as_object(came)), flush=True)
    elif came.why_not is None:
        print(one_line(f"Taken back from {titles().get(came.recipient, came.recipient)}. {TOLD}"), flush=True)
    else:
        print(one_line(f"hub: it was not taken back. {SAYS[came.why_not]}"), file=sys.stderr)


def as_object(came: TakenBack) -> dict[str, Json]:
    """What came of it as a JSON object; `why_not` is a code, null where it was taken back."""
    return {
        "taken_back": came.why_not is None,
        "why_not": came.why_not.value if came.why_not is not None else None,
        "recipient": came.recipient or None,
    }
