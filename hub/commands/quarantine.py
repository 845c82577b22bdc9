"""`hub quarantine`: what was set aside, why, and what became of it; and have it tried again. Never what it holds."""

import argparse
import re
import sys

from agencies import registry as partners
from contracts.events.quarantine import QuarantineReplayed
from contracts.strict_json import Json
from contracts.vocabulary import Purpose
from hub.application.list_quarantine import Listed, ListingQuarantine, list_quarantine
from hub.application.look_at_quarantine import Looking
from hub.application.replay_quarantined import replay_quarantined
from hub.application.show_quarantined import ShowingQuarantined, ShownQuarantined, show_quarantined
from hub.application.sign_in import act_as
from hub.commands import typed
from hub.commands.one_line import in_json, lines_alone
from hub.commands.then_follow import then_follow
from hub.domain import words
from hub.domain.errors import NotSetAside
from hub.domain.reason_codes import explained
from hub.settings import Settings
from hub.views.quarantine import QUARANTINE, SetAside
from hub.views.received import RECEIVED, Balance
from hub.wiring import Hub, titles, topics

NAMES = frozenset({"quarantine"})
_STATE = {
    "open": "open",
    "replayed": "settled: tried again",
    "superseded": "settled: its sender sent it again, and that was taken in",
}
_OUTCOME = {"accepted": "taken in", "duplicate": "known already", "quarantined": "set aside again"}


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add this command to `hub`."""
    parser = commands.add_parser("quarantine", help="what could not be taken in: list, show, or try again")
    parsers = parser.add_subparsers(dest="what", required=True)
    listing = parsers.add_parser("list", help="what was set aside, alarms first, and whether the counts balance")
    listing.add_argument("--code", type=_code, metavar="CODE", help="only what was set aside for that reason")
    listing.add_argument("--source", type=typed.agency, metavar="AGENCY", help="only what claims to be that agency's")
    show = parsers.add_parser("show", help="one message: why, what its sender can do, what became of it since")
    show.add_argument("number", type=_number, metavar="ID", help="its number in the list")
    purposes = f"{Purpose.AUDIT}, {Purpose.SECTION_17}, {Purpose.SECTION_47}"
    show.add_argument("--purpose", required=True, type=typed.purpose, metavar="CODE", help=f"such as {purposes}")
    replay = parsers.add_parser("replay", help="receive again, as if it had arrived now; its sender is answered anew")
    replay.add_argument("numbers", nargs="*", type=_number, metavar="ID", help="numbers in the list")
    replay.add_argument("--code", type=_code, metavar="CODE", help="every open message set aside for that reason")
    for one in (listing, show, replay):
        typed.staff(one)
        typed.json(one)


def run(settings: Settings, arguments: argparse.Namespace) -> int:
    """0; 1 when there is no such message, or one that was tried again is still set aside; 2 for wrong usage.

    Raises AccessRefused, NotEnrolled, StoreUnavailable, Conflict, Unreadable.
    """
    if arguments.what == "replay" and bool(arguments.numbers) == (arguments.code is not None):
        print("hub: name the messages by number, or all of a reason with --code.", file=sys.stderr)
        return 2
    hub = Hub(settings)
    hub.follow()
    with then_follow(hub):
        try:
            return _run(hub, arguments)
        except NotSetAside as unknown:
            print(f"hub: no message was set aside as no. {unknown}. Your asking is on record.", file=sys.stderr)
            return 1


def _run(hub: Hub, arguments: argparse.Namespace) -> int:
    if arguments.what == "list":
        found = listed(hub, arguments.staff, arguments.code, arguments.source)
        _print(arguments, list_object(found), list_lines(found))
        return 0
    if arguments.what == "show":
        shown = shown_to(hub, arguments.staff, arguments.number, arguments.purpose)
        _print(arguments, shown_object(shown), shown_lines(shown))
        return 0
    actor = act_as(hub.store, arguments.staff)
    done = replay_quarantined(hub.replaying(), actor, tuple(arguments.numbers), arguments.code)
    objects: list[Json] = [one.model_dump(mode="json", exclude_none=True, exclude={"by"}) for one in done]
    _print(arguments, {"replayed": objects}, replayed_lines(done))
    return 1 if any(one.outcome == "quarantined" for one in done) else 0


def listed(hub: Hub, staff: str, code: str | None = None, agency: str | None = None) -> Listed:
    """The list as this member of staff may see it. Raises AccessRefused, NotEnrolled, StoreUnavailable."""
    rows = hub.view_rows.read(QUARANTINE), hub.view_rows.read(RECEIVED)
    source = partners.by_name(agency).source if agency is not None else None
    listing = ListingQuarantine(Looking(hub.store, hub.clock, hub.law), *rows)
    return list_quarantine(listing, act_as(hub.store, staff), code, source)


def shown_to(hub: Hub, staff: str, number: int, purpose: Purpose) -> ShownQuarantined:
    """One message as this member of staff may see it. Raises AccessRefused, NotEnrolled, NotSetAside."""
    looking = Looking(hub.store, hub.clock, hub.law)
    showing = ShowingQuarantined(looking, hub.store, hub.view_rows.read(QUARANTINE), topics())
    return show_quarantined(showing, act_as(hub.store, staff), number, purpose)


def list_lines(found: Listed) -> list[str]:
    """The list for a terminal, the books at its foot."""
    to_look_at = sum(one.to_look_at for one in found.messages)
    told = [f"{len(found.messages)} set aside; alarms to look at first: {to_look_at}."] if found.messages else []
    for one in found.messages:
        told.append(
            f"{'ALARM ' if one.to_look_at else ''}no. {one.number}, {words.moment(one.received)}, {one.topic}: "
            f"{one.now_code or one.code} ({explained(one.now_code or one.code).means})"
        )
        told.append(f"    {_STATE[one.state]}{_tries(one)}; {_claim(one)}")
    told = told or ["None is set aside here (what an edge could not read never came: `hub feeds`)."]
    return [*told, "Received, and what became of it:", *(f"    {_book(one)}" for one in found.books)]


def shown_lines(shown: ShownQuarantined) -> list[str]:
    """One message for a terminal."""
    one, called = shown.message, titles()
    topic_of = called.get(shown.topic_of or "", "nobody")
    told = "its sender was told" if shown.told == "told" else "nobody was told: nobody was enrolled for that topic"
    return [
        f"No. {one.number}{', ALARM' if one.alarm else ''}: {_STATE[one.state]}",
        f"    code       {one.code}: {shown.explained.means}",
        f"    to do      {shown.explained.to_do}",
        f"    where      {one.where or 'the whole message'}",
        f"    came       {words.moment(one.received)}, on {one.topic} ({topic_of}), {one.size_bytes} bytes",
        f"    claims     {_claim(one)}",
        f"    answer     {told}",
        *(f"    tried      {_tried(replay)}" for replay in shown.replays),
    ]


def replayed_lines(done: tuple[QuarantineReplayed, ...]) -> list[str]:
    """What became of each, for a terminal."""
    return [f"No. {one.number}: {_result(one)}" for one in done] or ["Nothing is set aside for that reason."]


def list_object(found: Listed) -> dict[str, Json]:
    """The list as a JSON object."""
    return {"set_aside": [_as_object(one) for one in found.messages], "books": [_book_object(b) for b in found.books]}


def shown_object(shown: ShownQuarantined) -> dict[str, Json]:
    """One message as a JSON object."""
    return {
        **_as_object(shown.message),
        "means": shown.explained.means,
        "to_do": shown.explained.to_do,
        "topic_of": shown.topic_of,
        "answered": shown.told,
        "replays": [_replay_object(one) for one in shown.replays],
    }


def _replay_object(one: QuarantineReplayed) -> dict[str, Json]:
    by = one.by.subject if one.by is not None else None
    return {"at": one.at.isoformat(), "by": by, "outcome": one.outcome, "code": one.code, "where": one.where}


def _as_object(one: SetAside) -> dict[str, Json]:
    return {
        "number": one.number,
        "topic": one.topic,
        "code": one.code,
        "now_code": one.now_code or one.code,
        "where": one.where,
        "received": one.received.isoformat(),
        "alarm": one.alarm,
        "state": one.state,
        "claims": {"source": one.source, "event_id": one.event_id, "proved": one.proved},
        "size_bytes": one.size_bytes,
        "tries": one.tries,
    }


def _book_object(one: Balance) -> dict[str, Json]:
    counts = {"received": one.received, "accepted": one.accepted, "duplicates": one.duplicates}
    aside = {"quarantined": one.quarantined, "unproved": one.unproved, "missing": one.missing}
    return {"source": one.source, **counts, **aside, "balances": one.holds, "exact": one.exact}


def _book(one: Balance) -> str:
    if not one.source:
        return f"from nobody who is proved: {one.unproved} set aside"
    became = f"{one.accepted} taken in, {one.duplicates} known already, {one.quarantined} set aside"
    missing = f"; {one.missing} of its numbers never came" if one.missing else ""
    holds = "" if one.holds else "; THIS DOES NOT BALANCE"
    return f"{titles().get(one.source, one.source)}: {one.received} received = {became}{missing}{holds}"


def _claim(one: SetAside) -> str:
    if one.source is None:
        return "it does not say from whom it is"
    known = titles().get(one.source, "an agency that is not known here")
    return f"{'from' if one.proved else 'says that it is from'} {known}, id {one.event_id}"


def _tries(one: SetAside) -> str:
    if one.tried is None:
        return ""
    return f", tried {one.tries} times, last {words.moment(one.tried)}: {_OUTCOME[one.outcome]}"


def _tried(one: QuarantineReplayed) -> str:
    by = one.by.subject if one.by is not None else "the hub itself, after an upgrade"
    return f"{words.moment(one.at)} by {by}: {_result(one)}"


def _result(one: QuarantineReplayed) -> str:
    return f"{_OUTCOME[one.outcome]}{f' ({one.code})' if one.code else ''}"


def _print(arguments: argparse.Namespace, as_object: dict[str, Json], lines: list[str]) -> None:
    if arguments.json:
        print(in_json(as_object))
        return
    for line in lines:
        print(lines_alone(line))


def _code(text: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,59}", text):
        raise argparse.ArgumentTypeError("a code is of small letters, digits and _")
    return text


def _number(text: str) -> int:
    if not re.fullmatch(r"[1-9][0-9]{0,17}", text):
        raise argparse.ArgumentTypeError("a message is named by its number in the list")
    return int(text)
