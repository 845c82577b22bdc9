"""Every wrong match can be undone by two people; both chronologies come right, and everybody who saw it is known."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from contracts.event_id import event_id
from contracts.events.hub import AccessDecided, ReportUnlinked
from contracts.identifiers import Identifier, Scheme, identifier, parse_identifier
from contracts.vocabulary import AgencyKind, Purpose, StaffRole
from hub.application.move_report import Move, Moved, Moving, move_report
from hub.application.ports import Store
from hub.application.read_chronology import read_chronology
from hub.domain.errors import AccessRefused, Conflict
from hub.domain.wrong_match import MoveRefused
from tests.support.given import NOW, ROBIN, a_child, a_concern, an_actor
from tests.support.small_hub import SmallHub
from tests.support.watched_store import WatchedStore

MASH = an_actor()
STEWARD = an_actor("steward")
SECOND = an_actor("second steward")
HEALTH_READER = an_actor("nurse", "health", AgencyKind.NHS, StaffRole.PRACTITIONER)
POLICE_READER = an_actor("pc1", "police", AgencyKind.POLICE, StaffRole.PRACTITIONER)


@pytest.fixture
def hub(tmp_path: Path) -> SmallHub:
    return SmallHub(tmp_path)


def words(hub: SmallHub, child: Identifier) -> list[str]:
    shown = read_chronology(hub.reading(), MASH, child, Purpose.SECTION_47)
    return [line.text for entry in shown.entries for line in entry.facts]


def robin(hub: SmallHub) -> UUID:
    (person_id,) = hub.index.people_with("nhs", ROBIN)
    return person_id


WRONG = a_concern("C-9", words="about somebody else, with Robin's number by mistake")


def undo(hub: SmallHub, second: str = "second steward") -> Moved:
    moving = Moving(hub.store, hub.index, hub.clock, hub.deciding())
    report_id = event_id(hub.police.source, WRONG)
    approved = an_actor(second)
    return move_report(moving, Move(report_id, robin(hub), None, STEWARD, approved, "another child, seen and named"))


def test_both_chronologies_come_right(hub: SmallHub) -> None:
    hub.receive(a_concern("C-1", words="truly about Robin"))
    hub.receive(WRONG)
    moved = undo(hub)
    assert words(hub, parse_identifier(f"nhs:{ROBIN}")) == ["truly about Robin"]
    assert words(hub, identifier(Scheme.HUB, moved.person_id.hex)) == [WRONG.statements[0].value]


def test_everybody_who_saw_it_is_named_and_nobody_else(hub: SmallHub) -> None:
    hub.receive(a_concern("C-1"))
    hub.receive(a_concern("H-1"), hub.health)
    child = parse_identifier(f"nhs:{ROBIN}")
    read_chronology(hub.reading(), an_actor("looked before it came"), child, Purpose.SECTION_47)
    hub.clock.forward(timedelta(days=2))
    hub.receive(WRONG)
    hub.clock.forward(timedelta(minutes=5))
    read_chronology(hub.reading(), an_actor("saw it"), child, Purpose.SECTION_47)
    read_chronology(hub.reading(), POLICE_READER, child, Purpose.SECTION_47)
    read_chronology(hub.reading(), HEALTH_READER, child, Purpose.SECTION_47)
    read_chronology(hub.reading(), an_actor("looked at the past"), child, Purpose.SECTION_47, NOW.date())
    stranger = an_actor("was refused", "school", AgencyKind.ACADEMY, StaffRole.PRACTITIONER)
    with pytest.raises(AccessRefused):
        read_chronology(hub.reading(), stranger, child, Purpose.SECTION_47)
    assert [seen.subject for seen in undo(hub).seen_by] == ["saw it", "pc1"]


def test_one_person_alone_cannot_undo_a_match(hub: SmallHub) -> None:
    hub.receive(WRONG)
    with pytest.raises(MoveRefused):
        undo(hub, second="steward")
    assert len(hub.store.read_history(robin(hub)).standing()) == 1


def test_what_was_moved_is_never_joined_again_when_it_is_sent_again(hub: SmallHub) -> None:
    hub.receive(a_concern("C-1", a_child(family="Exemplar")))
    hub.receive(WRONG)
    moved = undo(hub)
    assert hub.receive(WRONG).outcome == "duplicate"
    assert len(hub.store.read_history(robin(hub)).standing()) == 1
    assert len(hub.store.read_history(moved.person_id).standing()) == 1


def test_nothing_is_erased_and_the_move_is_on_record(hub: SmallHub) -> None:
    hub.receive(WRONG)
    before = hub.store.read_history(robin(hub)).version
    undo(hub)
    after = hub.store.read_history(robin(hub))
    assert after.version == before + 1
    assert after.moved_away() == {event_id(hub.police.source, WRONG)}
    assert [one.operation.value for one in hub.store.read_access(robin(hub))] == ["alteration"]


def test_a_report_that_is_not_there_cannot_be_moved(hub: SmallHub) -> None:
    hub.receive(a_concern("C-1"))
    with pytest.raises(MoveRefused):
        undo(hub)


def test_a_report_moved_there_and_back_stands_where_it_began(hub: SmallHub) -> None:
    hub.receive(a_concern("C-1", words="truly about Robin"))
    hub.receive(WRONG)
    moved = undo(hub)
    moving = Moving(hub.store, hub.index, hub.clock, hub.deciding())
    report_id = event_id(hub.police.source, WRONG)
    hub.clock.forward(timedelta(hours=1))
    move_report(moving, Move(report_id, moved.person_id, robin(hub), STEWARD, SECOND, "it was Robin after all"))
    assert sorted(words(hub, parse_identifier(f"nhs:{ROBIN}"))) == sorted(
        ["truly about Robin", str(WRONG.statements[0].value)]
    )
    assert hub.store.read_history(moved.person_id).standing() == ()


def test_a_report_is_not_moved_to_where_it_is(hub: SmallHub) -> None:
    hub.receive(WRONG)
    moving = Moving(hub.store, hub.index, hub.clock, hub.deciding())
    move = Move(event_id(hub.police.source, WRONG), robin(hub), robin(hub), STEWARD, SECOND, "no reason")
    with pytest.raises(MoveRefused):
        move_report(moving, move)
    assert len(hub.store.read_history(robin(hub)).standing()) == 1


class Meanwhile(WatchedStore):
    """A store in which something is done between what a move is decided on and what it keeps."""

    def __init__(self, store: Store, other: Callable[[], object]) -> None:
        super().__init__(store)
        self._other: Callable[[], object] | None = other

    def read_access(self, person_id: UUID) -> tuple[AccessDecided, ...]:
        """See ports.Store."""
        other, self._other = self._other, None
        if other is not None:
            other()
        return super().read_access(person_id)


def test_of_two_moves_of_one_report_in_one_moment_one_is_refused(hub: SmallHub) -> None:
    hub.receive(WRONG)
    report_id = event_id(hub.police.source, WRONG)
    store = Meanwhile(hub.store, lambda: undo(hub))
    move = Move(report_id, robin(hub), None, STEWARD, SECOND, "another child, seen and named")
    with pytest.raises(Conflict):
        move_report(Moving(store, hub.index, hub.clock, hub.deciding()), move)
    assert hub.store.read_history(robin(hub)).standing() == ()
    assert len([one for one in hub.store.read_history(robin(hub)).facts if isinstance(one, ReportUnlinked)]) == 1


def test_a_look_at_a_day_before_the_move_shows_what_was_seen_then(hub: SmallHub) -> None:
    hub.receive(WRONG)
    hub.clock.forward(timedelta(days=3))
    moved = undo(hub)
    child = parse_identifier(f"nhs:{ROBIN}")
    then = read_chronology(hub.reading(), MASH, child, Purpose.SECTION_47, NOW.date())
    assert len(then.entries) == 1
    other = identifier(Scheme.HUB, moved.person_id.hex)
    assert read_chronology(hub.reading(), MASH, other, Purpose.SECTION_47, NOW.date()).entries == ()
    assert len(read_chronology(hub.reading(), MASH, other, Purpose.SECTION_47).entries) == 1


def test_the_next_report_with_the_same_evidence_goes_where_people_decided(hub: SmallHub) -> None:
    hub.receive(a_concern("C-1"))
    doubtful = a_child(family="Typo", given="Wrong", born="2022-05-12")
    hub.receive(a_concern("C-2", doubtful))
    (question,) = hub.store.read_history(robin(hub)).in_question()
    moving = Moving(hub.store, hub.index, hub.clock, hub.deciding())
    move_report(moving, Move(question.report_id, question.person_id, robin(hub), STEWARD, SECOND, "it is Robin"))
    for number in range(3, 9):
        hub.receive(a_concern(f"C-{number}", doubtful))
    assert len(hub.store.read_history(robin(hub)).standing()) == 8
    assert hub.store.read_history(robin(hub)).in_question() == ()
