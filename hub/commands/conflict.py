"""`hub conflict` and `hub alarms`: who is kept from whose record, and of what those who check are told."""

import argparse
from datetime import datetime

from contracts.events.need import ConflictKind
from contracts.strict_json import Json
from hub.application.keep_apart import declare_conflict, list_conflicts, withdraw_conflict
from hub.application.list_enquiries import ListingEnquiries, list_alarms
from hub.application.sign_in import act_as
from hub.commands import typed
from hub.commands.keeping_time import escalate
from hub.commands.one_line import in_json, one_line
from hub.commands.then_follow import then_follow
from hub.domain import words
from hub.domain.emergency import how_late
from hub.domain.school_day import working_days_over
from hub.settings import Settings
from hub.views.enquiries import ENQUIRIES, Alarm, Escalated
from hub.wiring import Hub

NAMES = frozenset({"conflict", "alarms"})


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add these commands to `hub`."""
    conflict = commands.add_parser("conflict", help="declare a conflict of interest; it shuts, in an emergency too")
    acts = conflict.add_subparsers(dest="act", required=True)
    declare = acts.add_parser("declare", help="whether the child is known here is not asked, and not said")
    declare.add_argument("child", type=typed.identifier, metavar="CHILD", help="nhs:…, upn:…, la:…, local:… or hub:…")
    typed.staff(declare)
    declare.add_argument("--of", metavar="STAFF", help="whose it is, where somebody who checks declares it for them")
    kinds = [one.value for one in ConflictKind]
    declare.add_argument("--kind", required=True, choices=kinds, help=", ".join(kinds))
    withdraw = acts.add_parser("withdraw", help="by somebody who checks, never by whose it is or who declared it")
    withdraw.add_argument("conflict", type=typed.reference, metavar="CONFLICT")
    typed.staff(withdraw)
    listed = acts.add_parser("list", help="those that stand, for those who check; never whose child it is")
    typed.staff(listed)
    typed.json(listed)
    alarms = commands.add_parser("alarms", help="of what those who check are told at once")
    typed.staff(alarms)
    typed.json(alarms)


def run(settings: Settings, arguments: argparse.Namespace) -> int:
    """0 when it is done. Raises AccessRefused, NotEnrolled, StoreUnavailable, Unreadable."""
    hub = Hub(settings)
    with then_follow(hub):
        actor = act_as(hub.store, arguments.staff)
        if arguments.command == "alarms":
            hub.follow()
            escalate(hub)
            hub.follow()
            _alarms(hub, arguments)
        elif arguments.act == "declare":
            kind, whose = ConflictKind[arguments.kind.upper()], arguments.of or actor.subject
            fact = declare_conflict(hub.store, hub.clock, actor, arguments.child, of=whose, kind=kind)
            print(f"On record: conflict {fact.conflict_id}. It holds from the next request on.")
        elif arguments.act == "withdraw":
            withdraw_conflict(hub.store, hub.clock, actor, arguments.conflict)
            print(f"On record: conflict {arguments.conflict} is withdrawn.")
        else:
            _list(hub, arguments)
    return 0


def _list(hub: Hub, arguments: argparse.Namespace) -> None:
    found = list_conflicts(hub.store, hub.clock, act_as(hub.store, arguments.staff))
    whole: list[Json] = [
        {"conflict": str(one.conflict_id), "of": one.subject, "by": one.by.subject, "kind": one.kind.value}
        for one in found
    ]
    told = [
        f"{words.moment(one.at)}: {one.subject}, {one.kind.value}, declared by {one.by.subject}: {one.conflict_id}"
        for one in found
    ]
    _print(arguments, {"conflicts": whole}, told or ["No conflict of interest is declared."])


def _alarms(hub: Hub, arguments: argparse.Namespace) -> None:
    listing = ListingEnquiries(hub.store, hub.clock, hub.view_rows.read(ENQUIRIES))
    late, found = list_alarms(listing, act_as(hub.store, arguments.staff))
    now = hub.clock.now()
    whole: list[Json] = [_late(one, now) for one in late]
    whole += [_object(one) for one in found]
    told = [_late_said(one, now) for one in late]
    told += [f"{words.moment(one.at)}: {_whose(one)}. {one.kind.meaning}." for one in found]
    _print(arguments, {"alarms": whole}, told or ["There was no alarm."])


def _late(one: Escalated, now: datetime) -> Json:
    return {
        "at": one.at.isoformat(),
        "kind": "emergency_unreviewed",
        "who": one.subject,
        "agency": one.agency,
        "decision": str(one.decision_id),
        "review_by": one.review_by.isoformat(),
        "working_days_late": working_days_over(one.review_by, now),
    }


def _late_said(one: Escalated, now: datetime) -> str:
    due = f"was due {words.by_end(one.review_by)}, {how_late(one.review_by, now)}"
    return f"{words.moment(one.at)}: nobody has reviewed the emergency {one.decision_id} of {one.subject}: it {due}."


def _object(one: Alarm) -> dict[str, Json]:
    said: dict[str, Json] = {"at": one.at.isoformat(), "kind": one.kind.value, "who": one.subject, "agency": one.agency}
    about = {"child": one.person_id, "report": one.report_id}
    return {**said, "count": one.count, **{name: str(held) for name, held in about.items() if held is not None}}


def _whose(one: Alarm) -> str:
    """Who did it; of what came in, which report of which agency, about whom."""
    if one.report_id is None:
        return f"{one.subject} ({one.agency})"
    return f"report {one.report_id} ({one.agency}), child hub:{one.person_id}, entry {one.position}"


def _print(arguments: argparse.Namespace, whole: dict[str, Json], told: list[str]) -> None:
    print(in_json(whole) if arguments.json else "\n".join(one_line(line) for line in told))
