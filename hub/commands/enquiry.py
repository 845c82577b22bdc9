"""`hub enquiry` and `hub team`: an enquiry is opened, assigned and closed; staff join teams and leave them."""

import argparse
from typing import Literal

from agencies import registry as partners
from contracts.events.hub import Actor
from contracts.events.need import Assignee, Part
from contracts.strict_json import Json
from contracts.vocabulary import Purpose
from hub.application.keep_apart import change_team
from hub.application.lead_enquiry import Rated, assign_enquiry, close_enquiry, open_enquiry, rate_enquiry
from hub.application.list_enquiries import Enquiries, Listed, Working, list_enquiries
from hub.application.sign_in import act_as
from hub.commands import typed
from hub.commands.clocks import clocks_of
from hub.commands.one_line import in_json, one_line
from hub.commands.then_follow import then_follow
from hub.domain import clock_words, words
from hub.domain.errors import NotOnRecord, RatedOtherwise
from hub.settings import BadSetting, Settings
from hub.views.enquiries import ENQUIRIES, open_now
from hub.views.requests import REQUESTS, every_request
from hub.wiring import Hub

NAMES = frozenset({"enquiry", "team"})
_ACTS = (
    ("open", "begin one"),
    ("assign", "let somebody work on it"),
    ("rate", "say how pressing it is"),
    ("close", "end it"),
)
_RATED_OTHERWISE = "It is not rated so now: hub enquiry list says how. Nothing was changed; your asking is on record."
RESTRICTED = "Restricted enquiry: ask the duty manager."
_NO_ENQUIRY = "No enquiry about this child is open. Your asking is on record."


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add these commands to `hub`."""
    enquiry = commands.add_parser("enquiry", help="open, assign, close and list enquiries about children")
    acts = enquiry.add_subparsers(dest="act", required=True)
    for act, said in _ACTS:
        one = acts.add_parser(act, help=said)
        one.add_argument("child", type=typed.identifier, metavar="CHILD", help="nhs:…, upn:…, la:…, local:… or hub:…")
        typed.staff(one)
        one.add_argument("--purpose", required=True, type=typed.purpose, metavar="CODE", help=", ".join(Purpose))
        if act == "assign":
            whom = one.add_mutually_exclusive_group(required=True)
            whom.add_argument("--worker", metavar="STAFF", help="a member of staff who works on it")
            whom.add_argument("--holder", metavar="STAFF", help="the member of staff who holds the case")
            whom.add_argument("--team", metavar="TEAM", help="a team")
            whom.add_argument("--agency", type=typed.agency, metavar="AGENCY", help="an agency that is asked")
        if act == "rate":
            one.add_argument("--rating", required=True, metavar="NAME", help="one of those in the file of HUB_CLOCKS")
            one.add_argument(
                "--instead-of", default="", metavar="NAME", help="the rating that it has now; none: leave out"
            )
        typed.json(one)
    listed = acts.add_parser("list", help="those that are open, and yours to see")
    typed.staff(listed)
    typed.json(listed)
    team = commands.add_parser("team", help="a member of staff joins a team or leaves it; never by their own word")
    team.add_argument("change", choices=("join", "leave"))
    team.add_argument("of", metavar="WHO", help="the member of staff")
    team.add_argument("team", metavar="TEAM", help="small letters, digits, - and _")
    typed.staff(team)


def run(settings: Settings, arguments: argparse.Namespace) -> int:
    """0 when it is done; 1 where no enquiry is open, or it is rated otherwise.

    Raises BadSetting, AccessRefused, NotEnrolled, Conflict, StoreUnavailable.
    """
    hub = Hub(settings)
    with then_follow(hub):
        actor = act_as(hub.store, arguments.staff)
        if arguments.command == "team":
            change: Literal["joined", "left"] = "joined" if arguments.change == "join" else "left"
            change_team(hub.store, hub.clock, actor, of=arguments.of, team=arguments.team, change=change)
            print(f"On record: {one_line(arguments.of)} {change} {one_line(arguments.team)}.")
            return 0
        if arguments.act == "list":
            hub.follow()
            _print_list(listed(hub, actor), as_json=arguments.json)
            return 0
        return _lead(hub, actor, arguments)


def listed(hub: Hub, actor: Actor) -> Enquiries:
    """The open enquiries that are this reader's to see. Raises AccessRefused, StoreUnavailable."""
    opened, asked = open_now(hub.view_rows.read(ENQUIRIES)), every_request(hub.view_rows.read(REQUESTS))
    working = Working(hub.store, hub.index, hub.clock, hub.deciding(), opened, asked, clocks_of(hub.settings))
    return list_enquiries(working, actor, most=max(1, len(opened)))


def _lead(hub: Hub, actor: Actor, arguments: argparse.Namespace) -> int:
    reading, child, purpose = hub.reading(), arguments.child, arguments.purpose
    try:
        if arguments.act == "open":
            enquiry_id, said = open_enquiry(reading, actor, child, purpose).enquiry_id, "opened"
        elif arguments.act == "assign":
            whom = _assignee(arguments)
            enquiry_id, said = assign_enquiry(reading, actor, child, purpose, whom).enquiry_id, "assigned"
        elif arguments.act == "rate":
            rated = Rated(_rating(hub, arguments.rating), arguments.instead_of)
            enquiry_id, said = rate_enquiry(reading, actor, child, purpose, rated).enquiry_id, "rated"
        else:
            enquiry_id, said = close_enquiry(reading, actor, child, purpose).enquiry_id, "closed"
    except RatedOtherwise:
        print(in_json({"done": False}) if arguments.json else _RATED_OTHERWISE)
        return 1
    except NotOnRecord:
        print(in_json({"done": False}) if arguments.json else _NO_ENQUIRY)
        return 1
    done: dict[str, Json] = {"done": True, "enquiry": str(enquiry_id), "state": said}
    print(in_json(done) if arguments.json else f"On record: the enquiry {enquiry_id} is {said}.")
    return 0


def _rating(hub: Hub, name: str) -> str:
    """A rating of the area. Raises BadSetting, which names those that there are."""
    names = [one.name for one in clocks_of(hub.settings).ratings]
    if name not in names:
        raise BadSetting(f"the file of HUB_CLOCKS has these ratings: {', '.join(names) or 'none'}")
    return name


def _assignee(arguments: argparse.Namespace) -> Assignee:
    if arguments.worker:
        return Assignee(part=Part.WORKER, name=arguments.worker)
    if arguments.holder:
        return Assignee(part=Part.HOLDER, name=arguments.holder)
    if arguments.team:
        return Assignee(part=Part.TEAM, name=arguments.team)
    return Assignee(part=Part.AGENCY, name=partners.by_name(arguments.agency).source)


def _print_list(found: Enquiries, *, as_json: bool) -> None:
    if as_json:
        print(in_json({"enquiries": [_object(one) for one in found.shown], "restricted": found.restricted}))
        return
    for each in found.shown:
        one = each.enquiry
        whose = ", ".join(f"{each.part.value} {each.name}" for each in one.assignees) or "nobody yet"
        told = f"{words.moment(one.at)}: {one.purpose.value}, opened by {one.by}; assigned to {whose}"
        print(one_line(told))
        print(f"    enquiry {one.enquiry_id}, child hub:{one.person_id}")
        stands, dates = clock_words.standing(each.time, one.decided), clock_words.dates(each.time, one.decided)
        if one.rating:
            print(f"    rated {one.rating}")
        print(f"    first decision: {stands}. {dates}")
        print(f"    asked: {each.asked}; not replied: {len(each.owed)}")
    for _ in range(found.restricted):
        print(RESTRICTED)
    if not found.shown and not found.restricted:
        print("No enquiry that is yours to see is open.")


def _object(each: Listed) -> dict[str, Json]:
    one = each.enquiry
    return {
        "enquiry": str(one.enquiry_id),
        "person": str(one.person_id),
        "at": one.at.isoformat(),
        "purpose": one.purpose.value,
        "by": one.by,
        "assigned_to": [{"part": each.part.value, "name": each.name} for each in one.assignees],
        "rating": one.rating or None,
        "due": each.time.due.isoformat(),
        "decided": one.decided.isoformat() if one.decided is not None else None,
        "late": each.is_late,
        "asked": each.asked,
        "not_replied": [one.source for one in each.owed],
    }
