"""`hub chronology`: a member of staff reads a child's chronology; the decision is on record before a word is opened."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from contracts.identifiers import Identifier
from contracts.strict_json import Json
from contracts.vocabulary import Purpose
from hub.application.read_chronology import read_chronology
from hub.application.sign_in import act_as
from hub.commands import feeds
from hub.commands.one_line import in_json, one_line
from hub.commands.then_follow import then_follow
from hub.domain import clash_words, feed_words, held_words, reply_words, seen_words, words
from hub.domain.chronology import Chronology, Entry, names_of
from hub.domain.feed import Standing
from hub.domain.lines import Line
from hub.domain.moment import day_in_london
from hub.domain.replies import Reply
from hub.domain.requests import replied, waiting
from hub.domain.silence import NOTHING, apart_from
from hub.domain.snapshot import Snapshot, snapshot
from hub.domain.telling_clash import clashes
from hub.settings import Settings
from hub.wiring import Hub, titles

HANDLING = "handling_note"


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks for whose chronology, for what purpose, as known on which day (None: today)."""

    child: Identifier
    staff: str
    purpose: Purpose
    as_known_on: date | None = None


def run(settings: Settings, asking: Asking, *, as_json: bool) -> int:
    """0, with what may be seen printed. Raises AccessRefused, NotEnrolled, StoreUnavailable, Unreadable."""
    hub = Hub(settings)
    with then_follow(hub):
        shown = read(hub, asking)
        if as_json:
            print(in_json(as_object(shown)))
        else:
            for line in lines(shown, day_in_london(hub.clock.now())):
                print(line)
    return 0


def read(hub: Hub, asking: Asking) -> Chronology:
    """The chronology as this reader may see it. Raises AccessRefused, NotEnrolled, StoreUnavailable, Unreadable."""
    actor = act_as(hub.store, asking.staff)
    return read_chronology(hub.reading(), actor, asking.child, asking.purpose, asking.as_known_on)


def as_object(shown: Chronology) -> dict[str, Json]:
    """The chronology as one JSON object."""
    return {
        "person": shown.person_id.hex,
        "names": list(shown.names),
        "born": shown.birth_date.value if shown.birth_date is not None else None,
        "as_known_on": shown.as_known_on.isoformat() if shown.as_known_on is not None else None,
        "decision": str(shown.decision_id),
        "position": shown.position,
        "law": shown.law,
        "own_agency_only": shown.own_agency_only,
        "entries": [_entry(entry) for entry in shown.entries],
        "described": [_entry(entry) for entry in shown.described],
        "telling_disagrees": [
            {"report": str(report_id), "kind": one.kind.value, "ask": list(one.ask)}
            for report_id, every in clashes(shown.entries).items()
            for one in every
        ],
        "in_question": [
            {"report": str(one.report_id), "source": one.source, "why": one.why} for one in shown.in_question
        ],
        "silences": _silences(shown),
        "waiting": [
            {
                "source": one.source,
                "asked": one.asked.isoformat(),
                "due": one.due.isoformat() if one.due else None,
                "needs_more_time": one.more_time is not None,
            }
            for one in waiting(shown.requests)
        ],
        "answered": [
            {"source": one.source, "answer": one.answer, "at": one.at.isoformat()} for one in replied(shown.requests)
        ],
        "connected": [{"source": one.source, "since": one.since.isoformat()} for one in shown.connected],
        "feeds": [feeds.as_object(one) for one in shown.feeds] if shown.feeds is not None else None,
    }


def _silences(shown: Chronology) -> list[Json]:
    """Of whom nothing is shown, and why; of whoever has sent nothing and was asked, whether it replied."""
    asked = {one.source: "answered" for one in replied(shown.requests)}
    asked |= {one.source: "more_time" if one.more_time else "not_replied" for one in waiting(shown.requests)}
    found: list[Json] = []
    for one in shown.silences:
        state = asked.get(one.source, one.kind.value) if one.kind in NOTHING else one.kind.value
        found.append({"source": one.source, "state": state})
    return found


def lines(shown: Chronology, today: date) -> list[str]:
    """The chronology for a terminal: whatever an agency stated stays on its own line and cannot pass for ours."""
    return [one_line(line) for line in _lines(shown, today)]


def _lines(shown: Chronology, today: date) -> list[str]:
    called = titles()
    born = words.when(shown.birth_date) if shown.birth_date is not None else "not stated"
    told = [
        f"{' / '.join(shown.names) or 'Name not shown'}, born {born}. "
        f"This view is on record (no. {shown.position}, decision {shown.decision_id})."
    ]
    if shown.as_known_on is not None:
        told.append(f"As known on {words.day(shown.as_known_on)}: nothing received later is here.")
    if shown.own_agency_only:
        told.append("You are shown your own agency's items only. This is not the whole chronology.")
    of = snapshot(shown, today)
    told += [said for said in (seen_words.longest_said(of), *seen_words.before(of)) if said]
    for entry in shown.entries:
        withdrawn = " (withdrawn by its agency)" if entry.withdrawn else ""
        told.append(f"{words.when(entry.happened)}: {entry.title}{withdrawn}, {called.get(entry.source, entry.source)}")
        told += [f"    {line}" for line in (*_entry_lines(entry, called), *_later_lines(entry, called))]
        told += [f"    {line}" for line in _disagree_lines(entry, of, called)]
    for entry in shown.described:
        told.append(f"  described by {called.get(entry.source, entry.source)}, received {words.moment(entry.received)}")
        told += [f"    report {words.whole_number(one.report_id)}" for one in (entry, *entry.later)]
    for question in shown.in_question:
        told.append(
            f"  IN QUESTION: a report of {called.get(question.source, question.source)}, received "
            f"{words.moment(question.at)}, may be about this child; somebody must look whose it is."
        )
    told += _silence_lines(shown, called)
    told += [f"  {said}" for said in words.before_connected(shown.connected, called)]
    return told + _feed_lines(shown.feeds, called)


def _silence_lines(shown: Chronology, called: Mapping[str, str]) -> list[str]:
    """Of whom nothing is shown, and why; who was asked and has not replied, whatever it sent; what others answered."""
    owed, answered = waiting(shown.requests), replied(shown.requests)
    asked = {*(one.source for one in owed), *(one.source for one in answered)}
    silent = {one.source for one in shown.silences}
    by = words.day(shown.as_known_on) if shown.as_known_on is not None else ""
    nobody = () if shown.requests or shown.own_agency_only else (words.nobody_asked(by),)
    return [
        *(f"  {called.get(one.source, one.source)}: {words.silence(one)}" for one in apart_from(shown.silences, asked)),
        *(f"  {said}" for said in (*nobody, *words.not_replied(owed, called, by))),
        *(f"  {said}" for said in words.answered(answered, silent, called)),
    ]


def _feed_lines(feeds_told: tuple[Standing, ...] | None, called: Mapping[str, str]) -> list[str]:
    """From whom something may not have come, whoever the child is."""
    if feeds_told is None:
        return ["  Whether any agency's feed was silent or had gaps on that day is not worked out here."]
    return [
        f"  MAY BE MISSING, {called.get(one.source, one.source)}: "
        f"{' '.join(feed_words.said(each) for each in one.findings)}"
        f"{' ' + feed_words.last_known(one) if one.last_heard is not None else ''}"
        for one in feeds_told
    ]


def _later_lines(entry: Entry, called: Mapping[str, str]) -> list[str]:
    """What its agency stated of it since, a step further in."""
    told: list[str] = []
    for one in entry.later:
        reason = f". Reason: {one.reason}" if one.reason else ""
        told.append(f"{words.CHANGED[one.change]}, received {words.moment(one.received)}{reason}")
        if one.happened != entry.happened:
            told.append(f"    happened {words.when(one.happened)}")
        told += [f"    {line}" for line in _entry_lines(one, called)]
    return told


def _disagree_lines(entry: Entry, of: Snapshot, titles_of: Mapping[str, str]) -> list[str]:
    """What is stated of telling on the entry, and contradicts itself."""
    called = _called(entry)
    found = of.clashes.get(entry.report_id, ())
    return [f"TELLING DOES NOT AGREE: {clash_words.line(one, called, titles_of)}" for one in found]


def _called(entry: Entry) -> dict[str, str]:
    """Who each label of the entry is: the name, or the role."""
    return {person.ref: " ".join(names_of((person,))[:1]) or words.label(person.role) for person in entry.people}


def _entry_lines(entry: Entry, titles_of: Mapping[str, str]) -> list[str]:
    """One version of an entry: how to handle it first, then its number, all that it states, and what is not shown."""
    title = titles_of.get(entry.source, entry.source)
    told = [f"HOW TO HANDLE THIS: {line.text}" for line in entry.facts if line.field == HANDLING]
    told += [f"report {words.whole_number(entry.report_id)}"]
    facts = tuple(line for line in entry.facts if line.field != HANDLING)
    for label, shown in (("fact", facts), ("view", entry.views), ("child", entry.child_words)):
        told += [f"{label:5} {words.label(line.field)}: {line.text}" for line in shown]
    called = _called(entry)
    told += [f"basis {called.get(one.person, one.person)}: {words.basis(one)}" for one in entry.bases]
    told += [f"confidence {called.get(one.person, one.person)}: {words.confidence(one)}" for one in entry.bases]
    told += [f"told  {called.get(one.person, one.person)}: {words.telling(one)}" for one in entry.telling]
    told += [f"since {called.get(one.label, one.label)}: {words.telling_since(one)}" for one in entry.told_since]
    told += [f"held back: {one.content.value} ({one.reason})" for one in entry.withheld]
    told += [f"{held_words.held(one, title, entry.words)}. {held_words.opens(one)}." for one in entry.held_apart]
    return told + [f"reply {reply_words.line(one, titles_of, entry)}" for one in entry.replies]


def _entry(entry: Entry) -> dict[str, Json]:
    return {
        "report": str(entry.report_id),
        "type": entry.type,
        "title": entry.title,
        "source": entry.source,
        "happened": entry.happened.value,
        "precision": entry.happened.precision.value,
        "recorded": entry.recorded.value,
        "received": entry.received.isoformat(),
        "facts": [_line(line) for line in entry.facts],
        "views": [_line(line) for line in entry.views],
        "child_words": [_line(line) for line in entry.child_words],
        "basis": [one.model_dump(mode="json", exclude_none=True) for one in entry.bases],
        "telling": [one.model_dump(mode="json", exclude_none=True) for one in entry.telling],
        "told_since": [one.model_dump(mode="json", exclude_none=True) for one in entry.told_since],
        "marks": [one.model_dump(mode="json") for one in entry.marks],
        "withheld": [{"content": one.content.value, "reason": one.reason} for one in entry.withheld],
        "held_apart": [one.value for one in entry.held_apart],
        "words": entry.words,
        "replies": [_reply(one) for one in entry.replies],
        "certainty": entry.certainty,
        "change": entry.change.value,
        "withdrawn": entry.withdrawn,
        "later": [_entry(one) for one in entry.later],
    }


def _reply(one: Reply) -> dict[str, Json]:
    stated = one.attached
    return {
        "reply": str(stated.reply_id),
        "whose": stated.whose.value,
        "agency": stated.agency or None,
        "disputes": stated.disputes.value,
        "said_on": stated.said_on.isoformat(),
        "at": stated.at.isoformat(),
        "written_by": stated.actor.subject,
        "words": one.words or None,
        "held": one.held or None,
    }


def _line(line: Line) -> dict[str, Json]:
    return {"field": line.field, "kind": line.kind.value, "text": line.text, "by": line.by}
