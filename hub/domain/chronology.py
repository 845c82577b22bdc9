"""A child's chronology: a fold over the child's own history, of what may be shown, in the order in which it happened.

Fact, professional view and the child's words stay apart. Nothing is scored. What is corrected or withdrawn stays
readable beside what corrects or withdraws it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Literal
from uuid import UUID

from contracts.compartment import Compartment
from contracts.events.compartment import WordsReviewed
from contracts.events.hub import IdentityQuestioned, Mark, ReportLinked, Withheld
from contracts.events.shared import PersonDescribed
from contracts.events.telling import TellingStated
from contracts.identifiers import Scheme
from contracts.report import LawfulBasis, Person, Place, Report, Told
from contracts.vocabulary import ChangeKind, FieldClass, NeedLevel, StatementKind
from contracts.when import When
from hub.domain import told as told_later
from hub.domain.entry_title import title_of
from hub.domain.feed import Connected, Standing
from hub.domain.lines import Line, lines_of
from hub.domain.replies import Reply, is_whole, of_report
from hub.domain.requests import Request
from hub.domain.silence import Silence

OF_ALL_BELOW = "of_all_below"  # an adapter's note: the withdrawal names a record and everything under it
_LAST = datetime.max.replace(tzinfo=UTC)
_Key = tuple[str, str, str, str | None, str]
_CHILD = (StatementKind.CHILD_VOICE,)
_VIEWS = (StatementKind.PROFESSIONAL_OPINION, StatementKind.SYSTEM_DERIVED)
_NOT_FACTS = (*_CHILD, *_VIEWS)


@dataclass(frozen=True, slots=True)
class Entry:
    """One report as shown to one reader. `later` holds the reports that correct or withdraw it, oldest first.

    `told_since` is what people at the hub stated of telling its people, after the agency did. `need` is how much is
    at stake as the agency judged it (None: not stated, or not shown). `held_apart`: the compartments of its parts;
    `words`: whether some of it waits for a review or was kept apart by one. `replies`: what people said about it.
    """

    report_id: UUID
    type: str
    title: str
    source: str
    happened: When
    ended: When | None
    recorded: When
    received: datetime
    facts: tuple[Line, ...]
    views: tuple[Line, ...]
    child_words: tuple[Line, ...]
    people: tuple[Person, ...]
    place: Place | None
    bases: tuple[LawfulBasis, ...]
    telling: tuple[Told, ...]
    marks: tuple[Mark, ...]
    withheld: tuple[Withheld, ...]
    certainty: str
    matched_on: tuple[str, ...]
    change: ChangeKind
    reason: str | None = None
    later: tuple["Entry", ...] = ()
    told_since: tuple[TellingStated, ...] = ()
    need: NeedLevel | None = None
    held_apart: tuple[Compartment, ...] = ()
    words: Literal["", "waits", "kept"] = ""
    replies: tuple[Reply, ...] = ()

    @property
    def withdrawn(self) -> bool:
        """Whether its agency has said that it should not stand."""
        return bool(self.later) and any(entry.change is ChangeKind.RETRACTION for entry in self.later)


@dataclass(frozen=True, slots=True)
class Chronology:
    """What one reader was shown of one person, and the decision on record that let it be shown.

    `described` are the agencies' statements of who the person is: they say nothing of what happened. `feeds` are
    the agencies from which something may not have come; None: not worked out for a past day. `requests` are what
    agencies were asked of the person, and what each answered. `connected` says from which day on each agency sends.
    `nhs_numbers`: those by which the agencies that are shown know the person, ten digits each; two where they disagree.
    """

    person_id: UUID
    decision_id: UUID
    position: int
    as_known_on: date | None
    names: tuple[str, ...]
    birth_date: When | None
    entries: tuple[Entry, ...]
    described: tuple[Entry, ...]
    silences: tuple[Silence, ...]
    own_agency_only: bool
    law: str
    in_question: tuple[IdentityQuestioned, ...] = ()
    feeds: tuple[Standing, ...] | None = None
    requests: tuple[Request, ...] = ()
    connected: tuple[Connected, ...] = ()
    nhs_numbers: tuple[str, ...] = ()


def entry_of(
    report: Report,
    linked: ReportLinked,
    shown: frozenset[FieldClass],
    withheld: tuple[Withheld, ...],
    *,
    protected: bool = True,
) -> Entry:
    """The report as shown: only what the decision lets through. `protected`: something said protects an address."""
    in_words = bool(shown - {FieldClass.ADMINISTRATIVE})
    people = _people(report, shown)
    by_ref = {person.ref: person for person in people}
    shut = protected or any(one.content is FieldClass.LOCATION for one in withheld)
    need = report.handling.need if in_words else None
    lines = tuple(lines_of(report, shown, by_ref, shut=shut)) if in_words else ()
    return Entry(
        report_id=linked.report_id,
        type=report.TYPE,
        title=title_of(report, lines, need),
        source=linked.source,
        happened=report.happened,
        ended=report.ended,
        recorded=report.recorded,
        received=linked.received,
        facts=tuple(line for line in lines if line.kind not in _NOT_FACTS),
        views=tuple(line for line in lines if line.kind in _VIEWS),
        child_words=tuple(line for line in lines if line.kind in _CHILD),
        people=people,
        place=report.place if FieldClass.LOCATION in shown else None,
        bases=report.bases,
        telling=report.telling if in_words else tuple(_state_alone(told) for told in report.telling),
        marks=linked.marks,
        withheld=withheld,
        certainty=linked.certainty,
        matched_on=linked.matched_on,
        change=report.change.kind,
        reason=report.change.reason if in_words else None,
        need=need,
    )


def with_held_apart(entry: Entry, linked: ReportLinked, review: WordsReviewed | None) -> Entry:
    """The entry with what of it is held apart; what a review released is not held any more."""
    if not linked.to_review:
        return replace(entry, held_apart=linked.held_apart) if linked.held_apart else entry
    if review is None:
        return replace(entry, held_apart=linked.held_apart, words="waits")
    if review.outcome == "kept":
        return replace(entry, held_apart=linked.held_apart, words="kept")
    left = tuple(one for one in linked.held_apart if one is not Compartment.RESTRICTED)
    return replace(entry, held_apart=left)


def with_later_words(
    entry: Entry, shown: frozenset[FieldClass], words: Mapping[told_later.Key, TellingStated]
) -> Entry:
    """The entry with what people at the hub stated later of telling its people; its words only with the entry's own."""
    since = told_later.of_report(entry.report_id, words)
    if not since:
        return entry
    in_words = bool(shown - {FieldClass.ADMINISTRATIVE})
    return replace(entry, told_since=since if in_words else tuple(told_later.state_alone(one) for one in since))


def with_replies(
    entry: Entry, linked: ReportLinked, shown: frozenset[FieldClass], replies: Mapping[UUID, tuple[Reply, ...]]
) -> Entry:
    """The entry with what people said about it; their words only with all that it says itself."""
    if entry.report_id not in replies:
        return entry
    whole = is_whole(linked, shown, entry.held_apart)
    return replace(entry, replies=of_report(replies[entry.report_id], whole=whole))


def _state_alone(told: Told) -> Told:
    """The state of telling and its dates, with none of the words that say why or who."""
    return told.model_copy(update={"reason": None, "decided_by": None, "approved_by": None})


def _people(report: Report, shown: frozenset[FieldClass]) -> tuple[Person, ...]:
    if FieldClass.IDENTITY not in shown:
        return ()
    return report.people if FieldClass.LOCATION in shown else tuple(map(_without_address, report.people))


def _without_address(person: Person) -> Person:
    return person if person.address is None else person.model_copy(update={"address": None})


def is_description(entry: Entry) -> bool:
    """Whether the report says who the person is, and not what happened."""
    return entry.type == PersonDescribed.TYPE


def names_of(subjects: Iterable[Person]) -> tuple[str, ...]:
    """The different names by which agencies know the person, in the order in which they came."""
    names = (
        name.text or " ".join(part for part in (name.given, name.family) if part)
        for one in subjects
        for name in one.names
    )
    return tuple(dict.fromkeys(name for name in names if name))


def nhs_numbers_of(subjects: Iterable[Person]) -> tuple[str, ...]:
    """The different sound NHS numbers by which agencies know the person, in the order in which they came."""
    every = (number for one in subjects for number in one.identifiers)
    return tuple(dict.fromkeys(one.value for one in every if one.scheme is Scheme.NHS_NUMBER and one.may_match))


def in_order(entries: Iterable[tuple[Entry, Report]]) -> tuple[Entry, ...]:
    """The entries by when they happened (unknown last, then by receipt), each later one attached to what it changes.

    A withdrawal may arrive before what it withdraws, so what stands is gathered first.
    """
    pairs = sorted(entries, key=lambda pair: pair[0].received)
    attached: dict[UUID, list[Entry]] = {}
    standing: dict[_Key, tuple[Entry, Report]] = {}
    for entry, report in (pair for pair in pairs if pair[1].change.kind is ChangeKind.NEW):
        first = standing.setdefault(_item(entry, report), (entry, report))[0]
        if first is not entry:
            attached.setdefault(first.report_id, []).append(entry)
    alone: list[Entry] = []
    for entry, report in (pair for pair in pairs if pair[1].change.kind is not ChangeKind.NEW):
        targets = _targets(entry, report, standing, attached)
        for target in targets:
            attached.setdefault(target, []).append(entry)
        if not targets:
            alone.append(entry)
    stood = [_with_later(one, attached.get(one.report_id)) for one, _ in standing.values()]
    return tuple(sorted((*stood, *alone), key=_when))


def _with_later(entry: Entry, later: Iterable[Entry] | None) -> Entry:
    return replace(entry, later=tuple(later)) if later is not None else entry


def _targets(
    entry: Entry, report: Report, standing: Mapping[_Key, tuple[Entry, Report]], attached: Mapping[UUID, list[Entry]]
) -> tuple[UUID, ...]:
    """The entries that this one corrects or withdraws: only ever what its own agency stated."""
    own = [(one, other) for one, other in standing.values() if one.source == entry.source]
    named = [one.report_id for one, _ in own if report.change.of in _ids(one, attached)]
    return tuple(named) or tuple(one.report_id for one, other in own if _is_of(one, other, entry, report))


def _ids(one: Entry, attached: Mapping[UUID, list[Entry]]) -> set[UUID]:
    return {one.report_id, *(later.report_id for later in attached.get(one.report_id, ()))}


def _item(entry: Entry, report: Report) -> _Key:
    """What stays the same when an agency states an item again."""
    record = report.record
    return entry.source, record.system, record.record_id, record.part, report.TYPE


def _is_of(one: Entry, other: Report, change: Entry, by: Report) -> bool:
    """Whether a change that names a record, or a record and all below it, is about this entry."""
    if (one.source, other.record.system) != (change.source, by.record.system):
        return False
    below = OF_ALL_BELOW in by.provenance.notes and other.record.record_id.startswith(f"{by.record.record_id}/")
    return below or other.record.record_id == by.record.record_id


def _when(entry: Entry) -> tuple[datetime, datetime]:
    return (entry.happened.earliest() or _LAST, entry.received)
