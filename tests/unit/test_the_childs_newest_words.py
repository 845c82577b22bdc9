"""Which of a child's own words stand on the first screen: the newest, as recorded, but not where more goes along."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from contracts.compartment import Compartment
from contracts.events.hub import Withheld
from contracts.report import Person
from contracts.vocabulary import ChangeKind, FieldClass, PersonRole, StatementKind
from contracts.when import on_day, unknown_time
from hub.domain.chronology import Entry
from hub.domain.compartments import HANDLING_NOTE
from hub.domain.lines import Line
from hub.domain.snapshot import snapshot
from hub.web.glance import WORDS, gist, last_words, no_words
from tests.support.long_life import TODAY, Said
from tests.support.read_life import chronology_of, entries_of


def spoken(*words: str) -> tuple[Entry, ...]:
    """Entries of one school, a month apart, each with words of the child."""
    return entries_of(tuple(Said("school", date(2026, 1 + at, 5), voice=said) for at, said in enumerate(words)))


def newest(*entries: Entry) -> str:
    return last_words(snapshot(replace(chronology_of(()), entries=entries), TODAY.date()))[1]


def test_the_newest_of_known_day_are_said() -> None:
    first, second = spoken("I like sand", "I hide\n in my room")
    assert newest(first, second) == "I hide in my room"
    undated = replace(second, happened=unknown_time())
    assert newest(first, undated) == "I like sand"
    assert newest(undated) == "I hide in my room"
    to_come = replace(second, happened=on_day(TODAY.date() + timedelta(days=1)))
    assert newest(first, to_come) == "I like sand"
    assert newest(first, replace(second, happened=on_day(TODAY.date()))) == "I hide in my room"


@pytest.mark.parametrize("text", ["word " * 60, "a" * 300, "a" * WORDS + " b"])
def test_many_are_cut_short_and_say_so(text: str) -> None:
    said = newest(*spoken(text))
    assert said.endswith(" …")
    assert len(said) <= WORDS + 2
    assert text.startswith(said.removesuffix(" …"))


@pytest.mark.parametrize("text", ["a" * WORDS, "Yes."])
def test_few_are_said_whole(text: str) -> None:
    assert newest(*spoken(text)) == text


def test_what_was_corrected_since_or_says_how_to_be_handled_is_led_to_and_not_said() -> None:
    (one,) = spoken("I hide in my room")
    corrected = replace(one, change=ChangeKind.CORRECTION)
    assert newest(replace(one, later=(corrected,))) == ""
    note = Line(HANDLING_NOTE, StatementKind.FACT_RECORDED, "Do not tell the parents", None, None)
    assert newest(replace(one, facts=(note,))) == ""
    assert newest(replace(one, withheld=())) == "I hide in my room"
    assert newest(*spoken("I hide \u202emoor ym ni")) == ""


def test_what_was_withdrawn_is_not_among_them() -> None:
    first, second = spoken("I like sand", "I hide in my room")
    taken_back = replace(second, later=(replace(second, change=ChangeKind.RETRACTION),))
    assert newest(first, taken_back) == "I like sand"


def test_words_said_of_a_brother_or_sister_whose_name_is_not_recorded_are_not_the_childs() -> None:
    (one,) = spoken("I hide in my room")
    (line,) = one.child_words
    of_another = replace(line, text="I hit him", about=Person(ref="brother", role=PersonRole.SIBLING))
    assert newest(replace(one, child_words=(of_another, line))) == "I hide in my room"
    assert newest(replace(one, child_words=(of_another,))) == ""
    assert gist(replace(one, child_words=(of_another, line))) == "Child’s words: I hide in my room"
    assert gist(replace(one, child_words=(of_another,))) == "Another’s words: I hit him"


def why_none(entry: Entry, *, own_agency_only: bool = False) -> str:
    shown = replace(chronology_of(()), entries=(entry,), own_agency_only=own_agency_only)
    return no_words(snapshot(shown, TODAY.date()))


def test_that_nobody_sent_any_is_said_only_where_none_may_be_there() -> None:
    (plain,) = entries_of((Said("school", date(2026, 1, 5), "Seen at the gate."),))
    (said,) = spoken("I hide in my room")
    part = Withheld(report_id=plain.report_id, content=FieldClass.CHILD_VOICE, reason="not_needed")
    assert why_none(plain) == ""
    assert why_none(replace(plain, withheld=(part,))) == "Some that were sent are held back"
    assert why_none(replace(plain, later=(replace(plain, withheld=(part,)),))) == "Some that were sent are held back"
    assert why_none(replace(plain, held_apart=(Compartment.RESTRICTED,))) == "Some may be held apart"
    assert why_none(plain, own_agency_only=True).startswith("Your own agency has sent none")
    taken_back = replace(said, later=(replace(said, change=ChangeKind.RETRACTION),))
    assert why_none(taken_back) == "What was sent was withdrawn"
