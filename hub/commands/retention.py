"""`hub retention due|classes`: for how long records are kept, and whose period is over. It proposes, no more."""

import argparse

from contracts.strict_json import Json
from hub.application.list_due import ListingDue, Proposed, list_due
from hub.application.sign_in import act_as
from hub.commands import typed
from hub.commands.one_line import in_json, one_line
from hub.commands.then_follow import then_follow
from hub.domain import words
from hub.domain.moment import day_in_london
from hub.domain.retention import CLASSES
from hub.settings import Settings
from hub.views.retained import RETAINED
from hub.wiring import Hub

NAMES = frozenset({"retention"})


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `hub retention` and what stands under it."""
    retention = commands.add_parser("retention", help="for how long records are kept, and whose period is over")
    steps = retention.add_subparsers(dest="step", required=True, metavar="STEP")
    listed = steps.add_parser("due", help="whose period is over: proposed, never done")
    typed.staff(listed)
    listed.add_argument("--on", type=typed.day, metavar="DATE", help="on that day (default: today)")
    classes = steps.add_parser("classes", help="each class, its period, whose figure that is and how it was checked")
    typed.json(listed)
    typed.json(classes)


def run(settings: Settings, arguments: argparse.Namespace) -> int:
    """0. Raises AccessRefused (on record), NotEnrolled, StoreUnavailable."""
    if arguments.step == "classes":
        _print_classes(as_json=arguments.json)
        return 0
    hub = Hub(settings)
    hub.follow()
    with then_follow(hub):
        listing = ListingDue(hub.store, hub.index, hub.clock, hub.view_rows.read(RETAINED))
        on = arguments.on or day_in_london(hub.clock.now())
        found = list_due(listing, act_as(hub.store, arguments.staff), on)
        _print_due(found, as_json=arguments.json)
    return 0


def _print_due(found: tuple[Proposed, ...], *, as_json: bool) -> None:
    if as_json:
        print(in_json({"due": [_object(one) for one in found]}))
        return
    for one in found:
        more = f"{', HELD' if one.held else ''}{', asked already' if one.asked else ''}"
        print(one_line(f"hub:{one.due.person_id}  over since {words.day(one.due.since)}: {one.due.of}{more}"))
    if not found:
        print("No record's period is over.")


def _object(one: Proposed) -> dict[str, Json]:
    of: dict[str, Json] = {"person": str(one.due.person_id), "class": one.due.of, "since": one.due.since.isoformat()}
    return {**of, "held": one.held, "asked": one.asked}


def _print_classes(*, as_json: bool) -> None:
    if as_json:
        said: list[Json] = [
            {
                "code": one.code,
                "title": one.title,
                "types": list(one.types),
                "years": one.years,
                "counts_from": one.counts_from.name.lower(),
                "citation": one.citation,
                "mark": one.marked.value,
            }
            for one in CLASSES
        ]
        print(in_json({"classes": said}))
        return
    for each in CLASSES:
        print(one_line(f"{each.code}: {each.title}"))
        print(one_line(f"    {each.years} years from {each.counts_from.value}; {each.citation} [{each.marked.value}]"))
