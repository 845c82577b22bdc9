"""`hub staff leave` and `hub staff role`: a member of staff leaves or changes role, and no session outlives it."""

import argparse

from contracts.vocabulary import StaffRole
from hub.application.change_staff import change_role, leave_staff
from hub.commands import typed
from hub.commands.then_follow import then_follow
from hub.settings import Settings
from hub.wiring import Hub

DONE = 0


def add_changes(staff: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add these commands to `hub staff`."""
    leave = staff.add_parser("leave", help="somebody left: they may sign in no more, and their sessions end at once")
    leave.add_argument("subject", type=typed.said, metavar="SIGN-IN-NAME")
    role = staff.add_parser("role", help="somebody changes role: their sessions end, and they sign in to the new one")
    role.add_argument("subject", type=typed.said, metavar="SIGN-IN-NAME")
    role.add_argument("role", type=typed.role, metavar="ROLE", help=", ".join(StaffRole))


def run_change(settings: Settings, arguments: argparse.Namespace) -> int:
    """0 when it is on the registry. Raises NotEnrolled, StoreUnavailable."""
    hub = Hub(settings)
    with then_follow(hub):
        if arguments.what == "leave":
            leave_staff(hub.store, hub.clock, arguments.subject)
            print("They may sign in no more. A session of theirs that is open ends when it is next used.")
        else:
            change_role(hub.store, hub.clock, arguments.subject, arguments.role)
            print("Their role is changed. A session of theirs that is open ends when it is next used.")
    return DONE
