"""The commands of those who answer for sharing: refusing, telling, the law, the agreements, the IG pack."""

import argparse

from consent.refusals import GROUNDS, Reason
from hub.commands import refuse, telling, typed
from hub.settings import Settings

NAMES = frozenset({"refuse", "refusals", "telling"})


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add these commands to `hub`."""
    _add_refuse(commands)
    refusals = commands.add_parser("refusals", help="count the decisions not to share, by agency and reason")
    typed.staff(refusals)
    typed.json(refusals)
    tell = commands.add_parser("telling", help="who is still to be told, and what has been left too long")
    typed.staff(tell)
    tell.add_argument("--on", type=typed.day, metavar="DATE", help="as it stands on that day (default: today)")
    typed.json(tell)


def run(settings: Settings, arguments: argparse.Namespace) -> int:
    """The exit code of one of these commands."""
    match arguments.command:
        case "refuse":
            return refuse.run(settings, _refusing(arguments), as_json=arguments.json)
        case "refusals":
            return refuse.count(settings, arguments.staff, as_json=arguments.json)
        case _:
            return telling.run(settings, arguments.staff, arguments.on, as_json=arguments.json)


def _add_refuse(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    titles = {ground.reason: ground.title for ground in GROUNDS}
    reasons = [f"  {one.value:20} {titles.get(one, 'a myth: it is answered, and kept')}" for one in Reason]
    parser = commands.add_parser(
        "refuse",
        help="put a decision not to share on record, and hear what the law says to it",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="The reasons:\n" + "\n".join(reasons),
    )
    parser.add_argument("child", type=typed.identifier, metavar="CHILD", help="nhs:…, upn:…, la:…, local:… or hub:…")
    typed.staff(parser)
    parser.add_argument("--asked-by", required=True, type=typed.agency, metavar="AGENCY", help="who asked for it")
    parser.add_argument("--asked-for", required=True, metavar="WORDS", help="what was asked for")
    parser.add_argument("--purpose", required=True, type=typed.purpose, metavar="CODE", help="for what it was asked")
    parser.add_argument("--reason", required=True, type=typed.reason, metavar="CODE", help="why not (see below)")
    parser.add_argument("--words", default="", metavar="WORDS", help="the reason in your own words")
    parser.add_argument("--approved-by", metavar="NAME", help="who approved it; never the one who decided")
    parser.add_argument("--review-on", type=typed.day, metavar="DATE", help="when it is looked at again")
    parser.add_argument("--need", type=typed.need, metavar="LEVEL", help="1 to 4")
    parser.add_argument("--urgent", action="store_true", help="delay could harm the child")
    typed.json(parser)


def _refusing(arguments: argparse.Namespace) -> refuse.Refusing:
    return refuse.Refusing(
        child=arguments.child,
        staff=arguments.staff,
        asked_by=arguments.asked_by,
        asked_for=arguments.asked_for,
        purpose=arguments.purpose,
        reason=arguments.reason,
        words=arguments.words,
        approved_by=arguments.approved_by,
        review_on=arguments.review_on,
        need=arguments.need,
        urgent=arguments.urgent,
    )
