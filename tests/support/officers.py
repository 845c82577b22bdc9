"""A hub with a child and a sibling, and the people whom erasing takes."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final
from uuid import UUID

from contracts.events.erasure import ErasureGround
from contracts.events.hub import Actor
from contracts.identifiers import parse_identifier
from contracts.vocabulary import Purpose, StaffRole
from hub.adapters.erasures import erase_here
from hub.application.carry_out_erasure import Erasing
from hub.application.enrol import enrol_staff
from hub.application.erase_record import approve_erasure, ask_erasure
from hub.application.read_chronology import read_chronology
from hub.application.sign_in import act_as
from hub.commands import staff
from hub.domain.errors import AccessRefused
from hub.settings import Settings
from hub.wiring import Hub
from tests.support.given import ROBIN, WREN, a_child, a_concern, an_actor
from tests.support.house import house, proved, say

CHILD: Final = parse_identifier(f"nhs:{ROBIN}")
ANNS: Final = "a pass phrase of her own, invented"
WORDS: Final = "Robin hides under the Marlowe stairs"


@dataclass
class Officers:
    """The hub, who decides, two who check, and somebody of a school."""

    hub: Hub
    priya: Actor
    ivy: Actor
    ann: Actor
    sam: Actor

    @property
    def erasing(self) -> Erasing:
        """What the use cases need."""
        return self.hub.erasing()

    def person(self, nhs: str = ROBIN) -> UUID:
        """Whom the number leads to."""
        (found,) = self.hub.index.people_with("nhs", nhs)
        return found

    def approved(self) -> UUID:
        """An erasure of the child that two people agreed to."""
        asked = ask_erasure(self.erasing, self.ivy, CHILD, ErasureGround.REQUEST_UPHELD)
        approve_erasure(self.erasing, self.ann, asked.erasure_id)
        approve_erasure(self.erasing, self.priya, asked.erasure_id)
        return asked.erasure_id

    def erase(self, erasure_id: UUID) -> None:
        """It is carried out."""
        erase_here(self.erasing, self.hub.settings.home, self.ivy, erasure_id)
        self.hub.follow()

    def looks(self, nhs: str = ROBIN) -> int:
        """How many entries there are to see; -1 where nothing may be shown, or nobody is known."""
        child = parse_identifier(f"nhs:{nhs}")
        try:
            return len(read_chronology(self.hub.reading(), self.priya, child, Purpose.SECTION_47).entries)
        except AccessRefused:
            return -1

    def opened_again(self, settings: Settings | None = None) -> "Officers":
        """The same hub, or a copy of it, as another process opens it."""
        return Officers(Hub(settings or self.hub.settings), self.priya, self.ivy, self.ann, self.sam)


def officers(folder: Path, database: str | None = None) -> Officers:
    """A hub in the folder with two children of whom the police have told, one of them in words about the other."""
    hub = house(folder, database)
    ann = an_actor("ann", role=StaffRole.IG_OFFICER)
    enrol_staff(hub.store, hub.clock, ann, "Ann Invented", hub.phrases.hashed(ANNS))
    say(hub, "police", a_concern("C-1", words=WORDS))
    wren = a_child(WREN, given="Wren", born="2020-01-02")
    say(hub, "police", a_concern("C-2", child=wren, words="Wren says that Robin hides"))
    priya, ivy = proved(hub, staff.DECISION_MAKER), proved(hub, staff.IG_OFFICER)
    return Officers(hub, priya, ivy, ann, act_as(hub.store, "sam"))
