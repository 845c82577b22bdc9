"""The commands of those who answer for sharing: refusing, telling, the law, the agreements, the IG pack."""

import argparse
from pathlib import Path

from consent.refusals import GROUNDS, Reason
from hub.adapters.clock import SystemClock
from hub.commands import agreements, ig_pack, law, refuse, telling, typed
from hub.domain.moment import day_in_london
from hub.settings import Settings

NAMES = frozenset({"refuse", "refusals", "telling", "law", "agreements", "ig-pack"})


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add these commands to `hub`."""
    _add_refuse(commands)
    refusals = commands.add_parser("refusals", help="count the decisions not to share, by agency and reason")
    typed.staff(refusals)
    typed.json(refusals)
    telling.add(commands)
    _add_law(commands)
    _add_agreements(commands)
    pack = commands.add_parser("ig-pack", help="write what an information-governance officer starts from")
    pack.add_argument("folder", type=Path, metavar="FOLDER")


def run(settings: Settings, arguments: argparse.Namespace) -> int:
    """The exit code of one of these commands."""
    match arguments.command:
        case "refuse":
            return refuse.run(settings, _refusing(arguments), as_json=arguments.json)
        case "refusals":
            return refuse.count(settings, arguments.staff, as_json=arguments.json)
        case "law":
            return _law(settings, arguments)
        case "agreements":
            return _agreements(arguments)
        case "ig-pack":
            return ig_pack.run(arguments.folder)
        case _:
            return telling.act(settings, arguments)


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
    parser.add_argument("--asked-for", required=True, type=typed.said, metavar="WORDS", help="what was asked for")
    parser.add_argument("--purpose", required=True, type=typed.purpose, metavar="CODE", help="for what it was asked")
    parser.add_argument("--reason", required=True, type=typed.reason, metavar="CODE", help="why not (see below)")
    parser.add_argument("--words", default="", metavar="WORDS", help="the reason in your own words")
    parser.add_argument("--approved-by", metavar="NAME", help="who approved it; never the one who decided")
    parser.add_argument("--review-on", type=typed.day, metavar="DATE", help="when it is looked at again")
    parser.add_argument("--need", type=typed.need, metavar="LEVEL", help="1 to 4")
    parser.add_argument("--urgent", action="store_true", help="delay could harm the child")
    typed.json(parser)


def _add_law(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parsers = commands.add_parser("law", help="the law as the hub reads it").add_subparsers(dest="what", required=True)
    export = parsers.add_parser("export", help="write the rulebook as a page")
    export.add_argument("folder", nargs="?", type=Path, default=Path("docs"), help="default: docs")
    explain = parsers.add_parser("explain", help="why a decision comes out, or came out, as it does")
    asked = explain.add_mutually_exclusive_group(required=True)
    asked.add_argument("file", nargs="?", type=typed.file, metavar="FILE", help="a question written in TOML")
    asked.add_argument("--decision", type=typed.reference, metavar="UUID", help="a decision on record; needs --as")
    typed.staff(explain, required=False)


def _law(settings: Settings, arguments: argparse.Namespace) -> int:
    if arguments.what == "export":
        return law.export(arguments.folder)
    if arguments.decision is None:
        return law.explain(arguments.file, settings.sixteen_la_from)
    return law.explain_kept(settings, arguments.staff or "", arguments.decision)


def _add_agreements(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("agreements", help="the data-sharing agreements")
    parsers = parser.add_subparsers(dest="what", required=True)
    check = parsers.add_parser("check", help="does each fit, and is routine sharing open under it?")
    show = parsers.add_parser("show", help="one agreement, written out")
    show.add_argument("name", type=typed.agency, metavar="AGENCY")
    form = show.add_mutually_exclusive_group()
    form.add_argument("--markdown", action="store_true", help="as a page to read and sign")
    form.add_argument("--html", action="store_true", help="the same as one web page that needs nothing else")
    for one in (check, show):
        one.add_argument("--on", type=typed.day, metavar="DATE", help="as it stands on that day (default: today)")


def _agreements(arguments: argparse.Namespace) -> int:
    on = arguments.on or day_in_london(SystemClock().now())
    if arguments.what == "check":
        return agreements.run_check(on)
    form: agreements.Form = "html" if arguments.html else "markdown" if arguments.markdown else "plain"
    return agreements.run_show(arguments.name, on, form=form)


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
