"""Does what is stated of telling one person contradict itself, and is a later statement told apart from that?"""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid5

import pytest

from contracts.event_id import event_id
from contracts.events.telling import TellingStated
from contracts.report import Change, Name, Person, Report, Told
from contracts.vocabulary import ChangeKind, FieldClass, PersonRole, StatementKind, Telling
from contracts.when import on_day
from hub.domain import clash_words
from hub.domain.chronology import Entry, entry_of, in_order, with_later_words
from hub.domain.compartments import HANDLING_NOTE
from hub.domain.lines import Line
from hub.domain.telling_clash import Clash, ClashKind, cautious, clashes, newest
from tests.support.given import NOW, a_child, a_concern, an_actor
from tests.support.read_life import link_of

POLICE, HEALTH = "urn:childhub:agency:police", "urn:childhub:agency:health"
TITLES = {POLICE: "Hexley Police", HEALTH: "Fenwold Hospitals", "urn:childhub:agency:social-care": "Social Care"}
MOTHER = Person(ref="mother", role=PersonRole.PARENT_OR_CARER, names=(Name(family="Exemplar", given="Erin"),))
BABY = a_child(born=(NOW - timedelta(days=250)).date().isoformat())


def told(state: Telling, person: str = "mother", on: date | None = None) -> Told:
    return Told(person=person, state=state, on=on_day(on) if on is not None else None)


def a_report(*telling: Told, record: str = "C-1", child: Person | None = None, change: Change | None = None) -> Report:
    base = a_concern(record, child, telling=(), change=change, version=None if change is None else "2")
    return base.model_copy(update={"people": (child or a_child(), MOTHER), "telling": telling})


def shown(
    *reports: Report, source: str = POLICE, since: tuple[TellingStated, ...] = (), days: int = 0
) -> tuple[Entry, ...]:
    """The entries that the reports make, each received a day after the one before it."""
    pairs = []
    for number, report in enumerate(reports):
        link = link_of(report, source, event_id(source, report), NOW + timedelta(days=number + days))
        entry = entry_of(report, link, frozenset(FieldClass), (), protected=False)
        words = {(one.report_id, one.label): one for one in since}
        pairs.append((with_later_words(entry, frozenset(FieldClass), words), report))
    return in_order(pairs)


def stated(report: Report, state: Telling, label: str = "mother", days: int = 2) -> TellingStated:
    """What somebody at the hub stated of somebody in a report of the police, some days later."""
    return TellingStated(
        telling_id=uuid5(UUID(int=1), f"{label} {state}"),
        at=NOW + timedelta(days=days),
        person_id=UUID(int=1),
        report_id=event_id(POLICE, report),
        label=label,
        role=PersonRole.PARENT_OR_CARER,
        actor=an_actor(),
        state=state,
        stands=True,
        law="",
        answer=(),
    )


def of(*entries: Entry) -> tuple[Clash, ...]:
    return tuple(clash for every in clashes(entries).values() for clash in every)


def kinds(*entries: Entry) -> list[ClashKind]:
    return [one.kind for one in of(*entries)]


@pytest.mark.parametrize("before", [Telling.NOT_KNOWN, Telling.DUE, Telling.NOT_TOLD_SAFETY, Telling.NOT_CONTACTABLE])
def test_a_telling_stated_later_stands_in_place_of_the_earlier_and_is_no_contradiction(before: Telling) -> None:
    report = a_report(told(before))
    (entry,) = shown(report, since=(stated(report, Telling.TOLD_AFTER),))
    assert of(entry) == ()
    assert newest(entry)["mother"].state is Telling.TOLD_AFTER


@pytest.mark.parametrize("after", [Telling.NOT_TOLD_SAFETY, Telling.DUE, Telling.NOT_TOLD_PREJUDICE])
def test_who_was_told_is_not_untold_by_somebody_else_later(after: Telling) -> None:
    report = a_report(told(Telling.TOLD_AT))
    (entry,) = shown(report, since=(stated(report, after),))
    (clash,) = of(entry)
    assert (clash.kind, [one.state for one in clash.stated]) == (ClashKind.UNTOLD, [Telling.TOLD_AT, after])
    said = clash_words.line(clash, {"mother": "Erin Exemplar"}, TITLES)
    assert "Hexley Police states “Told at the time”" in said
    assert "which is the newest" in said
    assert "Ask Hexley Police and Social Care which is so" in said


def test_an_agency_that_corrects_what_it_said_itself_contradicts_nobody() -> None:
    first = a_report(told(Telling.TOLD_AT))
    of_it = Change(kind=ChangeKind.CORRECTION, of=event_id(POLICE, first))
    (entry,) = shown(first, a_report(told(Telling.NOT_TOLD_SAFETY), change=of_it))
    assert len(entry.later) == 1
    assert of(entry) == ()
    assert newest(entry)["mother"].state is Telling.NOT_TOLD_SAFETY


def test_a_correction_that_says_the_same_again_is_no_news_beside_what_was_stated_since() -> None:
    first = a_report(told(Telling.TOLD_AT))
    again = a_report(told(Telling.TOLD_AT), change=Change(kind=ChangeKind.CORRECTION, of=event_id(POLICE, first)))
    (entry,) = shown(first, again, since=(stated(first, Telling.NOT_TOLD_SAFETY, days=0),))
    assert newest(entry)["mother"].state is Telling.NOT_TOLD_SAFETY


@pytest.mark.parametrize("other", [Telling.NOT_KNOWN, Telling.NOT_TOLD_SAFETY, Telling.DUE])
@pytest.mark.parametrize("first", [True, False])
def test_two_states_of_one_person_in_one_version_contradict_and_not_told_is_gone_by(
    other: Telling, first: bool
) -> None:
    pair = (told(Telling.TOLD_AFTER), told(other))
    (entry,) = shown(a_report(*(pair if first else reversed(pair))))
    (clash,) = of(entry)
    assert (clash.kind, {one.state for one in clash.stated}) == (ClashKind.TWICE, {Telling.TOLD_AFTER, other})
    assert newest(entry)["mother"].state is other
    assert "nothing says which is the later. Ask Hexley Police" in clash_words.line(clash, {}, TITLES)


def test_of_two_states_with_their_days_the_later_stands_and_nothing_contradicts() -> None:
    pair = (told(Telling.TOLD_AFTER, on=date(2026, 9, 20)), told(Telling.DUE, on=date(2026, 9, 15)))
    (entry,) = shown(a_report(*pair))
    assert of(entry) == ()
    assert newest(entry)["mother"].state is Telling.TOLD_AFTER
    assert cautious(pair) == ((pair[0], ()),)


@pytest.mark.parametrize(("days", "young"), [(250, True), (700, True), (740, False), (4 * 365, False)])
def test_a_child_under_two_is_not_told(days: int, young: bool) -> None:
    child = a_child(born=(NOW - timedelta(days=days)).date().isoformat())
    (entry,) = shown(a_report(told(Telling.TOLD_AT, "child"), child=child))
    assert kinds(entry) == ([ClashKind.TOO_YOUNG] if young else [])


def test_how_old_the_baby_was_is_said_and_who_is_to_be_asked() -> None:
    report = a_report(told(Telling.NOT_KNOWN, "child"), child=BABY)
    (entry,) = shown(report, since=(stated(report, Telling.TOLD_AFTER, "child"),))
    (clash,) = of(entry)
    said = clash_words.line(clash, {"child": "Wren Exemplar (child)"}, TITLES)
    assert said.startswith("Wren Exemplar (child): Social Care states “Told afterwards”")
    assert "They were 8 months old then" in said
    assert said.endswith("Ask Social Care who was told.")


def test_a_carer_who_was_told_for_a_baby_contradicts_nothing() -> None:
    (entry,) = shown(a_report(told(Telling.TOLD_AT), told(Telling.NOT_KNOWN, "child"), child=BABY))
    assert of(entry) == ()


@pytest.mark.parametrize("state", [Telling.TOLD_AT, Telling.NOT_KNOWN])
def test_telling_beside_a_note_on_handling_is_said_and_never_judged(state: Telling) -> None:
    note = Line(HANDLING_NOTE, StatementKind.FACT_RECORDED, "Do not approach the parents", None, None)
    (entry,) = (replace(one, facts=(*one.facts, note)) for one in shown(a_report(told(state))))
    assert kinds(entry) == ([ClashKind.HANDLING] if state is Telling.TOLD_AT else [])
    if state is Telling.TOLD_AT:
        said = clash_words.line(of(entry)[0], {"mother": "Erin"}, TITLES)
        assert said.startswith("This entry has a note on how to handle it, and says too that somebody was told.")
        assert "Erin: Hexley Police states “Told at the time”" in said


@pytest.mark.parametrize(("days", "found"), [(5, 2), (-5, 0)])
def test_told_of_another_entry_since_a_silence_began_is_said_on_both(days: int, found: int) -> None:
    (silent,) = shown(a_report(told(Telling.NOT_TOLD_SAFETY)))
    (open_to_her,) = shown(a_report(told(Telling.TOLD_AT), record="H-1"), source=HEALTH, days=days)
    by_entry = clashes((silent, open_to_her))
    assert len(by_entry) == found
    assert kinds(silent, open_to_her) == [ClashKind.ELSEWHERE] * found
    if found:
        (clash,) = by_entry[silent.report_id]
        assert clash.ask == (POLICE, HEALTH)
        assert "Of somebody of the same name, another entry (" in clash_words.line(clash, {}, TITLES)


def test_two_people_of_one_entry_of_whom_one_is_told_contradict_nothing() -> None:
    father = Person(ref="father", role=PersonRole.ADULT_OF_CONCERN, names=(Name(text="K"),))
    report = a_report(told(Telling.TOLD_AT), told(Telling.NOT_TOLD_SAFETY, "father"))
    (entry,) = shown(report.model_copy(update={"people": (*report.people, father)}))
    assert of(entry) == ()
