"""A member of staff asks for a child's chronology: the decision is on record before a word of it is opened."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final, Protocol
from uuid import UUID

from consent.decide import LawSettings
from contracts.events.compartment import WordsReviewed
from contracts.events.hub import AccessDecided, Actor, Withheld
from contracts.events.telling import TellingStated
from contracts.report import Report
from contracts.vocabulary import FieldClass, Purpose, SensitivityTag, StaffRole
from hub.application.find_person import Finding
from hub.application.gather_cosignatures import Standing as WitnessStanding
from hub.application.open_shielded import open_shielded
from hub.application.permit import Act, Whole
from hub.application.ports import Clock, Entry, History, IdentityIndex, Kept, OpenedReport, Store, Stream
from hub.application.search_budget import find_within_budget, keep_searched
from hub.application.shield_replies import shielded_replies
from hub.application.stand_to import Deciding, Footing, alarms, footing
from hub.domain import chronology
from hub.domain.access import Asked, Before, Decision, decide_chronology
from hub.domain.chronology import Chronology
from hub.domain.errors import AccessRefused, Conflict
from hub.domain.feed import Partner, Standing, connected, may_be_missing
from hub.domain.in_question import ever_questioned
from hub.domain.moment import day_in_london
from hub.domain.need_to_know import WORKS_WITH, Action, Relation, stamped
from hub.domain.pinned_keys import Doubt, with_doubt
from hub.domain.replies import Reply
from hub.domain.requests import requests
from hub.domain.silence import Heard, Silence, silences
from hub.domain.three_factors import Sought
from hub.domain.told import Key, as_told, later_words
from hub.domain.unread import NOBODY, decided_unread, hangs_on_history, of_nobody
from hub.domain.whereabouts import reviews
from hub.domain.witnessed import WitnessState

ATTEMPTS = 5


class Witnesses(Protocol):
    """Those who confirm that the record of access was not rewritten."""

    def state(self, now: datetime) -> WitnessState:
        """How fresh their word is. Raises StoreUnavailable."""

    def standings(self, now: datetime) -> tuple[WitnessStanding, ...]:
        """How each of them stands. Raises StoreUnavailable."""


class NotWitnessed:
    """A hub that is being tried out: nobody confirms its log, and its pages say so."""

    def state(self, now: datetime) -> WitnessState:
        """See Witnesses."""
        return WitnessState.OFF

    def standings(self, now: datetime) -> tuple[WitnessStanding, ...]:
        """See Witnesses."""
        return ()


NOT_WITNESSED: Final = NotWitnessed()


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading a chronology needs. `partners` are the agencies of the partnership."""

    store: Store
    index: IdentityIndex
    clock: Clock
    law: LawSettings
    deciding: Deciding
    partners: tuple[Partner, ...]
    witnesses: Witnesses = NOT_WITNESSED
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class _Beside:
    """What stands beside the reports of a history, by report, and whether something said protects the address."""

    withheld: Mapping[UUID, tuple[Withheld, ...]]
    reviewed: Mapping[UUID, WordsReviewed]
    told: Mapping[Key, TellingStated]
    replies: Mapping[UUID, tuple[Reply, ...]]
    protected: bool


def read_chronology(
    reading: Reading, actor: Actor, child: Sought, purpose: Purpose | None, as_known_on: date | None = None
) -> Chronology:
    """What this reader may see of the child, in order of happening. Raises as `look` does, and Unreadable."""
    history, decision, kept = look(reading, actor, child, purpose, as_known_on)
    return show(reading, history, decision, kept, own_only=actor.role is StaffRole.PRACTITIONER)


def look(
    reading: Reading, actor: Actor, child: Sought, purpose: Purpose | None, as_known_on: date | None
) -> tuple[History, Decision, Kept]:
    """A look that was let, on record, of which nothing is opened yet.

    Raises AccessRefused (the refusal is on record; a child who is not there is answered alike), StoreUnavailable
    (nothing could be put on record, so nothing is shown), WaitsForWitnesses.
    """
    now = reading.clock.now()
    found = find_within_budget(reading, child, actor, purpose)
    stands = footing(reading.deciding, (reading.store, reading.index), actor, (Action.READ, purpose), found.person_id)
    asked = Asked(actor, purpose, now, as_known_on, assigned=bool(stands.relations & WORKS_WITH))
    refusal = refusal_unread(reading, asked, found, stands)
    if refusal is not None or found.person_id is None:
        keep_refusal(reading, found, refusal_entries(reading, refusal, stands))
        raise AccessRefused
    for _ in range(ATTEMPTS):
        history = reading.store.read_history(found.person_id)
        decision = _decide(reading, asked, history, stands)
        try:
            kept = _keep(reading, found, history, decision)
        except Conflict:
            continue
        if not decision.permitted:
            raise AccessRefused
        return history, decision, kept
    raise Conflict("the history would not hold still")


def refusal_unread(reading: Reading, asked: Asked, found: Finding, stands: Footing) -> AccessDecided | None:
    """The refusal that can be known unread, by the same look-ups whether the child is there or not."""
    if stands.ruling.permitted and hangs_on_history(asked) and Relation.REPORTED in stands.relations:
        return None
    person_id = found.person_id or NOBODY
    version = reading.store.history_version(person_id)
    unread = decided_unread(asked, person_id, version, reading.clock.new_id(), reading.law)
    fact = stamped(unread, stands.ruling, stands.relations)
    if fact.effect == "refused":
        return fact
    return of_nobody(fact) if found.person_id is None else None


def refusal_entries(reading: Reading, refusal: AccessDecided | None, stands: Footing) -> tuple[Entry, ...]:
    """The refusal, to be kept; and an alarm, where the policies could not be judged."""
    if refusal is None:
        return ()
    access = Entry(Stream.access(refusal.person_id), refusal.decision_id, refusal)
    return (access, *alarms(stands.ruling, refusal.actor, reading.clock))


def _decide(reading: Reading, asked: Asked, history: History, stands: Footing) -> Decision:
    links = as_told(history.standing(asked.as_known_on), history.facts, asked.as_known_on)
    before = Before(history.person_id, history.version, links, protects(history))
    decision = decide_chronology(asked, before, reading.clock.new_id(), reading.law)
    return replace(decision, fact=stamped(decision.fact, stands.ruling, stands.relations))


def _keep(reading: Reading, found: Finding, history: History, decision: Decision) -> Kept:
    access = Entry(Stream.access(history.person_id), decision.fact.decision_id, decision.fact)
    seen = ((Stream.history(history.person_id), history.version),)
    return keep_searched(reading, found, lambda search: reading.store.keep((search, access), seen=seen))


def protects(history: History) -> bool:
    """Whether anything ever said of the person protects the address: standing, moved away since, or in question."""
    linked = any(SensitivityTag.ADDRESS_PROTECTED in link.tags for link in history.linked())
    return linked or any(question.protects_address for question in ever_questioned(history.facts))


def keep_refusal(reading: Reading, found: Finding, entries: tuple[Entry, ...]) -> None:
    """Nothing, once the search and what was answered to it are on record."""
    keep_searched(reading, found, lambda search: reading.store.keep((search, *entries)))


def show(
    reading: Reading, history: History, decision: Decision, kept: Kept, *, own_only: bool, act: Whole = Act.SHOW
) -> Chronology:
    """What the decision lets be seen, now that it is kept. Raises NotPermitted, Unreadable."""
    opened = _opened(reading, history, decision, (kept, act))
    beside = _beside(reading, history, decision)
    entries = tuple(
        (_entry(one, classes, beside), one.report)
        for one in opened
        if (classes := decision.shown.get(one.linked.report_id)) is not None
    )
    subjects = tuple(report.subject() for entry, report in entries if entry.people)
    ordered = chronology.in_order(entries)
    return Chronology(
        person_id=history.person_id,
        decision_id=decision.fact.decision_id,
        position=kept.positions[1],
        as_known_on=decision.fact.as_known_on,
        names=chronology.names_of(subjects),
        birth_date=next((one.birth_date for one in subjects if one.birth_date is not None), None),
        entries=tuple(entry for entry in ordered if not chronology.is_description(entry)),
        described=tuple(entry for entry in ordered if chronology.is_description(entry)),
        silences=() if own_only else _silences(reading, history, decision, entries),
        own_agency_only=own_only,
        in_question=() if own_only else history.in_question(decision.fact.as_known_on),
        law=decision.fact.law,
        feeds=_feeds(reading, decision, own_only=own_only),
        requests=() if own_only else requests(history.facts, decision.fact.as_known_on),
        connected=connected(_told_of(reading, decision, own_only=own_only), decision.fact.as_known_on),
        nhs_numbers=chronology.nhs_numbers_of(subjects),
    )


def _beside(reading: Reading, history: History, decision: Decision) -> _Beside:
    """What the history and the decision say of each report, by the day that is asked about."""
    withheld: dict[UUID, list[Withheld]] = {}
    for one in decision.fact.withheld:
        withheld.setdefault(one.report_id, []).append(one)
    day, protected = decision.fact.as_known_on, protects(history)
    return _Beside(
        withheld={report_id: tuple(found) for report_id, found in withheld.items()},
        reviewed=reviews(history.facts),
        told=later_words(history.facts, day),
        replies=shielded_replies(reading.index, history, day, protected=protected),
        protected=protected,
    )


def _entry(one: OpenedReport, classes: frozenset[FieldClass], beside: _Beside) -> chronology.Entry:
    report_id = one.linked.report_id
    held = beside.withheld.get(report_id, ())
    entry = chronology.entry_of(one.report, one.linked, classes, held, protected=beside.protected)
    entry = chronology.with_held_apart(entry, one.linked, beside.reviewed.get(report_id))
    entry = chronology.with_later_words(entry, classes, beside.told)
    return chronology.with_replies(entry, one.linked, classes, beside.replies)


def _opened(
    reading: Reading, history: History, decision: Decision, under: tuple[Kept, Whole]
) -> tuple[OpenedReport, ...]:
    """What may be seen, opened, and marked where its agency's key was in doubt."""
    (kept, act), shown = under, frozenset(decision.shown)
    opened = open_shielded((reading.store, reading.index), history, kept.permit, act, shown)
    if not reading.doubts:
        return opened
    day = decision.fact.as_known_on
    return tuple(replace(one, linked=with_doubt(one.linked, reading.doubts, day)) for one in opened)


def _told_of(reading: Reading, decision: Decision, *, own_only: bool) -> tuple[Partner, ...]:
    """The agencies of whose roads the reader is told: their own alone where only its items are shown."""
    agency = decision.fact.actor.agency
    return tuple(one for one in reading.partners if not own_only or one.source == agency)


def _feeds(reading: Reading, decision: Decision, *, own_only: bool) -> tuple[Standing, ...] | None:
    """From which agencies something may not have come."""
    asked, now = decision.fact, reading.clock.now()
    if asked.as_known_on is not None and asked.as_known_on < day_in_london(now):
        return None
    return may_be_missing(_told_of(reading, decision, own_only=own_only), now)


def _silences(
    reading: Reading, history: History, decision: Decision, entries: tuple[tuple[chronology.Entry, Report], ...]
) -> tuple[Silence, ...]:
    day = decision.fact.as_known_on
    shown = frozenset(entry.source for entry, _ in entries)
    held = frozenset(link.source for link in history.standing(day))
    questioned = frozenset(question.source for question in history.in_question(day))
    return silences(reading.partners, Heard(shown, held, questioned), day, reading.clock.now())
