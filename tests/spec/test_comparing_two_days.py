"""What came to be known of a child between two days, as one look that is on record before anything is opened."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from contracts.event_id import event_id
from contracts.events.hub import Actor
from contracts.identifiers import parse_identifier
from contracts.report import Change, Place
from contracts.vocabulary import AgencyKind, ChangeKind, Precision, Purpose, SensitivityTag, StaffRole
from contracts.when import When, at_moment, on_day
from hub.application.compare_days import compare_days
from hub.application.move_report import Move, Moving, move_report
from hub.domain.chronology import Entry
from hub.domain.errors import AccessRefused, StoreUnavailable
from hub.domain.two_days import Compared
from tests.support.given import NOW, ROBIN, a_child, a_concern, an_actor
from tests.support.small_hub import SmallHub
from tests.support.watched_store import FailingStore, WatchedStore

CHILD = parse_identifier(f"nhs:{ROBIN}")
MASH = an_actor()
STRANGER = an_actor("sam", "school", AgencyKind.ACADEMY, StaffRole.PRACTITIONER)
OFFICER = an_actor("pc1", "police", AgencyKind.POLICE, StaffRole.PRACTITIONER)
IG = an_actor("ivy", role=StaffRole.IG_OFFICER)
FIRST = NOW.date()


@pytest.fixture
def hub(tmp_path: Path) -> SmallHub:
    return SmallHub(tmp_path)


def compared(
    hub: SmallHub, actor: Actor = MASH, second: date | None = None, purpose: Purpose = Purpose.SECTION_47
) -> Compared:
    return compare_days(hub.reading(), actor, CHILD, purpose, (FIRST, second))


def words(entries: tuple[Entry, ...]) -> list[str]:
    return [line.text for entry in entries for line in entry.facts]


def days_later(hub: SmallHub, days: int = 2) -> None:
    hub.clock.forward(timedelta(days=days))


def test_what_came_between_is_added_and_what_was_there_is_the_same(hub: SmallHub) -> None:
    hub.receive(a_concern("C-1", words="known on the first day"))
    days_later(hub)
    hub.receive(a_concern("H-1", words="came between"), hub.health)
    found = compared(hub)
    assert (words(found.added), found.changed, found.withdrawn, found.unchanged) == (["came between"], (), (), 1)


def test_what_came_after_the_second_day_is_not_there(hub: SmallHub) -> None:
    hub.receive(a_concern("C-1"))
    days_later(hub)
    second = hub.clock.now().date()
    hub.receive(a_concern("H-1", words="by the second day"), hub.health)
    days_later(hub)
    hub.receive(a_concern("H-2", words="CANARY"), hub.health)
    found = compared(hub, second=second)
    assert words(found.added) == ["by the second day"]
    assert "CANARY" not in repr(found)
    assert found.second == second


def test_two_days_between_which_nothing_came_say_so(hub: SmallHub) -> None:
    hub.receive(a_concern())
    days_later(hub)
    found = compared(hub)
    assert (found.is_same, found.unchanged) == (True, 1)


def test_a_correction_shows_what_was_said_then_and_what_is_said_now(hub: SmallHub) -> None:
    first = a_concern("C-1", words="a burn on the left hand", said="I fell")
    hub.receive(first)
    days_later(hub)
    change = Change(kind=ChangeKind.CORRECTION, of=event_id(hub.police.source, first), reason="the other hand")
    hub.receive(a_concern("C-1", words="a burn on the right hand", said="I fell", change=change, version="2"))
    (one,) = compared(hub).changed
    assert [line.text for line in one.gone] == ["a burn on the left hand"]
    assert [line.text for line in one.come] == ["a burn on the right hand"]
    assert (one.after.reason, one.backwards) == ("the other hand", False)


def test_of_two_corrections_only_the_one_between_the_days_counts(hub: SmallHub) -> None:
    first = a_concern("C-1", words="as first said")
    hub.receive(first)
    of = event_id(hub.police.source, first)
    for words_then, days in (("corrected by the first day", 0), ("corrected between", 2)):
        hub.clock.forward(timedelta(days=days, minutes=1))
        change = Change(kind=ChangeKind.CORRECTION, of=of, reason="again")
        hub.receive(a_concern("C-1", words=words_then, change=change, version=words_then))
    (one,) = compared(hub).changed
    assert [line.text for line in one.gone] == ["corrected by the first day"]
    assert [line.text for line in one.come] == ["corrected between"]


def test_an_older_version_that_comes_late_changes_nothing_that_was_known(hub: SmallHub) -> None:
    first = a_concern("C-1", words="as first said")
    change = Change(kind=ChangeKind.CORRECTION, of=event_id(hub.police.source, first), reason="put right")
    hub.receive(a_concern("C-1", words="put right", change=change, version="2"))
    days_later(hub)
    hub.receive(first)
    found = compared(hub)
    assert words(found.added) == []
    assert len(found.changed) == 1


def test_what_was_withdrawn_between_is_named_as_withdrawn(hub: SmallHub) -> None:
    first = a_concern("C-1", words="said in error")
    hub.receive(first)
    days_later(hub)
    change = Change(kind=ChangeKind.RETRACTION, of=event_id(hub.police.source, first), reason="entered in error")
    hub.receive(a_concern("C-1r", words="withdrawn", change=change))
    found = compared(hub)
    assert words(found.withdrawn) == ["said in error"]
    assert (found.added, found.changed) == ((), ())


def test_what_came_and_was_withdrawn_between_is_added_and_says_that_it_was_withdrawn(hub: SmallHub) -> None:
    hub.receive(a_concern("C-0"))
    days_later(hub)
    first = a_concern("C-1", words="said in error")
    hub.receive(first)
    hub.clock.forward(timedelta(minutes=5))
    change = Change(kind=ChangeKind.RETRACTION, of=event_id(hub.police.source, first), reason="entered in error")
    hub.receive(a_concern("C-1r", words="withdrawn", change=change))
    (one,) = compared(hub).added
    assert one.withdrawn


@pytest.mark.parametrize(
    ("happened", "had"),
    [
        (on_day(FIRST), 1),
        (on_day(FIRST + timedelta(days=1)), 0),
        (at_moment(NOW - timedelta(days=3)), 1),
        (When(value=f"{FIRST:%Y-%m}", precision=Precision.MONTH), 0),
        (When(value=f"{FIRST.year - 1}", precision=Precision.YEAR), 1),
        (When(value=None, precision=Precision.UNKNOWN), 0),
    ],
)
def test_of_what_was_added_it_counts_what_had_surely_happened_by_the_first_day(
    hub: SmallHub, happened: When, had: int
) -> None:
    hub.receive(a_concern("C-0"))
    days_later(hub)
    hub.receive(a_concern("H-1", happened=happened), hub.health)
    assert compared(hub).had_happened == had


def test_what_was_found_to_be_about_another_child_is_counted_and_not_shown(hub: SmallHub) -> None:
    wrong = a_concern("C-9", words="CANARY")
    shut = wrong.handling.model_copy(update={"not_to_be_seen_by": ("urn:childhub:agency:housing",)})
    wrong = wrong.model_copy(update={"handling": shut})
    hub.receive(a_concern("C-1"))
    hub.receive(a_concern("H-1"), hub.health)
    hub.receive(wrong)
    days_later(hub)
    (robin,) = hub.index.people_with("nhs", ROBIN)
    steward, second = an_actor("steward"), an_actor("second steward")
    moving = Moving(hub.store, hub.index, hub.clock, hub.deciding())
    move_report(moving, Move(event_id(hub.police.source, wrong), robin, None, steward, second, "another child"))
    found = compared(hub)
    assert (found.elsewhere, found.is_same) == (1, False)
    assert "CANARY" not in repr(found)
    health = an_actor("nurse", "health", AgencyKind.NHS, StaffRole.PRACTITIONER)
    assert compared(hub, health).elsewhere == 0, "a practitioner learns nothing of other agencies' reports"
    assert compared(hub, an_actor("hal", "housing")).elsewhere == 0, "nor whose agency must not see it"


def test_a_practitioner_is_told_of_their_own_agencys_reports_alone(hub: SmallHub) -> None:
    hub.receive(a_concern("C-1"))
    days_later(hub)
    hub.receive(a_concern("C-2", words="from the police"))
    hub.receive(a_concern("H-1", words="CANARY"), hub.health)
    found = compared(hub, OFFICER)
    assert words(found.added) == ["from the police"]
    assert "CANARY" not in repr(found)
    assert found.shown.own_agency_only


def test_it_is_one_look_on_record_before_anything_is_opened(hub: SmallHub) -> None:
    hub.receive(a_concern())
    days_later(hub)
    store = WatchedStore(hub.store)
    second = hub.clock.now().date()
    found = compare_days(hub.reading(store), MASH, CHILD, Purpose.SECTION_47, (FIRST, second))
    assert store.calls.index("keep") < store.calls.index("open_reports")
    (decision,) = hub.store.read_access(found.shown.person_id)
    assert (decision.what, decision.effect, decision.as_known_on) == ("chronology", "permitted", second)
    assert decision.decision_id == found.shown.decision_id


def test_nothing_is_shown_that_cannot_be_put_on_record(hub: SmallHub) -> None:
    hub.receive(a_concern())
    days_later(hub)
    with pytest.raises(StoreUnavailable):
        compare_days(hub.reading(FailingStore(hub.store)), MASH, CHILD, Purpose.SECTION_47, (FIRST, None))


def test_whoever_may_not_read_the_child_may_not_compare_either_and_it_is_on_record(hub: SmallHub) -> None:
    hub.receive(a_concern())
    days_later(hub)
    with pytest.raises(AccessRefused):
        compared(hub, STRANGER)
    with pytest.raises(AccessRefused):
        compare_days(hub.reading(), STRANGER, parse_identifier("nhs:9990001375"), Purpose.SECTION_47, (FIRST, None))
    (person_id,) = hub.index.people_with("nhs", ROBIN)
    (decision,) = hub.store.read_access(person_id)
    assert (decision.effect, decision.actor.subject) == ("refused", "sam")


def test_whoever_checks_access_reads_no_words_of_either_day(hub: SmallHub) -> None:
    first = a_concern("C-1", words="CANARY one")
    hub.receive(first)
    days_later(hub)
    change = Change(kind=ChangeKind.CORRECTION, of=event_id(hub.police.source, first), reason="CANARY two")
    hub.receive(a_concern("C-1", words="CANARY three", change=change, version="2"))
    assert "CANARY" not in repr(compared(hub, IG, purpose=Purpose.AUDIT))


def test_a_danger_known_only_later_shields_the_address_on_either_day(hub: SmallHub) -> None:
    at_home = a_child().model_copy(update={"address": Place(text="14 Tarn Court")})
    hub.receive(a_concern("C-0"))
    days_later(hub)
    second = hub.clock.now().date()
    hub.receive(a_concern("C-1", at_home))
    assert compared(hub, second=second).added[0].people[0].address is not None
    days_later(hub)
    hub.receive(a_concern("C-2", tags=(SensitivityTag.ADDRESS_PROTECTED,)))
    assert compared(hub, second=second).added[0].people[0].address is None
