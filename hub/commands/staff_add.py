"""`hub staff add`: a member of staff may sign in, under a role at an agency, with a pass phrase that is shown once."""

import argparse
import secrets

from agencies import registry as partners
from contracts.events.hub import Actor
from contracts.vocabulary import StaffRole
from hub.application.enrol import enrol_new_staff
from hub.commands import typed
from hub.domain.errors import EnrolledOtherwise
from hub.settings import Settings
from hub.wiring import Hub

NAMES = frozenset({"staff"})
ISSUER = "urn:childhub:pass-phrase"
DONE, REFUSED = 0, 1
_GROUPS = 6  # of four hex digits: 96 bits


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add this command to `hub`."""
    staff = commands.add_parser("staff", help="who may sign in").add_subparsers(dest="what", required=True)
    one = staff.add_parser("add", help="enrol a member of staff; their pass phrase is printed once, and kept nowhere")
    one.add_argument("subject", type=typed.said, metavar="SIGN-IN-NAME")
    one.add_argument("--name", required=True, type=typed.said, help="as colleagues know them")
    one.add_argument("--agency", required=True, type=typed.agency, metavar="AGENCY")
    one.add_argument("--role", required=True, type=typed.role, metavar="ROLE", help=", ".join(StaffRole))


def run(settings: Settings, arguments: argparse.Namespace) -> int:
    """0 with the pass phrase printed, 1 when somebody signs in under that name already. Raises StoreUnavailable."""
    hub = Hub(settings)
    agency = partners.by_name(arguments.agency)
    phrase = "-".join(secrets.token_hex(2) for _ in range(_GROUPS))
    actor = Actor(
        issuer=ISSUER,
        subject=arguments.subject,
        agency=agency.source,
        agency_kind=agency.kind,
        role=arguments.role,
        assurance="pass phrase",
        via="web",
    )
    try:
        enrol_new_staff(hub.store, hub.clock, actor, arguments.name, hub.phrases.hashed(phrase))
    except EnrolledOtherwise:
        print("hub: somebody signs in under that name already. Nobody was enrolled, and nobody's phrase was changed.")
        return REFUSED
    hub.follow()
    print(f"Enrolled. Their pass phrase, which is shown this once: {phrase}")
    return DONE
