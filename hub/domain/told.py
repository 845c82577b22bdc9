"""What people at the hub state of telling somebody, later than the agency did, and how that lies over what it said.

The agency's own words are never changed: what it signed stays readable beside the later word.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from consent import telling_said
from consent.packs import LawSettings
from consent.request import PersonTelling
from consent.telling_said import Saying
from consent.transparency import WITHHELD
from contracts.event import Fact
from contracts.events.hub import Actor, ReportLinked
from contracts.events.telling import ChildView, How, TellingStated, TellingUndone
from contracts.report import Told
from contracts.vocabulary import ChangeKind, PersonRole, Telling
from contracts.when import on_day
from hub.domain.findings_kept import answered
from hub.domain.moment import day_in_london

Key = tuple[UUID, str]


@dataclass(frozen=True, slots=True)
class NowTold:
    """What somebody states of one person of one report, by the report's own label; see the fact of the same shape.

    `called` is the name by which whoever states it is enrolled: nobody approves what they decided under another name.
    """

    actor: Actor
    report_id: UUID
    label: str
    state: Telling
    on: date | None = None
    how: How | None = None
    told_by: str | None = None
    reason: str | None = None
    approved_by: str | None = None
    review_on: date | None = None
    child_agrees: ChildView | None = None
    child_words: str = ""
    considered: tuple[str, ...] = ()
    called: str | None = None


def role_of(link: ReportLinked, label: str) -> PersonRole | None:
    """The role in which the report names this person; None where it names nobody so."""
    return next((named.role for named in link.roles if named.person == label), None)


def decide_told(
    made: NowTold, link: ReportLinked, at: datetime, telling_id: UUID, settings: LawSettings
) -> TellingStated | None:
    """The statement with the law's answer to it, one to keep whatever it is; None where the report names nobody so."""
    role = role_of(link, made.label)
    if role is None:
        return None
    outcome = telling_said.judge(_in_law(made, role, day_in_london(at), link.happened), settings)
    return TellingStated(
        telling_id=telling_id,
        at=at,
        person_id=link.person_id,
        report_id=made.report_id,
        label=made.label,
        role=role,
        actor=made.actor,
        state=made.state,
        on=made.on,
        how=made.how,
        told_by=made.told_by,
        reason=made.reason,
        approved_by=made.approved_by,
        review_on=made.review_on,
        child_agrees=made.child_agrees,
        child_words=made.child_words,
        considered=made.considered,
        stands=outcome.stands,
        law=outcome.pack,
        answer=answered(outcome.findings),
    )


def later_words(facts: Iterable[Fact], day: date | None = None) -> Mapping[Key, TellingStated]:
    """The last statement about each person of each report that stands and was not undone, by the end of a day."""
    said = (fact for fact in facts if isinstance(fact, TellingStated | TellingUndone))
    every = tuple(fact for fact in said if day is None or day_in_london(fact.at) <= day)
    undone = {fact.telling_id for fact in every if isinstance(fact, TellingUndone)}
    return {
        (fact.report_id, fact.label): fact
        for fact in every
        if isinstance(fact, TellingStated) and fact.stands and fact.telling_id not in undone
    }


def as_told(links: Iterable[ReportLinked], facts: Iterable[Fact], day: date | None = None) -> tuple[ReportLinked, ...]:
    """The links with the later word of each person in place of the agency's, as the law is to judge them.

    A silence that was decided on outlives a correction that says of telling only what was said before.
    """
    every = tuple(facts)
    words, standing = later_words(every, day), tuple(links)
    if not words:
        return standing
    known = {link.report_id: link for link in (*(one for one in every if isinstance(one, ReportLinked)), *standing)}
    return tuple(_over(link, {**_silences(link, words, known), **_own(link, words)}) for link in standing)


def of_report(report_id: UUID, words: Mapping[Key, TellingStated]) -> tuple[TellingStated, ...]:
    """The later words about the people of one report, by label."""
    return tuple(words[key] for key in sorted(words) if key[0] == report_id)


def state_alone(fact: TellingStated) -> TellingStated:
    """The state and its days, with none of the words that say why, who, or what the child says."""
    return fact.model_copy(update={"reason": None, "told_by": None, "approved_by": None, "child_words": ""})


def _own(link: ReportLinked, words: Mapping[Key, TellingStated]) -> dict[str, TellingStated]:
    return {fact.label: fact for fact in of_report(link.report_id, words)}


def _silences(
    link: ReportLinked, words: Mapping[Key, TellingStated], known: Mapping[UUID, ReportLinked]
) -> dict[str, TellingStated]:
    """The silences about what this report corrects, of each person of whom it says nothing new; the newest of each."""
    seen, at = {link.report_id}, link
    found: dict[str, TellingStated] = {}
    fresh = set[str]()
    while at.change is ChangeKind.CORRECTION and at.changes is not None and at.changes not in seen:
        before = known.get(at.changes)
        if before is None or before.source != link.source:
            break
        fresh |= _news(before, at)
        own = _own(before, words).values()
        found = {one.label: one for one in own if one.state in WITHHELD and one.label not in fresh} | found
        seen.add(before.report_id)
        at = before
    return found


def _news(before: ReportLinked, after: ReportLinked) -> set[str]:
    """The people of whom a correction says something of telling that was not said before."""
    said = {told.person: told.state for told in before.telling}
    return {told.person for told in after.telling if said.get(told.person) is not told.state} - {
        told.person for told in after.telling if told.state is Telling.NOT_KNOWN
    }


def _over(link: ReportLinked, words: Mapping[str, TellingStated]) -> ReportLinked:
    later = dict(words)
    if not later:
        return link
    once = {told.person: told for told in reversed(link.telling)}  # one report may state two things of one person
    stands = (told for told in link.telling if told.person not in words or once[told.person] is told)
    stated = tuple(_told(later.pop(told.person)) if told.person in later else told for told in stands)
    return link.model_copy(update={"telling": (*stated, *(_told(fact) for fact in later.values()))})


def _told(fact: TellingStated) -> Told:
    return Told(
        person=fact.label,
        state=fact.state,
        reason=fact.reason,
        decided_by=fact.actor.subject,
        approved_by=fact.approved_by,
        on=on_day(fact.on) if fact.on is not None else None,
        review_on=on_day(fact.review_on) if fact.review_on is not None else None,
    )


def _in_law(made: NowTold, role: PersonRole, on: date, happened: date | None) -> Saying:
    telling = PersonTelling(
        person=made.label,
        role=role,
        state=made.state,
        reason=made.reason,
        decided_by=made.actor.subject,
        approved_by=made.approved_by,
        review_on=made.review_on,
    )
    objects = made.child_agrees == "does_not_agree"
    return Saying(telling, on, made.on, made.how, made.told_by, objects, happened, made.called)
