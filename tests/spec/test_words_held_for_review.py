"""Do words that may tell where a protected child is wait for somebody to look, and are the others read at once?"""

from pathlib import Path
from uuid import UUID

import pytest

from contracts.compartment import Compartment
from contracts.events.compartment import CompartmentAsked, OpeningReason, WordsReviewed
from contracts.events.hub import Actor, ReportLinked
from contracts.identifiers import parse_identifier
from contracts.report import Place
from contracts.vocabulary import Purpose, SensitivityTag, StaffRole
from hub.adapters.fact_codes import REPORT
from hub.adapters.sealing_mapper import Place as RowPlace
from hub.adapters.sealing_mapper import Stored
from hub.application.open_apart import OpeningApart
from hub.application.ports import Stream
from hub.application.read_chronology import read_chronology
from hub.application.review_words import review_words
from hub.domain.chronology import Entry
from hub.domain.compartment_access import Wanted
from hub.domain.errors import AccessRefused
from hub.domain.whereabouts import may_tell_where
from tests.support.at_the_door import AtTheDoor
from tests.support.given import ROBIN, a_child, a_concern, an_actor
from tests.support.small_hub import SmallHub
from tests.support.unlisted import BY_A_TEST, unlisted

CHILD = parse_identifier(f"nhs:{ROBIN}")
HIDDEN = (SensitivityTag.ADDRESS_PROTECTED,)
SAFE = Place(text="12 Canary Refuge Road, Leeds", postcode="LS1 4AP")
FLED = a_child().model_copy(update={"address": SAFE})
MOVED = "She is staying with her aunt beyond the river"
PLAIN = "Seen crying at the gate"


@pytest.fixture
def hub(tmp_path: Path) -> SmallHub:
    """Robin's address is protected; then an agency that does not know writes of Robin."""
    made = SmallHub(tmp_path)
    made.receive(a_concern(tags=HIDDEN, child=FLED))
    return made


def person(hub: SmallHub) -> UUID:
    (found,) = hub.index.people_with("nhs", ROBIN)
    return found


def link(hub: SmallHub) -> ReportLinked:
    return hub.store.read_history(person(hub)).linked()[-1]


def open_to_the_hub(hub: SmallHub) -> str:
    history = hub.store.read_history(person(hub))
    one, stream = history.sealed[-1], hub.store.stream_id(Stream.history(history.person_id))
    row = Stored(RowPlace(stream, one.version, REPORT), one.state, one.position)
    return unlisted(hub.keyring).open_content(BY_A_TEST, (row,))[0].decode(errors="replace")


def newest(hub: SmallHub) -> Entry:
    found = read_chronology(hub.reading(), an_actor(), CHILD, Purpose.SECTION_47).entries
    return next(one for one in found if one.report_id == link(hub).report_id)


def texts(entry: Entry) -> list[str]:
    return [line.text for line in entry.facts]


def wanted(hub: SmallHub, actor: Actor | None = None, name: Compartment = Compartment.RESTRICTED) -> Wanted:
    who = actor or an_actor()
    return Wanted(who, Purpose.SECTION_47, link(hub).report_id, name, hub.clock.now(), OpeningReason.REVIEW)


def opening(hub: SmallHub) -> OpeningApart:
    return OpeningApart(hub.reading(), hub.store, AtTheDoor(hub))


TELLING = (
    MOVED,
    "moved last week to the north",
    "Now at 4 Elm Road with her mother",
    "Dropped off near Elm Close",
    "Mother can be reached on 01632 960123",
    "They are at ZE1 0AA",
    "The refuge called about her breakfast",
    "Starts at a new school on Monday",
)


@pytest.mark.parametrize("words", TELLING)
def test_words_that_may_tell_where_a_protected_child_is_wait(hub: SmallHub, words: str) -> None:
    hub.receive(a_concern("H-1", words=words, said=PLAIN), hub.health)
    assert (link(hub).held_apart, link(hub).to_review) == ((Compartment.RESTRICTED,), True)
    assert words not in open_to_the_hub(hub)
    shown = newest(hub)
    assert shown.words == "waits"
    assert words not in repr(shown)
    assert [line.text for line in shown.child_words] == [PLAIN]


@pytest.mark.parametrize("words", [PLAIN, "Bruise on the left arm, 3 cm", "Left alone overnight", "He shouts at her"])
def test_other_words_of_the_child_are_read_at_once(hub: SmallHub, words: str) -> None:
    hub.receive(a_concern("H-1", words=words), hub.health)
    assert (link(hub).held_apart, link(hub).to_review) == ((), False)
    assert texts(newest(hub)) == [words]


def test_of_a_child_whom_nothing_protects_no_words_wait(tmp_path: Path) -> None:
    hub = SmallHub(tmp_path)
    hub.receive(a_concern("H-1", words=MOVED), hub.health)
    assert link(hub).to_review is False
    assert texts(newest(hub)) == [MOVED]


def test_released_words_stand_with_their_report_and_who_released_them_is_on_record(hub: SmallHub) -> None:
    hub.receive(a_concern("H-1", words=MOVED), hub.health)
    review = review_words(opening(hub), CHILD, wanted(hub), "released")
    shown = newest(hub)
    assert (texts(shown), shown.held_apart, shown.words) == ([MOVED], (), "")
    kept = [one for one in hub.store.read_history(person(hub)).facts if isinstance(one, WordsReviewed)]
    assert kept == [review]
    looks = hub.store.read_stream(Stream.access(person(hub)))
    (opened,) = (one for one in looks if isinstance(one, CompartmentAsked))
    assert (opened.decision_id, opened.owner) == (review.decision_id, hub.health.source)
    assert opened.why is OpeningReason.REVIEW


def test_kept_words_stay_where_they_are_and_can_be_looked_at_again(hub: SmallHub) -> None:
    hub.receive(a_concern("H-1", words=MOVED), hub.health)
    review_words(opening(hub), CHILD, wanted(hub), "kept")
    shown = newest(hub)
    assert (texts(shown), shown.held_apart, shown.words) == ([], (Compartment.RESTRICTED,), "kept")
    assert MOVED not in repr(hub.store.read_history(person(hub)).facts)
    review_words(opening(hub), CHILD, wanted(hub), "released")
    assert texts(newest(hub)) == [MOVED]


def test_released_words_that_name_a_place_protected_since_are_taken_out_again(hub: SmallHub) -> None:
    hub.receive(a_concern("H-1", words="Now staying at 8 Other Lane, BD1 1AA"), hub.health)
    report_id = link(hub).report_id
    review_words(opening(hub), CHILD, wanted(hub), "released")
    there = a_child().model_copy(update={"address": Place(text="8 Other Lane", postcode="BD1 1AA")})
    hub.receive(a_concern("C-9", there, tags=HIDDEN))
    shown = read_chronology(hub.reading(), an_actor(), CHILD, Purpose.SECTION_47).entries
    assert "Other Lane" not in repr(next(one for one in shown if one.report_id == report_id))


@pytest.mark.parametrize("who", ["role", "nothing waits", "compartment"])
def test_nobody_else_reviews_and_only_what_waits(hub: SmallHub, who: str) -> None:
    hub.receive(a_concern("H-1", words=PLAIN if who == "nothing waits" else MOVED), hub.health)
    actor = an_actor(role=StaffRole.MASH_RESEARCHER) if who == "role" else an_actor()
    name = Compartment.REFUGE if who == "compartment" else Compartment.RESTRICTED
    with pytest.raises(AccessRefused):
        review_words(opening(hub), CHILD, wanted(hub, actor, name), "released")
    assert not [one for one in hub.store.read_history(person(hub)).facts if isinstance(one, WordsReviewed)]


def test_what_is_caught_is_what_may_lead_to_a_door() -> None:
    assert [words for words in TELLING if not may_tell_where(words)] == []
