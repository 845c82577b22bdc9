"""`hub telling`: who is still to be told, whose silence comes due, and what has been left too long."""

import argparse
import sys
from datetime import date

from consent.telling_due import Matter, Standing
from contracts.strict_json import Json
from hub.application.list_telling_due import ListingTelling, list_telling_due
from hub.application.sign_in import act_as
from hub.commands import tell_now, typed
from hub.commands.one_line import in_json, lines_alone
from hub.commands.then_follow import then_follow
from hub.domain import words
from hub.settings import Settings
from hub.views.telling import TELLING, ToTell
from hub.wiring import Hub, titles

_MATTER = {
    Matter.TELL: "to be told",
    Matter.REVIEW: "not told: tell now, or decide afresh not to",
    Matter.FIND_OUT: "not known whether told: find out",
    Matter.TRY_AGAIN: "could not be reached: try again",
}
_STANDING = {
    Standing.COMING: "by",
    Standing.TODAY: "today,",
    Standing.OVERDUE: "OVERDUE since",
    Standing.ESCALATED: "ESCALATED, overdue since",
}


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add this command, and those under it, to `hub`."""
    tell = commands.add_parser("telling", help="who is still to be told; state that somebody was, or why not yet")
    typed.staff(tell, required=False)
    tell.add_argument("--on", type=typed.day, metavar="DATE", help="as it stands on that day (default: today)")
    typed.json(tell)
    tell_now.add(tell)


def act(settings: Settings, arguments: argparse.Namespace) -> int:
    """The exit code of `hub telling`, or of what stands under it."""
    if arguments.tell is not None:
        return tell_now.run(settings, arguments)
    if arguments.staff is None:
        print("hub: say who asks: --as STAFF", file=sys.stderr)
        return 2
    return run(settings, arguments.staff, arguments.on, as_json=arguments.json)


def run(settings: Settings, staff: str, on: date | None, *, as_json: bool) -> int:
    """0, with the list printed. Raises AccessRefused, NotEnrolled, StoreUnavailable."""
    hub = Hub(settings)
    hub.follow()
    with then_follow(hub):
        found = listed(hub, staff, on)
        if as_json:
            print(in_json({"telling": [as_object(one) for one in found]}))
        else:
            for line in lines(found):
                print(lines_alone(line))
    return 0


def listed(hub: Hub, staff: str, on: date | None = None) -> tuple[ToTell, ...]:
    """The list as this member of staff may see it. Raises AccessRefused, NotEnrolled, StoreUnavailable."""
    listing = ListingTelling(hub.store, hub.index, hub.clock, hub.law, hub.deciding(), hub.view_rows.read(TELLING))
    return list_telling_due(listing, act_as(hub.store, staff), on)


def lines(found: tuple[ToTell, ...]) -> list[str]:
    """The list for a terminal."""
    called = titles()
    told = [
        f"{_STANDING[one.due.standing]} {words.day(one.due.by)}: {one.role.meaning} ({one.label}), "
        f"{_MATTER[one.due.matter]}\n"
        f"    child hub:{one.person_id}, report {one.report_id}, {called.get(one.source, one.source)}{_against(one)}"
        for one in found
    ]
    return told or ["Everybody has been told, as far as the agencies have said."]


def _against(one: ToTell) -> str:
    """What the report states besides, that cannot be so too."""
    said = " and ".join(f"“{each.meaning}”" for each in one.against)
    return f"\n    DOES NOT AGREE: the report says too {said}; ask that agency which is so" if said else ""


def as_object(one: ToTell) -> dict[str, Json]:
    """One matter as a JSON object."""
    return {
        "person": str(one.person_id),
        "report": str(one.report_id),
        "source": one.source,
        "label": one.label,
        "role": one.role.value,
        "state": one.state.value,
        "matter": one.due.matter.value,
        "by": one.due.by.isoformat(),
        "standing": one.due.standing.value,
        "date_capped": one.due.capped,
        "against": [each.value for each in one.against],
    }
