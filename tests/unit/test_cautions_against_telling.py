"""Does a caution against telling stay until what it says of that very person is said otherwise?"""

from dataclasses import replace

import pytest

from contracts.event_id import event_id
from contracts.events.telling import TellingStated
from contracts.report import Change, Name, Person, Report, Told
from contracts.vocabulary import ChangeKind, PersonRole, Telling
from hub.domain.chronology import Entry
from hub.domain.telling_clash import ClashKind, clashes, newest
from hub.domain.unsafe_to_tell import cautions
from tests.support.given import a_child, a_concern
from tests.unit.test_telling_that_contradicts import HEALTH, POLICE, shown, stated

SAFETY, TOLD = Telling.NOT_TOLD_SAFETY, Telling.TOLD_AFTER


def an_adult(name: str, role: PersonRole = PersonRole.PARENT_OR_CARER) -> Person:
    """Somebody under the label that the first adult of a report has."""
    return Person(ref="adult1", role=role, names=(Name(text=name),) if name else ())


def a_report(adult: Person, *states: Telling, change: Change | None = None, record: str = "C-1") -> Report:
    base = a_concern(record, None, telling=(), change=change, version=None if change is None else "2")
    telling = tuple(Told(person=adult.ref, state=one) for one in states)
    return base.model_copy(update={"people": (a_child(), adult), "telling": telling})


def corrected(first: Report, adult: Person, *states: Telling, since: tuple[TellingStated, ...] = ()) -> Entry:
    """The entry that the report makes with its correction, which names this adult under the label."""
    change = Change(kind=ChangeKind.CORRECTION, of=event_id(POLICE, first))
    (entry,) = shown(first, a_report(adult, *states, change=change), since=since)
    assert len(entry.later) == 1
    return entry


def untold(entry: Entry) -> tuple[Telling, ...]:
    return tuple(state for one in cautions((entry,)) for state in one.untold)


@pytest.mark.parametrize(
    "other",
    [
        an_adult("Kay Exemplar"),
        an_adult("Erin Exemplar", PersonRole.ADULT_OF_CONCERN),
        an_adult("", PersonRole.ADULT_OF_CONCERN),
    ],
)
def test_a_label_given_to_somebody_else_in_a_correction_takes_no_caution_away(other: Person) -> None:
    first = a_report(an_adult("Erin Exemplar"), SAFETY)
    entry = corrected(first, other, TOLD)
    assert untold(entry) == (SAFETY,)
    assert newest(entry)["adult1"].state is SAFETY


def test_of_the_same_person_the_later_word_stands() -> None:
    entry = corrected(a_report(an_adult("Erin Exemplar"), SAFETY), an_adult("erin exemplar"), TOLD)
    assert untold(entry) == ()
    assert newest(entry)["adult1"].state is TOLD


def test_what_is_stated_since_of_the_first_to_have_the_label_ends_their_caution_alone() -> None:
    first = a_report(an_adult("Erin Exemplar"), SAFETY)
    since = (stated(first, TOLD, "adult1"),)
    assert untold(corrected(first, an_adult("Kay Exemplar"), Telling.NOT_TOLD_PREJUDICE, since=since)) == (
        Telling.NOT_TOLD_PREJUDICE,
    )


def test_a_version_of_which_the_people_are_not_shown_takes_no_caution_away() -> None:
    entry = corrected(a_report(an_adult("Erin Exemplar"), SAFETY), an_adult("Erin Exemplar"), TOLD)
    bare = replace(entry, later=tuple(replace(one, people=()) for one in entry.later))
    assert untold(bare) == (SAFETY,)


@pytest.mark.parametrize("states", [(SAFETY, TOLD), (TOLD, SAFETY)])
def test_where_one_version_says_both_it_is_a_caution(states: tuple[Telling, ...]) -> None:
    (entry,) = shown(a_report(an_adult("Erin Exemplar"), *states))
    assert untold(entry) == (SAFETY,)


def test_a_correction_that_says_the_same_again_takes_no_silence_of_the_hubs_away() -> None:
    first = a_report(an_adult("Erin Exemplar"), Telling.TOLD_AT)
    since = (stated(first, SAFETY, "adult1", days=3),)
    assert untold(corrected(first, an_adult("Erin Exemplar"), Telling.TOLD_AT, since=since)) == (SAFETY,)


def test_that_the_first_to_have_a_label_is_told_elsewhere_is_still_said() -> None:
    entry = corrected(a_report(an_adult("Erin Exemplar"), SAFETY), an_adult("Kay Exemplar"), TOLD)
    (other,) = shown(a_report(an_adult("Erin Exemplar"), Telling.TOLD_AT, record="H-1"), source=HEALTH, days=5)
    found = clashes((entry, other))
    assert {one.kind for every in found.values() for one in every} == {ClashKind.ELSEWHERE}
    assert [one.stated[0].state for one in found[entry.report_id]] == [SAFETY]
