"""The demonstration's story: three years of an invented child, each file received on the day on which it was sent.

The hub of the story has been running since its first day, so its clock stands where the story is while it is told.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from importlib import resources
from pathlib import Path
from uuid import UUID

from agencies import registry as partners
from consent.telling_due import Matter
from contracts.events.need import Assignee, Part
from contracts.identifiers import Scheme, identifier, parse_identifier
from contracts.vocabulary import PersonRole, Purpose, Telling
from hub.adapters.clock import SystemClock
from hub.application.lead_enquiry import assign_enquiry, open_enquiry
from hub.application.ports import Clock
from hub.application.sign_in import act_as
from hub.application.state_telling import StatingTelling, state_telling
from hub.commands import send, staff, telling
from hub.domain.moment import day_in_london
from hub.domain.told import NowTold
from hub.settings import Settings
from hub.views.telling import ToTell
from hub.wiring import Hub

FIRST_DAY = datetime(2023, 10, 2, 8, 30, tzinfo=UTC)
FAMILY_TOLD = datetime(2026, 10, 12, 9, 30, tzinfo=UTC)  # when the MASH stated of whom nobody had that they were told
JOINED_LATER = frozenset({"nursery"})  # it joined with what it had noted until then: so that known and happened differ
ROBIN = parse_identifier("nhs:9990001006")
WITH_CARE = frozenset(partners.by_name(name).source for name in ("police", "gp"))


@dataclass(frozen=True, slots=True)
class Told:
    """A file of an agency, and when the hub received it."""

    agency: str
    name: str
    received: datetime

    @property
    def path(self) -> Path:
        """Where the file lies."""
        return Path(str(resources.files(f"agencies.{self.agency}").joinpath("samples", self.name)))


def _told(agency: str, name: str, received: str) -> Told:
    return Told(agency, name, datetime.fromisoformat(f"{received}Z"))


STORY = (
    _told("health_visiting", "earlier/made-up-2023-12-home-visit.json", "2023-12-05T12:20"),
    _told("health_visiting", "earlier/made-up-2024-06-not-brought.json", "2024-06-12T08:10"),
    _told("health_visiting", "earlier/made-up-2024-07-review-at-home.json", "2024-07-02T12:30"),
    _told("health", "earlier/made-up-2024-11-attendance.json", "2024-11-17T14:40"),
    _told("police", "earlier/made-up-2025-01-incident-notice.json", "2025-01-22T23:25"),
    _told("social_care", "earlier/made-up-9990001006_ChildrensServicesDetailsRecordV1.json", "2025-01-27T07:00"),
    _told("gp", "earlier/made-up-2025-09-seen-with-mother.json", "2025-09-30T09:15"),
    _told("housing", "earlier/made-up-2025-07-noise-complaint.csv", "2025-10-20T06:30"),
    _told("nursery", "earlier/made-up-2026-02-history.csv", "2026-02-09T09:00"),
    _told("health_visiting", "earlier/made-up-2026-02-new-baby-visit.json", "2026-02-16T13:10"),
    _told("nursery", "earlier/made-up-2026-03-tired.csv", "2026-03-24T16:30"),
    _told("health_visiting", "earlier/made-up-2026-04-home-visit.json", "2026-04-21T15:20"),
    _told("nursery", "earlier/made-up-2026-06-sports-day.csv", "2026-06-25T14:30"),
    _told("health_visiting", "made-up-scenario-1-not-brought.json", "2026-09-03T10:25"),
    _told("nursery", "made-up-concerns.csv", "2026-09-08T15:00"),
    _told("police", "made-up-incident-notice.json", "2026-09-15T03:20"),
    _told("housing", "made-up-noise-complaints.csv", "2026-09-23T05:30"),
    _told("health", "made-up-scenario-1-attendance.xml", "2026-10-02T20:00"),
    _told("probation", "made-up-registration-added.json", "2026-10-05T10:05"),
    _told("gp", "made-up-scenario-1-mother-seen.json", "2026-10-06T08:40"),
    _told("nursery", "made-up-number-of-another-child.csv", "2026-10-09T15:20"),
)


class StoryClock:
    """Stands where the story is while it is told, and never ahead of the machine; the machine's own time otherwise."""

    def __init__(self, machine: Clock | None = None) -> None:
        """`machine`: the clock that goes on when nothing is told (the system's own)."""
        self._machine: Clock = machine or SystemClock()
        self.at: datetime | None = None

    def now(self) -> datetime:
        """See ports.Clock."""
        now = self._machine.now()
        return now if self.at is None else min(self.at, now)

    def new_id(self) -> UUID:
        """See ports.Clock."""
        return self._machine.new_id()


class StoryHub(Hub):
    """A hub of the demonstration. Where nothing was ever kept in it, its time begins with the story's first day.

    In any other hub what is kept has its times already, and none is put before them: it is told all of it today.
    """

    def __init__(self, settings: Settings, clock: StoryClock | None = None) -> None:
        """As Hub."""
        self.clock = self.story = clock or StoryClock()
        super().__init__(settings)
        self.is_new = not self.recorder.max_notification_id()
        self._stand_at(FIRST_DAY)

    def receive_story(self) -> Iterator[tuple[Told, tuple[send.Item, ...]]]:
        """Each file of the story and what became of its records; after the last it is today, and every agency heard."""
        try:
            for agency in partners.AGENCIES:
                if agency.name not in JOINED_LATER:
                    self.edge(agency.name)
            for told in STORY:
                self._stand_at(told.received)
                yield told, send.send(self, told.agency, [told.path])
            self._stand_at(FAMILY_TOLD)
            if self.is_new:
                _tell_the_family(self)
        finally:
            self.story.at = None
        for agency in partners.AGENCIES:
            self.edge(agency.name).beat()
        if self.is_new:
            _begin_enquiry(self)
        self.work()

    def _stand_at(self, moment: datetime) -> None:
        self.story.at = moment if self.is_new else None


def _tell_the_family(hub: Hub) -> None:
    """The decision-maker states what no agency did: that Robin and his mother were told. Not so of others.

    Nobody can tell Wren, who is a baby. What the police ask to be handled with care, and what the mother told her
    doctor, is nothing for a key worker to tell: both stay to be settled.
    """
    priya = act_as(hub.store, staff.DECISION_MAKER.subject)
    stating = StatingTelling(hub.store, hub.index, hub.clock, hub.law, hub.deciding())
    told = partial(NowTold, priya, state=Telling.TOLD_AFTER, on=day_in_london(hub.clock.now()), how="in_person")
    robin = frozenset(hub.index.people_with(ROBIN.scheme, ROBIN.value))
    for one in telling.listed(hub, priya.subject):
        known = PersonRole.CHILD if one.person_id in robin else PersonRole.SIBLING
        if _may_be_told(one) and one.role in (known, PersonRole.PARENT_OR_CARER):
            child = identifier(Scheme.HUB, str(one.person_id))
            made = told(report_id=one.report_id, label=one.label, told_by="Key worker, Little Oaks")
            state_telling(stating, child, made)
    hub.follow()


def _begin_enquiry(hub: Hub) -> None:
    """The decision-maker opens an enquiry about Robin today, and it is theirs: nobody is asked yet."""
    priya = act_as(hub.store, staff.DECISION_MAKER.subject)
    open_enquiry(hub.reading(), priya, ROBIN, Purpose.SECTION_47)
    assign_enquiry(hub.reading(), priya, ROBIN, Purpose.SECTION_47, Assignee(part=Part.WORKER, name=priya.subject))


def _may_be_told(one: ToTell) -> bool:
    """Whether a key worker may tell it: nothing that the police or the doctor sent in the last weeks."""
    with_care = one.source in WITH_CARE and one.due.by > day_in_london(FAMILY_TOLD)
    return one.due.matter is Matter.FIND_OUT and not with_care
