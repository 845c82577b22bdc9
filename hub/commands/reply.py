"""`hub reply`: what somebody whom an entry concerns said about it is kept beside the entry, and follows it."""

import argparse
import sys

from contracts.events.reply import Disputes, ReplyAttached, Whose
from contracts.strict_json import Json
from contracts.vocabulary import Purpose
from hub.application.attach_reply import Attaching, attach_reply
from hub.application.sign_in import act_as
from hub.commands import typed
from hub.commands.one_line import in_json, one_line
from hub.commands.then_follow import then_follow
from hub.domain import reply_words
from hub.domain.replies import UNFIT, NewReply, ReplyUnfit
from hub.settings import Settings
from hub.wiring import Hub, agreement_of, titles

NAMES = frozenset({"reply"})
_WHOSE = {one.value: one for one in Whose}
_DISPUTES = {one.value: one for one in Disputes}


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add this command to `hub`."""
    one = commands.add_parser("reply", help="what somebody whom an entry concerns says about it; it follows the entry")
    one.add_argument("child", type=typed.identifier, metavar="CHILD", help="nhs:…, upn:…, la:…, local:… or hub:…")
    one.add_argument(
        "--report", required=True, type=typed.reference, metavar="ID", help="in quotes, as `hub chronology` says"
    )
    one.add_argument("--whose", required=True, choices=tuple(_WHOSE), help="nobody by name")
    one.add_argument("--agency", type=typed.agency, metavar="AGENCY", help="which, where it is an agency's reply")
    one.add_argument("--said-on", required=True, type=typed.day, metavar="DATE", help="the day on which it was said")
    one.add_argument("--disputes", required=True, choices=tuple(_DISPUTES))
    one.add_argument("--words", required=True, metavar="WORDS", help="what they said, as they said it")
    typed.staff(one)
    one.add_argument("--purpose", required=True, type=typed.purpose, metavar="CODE", help=", ".join(Purpose))
    typed.json(one)


def run(settings: Settings, arguments: argparse.Namespace) -> int:
    """0 when it is kept; 2 where it is not whole. Raises AccessRefused, NotEnrolled, Conflict, StoreUnavailable."""
    hub = Hub(settings)
    with then_follow(hub):
        try:
            fact = keep(hub, arguments)
        except ReplyUnfit as unfit:
            print(f"hub: {UNFIT[str(unfit)]}.", file=sys.stderr)
            return 2
        print(in_json(as_object(fact)) if arguments.json else one_line(said(fact)))
    return 0


def keep(hub: Hub, arguments: argparse.Namespace) -> ReplyAttached:
    """The reply as kept. Raises ReplyUnfit, AccessRefused, NotEnrolled, Conflict, StoreUnavailable, Unreadable."""
    made = NewReply(
        actor=act_as(hub.store, arguments.staff),
        report_id=arguments.report,
        whose=_WHOSE[arguments.whose],
        disputes=_DISPUTES[arguments.disputes],
        said_on=arguments.said_on,
        words=arguments.words,
        agency=agreement_of(arguments.agency).source if arguments.agency is not None else "",
    )
    attaching = Attaching(hub.store, hub.index, hub.clock, hub.law, hub.deciding())
    return attach_reply(attaching, arguments.child, arguments.purpose, made)


def said(fact: ReplyAttached) -> str:
    """What was kept, for a terminal."""
    stands = f"It stands beside report {fact.report_id} from now on, and goes to everybody who was sent that"
    return f"{reply_words.whose(fact, titles())}. {reply_words.beside(fact)}. {stands}. On record as {fact.reply_id}."


def as_object(fact: ReplyAttached) -> dict[str, Json]:
    """What was kept, as one JSON object; the words are read in the chronology."""
    return {
        "reply": str(fact.reply_id),
        "report": str(fact.report_id),
        "whose": fact.whose.value,
        "disputes": fact.disputes.value,
        "said_on": fact.said_on.isoformat(),
    }
