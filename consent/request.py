"""What is asked of the law, and the facts it is asked about.

Nothing here is decided. The caller fills these values from the child's own history; `decide` answers them.
"""

from dataclasses import dataclass
from datetime import date
from enum import Enum
from uuid import UUID

from consent.circumstances import Circumstances
from contracts.vocabulary import (
    AgencyKind,
    Annex1,
    Article6,
    Article9,
    Confidence,
    ConsentState,
    FieldClass,
    Gateway,
    NeedLevel,
    NoConsentReason,
    PersonRole,
    Purpose,
    Regime,
    RestrictedKind,
    SensitivityTag,
    StaffRole,
    Telling,
)


class Act(Enum):
    """What is to be done with the information."""

    HOLD = "hold"  # an item has been received: is the basis it states a sound one?
    SHARE = "share"  # items are to move to a recipient agency, or to the person they are about
    READ = "read"  # a member of staff wants to see a child's chronology
    ERASE = "erase"  # items are to be destroyed


@dataclass(frozen=True, slots=True)
class PersonBasis:
    """The lawful basis stated for one person in one item; every data subject has their own.

    On HOLD it is the basis of the agency that sent the item. On SHARE it is the basis on which the sharer relies for
    this disclosure, which may differ from the one on which the item was received. `article10` says that the item holds
    criminal-offence data about this person and that Article 10 was considered.
    """

    person: str
    role: PersonRole
    article6: Article6 | None
    annex1: Annex1 | None
    article9: Article9 | None
    no_consent_reason: NoConsentReason | None
    article10: bool
    gateway: Gateway | None
    regime: Regime
    confidence: Confidence
    consent: ConsentState
    authority_36_4: str | None
    policy_document: bool
    request_states_public_task: bool = False


@dataclass(frozen=True, slots=True)
class PersonTelling:
    """Whether one person in one item has been told; `review_on` is the due date where the state is DUE."""

    person: str
    role: PersonRole
    state: Telling
    reason: str | None = None
    decided_by: str | None = None
    approved_by: str | None = None
    review_on: date | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a child's history, as far as the law needs to know it: no content, only what kind of content.

    `separated` and `quality_noted` default to true because the published report cannot be written without a kind for
    every statement and a source and date for the whole; they are false for what older records could not say.
    `cleared` names the restricted kinds for which a route, a court's leave, an authority or a waiver has been cited.
    """

    item_id: UUID
    type: str
    agency: str
    agency_kind: AgencyKind
    happened: date | None
    received: date
    classes: frozenset[FieldClass]
    tags: frozenset[SensitivityTag]
    restricted: frozenset[RestrictedKind]
    bases: tuple[PersonBasis, ...]
    tellings: tuple[PersonTelling, ...]
    collected_on_consent: bool = False
    separated: bool = True
    quality_noted: bool = True
    cleared: frozenset[RestrictedKind] = frozenset()
    health_opinion_on: date | None = None
    decided_without_human: bool = False
    objected_to: bool = False
    found_wrong: bool = False
    on_hold: bool = False
    keep_until: date | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """Who asks to do what, when, for what purpose. `agency` is the reader's own agency, or the sharer.

    `to_answer`: on READ, somebody whose agency was asked wants to know which child it is about, and no more.
    """

    act: Act
    on: date
    purpose: Purpose | None
    agency: str
    agency_kind: AgencyKind
    role: StaffRole | None
    need: NeedLevel | None
    urgent: bool
    recipient: str | None = None
    recipient_kind: AgencyKind | None = None
    assigned: bool = False
    acknowledged: frozenset[str] = frozenset()
    to_answer: bool = False

    @property
    def pressing(self) -> bool:
        """Whether delay itself could harm the child, so that an imperfect label must not hold anything up."""
        return self.urgent or self.need is NeedLevel.SIGNIFICANT_HARM or self.purpose is Purpose.EMERGENCY


@dataclass(frozen=True, slots=True)
class FactsInLaw:
    """The items in question, and the circumstances around them."""

    items: tuple[Item, ...]
    around: Circumstances = Circumstances()
