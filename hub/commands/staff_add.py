"""`hub staff add`: a member of staff may sign in, under a role at an agency, by a pass phrase or by their issuer."""

import argparse
import secrets

from agencies import registry as partners
from contracts.events.hub import Actor
from contracts.vocabulary import StaffRole
from hub.adapters.issuers_file import IssuersFile
from hub.application.enrol import Given, enrol_new_staff
from hub.commands import signing_in, staff_change, staff_list, staff_phrase, typed
from hub.commands.then_follow import then_follow
from hub.domain.assurance import BY_ISSUER, BY_PHRASE
from hub.domain.errors import EnrolledOtherwise
from hub.domain.pass_phrase import GIVEN_LASTS
from hub.domain.words import moment
from hub.settings import BadSetting, Settings
from hub.wiring import Hub

NAMES = frozenset({"staff"})
ISSUER = "urn:childhub:pass-phrase"
DONE, REFUSED = 0, 1
_GROUPS = 6  # of four hex digits: 96 bits


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add this command to `hub`."""
    staff = commands.add_parser("staff", help="who may sign in").add_subparsers(dest="what", required=True)
    staff_change.add_changes(staff)
    staff_list.add_list(staff)
    staff_phrase.add_phrase(staff)
    one = staff.add_parser("add", help="enrol a member of staff; their pass phrase is printed once, and kept nowhere")
    one.add_argument("subject", type=typed.said, metavar="SIGN-IN-NAME", help="with --issuer: their subject there")
    one.add_argument("--issuer", metavar="NAME", help="they sign in by this issuer of HUB_ISSUERS: no phrase is made")
    one.add_argument("--name", required=True, type=typed.said, help="as colleagues know them")
    one.add_argument("--agency", required=True, type=typed.agency, metavar="AGENCY")
    one.add_argument("--role", required=True, type=typed.role, metavar="ROLE", help=", ".join(StaffRole))


def run(settings: Settings, arguments: argparse.Namespace) -> int:
    """0 when done, 1 when somebody signs in under that name already. Raises what the steps raise, and BadSetting."""
    if arguments.what == "list":
        return staff_list.run_list(settings, arguments)
    if arguments.what == "phrase":
        return staff_phrase.run_phrase(settings, arguments)
    if arguments.what != "add":
        return staff_change.run_change(settings, arguments)
    issuer = ISSUER if arguments.issuer is None else _issuer(settings, arguments.issuer, arguments.agency)
    hub = Hub(settings)
    agency = partners.by_name(arguments.agency)
    phrase = new_phrase() if arguments.issuer is None else ""
    given = Given(hub.phrases.hashed(phrase), hub.clock.now() + GIVEN_LASTS) if phrase else None
    actor = Actor(
        issuer=issuer,
        subject=arguments.subject,
        agency=agency.source,
        agency_kind=agency.kind,
        role=arguments.role,
        assurance=BY_PHRASE if phrase else BY_ISSUER,
        via="web",
    )
    try:
        enrol_new_staff(hub.store, hub.clock, actor, arguments.name, given)
    except EnrolledOtherwise:
        print("hub: somebody signs in under that name already. Nobody was enrolled, and nobody's phrase was changed.")
        return REFUSED
    with then_follow(hub):  # a pass phrase that is shown once is not lost over what follows
        if given is not None:
            print(f"Enrolled. Their pass phrase, which is shown this once: {phrase}")
            print(f"It lasts until {moment(given.until)}, and leads to one page alone, on which they choose their own.")
        else:
            print("Enrolled. They sign in by their own organisation.")
    return DONE


def new_phrase() -> str:
    """A pass phrase that nobody guesses: 96 random bits, as groups of four hex digits."""
    return "-".join(secrets.token_hex(2) for _ in range(_GROUPS))


def _issuer(settings: Settings, name: str, agency: str) -> str:
    """The issuer of that name, which vouches for that agency's staff. Raises BadSetting."""
    signing_in.check(settings)
    listed = IssuersFile(settings.issuers, signing_in.source_of).now() if settings.issuers is not None else ()
    for one in listed:
        if one.name == name and signing_in.source_of(agency) in one.sources:
            return one.issuer
    raise BadSetting("HUB_ISSUERS lists no issuer of that name that vouches for that agency")
