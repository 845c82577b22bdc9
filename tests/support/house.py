"""A real hub in a folder, its invented staff enrolled, and agencies that say whatever a test needs said."""

from dataclasses import replace
from pathlib import Path
from uuid import UUID

from agencies import registry as partners
from agencies.agency import Outcome, accepted, stated
from contracts.event_id import event_id
from contracts.events.hub import Actor
from contracts.report import Report
from hub.application.sign_in import sign_in
from hub.commands import staff
from hub.settings import Settings
from hub.wiring import Edge, Hub, edge_folder
from tests.support.databases import PLACE


def house(folder: Path, database: str | None = None) -> Hub:
    """A hub in the folder, with the demo's staff and every partner but probation enrolled."""
    home = folder / "house"
    hub = Hub(Settings(home=home, database=database or PLACE.database_of(home)))
    for agency in partners.AGENCIES:
        if agency.name != "probation":
            hub.edge(agency.name)
    staff.enrol(hub)
    return hub


def say(hub: Hub, agency: str, *reports: Report) -> tuple[UUID, ...]:
    """The agency signs and sends the reports, and the hub takes them in; their ids, in order."""
    partner = partners.by_name(agency)
    facts = tuple(stated(partner.source, report) for report in reports)

    def translate(_raw: bytes, _file_name: str) -> tuple[Outcome, ...]:
        return (accepted("1", facts),)

    hub.edge(agency)
    Edge(replace(partner, translate=translate), edge_folder(hub.settings, agency), hub.beyond).send(b"{}", "said.json")
    hub.work()
    return tuple(event_id(partner.source, report) for report in reports)


def proved(hub: Hub, member: staff.Member) -> Actor:
    """The member, who gave their pass phrase."""
    return sign_in(hub.signing_in(), member.subject, staff.phrase(hub, member))[0]
