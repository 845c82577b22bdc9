"""When is it known that a child was there though nobody stated it, by what, and what is never taken for a seeing?"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from importlib import resources

import pytest

from agencies.nursery.translate import translate
from contracts.compartment import Compartment
from contracts.events.hub import Withheld
from contracts.events.shared import ConcernRaised, RecordCorrected
from contracts.events.social_care import ConferenceHeld
from contracts.report import Report
from contracts.vocabulary import ChangeKind, FieldClass, PersonRole, Precision, StatementKind
from contracts.when import When, on_day
from hub.domain import seen_words
from hub.domain.chronology import Entry
from hub.domain.lines import Line, lines_of
from hub.domain.seen import How, seen_of, sightings
from hub.domain.snapshot import Snapshot, snapshot
from hub.web import glance
from hub.web.picture.child import seen as ticks
from hub.web.picture.scale import Window, scale
from hub.web.picture.shapes import Glyph
from hub.web.picture.words import sentences
from tests.support.long_life import TODAY, Said, report
from tests.support.read_life import chronology_of, entries_of

DAY = date(2026, 7, 1)
SPOKE = Said("school", DAY, "Played alone near the door.", voice="I hide in my room", first_hand=True)
OBSERVED, FACT = StatementKind.OBSERVATION, StatementKind.FACT_RECORDED


def entry(told: Said = SPOKE) -> Entry:
    """The one entry of it."""
    (found,) = entries_of((told,))
    return found


def measured(of: Entry, change: Callable[[Line], Line] = lambda line: line) -> Entry:
    """The entry without the child's words, with a measurement as a school nurse states it."""
    child = next(one for one in of.people if one.role is PersonRole.CHILD)
    line = Line("health_detail", OBSERVED, "Weight 14.1 kg", "School nurse", child, first_hand=True)
    return replace(of, child_words=(), facts=(*of.facts, change(line)))


def page(*told: Said) -> Snapshot:
    return snapshot(chronology_of(told), TODAY.date())


def lines(report: Report) -> tuple[Line, ...]:
    everybody = {person.ref: person for person in report.people}
    return tuple(lines_of(report, frozenset(FieldClass), everybody, shut=False))


def test_words_said_to_whoever_states_what_was_seen_show_that_somebody_spoke_with_the_child() -> None:
    (found,) = sightings((entry(),))
    assert (found.day, found.how, found.is_stated) == (DAY, How.SPOKEN_WITH, False)
    assert glance.seen_then(entry()) == "spoken with"


def test_a_measurement_of_the_child_by_somebody_named_shows_that_the_child_was_measured() -> None:
    assert [one.how for one in sightings((measured(entry()),))] == [How.MEASURED]
    assert glance.seen_then(measured(entry())) == "measured"


def changed_words(first_hand: bool = False) -> Callable[[Entry], Entry]:
    return lambda one: replace(one, child_words=tuple(replace(each, first_hand=first_hand) for each in one.child_words))


def with_fact(field: str, text: str = "") -> Callable[[Entry], Entry]:
    return lambda one: replace(one, facts=(*one.facts, Line(field, FACT, text, None, None)))


@pytest.mark.parametrize("without", [
    changed_words(),  # words passed on by somebody else, or of whom nobody says who said them
    lambda one: replace(one, facts=()),  # words alone: it may have been on the telephone, or in a letter
    lambda one: replace(one, facts=tuple(replace(each, first_hand=False) for each in one.facts)),  # of somebody else
    lambda one: replace(one, facts=tuple(replace(each, kind=FACT) for each in one.facts)),
    lambda one: replace(one, child_words=()),  # a home, or a parent, may be all that was seen
    lambda one: replace(one, type=ConferenceHeld.TYPE),  # words read out at a meeting
    lambda one: replace(one, happened=When(value="2026-07", precision=Precision.MONTH)),
    with_fact("reported_by", "A neighbour"),
    with_fact("child_not_heard", "Asleep"),
    with_fact("child_seen", "No"),
    lambda one: replace(one, withheld=(Withheld(report_id=one.report_id, content=FieldClass.SOURCE, reason="Held"),)),
    lambda one: replace(one, held_apart=(Compartment.SOURCE,)),
    lambda one: replace(one, later=(replace(one, change=ChangeKind.RETRACTION),)),
    lambda one: replace(one, later=(replace(one, type=RecordCorrected.TYPE, change=ChangeKind.CORRECTION),)),
    lambda one: replace(one, later=(replace(one, child_words=(), change=ChangeKind.CORRECTION),)),
    lambda one: measured(one, lambda line: replace(line, by=None)),
    lambda one: measured(one, lambda line: replace(line, about=None)),
    lambda one: measured(one, lambda line: replace(line, first_hand=False)),
    lambda one: measured(one, lambda line: replace(line, kind=FACT)),
    lambda one: measured(one, lambda line: replace(line, field="what_happened")),
    lambda one: replace(measured(one), type=ConferenceHeld.TYPE),
])  # fmt: skip
def test_what_shows_less_is_no_seeing(without: Callable[[Entry], Entry]) -> None:
    assert sightings((without(entry()),)) == ()


@pytest.mark.parametrize("told", [SPOKE, replace(SPOKE, seen="Yes")], ids=["shown", "stated"])
@pytest.mark.parametrize(
    ("kind", "day"), [(ConcernRaised.TYPE, date(2026, 3, 1)), (RecordCorrected.TYPE, DAY)], ids=["restated", "part"]
)
def test_a_day_that_the_agency_stated_anew_is_the_day_of_the_seeing(told: Said, kind: str, day: date) -> None:
    first = entry(told)
    facts = first.facts if kind == first.type else ()
    again = replace(first, type=kind, facts=facts, happened=on_day(date(2026, 3, 1)), change=ChangeKind.CORRECTION)
    found = sightings((replace(first, later=(again,)),))
    assert [one.day for one in found] == ([day] if kind == first.type or told.seen else [])


def test_of_a_day_that_is_not_known_any_more_nothing_is_counted() -> None:
    first = entry(replace(SPOKE, seen="Yes"))
    again = replace(first, happened=When(value=None, precision=Precision.UNKNOWN), change=ChangeKind.CORRECTION)
    assert sightings((replace(first, later=(again,)),)) == ()


def test_what_is_stated_goes_before_what_is_shown() -> None:
    assert seen_of(with_fact("child_seen", "No")(entry())) == "not_seen"
    both = entries_of((SPOKE, replace(SPOKE, seen="seen alone", what="Talked to alone.")))
    assert [one.how for one in sightings(both)] == [How.ALONE, How.SPOKEN_WITH]


def test_a_nursery_row_with_the_childs_words_is_first_hand_and_one_without_is_no_seeing() -> None:
    """What came in late four times is no seeing; the words are, with what the key worker saw then."""
    rows = resources.files("agencies.nursery").joinpath("samples", "earlier", "made-up-2026-02-history.csv")
    made = [stated.report for one in translate(rows.read_bytes(), rows.name) for stated in one.facts]
    told = [{line.field for line in lines(one) if line.first_hand} for one in made]
    words = [{"what_happened", "child_words"}] * 2
    assert told == [*words, {"what_happened"}, *words]


def test_words_that_a_mother_passed_on_are_not_first_hand() -> None:
    (one,) = (line for line in lines_with(said_by="mother") if line.field == "child_words")
    assert not one.first_hand
    assert [line.first_hand for line in lines_with(said_by="child") if line.field == "child_words"] == [True]


def lines_with(said_by: str) -> tuple[Line, ...]:
    stated = report(1, SPOKE)
    said = tuple(
        one.model_copy(update={"said_by": said_by}) if one.field == "child_words" else one for one in stated.statements
    )
    return lines(stated.model_copy(update={"statements": said}))


def test_picture_and_words_say_by_what_and_never_that_it_was_recorded_as_seen() -> None:
    of = page(SPOKE)
    signs = [one.sign for one in ticks(of, scale(Window.SIX_MONTHS, TODAY.date())) if isinstance(one, Glyph)]
    assert signs == ["met"]
    assert "The first day on which Robin is recorded as spoken with is 1 July 2026." in seen_words.before(of)[0]
    assert glance.last_seen(of) == "Last recorded spoken with 1 Jul 2026"
    told = " ".join(sentences(of, {}))
    assert "0 times somebody recorded seeing Robin. 1 time more it is not stated, and somebody spoke with" in told
    stated = page(replace(SPOKE, seen="Yes"))
    assert (seen_words.as_recorded(stated), seen_words.ways(stated), seen_words.ways(of)) == (
        "seen", "seen", "seen or spoken with",
    )  # fmt: skip
