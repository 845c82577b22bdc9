"""Putting the rules of one day to one request, one item, one person at a time."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from uuid import UUID

from consent.finding import Answer, Effect, Finding, Question
from consent.packs import LawSettings, pack_on
from consent.request import Act, FactsInLaw, Item, PersonBasis, PersonTelling, Request
from consent.rule import (
    ItemCase,
    Law,
    OfItem,
    OfPerson,
    OfRequest,
    OfTelling,
    PersonCase,
    RequestCase,
    Rule,
    TellingCase,
)
from contracts.vocabulary import FieldClass, SensitivityTag

HEALTH_TAGS = frozenset({SensitivityTag.HEALTH, SensitivityTag.MENTAL_HEALTH, SensitivityTag.SEXUAL_HEALTH_FGM})


@dataclass(frozen=True, slots=True)
class InForce:
    """The rules that were law on one day for one act, by what they are about."""

    requests: tuple[OfRequest, ...]
    items: tuple[OfItem, ...]
    persons: tuple[OfPerson, ...]
    tellings: tuple[OfTelling, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A finding with the law that made it."""

    law: Law
    finding: Finding


@lru_cache(maxsize=1024)
def in_force(rulebook: tuple[Rule, ...], act: Act, day: date, settings: LawSettings) -> InForce:
    """The rules of `rulebook` that were law on `day` and speak to `act`, in the order of the rulebook."""
    pack = pack_on(day, settings)
    rules = [rule for rule in rulebook if act in rule.law.acts and rule.law.in_force(day, pack)]
    return InForce(
        tuple(rule for rule in rules if isinstance(rule, OfRequest)),
        tuple(rule for rule in rules if isinstance(rule, OfItem)),
        tuple(rule for rule in rules if isinstance(rule, OfPerson)),
        tuple(rule for rule in rules if isinstance(rule, OfTelling)),
    )


def is_special(item: Item) -> bool:
    """Whether an item holds special-category information, as far as its classes and tags say."""
    return FieldClass.HEALTH in item.classes or not HEALTH_TAGS.isdisjoint(item.tags)


def is_criminal(item: Item) -> bool:
    """Whether an item holds criminal-offence information, as far as its classes and tags say."""
    return FieldClass.CRIMINAL in item.classes or SensitivityTag.CRIMINAL in item.tags


def _found(law: Law, answer: Answer, item: UUID | None = None, person: str | None = None) -> Found:
    return Found(
        law,
        Finding(law.id, law.effect, law.citation, law.evidence, answer.says, item, person, answer.propose),
    )


def of_request(rules: InForce, request: Request, facts: FactsInLaw) -> tuple[Found, ...]:
    """What the rules say about the request as a whole."""
    if not rules.requests:
        return ()
    case = RequestCase(request, facts, facts.around, request.purpose)
    return tuple(_found(rule.law, answer) for rule in rules.requests if (answer := rule.file.judge(case)) is not None)


def of_item(rules: InForce, request: Request, facts: FactsInLaw, item: Item) -> tuple[Found, ...]:
    """What the rules say about one item and the people in it."""
    body = item.agency_kind if request.act is Act.HOLD else request.agency_kind
    whole = ItemCase(
        request, facts, facts.around, request.purpose, item, body, body.is_public_authority, is_special(item),
        is_criminal(item),
    )  # fmt: skip
    found = [
        _found(rule.law, answer, item.item_id) for rule in rules.items if (answer := rule.file.judge(whole)) is not None
    ]
    if rules.persons:
        for basis in item.bases:
            found += _of_person(rules, whole, basis)
    if rules.tellings:
        for telling in item.tellings:
            found += _of_telling(rules, whole, telling)
    return tuple(found)


def _of_person(rules: InForce, whole: ItemCase, basis: PersonBasis) -> list[Found]:
    case = PersonCase(
        whole.request, whole.facts, whole.around, whole.purpose, whole.item, whole.body, whole.public, whole.special,
        whole.criminal, basis,
    )  # fmt: skip
    return [
        _found(rule.law, answer, case.item.item_id, basis.person)
        for rule in rules.persons
        if (answer := rule.file.judge(case)) is not None
    ]


def _of_telling(rules: InForce, whole: ItemCase, telling: PersonTelling) -> list[Found]:
    case = TellingCase(
        whole.request, whole.facts, whole.around, whole.purpose, whole.item, whole.body, whole.public, whole.special,
        whole.criminal, telling,
    )  # fmt: skip
    return [
        _found(rule.law, answer, case.item.item_id, telling.person)
        for rule in rules.tellings
        if (answer := rule.file.judge(case)) is not None
    ]


def has(found: tuple[Found, ...], effect: Effect) -> bool:
    """Whether anything found has this effect."""
    return any(each.law.effect is effect for each in found)


def waits(found: tuple[Found, ...], request: Request) -> bool:
    """Whether a warning that holds by default has not been acknowledged."""
    return any(each.law.holds and each.law.id not in request.acknowledged for each in found)


def answered(found: tuple[Found, ...], question: Question, persons: frozenset[str]) -> bool:
    """Whether every one of `persons` has a ground on this question; with nobody to ask about, there is none."""
    grounds = {
        each.finding.person for each in found if each.law.effect is Effect.GROUND and each.law.question is question
    }
    return bool(persons) and persons <= grounds
