"""`hub staff phrase`: somebody chooses another pass phrase, by the one that they have."""

import argparse
import getpass
import sys

from hub.application.change_phrase import PhraseRefused, change_phrase
from hub.application.sign_in import act_as
from hub.commands import typed
from hub.commands.then_follow import then_follow
from hub.domain.errors import SignInRefused
from hub.domain.pass_phrase import LONGEST, SHORTEST
from hub.settings import Settings
from hub.wiring import Hub

DONE, REFUSED = 0, 1
_ASKED = ("The pass phrase that you have now: ", "A new pass phrase: ", "The new pass phrase again: ")
_SAYS = {
    "phrase": "the pass phrase that you have is not right",
    "phrase_lapsed": "the pass phrase that you were given is over: ask whoever enrolled you for another",
    "too_many": "there were too many wrong tries under this name: wait an hour",
    "too_short": f"choose a longer one: it has {SHORTEST} characters or more",
    "too_long": f"choose a shorter one: it has {LONGEST} characters at most",
    "usual": "choose another: this one is made of usual words, names, rows of keys or the same again and again",
    "had_before": "choose another: this one you have, or the hub made it",
}


def add_phrase(staff: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add this command to `hub staff`."""
    says = (
        "choose another pass phrase: asked for at the terminal, or as three lines of input: the one you have, the new"
    )
    typed.staff(staff.add_parser("phrase", help=f"{says} one, the new one again"))


def run_phrase(settings: Settings, arguments: argparse.Namespace) -> int:
    """0 when it is changed, 1 when not. Raises NotEnrolled, Conflict, StoreUnavailable."""
    hub = Hub(settings)
    actor = act_as(hub.store, arguments.staff)
    present, chosen, again = _typed()
    if chosen != again:
        print("hub: the two new ones are not the same. Nothing was changed.", file=sys.stderr)
        return REFUSED
    with then_follow(hub):
        try:
            change_phrase(hub.signing_in(), actor, present, chosen)
        except (SignInRefused, PhraseRefused) as refused:
            print(f"hub: {_SAYS[str(refused)]}. Nothing was changed.", file=sys.stderr)
            return REFUSED
        print("Changed. The one before opens nothing any more, and a session that is open ends when it is next used.")
    return DONE


def _typed() -> tuple[str, str, str]:
    if sys.stdin.isatty():
        present, chosen, again = (getpass.getpass(words) for words in _ASKED)
    else:
        present, chosen, again = (sys.stdin.readline().rstrip("\n") for _ in _ASKED)
    return present, chosen, again
