"""Does a person settle whose a report is, beside every candidate, on record, and does moving it take a second?"""

from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from contracts.events.hub import Actor, IdentityQuestioned
from contracts.events.matching import MoveProposed, QuestionAnswered
from contracts.identifiers import parse_identifier
from contracts.report import Place
from contracts.vocabulary import Purpose, SensitivityTag, StaffRole
from hub.adapters.view_rows import ViewRows
from hub.application.change_staff import change_role, leave_staff
from hub.application.enrol import enrol_staff
from hub.application.keep_views import keep_views
from hub.application.list_moves import list_moves, list_seen_wrongly
from hub.application.move_report import Moving
from hub.application.ports import Stream
from hub.application.propose_move import Wanted, agree_move, look_at_move, propose_move
from hub.application.read_chronology import read_chronology
from hub.application.settle_question import Answer, Said, compare_candidates, settle_question
from hub.domain.assurance import MACHINE_ACCOUNT
from hub.domain.errors import AccessRefused, NotOnRecord
from hub.domain.proposed_moves import PROPOSED_FOR
from hub.domain.wrong_match import MoveRefused
from hub.views.moves import MOVES
from hub.views.questions import QUESTIONS, in_order
from tests.support.given import ROBIN, a_child, a_concern, an_actor
from tests.support.small_hub import SmallHub

PRIYA, IVY = an_actor("priya"), an_actor("ivy", role=StaffRole.IG_OFFICER)
TOM = an_actor("tom", role=StaffRole.MASH_RESEARCHER)
WHY = "The school was called and says so"


@pytest.fixture
def hub(tmp_path: Path) -> SmallHub:
    """Robin is known, and a report with Robin's number and another's name and birth date is in question."""
    made = SmallHub(tmp_path)
    made.receive(a_concern("C-1", words="truly about Robin"))
    made.receive(a_concern("C-2", a_child(family="Typo", given="Wrong", born="2022-05-12"), words="of whom?"))
    return made


def robin(hub: SmallHub) -> UUID:
    (person_id,) = hub.index.people_with("nhs", ROBIN)
    return person_id


def question(hub: SmallHub) -> IdentityQuestioned:
    facts = hub.store.read_history(robin(hub)).facts
    (found,) = (fact for fact in facts if isinstance(fact, IdentityQuestioned))
    return found


def moving(hub: SmallHub) -> Moving:
    return Moving(hub.store, hub.index, hub.clock, hub.deciding())


def settled(hub: SmallHub, answer: Answer, actor: Actor = PRIYA) -> QuestionAnswered | MoveProposed:
    asked = question(hub)
    same = robin(hub) if answer == "same" else None
    return settle_question(moving(hub), actor, Said(asked.report_id, asked.person_id, answer, WHY, same))


def proposed(hub: SmallHub, by: Actor = PRIYA) -> MoveProposed:
    """That the report which stands with Robin is of somebody not known before."""
    link = hub.store.read_history(robin(hub)).standing()[0]
    return propose_move(moving(hub), by, Wanted(link.report_id, robin(hub), None, WHY))


def asked_now(hub: SmallHub) -> int:
    """How many questions the list holds."""
    tables = ViewRows(hub.path.parent / "views.db", (QUESTIONS, MOVES))
    keep_views(hub.store, tables)
    return len(in_order(tables.read(QUESTIONS)))


def rows(hub: SmallHub) -> ViewRows:
    tables = ViewRows(hub.path.parent / "views.db", (QUESTIONS, MOVES))
    keep_views(hub.store, tables)
    return tables


def test_each_of_them_is_shown_beside_the_other_and_each_look_is_on_record(hub: SmallHub) -> None:
    asked = question(hub)
    found = compare_candidates(hub.reading(), PRIYA, asked.report_id, asked.person_id, Purpose.SECTION_47)
    assert [one.person_id for one in (found.here, *found.candidates)] == [asked.person_id, robin(hub)]
    for person_id in (asked.person_id, robin(hub)):
        (look,) = hub.store.read_access(person_id)
        assert (look.effect, look.purpose, look.actor.subject) == ("permitted", Purpose.SECTION_47, "priya")


def test_without_a_purpose_or_by_somebody_else_nothing_is_shown(hub: SmallHub) -> None:
    asked = question(hub)
    for actor, purpose in ((PRIYA, None), (IVY, Purpose.SECTION_47), (an_actor("sam", "school"), None)):
        with pytest.raises(AccessRefused):
            compare_candidates(hub.reading(), actor, asked.report_id, asked.person_id, purpose)
    with pytest.raises(NotOnRecord):
        compare_candidates(hub.reading(), PRIYA, robin(hub), robin(hub), Purpose.SECTION_47)


def test_that_it_is_another_child_settles_it_with_every_candidate(hub: SmallHub) -> None:
    assert len(hub.store.read_history(robin(hub)).in_question()) == asked_now(hub) == 1
    settled(hub, "different")
    assert (hub.store.read_history(robin(hub)).in_question(), asked_now(hub)) == ((), 0)
    assert len(hub.store.read_history(question(hub).person_id).standing()) == 1
    with pytest.raises(MoveRefused, match="settled"):
        settled(hub, "same")


def test_before_that_day_it_was_in_question(hub: SmallHub) -> None:
    day = hub.clock.now().date()
    hub.clock.forward(timedelta(days=2))
    settled(hub, "different")
    assert len(hub.store.read_history(robin(hub)).in_question(day)) == 1


def test_that_nobody_can_say_leaves_it_asked(hub: SmallHub) -> None:
    settled(hub, "not_sure")
    assert len(hub.store.read_history(robin(hub)).in_question()) == asked_now(hub) == 1
    (found,) = in_order(rows(hub).read(QUESTIONS))
    assert found.looked_at == hub.clock.now()


def test_that_it_is_the_same_child_moves_nothing_before_a_second_person_agrees(hub: SmallHub) -> None:
    asked = question(hub)
    compare_candidates(hub.reading(), PRIYA, asked.report_id, asked.person_id, Purpose.SECTION_47)
    move = settled(hub, "same")
    assert isinstance(move, MoveProposed)
    assert len(hub.store.read_history(robin(hub)).standing()) == asked_now(hub) == 1
    agree_move(moving(hub), IVY, move.move_id, move.person_id)
    assert len(hub.store.read_history(robin(hub)).standing()) == 2
    assert list_seen_wrongly(moving(hub), rows(hub).read(MOVES), PRIYA) == ()  # it stood with no other child
    assert (hub.store.read_history(robin(hub)).in_question(), asked_now(hub)) == ((), 0)


def test_it_is_settled_with_every_child_when_it_is_moved_to_one_of_them(hub: SmallHub) -> None:
    asked = question(hub)
    move = propose_move(moving(hub), PRIYA, Wanted(asked.report_id, asked.person_id, None, WHY))
    agree_move(moving(hub), IVY, move.move_id, move.person_id)
    assert hub.store.read_history(robin(hub)).in_question() == ()


def test_a_child_who_was_not_asked_about_is_no_answer(hub: SmallHub) -> None:
    asked = question(hub)
    with pytest.raises(MoveRefused, match="not_a_candidate"):
        settle_question(moving(hub), PRIYA, Said(asked.report_id, asked.person_id, "same", WHY, asked.person_id))


@pytest.mark.parametrize("answer", ["same", "different", "not_sure"])
def test_an_answer_takes_a_reason_a_proof_and_the_work_of_ones_role(hub: SmallHub, answer: Answer) -> None:
    asked, same = question(hub), robin(hub) if answer == "same" else None
    said = Said(asked.report_id, asked.person_id, answer, " ", same)
    with pytest.raises(MoveRefused, match="reason_needed"):
        settle_question(moving(hub), PRIYA, said)
    with pytest.raises(MoveRefused, match="not_proved"):
        settled(hub, answer, PRIYA.model_copy(update={"assurance": MACHINE_ACCOUNT}))
    with pytest.raises(AccessRefused):
        settled(hub, answer, TOM)
    assert asked_now(hub) == 1
    assert hub.store.read_access(asked.person_id)[-1].effect == "refused"


def test_what_a_question_said_of_a_protected_address_still_counts_once_it_is_settled(tmp_path: Path) -> None:
    hub = SmallHub(tmp_path)
    hub.receive(a_concern("C-1", a_child().model_copy(update={"address": Place(text="14 CANARY Lane")})))
    fled = a_child(family="Typo", given="Wrong", born="2022-05-12")
    hub.receive(a_concern("C-2", fled, tags=(SensitivityTag.ADDRESS_PROTECTED,)))
    settled(hub, "different")
    assert hub.store.read_history(robin(hub)).in_question() == ()
    child = parse_identifier(f"nhs:{ROBIN}")
    assert "CANARY" not in repr(read_chronology(hub.reading(), PRIYA, child, Purpose.SECTION_47))


def test_one_who_agrees_to_their_own_word_moves_nothing(hub: SmallHub) -> None:
    move = proposed(hub)
    with pytest.raises(MoveRefused, match="two_people_needed"):
        agree_move(moving(hub), PRIYA, move.move_id, move.person_id)
    unproved = IVY.model_copy(update={"assurance": MACHINE_ACCOUNT})
    with pytest.raises(MoveRefused, match="not_proved"):
        agree_move(moving(hub), unproved, move.move_id, move.person_id)
    with pytest.raises(AccessRefused):
        agree_move(moving(hub), TOM, move.move_id, move.person_id)
    assert len(hub.store.read_history(robin(hub)).standing()) == 1


def test_what_was_proposed_lapses_after_a_week(hub: SmallHub) -> None:
    move = proposed(hub)
    with pytest.raises(MoveRefused, match="proposed_already"):
        proposed(hub, IVY)
    hub.clock.forward(PROPOSED_FOR)
    with pytest.raises(MoveRefused, match="lapsed"):
        agree_move(moving(hub), IVY, move.move_id, move.person_id)
    afresh = proposed(hub)
    agree_move(moving(hub), IVY, afresh.move_id, afresh.person_id)


@pytest.mark.parametrize("since", ["left", "role"])
def test_the_word_of_somebody_who_left_or_changed_role_is_none(hub: SmallHub, since: str) -> None:
    enrol_staff(hub.store, hub.clock, PRIYA, "Priya Invented", "")
    move = proposed(hub)
    if since == "left":
        leave_staff(hub.store, hub.clock, "priya")
    else:
        change_role(hub.store, hub.clock, "priya", StaffRole.PRACTITIONER)
    with pytest.raises(MoveRefused, match="proposer_left"):
        agree_move(moving(hub), IVY, move.move_id, move.person_id)
    afresh = proposed(hub, IVY)
    assert afresh.move_id != move.move_id


def test_an_old_word_moves_nothing_a_second_time(hub: SmallHub) -> None:
    move = proposed(hub)
    moved = agree_move(moving(hub), IVY, move.move_id, move.person_id)
    with pytest.raises(MoveRefused, match="moved_already"):
        agree_move(moving(hub), IVY, move.move_id, move.person_id)
    hub.clock.forward(timedelta(hours=1))
    back = propose_move(moving(hub), PRIYA, Wanted(move.report_id, moved.person_id, robin(hub), WHY))
    agree_move(moving(hub), IVY, back.move_id, back.person_id)
    with pytest.raises(MoveRefused, match="moved_already"):
        agree_move(moving(hub), IVY, move.move_id, move.person_id)
    assert len(hub.store.read_history(robin(hub)).standing()) == 1


def test_who_was_shown_it_is_said_before_it_moves_and_told_after(hub: SmallHub) -> None:
    sam = an_actor("rosa")
    read_chronology(hub.reading(), sam, parse_identifier(f"nhs:{ROBIN}"), Purpose.SECTION_47)
    hub.clock.forward(timedelta(minutes=5))
    move = proposed(hub)
    before = look_at_move(moving(hub), IVY, move.move_id, move.person_id)
    assert [one.subject for one in before.follows.seen] == ["rosa"]
    assert list_seen_wrongly(moving(hub), rows(hub).read(MOVES), sam) == ()
    agree_move(moving(hub), IVY, move.move_id, move.person_id)
    (told,) = list_seen_wrongly(moving(hub), rows(hub).read(MOVES), sam)
    assert (told.report_id, told.person_id) == (move.report_id, robin(hub))
    assert list_seen_wrongly(moving(hub), rows(hub).read(MOVES), PRIYA) == ()


def test_the_list_of_moves_is_for_those_who_may_agree_and_each_child_on_it_is_on_record(hub: SmallHub) -> None:
    move = proposed(hub)
    (listed,) = list_moves(moving(hub), rows(hub).read(MOVES), IVY)
    assert (listed.move_id, listed.by, listed.to_person) == (move.move_id, "priya", None)
    with pytest.raises(AccessRefused):
        list_moves(moving(hub), rows(hub).read(MOVES), TOM)
    agree_move(moving(hub), IVY, move.move_id, move.person_id)
    assert list_moves(moving(hub), rows(hub).read(MOVES), IVY) == ()


def test_a_proposal_is_kept_with_the_child_and_opens_nothing(hub: SmallHub) -> None:
    move = proposed(hub)
    assert move in hub.store.read_stream(Stream.access(robin(hub)))
    assert [one.operation.value for one in hub.store.read_access(robin(hub))] == ["alteration"]
