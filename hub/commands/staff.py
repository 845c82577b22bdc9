"""The demo's invented staff: who they are, and the pass phrase that each has on this machine."""

from dataclasses import dataclass

from agencies import registry as partners
from contracts.events.hub import Actor
from contracts.vocabulary import StaffRole
from hub.application.enrol import enrol_staff
from hub.application.ports import Stream
from hub.domain import registry
from hub.wiring import Hub

ISSUER = "urn:childhub:demo"


@dataclass(frozen=True, slots=True)
class Member:
    """An invented member of staff."""

    subject: str
    name: str
    agency: str
    role: StaffRole


DECISION_MAKER = Member("priya", "Priya Anand", "social_care", StaffRole.MASH_DECISION_MAKER)
RESEARCHER = Member("tom", "Tom Okafor", "police", StaffRole.MASH_RESEARCHER)
NURSERY_LEAD = Member("lena", "Lena Marsh", "nursery", StaffRole.PRACTITIONER)
UNRELATED = Member("sam", "Sam Whitlow", "school", StaffRole.PRACTITIONER)
IG_OFFICER = Member("ivy", "Ivy Castell", "social_care", StaffRole.IG_OFFICER)
SECOND_DECISION_MAKER = Member("noor", "Noor Haddad", "social_care", StaffRole.MASH_DECISION_MAKER)
MEMBERS = (DECISION_MAKER, RESEARCHER, NURSERY_LEAD, UNRELATED, IG_OFFICER)


def enrol(hub: Hub, members: tuple[Member, ...] = MEMBERS) -> None:
    """Each of them not yet on the registry is enrolled."""
    known = registry.staff(hub.store.read_stream(Stream.registry()))
    for member in members:
        if member.subject not in known:
            enrol_staff(hub.store, hub.clock, _actor(member), member.name, hub.phrases.hashed(phrase(hub, member)))


def phrase(hub: Hub, member: Member) -> str:
    """The pass phrase, made from a secret of this machine: the same each time here, another elsewhere."""
    secret = hub.keyring.secret(f"demo/{member.subject}").hex()
    return "-".join(secret[start : start + 4] for start in range(0, 16, 4))


def _actor(member: Member) -> Actor:
    agency = partners.by_name(member.agency)
    return Actor(
        issuer=ISSUER,
        subject=member.subject,
        agency=agency.source,
        agency_kind=agency.kind,
        role=member.role,
        assurance="pass phrase",
        via="web",
    )
