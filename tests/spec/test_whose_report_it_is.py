"""A report is linked by an exact identifier, or asked about; it is never merged on a guess."""

from pathlib import Path

import pytest

from contracts.events.hub import IdentityQuestioned, ReportLinked
from contracts.identifiers import Scheme, identifier
from contracts.report import Person
from contracts.vocabulary import PersonRole
from hub.application.ports import Entry, Stream, Term
from hub.domain.errors import Conflict
from tests.support.given import ROBIN, WREN, a_child, a_concern, a_decision, an_id
from tests.support.small_hub import SmallHub


@pytest.fixture
def hub(tmp_path: Path) -> SmallHub:
    return SmallHub(tmp_path)


def persons(hub: SmallHub) -> int:
    facts = (hub.store.open_row(row) for row in hub.store.rows_after(0, 1000))
    return len({fact.person_id for fact in facts if isinstance(fact, ReportLinked)})


def test_two_agencies_reports_with_one_number_and_birth_date_are_of_one_child(hub: SmallHub) -> None:
    hub.receive(a_concern("C-1"))
    hub.receive(a_concern("H-1", a_child(family="Other-Name")), hub.health)
    assert len(hub.index.people_with("nhs", ROBIN)) == 1


def test_a_number_that_agrees_with_name_and_birth_date_that_do_not_is_asked_about_and_never_merged(
    hub: SmallHub,
) -> None:
    hub.receive(a_concern("C-1"))
    (robin,) = hub.index.people_with("nhs", ROBIN)
    hub.receive(a_concern("H-1", a_child(family="Quite", given="Else", born="2015-01-02")), hub.health)
    assert hub.index.people_with("nhs", ROBIN) == (robin,)
    assert len(hub.store.read_history(robin).linked()) == 1
    facts = [hub.store.open_row(row) for row in hub.store.rows_after(0, 100)]
    (question,) = {fact for fact in facts if isinstance(fact, IdentityQuestioned)}
    assert question.candidates == (robin,)
    assert question.why == "number_agrees_but_name_and_birth_date_do_not"


def test_the_same_doubtful_evidence_again_is_not_a_third_person(hub: SmallHub) -> None:
    hub.receive(a_concern("C-1"))
    doubtful = a_child(family="Quite", given="Else", born="2015-01-02")
    hub.receive(a_concern("H-1", doubtful), hub.health)
    hub.receive(a_concern("H-2", doubtful), hub.health)
    facts = [hub.store.open_row(row) for row in hub.store.rows_after(0, 100)]
    questions = list({fact for fact in facts if isinstance(fact, IdentityQuestioned)})
    assert len(questions) == 1
    assert len(hub.store.read_history(questions[0].person_id).linked()) == 2


def test_twins_with_all_but_the_first_name_alike_are_two_people(hub: SmallHub) -> None:
    hub.receive(a_concern("C-1", a_child(ROBIN, given="Robin")))
    hub.receive(a_concern("C-2", a_child(WREN, given="Rowan")))
    assert hub.index.people_with("nhs", ROBIN) != hub.index.people_with("nhs", WREN)


@pytest.mark.parametrize("nhs", ["9999999999", "9990001007", "９９９０００１００６", "12345"])
def test_a_number_that_is_not_sound_finds_nobody_and_refuses_nobody(hub: SmallHub, nhs: str) -> None:
    assert hub.receive(a_concern("C-1", a_child(nhs))).outcome == "accepted"
    assert hub.receive(a_concern("C-2", a_child(nhs))).outcome == "accepted"
    assert hub.index.people_with("nhs", nhs) == ()


@pytest.mark.parametrize(
    "other",
    [
        a_child(given="Jay", born="2024-01-01"),
        a_child(given="Rowan"),
        a_child(born="2022-11-05"),
        a_child(family="Exemplar", given="Erin", born="1997-07-30").model_copy(
            update={"role": PersonRole.PARENT_OR_CARER}
        ),
        a_child(born=None).model_copy(update={"role": PersonRole.ADULT_OF_CONCERN}),
    ],
    ids=["sibling", "twin", "day and month swapped", "mother", "an adult with no birth date"],
)
def test_robins_number_on_somebody_else_is_asked_about(hub: SmallHub, other: Person) -> None:
    hub.receive(a_concern("C-1"))
    hub.receive(a_concern("H-1", other), hub.health)
    assert persons(hub) == 2


@pytest.mark.parametrize(
    "same",
    [a_child(given="Rob"), a_child(family="Newname"), a_child(given="Baby"), a_child(born=None), a_child(family=None)],
    ids=["short name", "new surname", "no name yet", "no birth date", "no name"],
)
def test_robin_under_a_name_that_people_really_use_is_robin(hub: SmallHub, same: Person) -> None:
    hub.receive(a_concern("C-1"))
    hub.receive(a_concern("H-1", same), hub.health)
    assert persons(hub) == 1


def test_a_match_about_which_anything_differs_adds_no_number_to_anybody(hub: SmallHub) -> None:
    upn = identifier(Scheme.UPN, "B801200005001")
    hub.receive(a_concern("C-1"))
    married = a_child(family="Newname")
    hub.receive(a_concern("H-1", married.model_copy(update={"identifiers": (*married.identifiers, upn)})), hub.health)
    assert hub.index.people_with("upn", upn.value) == ()


def test_a_question_is_with_the_child_it_may_be_about(hub: SmallHub) -> None:
    hub.receive(a_concern("C-1"))
    hub.receive(a_concern("H-1", a_child(family="Typo", given="Wrong", born="2022-05-12")), hub.health)
    (robin,) = hub.index.people_with("nhs", ROBIN)
    (question,) = hub.store.read_history(robin).in_question()
    assert question.source == hub.health.source


def test_an_identifier_never_comes_to_lead_to_a_second_person(hub: SmallHub) -> None:
    token = Term(hub.index.token("nhs", ROBIN), an_id("one"), alone=True)
    entry = Entry(Stream.search(an_id("a")), an_id("a"), a_decision(an_id("one"), 0))
    hub.store.keep((entry,), (token,))
    with pytest.raises(Conflict):
        hub.store.keep((entry,), (Term(token.token, an_id("other"), alone=True),))
