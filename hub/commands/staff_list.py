"""`hub staff list`: who may sign in, in which role, for which agency and in which teams."""

import argparse
from collections.abc import Iterator

from contracts.strict_json import Json
from hub.application.list_staff import OneOfStaff, list_staff
from hub.application.sign_in import act_as
from hub.commands import typed
from hub.commands.one_line import in_json, one_line
from hub.commands.then_follow import then_follow
from hub.domain.assurance import BY_ISSUER
from hub.settings import Settings
from hub.wiring import Hub, titles

DONE = 0


def add_list(staff: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add this command to `hub staff`."""
    one = staff.add_parser("list", help="who may sign in, in which role, agency and teams; looking is on record")
    typed.staff(one)
    typed.json(one)


def run_list(settings: Settings, arguments: argparse.Namespace) -> int:
    """0, with the list printed. Raises AccessRefused (on record), NotEnrolled, StoreUnavailable."""
    hub = Hub(settings)
    with then_follow(hub):
        found = list_staff(hub.store, hub.clock, act_as(hub.store, arguments.staff))
        if arguments.json:
            print(in_json({"staff": [dict(_fields(one)) for one in found]}))
        else:
            for line in list_lines(found):
                print(one_line(line))
    return DONE


def list_lines(found: tuple[OneOfStaff, ...]) -> Iterator[str]:
    """The list for a terminal, each person on a line."""
    called = titles()
    for one in found:
        actor = one.enrolled.actor
        how = "signs in by their own organisation" if actor.assurance == BY_ISSUER else "signs in by a pass phrase"
        teams = (
            f"in the {'team' if len(one.teams) == 1 else 'teams'} {', '.join(one.teams)}" if one.teams else "no team"
        )
        agency = called.get(actor.agency, actor.agency)
        does = f"{actor.role.meaning[0].lower()}{actor.role.meaning[1:]} [{actor.role.value}]"
        yield f"{actor.subject}: {one.enrolled.name}, {agency}; {does}; {teams}; {how}"


def _fields(one: OneOfStaff) -> Iterator[tuple[str, Json]]:
    actor = one.enrolled.actor
    teams: list[Json] = list(one.teams)
    yield "subject", actor.subject
    yield "name", one.enrolled.name
    yield "role", actor.role.value
    yield "agency", actor.agency
    yield "issuer", actor.issuer
    yield "teams", teams
