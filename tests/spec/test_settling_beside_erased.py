"""Where somebody was erased whom a report might be of, or was to go to: is the rest still settled?"""

from pathlib import Path
from uuid import UUID

import pytest

from contracts.events.hub import IdentityQuestioned
from contracts.events.matching import MoveProposed
from contracts.report import Person
from contracts.vocabulary import Purpose
from hub.adapters.view_rows import ViewRows
from hub.application.keep_views import keep_views
from hub.application.list_questions import ListingQuestions, list_questions
from hub.application.move_report import Moving
from hub.application.propose_move import Wanted, agree_move, propose_move
from hub.application.settle_question import Said, compare_candidates, settle_question
from hub.domain.wrong_match import MoveRefused
from hub.views.questions import QUESTIONS, Question, in_order
from tests.support.given import WREN, a_child, a_concern
from tests.support.house import say
from tests.support.officers import Officers, officers

WHY = "The school was called and says so"


@pytest.fixture
def office(tmp_path: Path) -> Officers:
    return officers(tmp_path)


def moving(office: Officers) -> Moving:
    hub = office.hub
    return Moving(hub.store, hub.index, hub.clock, hub.deciding(), hub.law)


def of_both() -> Person:
    """Robin's number, and Wren's."""
    robin, wren = a_child(), a_child(WREN)
    return robin.model_copy(update={"identifiers": (*robin.identifiers, *wren.identifiers)})


def in_question(office: Officers) -> tuple[UUID, IdentityQuestioned]:
    """Wren, and the question whose a report is: Robin's, who is erased then, or Wren's."""
    wren = office.person(WREN)
    say(office.hub, "police", a_concern("C-7", of_both(), words="of whom?"))
    (found,) = (one for one in office.hub.store.read_history(wren).facts if isinstance(one, IdentityQuestioned))
    assert set(found.candidates) == {wren, office.person()}
    office.erase(office.approved())
    return wren, found


def listed(office: Officers) -> tuple[Question, ...]:
    hub = office.hub
    tables = ViewRows(hub.settings.home / "looked_at.db", (QUESTIONS,))
    keep_views(hub.store, tables)
    rows = tables.read(QUESTIONS)
    assert len(in_order(rows)) == 1
    return list_questions(
        ListingQuestions(hub.store, hub.index, hub.clock, hub.law, hub.deciding(), rows), office.priya
    )


def test_a_report_is_still_asked_about_beside_whoever_is_left(office: Officers) -> None:
    wren, asked = in_question(office)
    assert [one.candidates for one in listed(office)] == [(wren,)]
    beside = compare_candidates(
        office.hub.reading(), office.priya, asked.report_id, asked.person_id, Purpose.SECTION_47
    )
    assert [one.person_id for one in beside.candidates] == [wren]


def test_that_it_is_another_settles_it_for_whoever_is_left(office: Officers) -> None:
    wren, asked = in_question(office)
    settle_question(moving(office), office.priya, Said(asked.report_id, asked.person_id, "different", WHY))
    assert office.hub.store.read_history(wren).in_question() == ()


def test_that_it_is_theirs_moves_it(office: Officers) -> None:
    wren, asked = in_question(office)
    said = Said(asked.report_id, asked.person_id, "same", WHY, wren)
    move = settle_question(moving(office), office.priya, said)
    assert isinstance(move, MoveProposed)
    agree_move(moving(office), office.ivy, move.move_id, move.person_id)
    assert len(office.hub.store.read_history(wren).standing()) == 2


def test_nothing_is_moved_to_whom_was_erased_and_nothing_opened_for_it(office: Officers) -> None:
    say(office.hub, "police", a_concern("C-7", a_child(WREN, given="Wren", born="2020-01-02")))
    wren, robin = office.person(WREN), office.person()
    link = office.hub.store.read_history(wren).standing()[-1]
    move = propose_move(moving(office), office.priya, Wanted(link.report_id, wren, robin, WHY))
    office.erase(office.approved())
    lines = len(tuple(office.hub.keyring.openings.lines()))
    with pytest.raises(MoveRefused, match="gone"):
        agree_move(moving(office), office.ivy, move.move_id, wren)
    assert len(tuple(office.hub.keyring.openings.lines())) == lines
    assert office.hub.store.read_history(wren).standing()[-1] == link
