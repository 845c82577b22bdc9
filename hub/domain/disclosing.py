"""What is to go to whom, on whose authority, for what and when: the asking, before anything is decided of it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from consent.circumstances import ServiceAgreement
from contracts.agreement import Agreement
from contracts.events.hub import Actor, Cited
from contracts.events.sharing import Cause, Family, News
from contracts.vocabulary import NeedLevel, Purpose
from hub.domain.relied_basis import Party, Relied

NOT_ASKED = ServiceAgreement.NOT_ASKED
_NEED = {Purpose.SECTION_47: NeedLevel.SIGNIFICANT_HARM, Purpose.SECTION_17: NeedLevel.CHILD_IN_NEED}


@dataclass(frozen=True, slots=True)
class Wish:
    """One report to go: its own share id, what news it is, and of which report that the recipient has."""

    report_id: UUID
    share_id: UUID
    news: News = "report"
    of: UUID | None = None


@dataclass(frozen=True, slots=True)
class Recalled:
    """Why something is recalled, and until when that was shared: what was sent later stands."""

    why: Cause
    until: datetime


@dataclass(frozen=True, slots=True)
class Disclosing:
    """What is to go to whom, on whose authority, for what and when. `actor` is None where the hub acts by itself.

    `due_by` is when the acknowledgement is due; `acknowledged` are the warnings that a person has seen. `closed` are
    sources past the review of their own agreement: what they stated moves on only for immediate protection.
    `kept_from` is why the policies keep `actor` from the child. `note` is what whoever decided added, in few words.
    `recalled` is there for a recall alone.
    """

    cause: Cause
    sharer: Party
    recipient: Party
    agreement: Agreement
    purpose: Purpose
    at: datetime
    wishes: tuple[Wish, ...]
    due_by: datetime
    actor: Actor | None = None
    urgent: bool = False
    basis: Relied | None = None
    follows: UUID | None = None
    acknowledged: frozenset[str] = frozenset()
    closed: frozenset[str] = frozenset()
    service_agreement: ServiceAgreement = NOT_ASKED
    abuser_in_reach: bool = False
    family: Family | None = None
    note: str = ""
    kept_from: tuple[Cited, ...] = ()
    recalled: Recalled | None = None

    @property
    def tells_of_a_wrong(self) -> bool:
        """Whether it must be sent whatever else is found: everybody who has a wrong item is told (DPA 2018 s38(5))."""
        return self.cause in ("correction", "moved", "taken_back")

    @property
    def need(self) -> NeedLevel | None:
        """How much is at stake, as the purpose says."""
        return _NEED.get(self.purpose)
