"""A recipient beside the hub and the police that fault tests beset: its machine, and what it came to have."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from agencies import registry as partners
from hub.adapters.clock import SystemClock
from hub.adapters.edge_side import PartnerKeys
from hub.application.enrol import enrol_agency
from hub.application.list_shares import sent_of
from hub.application.ports import Stream
from hub.commands import staff
from hub.domain.shares import Share, Standing, shares
from hub.wiring import Hub, edge_folder
from tests.support.beset import Beset, edge_of, nhs_number, soon
from tests.support.processes import Party

HEALTH = partners.by_name("health")
CHILD = nhs_number(1)


@dataclass(frozen=True, slots=True)
class Recipient:
    """Health's machine, and the hub that shares with it what the police stated of a child."""

    beset: Beset
    health: Party

    def shares(self, hub: Hub) -> tuple[Share, ...]:
        """What of the child was decided to go, and how far it came."""
        facts = hub.store.read_stream(Stream.access(_child(hub)))
        return shares(facts, sent_of(hub.store, facts), hub.clock.now())

    def reports(self, hub: Hub) -> tuple[UUID, ...]:
        """What the hub holds of the child, by its ids."""
        return tuple(link.report_id for link in hub.store.read_history(_child(hub)).standing())

    def looks(self) -> int:
        """How often somebody was permitted to see the child."""
        with self.beset.opened() as hub:
            return sum(one.effect == "permitted" for one in hub.store.read_access(_child(hub)))

    def delivered(self) -> int:
        """How many files lie where those lie that were shared."""
        folder = self.health.settings.drop
        assert folder is not None
        return sum(path.is_file() for path in (folder / "shared").iterdir())

    def broken(self) -> list[str]:
        """Each promise that does not hold once hub and recipient have done what they had to; nothing else runs."""
        with self.beset.opened() as hub, edge_of(HEALTH, self.health.settings) as (_, work):

            def settled() -> bool:
                work.one_round()
                hub.work()
                return {one.standing for one in self.shares(hub)} <= {Standing.DELIVERED}

            soon(settled, "word that what was decided to go was delivered")
            decided = len(self.shares(hub))
        told = [] if self.delivered() == decided else [f"{decided} shares decided, {self.delivered()} delivered"]
        return told + self.beset.broken()


@contextmanager
def recipient(beset: Beset, folder: Path) -> Iterator[Recipient]:
    """Health beside these two; the hub knows its own staff, and has taken in what the police state of a child."""
    drop = folder / "health-drop"
    (drop / "in").mkdir(parents=True)
    found = Recipient(beset, Party(folder / "health-home", {**beset.police.more, "HUB_DROP": str(drop)}))
    beset.drop()
    beset.publish()
    with beset.opened() as hub:
        staff.enrol(hub)
        keys = PartnerKeys(HEALTH, edge_folder(found.health.settings, HEALTH.name))
        enrol_agency(hub.store, hub.clock, keys.enrolment(SystemClock()))
        keys.close()
        hub.work()
    try:
        yield found
    finally:
        beset.end()
        found.health.end()


def _child(hub: Hub) -> UUID:
    (person,) = hub.index.people_with("nhs", CHILD)
    return person
