"""Which of a child's own words stand on the first screen: the newest, as recorded, but not where more goes along."""

from dataclasses import replace
from datetime import date

import pytest

from contracts.vocabulary import ChangeKind, StatementKind
from contracts.when import unknown_time
from hub.domain.chronology import Entry
from hub.domain.compartments import HANDLING_NOTE
from hub.domain.lines import Line
from hub.domain.snapshot import snapshot
from hub.web.glance import WORDS, last_words
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


def test_what_was_withdrawn_is_not_among_them() -> None:
    first, second = spoken("I like sand", "I hide in my room")
    taken_back = replace(second, later=(replace(second, change=ChangeKind.RETRACTION),))
    assert newest(first, taken_back) == "I like sand"
