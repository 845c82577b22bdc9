"""A parent or young person asks what is held, who looked and what was shared: one letter, for somebody to read first.

What is hidden, what is absent and what is suppressed are answered alike: the same look-ups, the same things kept, the
same bytes, at the end of the same stretch of time. Nothing of a report is opened for it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol
from uuid import UUID

from consent.decide import LawSettings
from contracts.events.hub import AccessDecided, Actor
from contracts.events.sharing import DisclosureDecided
from contracts.identifiers import Identifier
from contracts.vocabulary import Purpose, SensitivityTag
from hub.application.explain_decision import as_it_stood
from hub.application.find_person import Finding
from hub.application.ports import Clock, Entry, History, IdentityIndex, Store, Stream
from hub.application.search_budget import find_within_budget, keep_searched
from hub.application.stand_to import Deciding, Footing, acting, alarms
from hub.domain.access import Asked, Before
from hub.domain.errors import AccessRefused, Conflict
from hub.domain.family_answer import Asker, FamilyDecision, Held, decide_family
from hub.domain.family_letter import letter, outgoing
from hub.domain.in_question import ever_questioned
from hub.domain.need_to_know import stamped
from hub.domain.told import as_told
from hub.domain.unread import NOBODY

ATTEMPTS = 5


class Release(Protocol):
    """Lets an answer go only at the end of a stretch of time that hangs on nothing in it."""

    def begin(self) -> float:
        """A mark of now."""

    def wait(self, begun: float) -> None:
        """Nothing, once the stretch since the mark is over; if it is over already, the next one like it."""


@dataclass(frozen=True, slots=True)
class AnsweringFamilies:
    """What answering needs. `called` gives people's names for agencies by source."""

    store: Store
    index: IdentityIndex
    clock: Clock
    law: LawSettings
    called: Mapping[str, str]
    release: Release
    deciding: Deciding


@dataclass(frozen=True, slots=True)
class FamilyAnswer:
    """The letter as somebody at the hub reads it, the bytes that leave, and the decision on record behind it."""

    letter: str
    outgoing: bytes
    decision_id: UUID


def answer_family(answering: AnsweringFamilies, actor: Actor, child: Identifier, asker: Asker) -> FamilyAnswer:
    """The letter, when its time has come.

    Raises AccessRefused (on record; whether the child is there changes nothing), Conflict, StoreUnavailable,
    Unreadable: each no sooner than a letter would have come.
    """
    begun = answering.release.begin()
    try:
        return _answer(answering, actor, child, asker)
    finally:
        answering.release.wait(begun)


def _answer(answering: AnsweringFamilies, actor: Actor, child: Identifier, asker: Asker) -> FamilyAnswer:
    asked = Asked(actor, Purpose.SUBJECT_ACCESS, answering.clock.now())
    found = find_within_budget(answering, child, actor, asked.purpose)
    stands = acting(answering, actor, asked.purpose, found.person_id, child)
    decision_id = answering.clock.new_id()
    for _ in range(ATTEMPTS):
        held = bearing_on(answering.store, answering.clock, found)
        decision = kept_away(decide_family(asked, asker, held, decision_id, answering.law), stands)
        try:
            _keep(answering, found, decision, alarms(stands.ruling, actor, answering.clock))
        except Conflict:
            continue
        if decision.fact.effect != "permitted":
            raise AccessRefused
        text = letter(decision, asker.kind, answering.called)
        return FamilyAnswer(text, outgoing(text), decision_id)
    raise Conflict("the history would not hold still")


def kept_away(decision: FamilyDecision, stands: Footing) -> FamilyDecision:
    """The decision with what the policies answered; nothing may be listed where theirs is no."""
    fact = stamped(decision.fact, stands.ruling, stands.relations)
    if stands.ruling.permitted:
        return replace(decision, fact=fact)
    return replace(decision, fact=fact, items=(), looks=(), shares=())


def bearing_on(store: Store, clock: Clock, found: Finding) -> Held:
    """What bears on the answer; of a child who is not there, the same reads of what is empty."""
    history = store.read_history(found.person_id or NOBODY)
    # What was refused about nobody in particular lies in one stream and grows; an absent child's is read as empty.
    facts = store.read_stream(Stream.access(found.person_id or clock.new_id()))
    access = tuple(fact for fact in facts if isinstance(fact, AccessDecided | DisclosureDecided))
    looks = {fact.history_version for fact in access if isinstance(fact, AccessDecided) and fact.what == "chronology"}
    links = as_told(history.standing(), history.facts)
    before = Before(history.person_id, history.version, links)
    return Held(before, access, {version: _stood(history, version) for version in looks}, _protected_since(history))


def _protected_since(history: History) -> datetime | None:
    """When anything ever said of the child first protected the address: standing, moved away since, or in question."""
    tagged = (link.received for link in history.linked() if SensitivityTag.ADDRESS_PROTECTED in link.tags)
    asked = (question.at for question in ever_questioned(history.facts) if question.protects_address)
    return min((*tagged, *asked), default=None)


def _stood(history: History, version: int) -> frozenset[UUID]:
    return frozenset(link.report_id for link in as_it_stood(history, version).standing())


def _keep(answering: AnsweringFamilies, found: Finding, decision: FamilyDecision, told: tuple[Entry, ...]) -> None:
    """The search, the decision and who asked: the same three whether the child is there or not."""
    fact = decision.fact
    access = Stream.access(fact.person_id)
    entries = (
        Entry(access, fact.decision_id, fact),
        Entry(access, answering.clock.new_id(), decision.asked),
        *told,
    )
    seen = ((Stream.history(fact.person_id), fact.history_version),)
    keep_searched(answering, found, lambda search: answering.store.keep((search, *entries), seen=seen))
