"""Whoever administers the database, on either engine, can neither cut a report out unseen nor turn a child's index."""

from pathlib import Path

import pytest

from contracts.events.hub import ReportLinked, ReportUnlinked
from hub.application.move_report import Move, Moving, move_report
from hub.application.ports import Stream
from hub.domain.errors import Unreadable
from tests.support.engines import Engine
from tests.support.given import ROBIN, WREN, a_child, a_concern, an_actor
from tests.support.small_hub import SmallHub


@pytest.fixture
def hub(tmp_path: Path, engine: Engine) -> SmallHub:
    found = SmallHub(tmp_path, recorder=engine.recorder())
    found.receive(a_concern("C-1", words="an old bruise"))
    return found


def cut(hub: SmallHub, engine: Engine, nhs: str, rows: int) -> None:
    """Take the newest rows of a child's history."""
    (person_id,) = hub.index.people_with("nhs", nhs)
    for position in hub.store.positions(Stream.history(person_id))[-rows:]:
        engine.delete(position)


def standing(hub: SmallHub, nhs: str) -> int:
    (person_id,) = hub.index.people_with("nhs", nhs)
    return len(hub.store.read_history(person_id).standing())


def test_a_report_that_was_cut_out_is_taken_in_again_with_an_alarm(hub: SmallHub, engine: Engine) -> None:
    newest = a_concern("C-2", words="a new bruise")
    assert hub.receive(newest).outcome == "accepted"
    cut(hub, engine, ROBIN, 2)
    assert standing(hub, ROBIN) == 1
    again = hub.receive(newest)
    assert again.outcome == "accepted"
    assert "earlier_copy_gone" in [mark.code for mark in again.marks]
    assert standing(hub, ROBIN) == 2
    assert hub.receive(newest).outcome == "duplicate"
    assert standing(hub, ROBIN) == 2


def test_a_report_without_the_hubs_link_to_it_is_taken_in_again(hub: SmallHub, engine: Engine) -> None:
    newest = a_concern("C-2", words="a new bruise")
    hub.receive(newest)
    cut(hub, engine, ROBIN, 1)
    assert hub.receive(newest).outcome == "accepted"


def test_a_childs_only_report_that_was_cut_out_is_taken_in_again(hub: SmallHub, engine: Engine) -> None:
    cut(hub, engine, ROBIN, 2)
    again = hub.receive(a_concern("C-1", words="an old bruise"))
    assert (again.outcome, standing(hub, ROBIN)) == ("accepted", 1)


def test_a_report_that_is_there_is_a_duplicate_wherever_it_was_moved(hub: SmallHub) -> None:
    moved = a_concern("C-1", words="an old bruise")
    hub.receive(a_concern("W-1", a_child(WREN, given="Wren", family="Wren", born="2020-01-01")))
    (robin,), (wren,) = hub.index.people_with("nhs", ROBIN), hub.index.people_with("nhs", WREN)
    (link,) = hub.store.read_history(robin).standing()
    move = Move(link.report_id, robin, wren, an_actor("a"), an_actor("b"), "entered under the wrong child")
    move_report(Moving(hub.store, hub.index, hub.clock, hub.deciding()), move)
    receipt = hub.receive(moved)
    assert (receipt.outcome, receipt.marks) == ("duplicate", hub.receive(moved).marks)


def test_a_moved_report_that_was_cut_out_where_it_stands_is_taken_in_again(hub: SmallHub, engine: Engine) -> None:
    hub.receive(a_concern("W-1", a_child(WREN, given="Wren", family="Wren", born="2020-01-01")))
    (robin,), (wren,) = hub.index.people_with("nhs", ROBIN), hub.index.people_with("nhs", WREN)
    (link,) = hub.store.read_history(robin).standing()
    move = Move(link.report_id, robin, wren, an_actor("a"), an_actor("b"), "entered under the wrong child")
    move_report(Moving(hub.store, hub.index, hub.clock, hub.deciding()), move)
    cut(hub, engine, WREN, 2)
    assert hub.receive(a_concern("C-1", words="an old bruise")).outcome == "accepted"


def test_an_index_turned_to_another_child_leads_to_neither(hub: SmallHub, engine: Engine) -> None:
    hub.receive(a_concern("W-1", a_child(WREN, given="Wren", family="Wren", born="2020-01-01")))
    (wren,) = hub.index.people_with("nhs", WREN)
    engine.turn(hub.index.token("nhs", ROBIN), wren)
    with pytest.raises(Unreadable, match="index_altered"):
        hub.index.people_with("nhs", ROBIN)
    with pytest.raises(Unreadable, match="index_altered"):
        hub.receive(a_concern("C-2", words="a new bruise"))
    assert hub.index.people_with("nhs", WREN) == (wren,)


def test_each_pointer_kept_is_stated_by_the_fact_beside_it(hub: SmallHub) -> None:
    hub.receive(a_concern("C-2", a_child(family="Smith", born="2022-11-05")))  # asked about, and indexed as a whole
    (robin,) = hub.index.people_with("nhs", ROBIN)
    (link, *_) = hub.store.read_history(robin).standing()
    move = Move(link.report_id, robin, None, an_actor("a"), an_actor("b"), "entered under the wrong child")
    move_report(Moving(hub.store, hub.index, hub.clock, hub.deciding()), move)
    facts = (hub.store.open_row(row) for row in hub.store.rows_after(0, 100))
    stated = {mark for fact in facts if isinstance(fact, ReportLinked | ReportUnlinked) for mark in fact.terms}
    assert {mark for mark, is_ours in hub.index.kept() if is_ours} == stated
