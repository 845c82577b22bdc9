"""Small changes to an example of a rule, one fact at a time."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from consent.circumstances import Circumstances
from consent.request import FactsInLaw, Item, PersonBasis, PersonTelling, Request
from consent.rule import Example
from contracts.vocabulary import (
    AgencyKind,
    Annex1,
    Article6,
    Article9,
    Confidence,
    ConsentState,
    Gateway,
    NeedLevel,
    PersonRole,
    Purpose,
    Regime,
    StaffRole,
)

Change = Callable[[Example], Example]


def asked(change: Callable[[Request], Request]) -> Change:
    """The request is another."""
    return lambda example: replace(example, request=change(example.request))


def items(change: Callable[[Item], Item]) -> Change:
    """Every item is another."""

    def changed(example: Example) -> Example:
        facts = FactsInLaw(tuple(change(each) for each in example.facts.items), example.facts.around)
        return replace(example, facts=facts)

    return changed


def label(change: Callable[[PersonBasis], PersonBasis]) -> Change:
    """The basis stated for each person is another."""
    return items(lambda item: replace(item, bases=tuple(change(each) for each in item.bases)))


def telling(change: Callable[[PersonTelling], PersonTelling]) -> Change:
    """Whether each person was told is another."""
    return items(lambda item: replace(item, tellings=tuple(change(each) for each in item.tellings)))


def around(change: Callable[[Circumstances], Circumstances]) -> Change:
    """The circumstances are others."""
    return lambda example: replace(example, facts=replace(example.facts, around=change(example.facts.around)))


def both(*changes: Change) -> Change:
    """All of these together."""

    def changed(example: Example) -> Example:
        for change in changes:
            example = change(example)
        return example

    return changed


def by(kind: AgencyKind) -> Change:
    """Another kind of body acts."""
    return both(
        asked(lambda request: replace(request, agency_kind=kind)), items(lambda item: replace(item, agency_kind=kind))
    )


def to(kind: AgencyKind | None) -> Change:
    """Another kind of body receives."""
    return asked(lambda request: replace(request, recipient_kind=kind))


def purpose(value: Purpose | None) -> Change:
    """It is for something else."""
    return asked(lambda request: replace(request, purpose=value))


def need(value: NeedLevel | None) -> Change:
    """The need is another."""
    return asked(lambda request: replace(request, need=value))


def role(value: StaffRole) -> Change:
    """The reader is another."""
    return asked(lambda request: replace(request, role=value))


def on(day: date) -> Change:
    """It is asked on another day."""
    return asked(lambda request: replace(request, on=day))


def article6(value: Article6 | None) -> Change:
    """The lawful basis is another."""
    return label(lambda basis: replace(basis, article6=value))


def annex1(value: Annex1 | None) -> Change:
    """The recognised interest is another."""
    return label(lambda basis: replace(basis, annex1=value))


def article9(value: Article9 | None) -> Change:
    """The condition is another."""
    return label(lambda basis: replace(basis, article9=value))


def gateway(value: Gateway | None) -> Change:
    """The power or duty is another."""
    return label(lambda basis: replace(basis, gateway=value))


def consent(value: ConsentState) -> Change:
    """Consent stands elsewhere."""
    return label(lambda basis: replace(basis, consent=value))


def confidence(value: Confidence) -> Change:
    """Confidence is met otherwise."""
    return label(lambda basis: replace(basis, confidence=value))


def regime(value: Regime) -> Change:
    """The regime is the other one."""
    return label(lambda basis: replace(basis, regime=value))


def person(value: PersonRole) -> Change:
    """The person is somebody else."""
    return label(lambda basis: replace(basis, role=value))


def criminal(value: bool) -> Change:
    """Criminal-offence information is marked, or not."""
    return label(lambda basis: replace(basis, article10=value))


def policy(value: bool) -> Change:
    """There is a policy document, or none."""
    return label(lambda basis: replace(basis, policy_document=value))
