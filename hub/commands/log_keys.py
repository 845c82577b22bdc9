"""`hub log`: what partners must know of the sealed log, how it goes on under a new key, and how its witnesses stand."""

import argparse
from typing import Final

from contracts.strict_json import Json
from hub.application.begin_book import begin_book
from hub.application.begin_log import begin_log
from hub.application.gather_cosignatures import BOOK_ALTERED, BOOK_GONE, Standing
from hub.application.readmit_witness import readmit_witness
from hub.application.sign_in import act_as
from hub.commands import typed
from hub.commands.one_line import in_json
from hub.commands.then_follow import say, then_follow
from hub.domain import words
from hub.settings import Settings
from hub.wiring import Hub

NAMES = frozenset({"log"})
DONE, REFUSED = 0, 1
WHYS: Final = ("copy_put_back", "had_not_gone_back")


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add this command to `hub`."""
    log = commands.add_parser("log", help="the sealed log's keys and witnesses").add_subparsers(
        dest="what", required=True
    )
    log.add_parser("keys", help="print the `log` lines for a policy file: of this log, of those before, of next year's")
    begin = log.add_parser("begin", help="end this log now and go on under a new origin and a new key")
    begin.add_argument("--key-lost", action="store_true", required=True, help="say that its key is not to be trusted")
    listed = log.add_parser("witnesses", help="how each witness stands")
    typed.json(listed)
    again = log.add_parser("readmit", help="count a witness again that went back, by an officer who checks; on record")
    again.add_argument("witness", metavar="WITNESS", help="its name in the policy file")
    again.add_argument("--why", required=True, choices=WHYS, help=", ".join(WHYS))
    typed.staff(again)
    book = log.add_parser("begin-book", help="begin the book of how witnesses stand again, by an officer; on record")
    typed.staff(book)


def run(settings: Settings, arguments: argparse.Namespace) -> int:
    """The exit code. Raises AccessRefused, NotEnrolled, StoreUnavailable."""
    hub = Hub(settings)
    if arguments.what == "witnesses":
        return _list(hub, as_json=arguments.json)
    if arguments.what == "readmit":
        return _readmit(hub, arguments)
    if arguments.what == "begin-book":
        return _begin_book(hub, arguments)
    hub.follow()
    if arguments.what == "begin" and not _begin(hub):
        return REFUSED
    ahead = hub.shelf.origin_of_next_year()
    for vkey in (*(one.vkey for one in hub.shelf.past()), hub.log_key, hub.shelf.vkey_of(ahead)):
        print(f"log {vkey}")
    return DONE


def _begin(hub: Hub) -> bool:
    """Whether the log goes on under a new key, which can then be printed."""
    with then_follow(hub) as after:
        if not begin_log(hub.store, hub.clock, hub.shelf.next_in_year(), "key_lost"):
            return False
        say("on record: this log ends, and goes on under a new key. `hub log keys` prints it.")
    return after.came


def _list(hub: Hub, *, as_json: bool) -> int:
    found = hub.witnesses.standings(hub.clock.now())
    whole: list[Json] = [
        {
            **{"witness": one.name, "size": one.size, "code": one.code, "key": one.key},
            "at": one.at.isoformat() if one.at else None,
            "went_back": one.went_back.isoformat() if one.went_back else None,
        }
        for one in found
    ]
    told = [_told(one) for one in found] or ["No witnesses are set for this hub."]
    print(in_json({"witnesses": whole}) if as_json else "\n".join(told))
    return REFUSED if any(one.went_back or one.code in (BOOK_GONE, BOOK_ALTERED) for one in found) else DONE


def _told(one: Standing) -> str:
    last = f"confirmed {one.size} entries, {words.moment(one.at)}" if one.at else "has not confirmed yet"
    if one.went_back is not None:
        since = words.moment(one.went_back)
        return f"{one.name}: WENT BACK, and does not count since {since} (key {one.key}); before that {last}"
    if one.code in (BOOK_GONE, BOOK_ALTERED):
        return f"{one.name}: {one.code}; how it stands is not known, until an officer begins the book again"
    return f"{one.name}: {last}" + (f"; since then {one.code}" if one.code else "")


def _readmit(hub: Hub, arguments: argparse.Namespace) -> int:
    with then_follow(hub):
        actor = act_as(hub.store, arguments.staff)
        readmit_witness(hub.store, hub.clock, hub.witnesses, actor, arguments.witness, why=arguments.why)
        with hub.log():
            hub.witnesses.readmit(arguments.witness, hub.clock.now())
        print("On record: the witness is asked again, and counts once it has confirmed the log.")
    return DONE


def _begin_book(hub: Hub, arguments: argparse.Namespace) -> int:
    with then_follow(hub):
        actor = act_as(hub.store, arguments.staff)
        begin_book(hub.store, hub.clock, hub.witnesses, actor)
        with hub.log():
            hub.witnesses.begin_book(hub.clock.now())
        print(
            "On record: every witness is asked again, and what may be read waits until enough of them confirm the log."
        )
    return DONE
