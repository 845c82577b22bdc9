"""The hub's own facts about a child, put as the law asks for them."""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from functools import cache
from typing import TypeVar

from consent.request import Item, PersonBasis, PersonTelling
from contracts.events.hub import ReportLinked
from contracts.report import LawfulBasis, Told
from contracts.vocabulary import Annex1, Article6, Article9, Gateway, NoConsentReason, PersonRole, SensitivityTag
from hub.domain.moment import day_in_london

Code = TypeVar("Code", bound=StrEnum)


def item(linked: ReportLinked, *, shields: bool = False) -> Item:
    """One linked report, as an item in law; `shields`: an address of the person's is protected, whoever said so."""
    roles = {named.person: named.role for named in linked.roles}
    tags = frozenset(linked.tags)
    return Item(
        item_id=linked.report_id,
        type=linked.report_type,
        agency=linked.source,
        agency_kind=linked.agency_kind,
        happened=linked.happened,
        received=day_in_london(linked.received),
        classes=frozenset(linked.classes),
        tags=tags | {SensitivityTag.ADDRESS_PROTECTED} if shields else tags,
        restricted=frozenset(linked.restricted),
        bases=tuple(_basis(basis, roles) for basis in linked.bases),
        tellings=tuple(_telling(told, roles) for told in linked.telling),
        collected_on_consent=linked.collected_on_consent,
    )


def unknown_codes(bases: Iterable[LawfulBasis]) -> tuple[str, ...]:
    """The people whose stated basis holds a code that the vocabulary does not know."""
    return tuple(basis.person for basis in bases if any(_known(*pair) is None for pair in _coded(basis)))


def _coded(basis: LawfulBasis) -> tuple[tuple[type[StrEnum], str], ...]:
    pairs: tuple[tuple[type[StrEnum], str | None], ...] = (
        (Article6, basis.article6),
        (Annex1, basis.annex1),
        (Article9, basis.article9),
        (NoConsentReason, basis.no_consent_reason),
        (Gateway, basis.gateway),
    )
    return tuple((kind, code) for kind, code in pairs if code is not None)


def _known(kind: type[Code], code: str | None) -> Code | None:
    """The member with that code; None when there is none."""
    return _members(kind).get(code) if code is not None else None


@cache
def _members(kind: type[Code]) -> Mapping[str, Code]:
    return {one.value: one for one in kind}


def _basis(basis: LawfulBasis, roles: dict[str, PersonRole]) -> PersonBasis:
    return PersonBasis(
        person=basis.person,
        role=roles[basis.person],
        article6=_known(Article6, basis.article6),
        annex1=_known(Annex1, basis.annex1),
        article9=_known(Article9, basis.article9),
        no_consent_reason=_known(NoConsentReason, basis.no_consent_reason),
        article10=basis.article10,
        gateway=_known(Gateway, basis.gateway),
        regime=basis.regime,
        confidence=basis.confidence,
        consent=basis.consent,
        authority_36_4=basis.authority_36_4,
        policy_document=basis.policy_document,
        request_states_public_task=basis.request_states_public_task,
    )


def _telling(told: Told, roles: dict[str, PersonRole]) -> PersonTelling:
    review: date | None = told.review_on.day() if told.review_on is not None else None
    return PersonTelling(
        person=told.person,
        role=roles[told.person],
        state=told.state,
        reason=told.reason,
        decided_by=told.decided_by,
        approved_by=told.approved_by,
        review_on=review,
    )
