"""`hub enquiry` and `hub team`: an enquiry is opened, assigned and closed; staff join teams and leave them."""

import argparse
from typing import Literal

from agencies import registry as partners
from contracts.events.hub import Actor
from contracts.events.need import Assignee, Part
from contracts.strict_json import Json
from contracts.vocabulary import Purpose
from hub.application.keep_apart import change_team
from hub.application.lead_enquiry import assign_enquiry, close_enquiry, open_enquiry
from hub.application.list_enquiries import ListingEnquiries, list_enquiries
from hub.application.ports import Stream
from hub.application.sign_in import act_as
from hub.commands import typed
from hub.commands.one_line import in_json, one_line
from hub.domain import words
from hub.domain.errors import NotOnRecord
from hub.settings import Settings
from hub.views.enquiries import ENQUIRIES, OpenEnquiry
from hub.wiring import Hub

NAMES = frozenset({"enquiry", "team"})
_NO_ENQUIRY = "No enquiry about this child is open. Your asking is on record."


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add these commands to `hub`."""
    enquiry = commands.add_parser("enquiry", help="open, assign, close and list enquiries about children")
    acts = enquiry.add_subparsers(dest="act", required=True)
    for act, said in (("open", "begin one"), ("assign", "let somebody work on it"), ("close", "end it")):
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
    """0 when it is done; 1 where no enquiry is open. Raises AccessRefused, NotEnrolled, Conflict, StoreUnavailable."""
    hub = Hub(settings)
    try:
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
    finally:
        hub.follow()


def listed(hub: Hub, actor: Actor) -> tuple[OpenEnquiry, ...]:
    """The open enquiries that are this reader's to see. Raises AccessRefused, StoreUnavailable."""
    registered = hub.store.read_stream(Stream.registry())
    return list_enquiries(ListingEnquiries(hub.store, hub.clock, hub.view_rows.read(ENQUIRIES), registered), actor)


def _lead(hub: Hub, actor: Actor, arguments: argparse.Namespace) -> int:
    reading, child, purpose = hub.reading(), arguments.child, arguments.purpose
    try:
        if arguments.act == "open":
            enquiry_id, said = open_enquiry(reading, actor, child, purpose).enquiry_id, "opened"
        elif arguments.act == "assign":
            whom = _assignee(arguments)
            enquiry_id, said = assign_enquiry(reading, actor, child, purpose, whom).enquiry_id, "assigned"
        else:
            enquiry_id, said = close_enquiry(reading, actor, child, purpose).enquiry_id, "closed"
    except NotOnRecord:
        print(in_json({"done": False}) if arguments.json else _NO_ENQUIRY)
        return 1
    done: dict[str, Json] = {"done": True, "enquiry": str(enquiry_id), "state": said}
    print(in_json(done) if arguments.json else f"On record: the enquiry {enquiry_id} is {said}.")
    return 0


def _assignee(arguments: argparse.Namespace) -> Assignee:
    if arguments.worker:
        return Assignee(part=Part.WORKER, name=arguments.worker)
    if arguments.holder:
        return Assignee(part=Part.HOLDER, name=arguments.holder)
    if arguments.team:
        return Assignee(part=Part.TEAM, name=arguments.team)
    return Assignee(part=Part.AGENCY, name=partners.by_name(arguments.agency).source)


def _print_list(found: tuple[OpenEnquiry, ...], *, as_json: bool) -> None:
    if as_json:
        print(in_json({"enquiries": [_object(one) for one in found]}))
        return
    for one in found:
        whose = ", ".join(f"{each.part.value} {each.name}" for each in one.assignees) or "nobody yet"
        told = f"{words.moment(one.at)}: {one.purpose.value}, opened by {one.by}; assigned to {whose}"
        print(one_line(told))
        print(f"    enquiry {one.enquiry_id}, child hub:{one.person_id}")
    if not found:
        print("No enquiry that is yours to see is open.")


def _object(one: OpenEnquiry) -> dict[str, Json]:
    return {
        "enquiry": str(one.enquiry_id),
        "person": str(one.person_id),
        "at": one.at.isoformat(),
        "purpose": one.purpose.value,
        "by": one.by,
        "assigned_to": [{"part": each.part.value, "name": each.name} for each in one.assignees],
    }
