"""A hub that shares: its partners enrolled, what it sends caught at the port, or carried to a partner's own edge."""

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from consent.packs import LawSettings
from contracts.event_id import event_id
from contracts.events.hub import Actor
from contracts.events.sharing import DisclosureDecided, ReportShared
from contracts.identifiers import Identifier, parse_identifier
from contracts.report import Report
from contracts.vocabulary import AgencyKind, Purpose
from hub.adapters.followed import FollowedTo
from hub.adapters.view_rows import ViewRows
from hub.application.follow_disclosures import Following, follow_disclosures
from hub.application.ports import Store, Stream
from hub.application.share_reports import Dispatch, SharingOn, share_reports
from hub.domain.disclosing import Disclosing, Wish
from hub.domain.errors import NotEnrolled, StoreUnavailable, TopicRefuses
from hub.domain.relied_basis import Party, Relied
from hub.domain.school_day import SchoolCalendar
from tests.support.given import ROBIN, StoppedClock, a_concern, an_actor
from tests.support.small_hub import Sender, SmallHub, a_sender

CHILD = parse_identifier(f"nhs:{ROBIN}")
MASH = an_actor()


@dataclass
class Caught:
    """The way out, with what went by it; `broken` makes it fail, `refuses` for that recipient alone."""

    partners: frozenset[str]
    broken: bool = False
    refuses: str = ""
    sent: list[ReportShared] = field(default_factory=list)

    def reply_to(self, recipient: str) -> str:
        """See share_reports.Dispatch."""
        if recipient not in self.partners:
            raise NotEnrolled("agency")
        return f"in.{recipient.rsplit(':', 1)[1]}.v1"

    def send(self, person_id: UUID, shared: ReportShared) -> None:
        """See share_reports.Dispatch."""
        if self.broken:
            raise StoreUnavailable("bus")
        if shared.recipient == self.refuses:
            raise TopicRefuses("TopicAuthorizationFailedError")
        self.sent.append(shared)


class SharingHub(SmallHub):
    """A small hub with a school, a nursery and the social workers as partners too."""

    def __init__(self, folder: Path, clock: StoppedClock | None = None) -> None:
        """Open it in the folder."""
        super().__init__(folder, clock)
        self.folder = folder
        self.school = a_sender("school", AgencyKind.MAINTAINED_SCHOOL)
        self.nursery = a_sender("nursery", AgencyKind.VCSE_INDEPENDENT)
        self.care = a_sender("care", AgencyKind.LOCAL_AUTHORITY)
        self.senders = (self.police, self.health, self.school, self.nursery, self.care)
        self.caught = Caught(frozenset(sender.source for sender in self.senders))
        self.calendar = SchoolCalendar()

    def sharing(self, store: Store | None = None, dispatch: Dispatch | None = None) -> SharingOn:
        """What sharing needs, with another store or way out when the test brings one."""
        return SharingOn(
            store or self.store, self.index, self.clock, LawSettings(), dispatch or self.caught, self.deciding()
        )

    def asked(
        self,
        *reports: Report,
        to: Sender | None = None,
        by: Sender | None = None,
        actor: Actor = MASH,
        purpose: Purpose = Purpose.SECTION_47,
        urgent: bool = False,
        basis: Relied | None = None,
    ) -> Disclosing:
        """These reports of `by` (the police) to go to `to` (health)."""
        recipient, source = to or self.health, (by or self.police).source
        return Disclosing(
            cause="asked",
            sharer=Party(actor.agency, actor.agency_kind),
            recipient=Party(recipient.source, recipient.kind),
            agreement=recipient.agreement(),
            purpose=purpose,
            at=self.clock.now(),
            wishes=tuple(Wish(event_id(source, report), self.clock.new_id()) for report in reports),
            due_by=self.clock.now() + timedelta(days=2),
            actor=actor,
            urgent=urgent,
            basis=basis,
        )

    def share(
        self, asked: Disclosing, child: Identifier = CHILD, store: Store | None = None, dispatch: Dispatch | None = None
    ) -> DisclosureDecided:
        """The decision, kept."""
        return share_reports(self.sharing(store, dispatch), child, asked)

    def following(self, store: Store | None = None) -> Following:
        """What following needs."""
        agreements = {sender.source: sender.agreement() for sender in self.senders}
        progress = FollowedTo(ViewRows(self.folder / "views.db", ()), "disclosures_followed")
        return Following(self.sharing(store), self.store, progress, agreements, self.calendar)

    def follow(self) -> int:
        """How many disclosures following made."""
        return follow_disclosures(self.following())

    def robin(self) -> UUID:
        """The child."""
        (person_id,) = self.index.people_with("nhs", ROBIN)
        return person_id

    def decisions(self) -> tuple[DisclosureDecided, ...]:
        """Every decision about sharing what is held about the child."""
        facts = self.store.read_stream(Stream.access(self.robin()))
        return tuple(fact for fact in facts if isinstance(fact, DisclosureDecided))


FIRST = a_concern("C-1", words="Broke a window")


def shared_once(folder: Path) -> SharingHub:
    """A hub that has shared FIRST with health, once."""
    there = SharingHub(folder)
    there.receive(FIRST)
    there.share(there.asked(FIRST))
    there.follow()
    return there


def nothing_leaves(hub: SharingHub) -> None:
    """What is to follow is decided an hour later, and does not leave."""
    hub.clock.forward(timedelta(hours=1))
    hub.caught.broken = True
    with pytest.raises(StoreUnavailable):
        hub.follow()
    hub.caught.broken = False
    hub.clock.forward(timedelta(hours=1))
