"""Short ways to write the examples that stand in every rule file. All people and agencies are invented."""

from datetime import date
from uuid import UUID

from consent.circumstances import Circumstances
from consent.packs import LawSettings
from consent.request import Act, FactsInLaw, Item, PersonBasis, PersonTelling, Request
from consent.rule import Example
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

ON = date(2026, 10, 6)
ORDINARY = frozenset({FieldClass.ADMINISTRATIVE, FieldClass.IDENTITY, FieldClass.NARRATIVE})
ABOUT_HEALTH = ORDINARY | {FieldClass.HEALTH}
ABOUT_CRIME = ORDINARY | {FieldClass.CRIMINAL}


def basis(
    article6: Article6 | None = Article6.PUBLIC_TASK,
    *,
    role: PersonRole = PersonRole.CHILD,
    annex1: Annex1 | None = None,
    article9: Article9 | None = None,
    why: NoConsentReason | None = None,
    article10: bool = False,
    gateway: Gateway | None = None,
    regime: Regime = Regime.UK_GDPR,
    confidence: Confidence = Confidence.NOT_ENGAGED,
    consent: ConsentState = ConsentState.NOT_BASIS,
    authority: str | None = None,
    policy: bool = False,
    stated: bool = False,
) -> PersonBasis:
    """A basis stated for one child: public task of ordinary information, unless told otherwise."""
    return PersonBasis(
        "person-1", role, article6, annex1, article9, why, article10, gateway, regime, confidence, consent,
        authority, policy, stated,
    )  # fmt: skip


def item(
    by: AgencyKind,
    *bases: PersonBasis,
    classes: frozenset[FieldClass] = ORDINARY,
    tags: frozenset[SensitivityTag] = frozenset(),
    restricted: frozenset[RestrictedKind] = frozenset(),
    tellings: tuple[PersonTelling, ...] = (),
    on: date = ON,
    agency: str | None = None,
) -> Item:
    """One item from an agency of this kind, received on the day of the example."""
    name = agency if agency is not None else f"northborough-{by.value}"
    return Item(UUID(int=1), "concern", name, by, on, on, classes, tags, restricted, bases, tellings)


def told(
    state: Telling,
    *,
    reason: str | None = None,
    approved_by: str | None = None,
    review_on: date | None = None,
    decided_by: str | None = "duty-manager",
) -> PersonTelling:
    """Whether a parent was told."""
    return PersonTelling("person-2", PersonRole.PARENT_OR_CARER, state, reason, decided_by, approved_by, review_on)


def hold(by: AgencyKind, *, need: NeedLevel | None = None, purpose: Purpose | None = None, on: date = ON) -> Request:
    """An item has come in from an agency of this kind."""
    return Request(Act.HOLD, on, purpose, f"northborough-{by.value}", by, None, need, False)


def share(
    by: AgencyKind,
    to: AgencyKind | None = AgencyKind.LOCAL_AUTHORITY,
    *,
    purpose: Purpose | None = Purpose.SECTION_17,
    need: NeedLevel | None = NeedLevel.CHILD_IN_NEED,
    urgent: bool = False,
    on: date = ON,
) -> Request:
    """An agency of this kind means to share with one of that kind."""
    recipient = None if to is None else f"southmere-{to.value}"
    return Request(Act.SHARE, on, purpose, f"northborough-{by.value}", by, None, need, urgent, recipient, to)


def read(
    role: StaffRole | None,
    purpose: Purpose | None,
    by: AgencyKind = AgencyKind.LOCAL_AUTHORITY,
    *,
    assigned: bool = False,
    to_answer: bool = False,
    on: date = ON,
) -> Request:
    """A member of staff of an agency of this kind asks to see a child's chronology, or which child is meant."""
    name = f"northborough-{by.value}"
    return Request(Act.READ, on, purpose, name, by, role, None, False, assigned=assigned, to_answer=to_answer)


def erase(by: AgencyKind = AgencyKind.LOCAL_AUTHORITY, *, on: date = ON) -> Request:
    """An agency is asked to destroy an item."""
    return Request(Act.ERASE, on, None, f"northborough-{by.value}", by, None, None, False)


def yes(
    name: str,
    request: Request,
    *items: Item,
    around: Circumstances = Circumstances(),
    settings: LawSettings = LawSettings(),
) -> Example:
    """An example to which the rule applies."""
    return Example(name, True, request, FactsInLaw(items, around), settings)


def no(
    name: str,
    request: Request,
    *items: Item,
    around: Circumstances = Circumstances(),
    settings: LawSettings = LawSettings(),
) -> Example:
    """An example to which the rule does not apply."""
    return Example(name, False, request, FactsInLaw(items, around), settings)
