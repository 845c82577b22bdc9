"""Is a child found by three exact things and by nothing less, as openly on record and as silently as by a number?"""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from contracts.events.hub import SearchMade
from contracts.report import Place
from contracts.vocabulary import AgencyKind, Precision, Purpose, SensitivityTag, StaffRole
from contracts.when import When
from hub.application.move_report import Move, Moving, move_report
from hub.application.read_chronology import read_chronology
from hub.domain.errors import AccessRefused
from hub.domain.searching import Budget
from hub.domain.three_factors import FACTORS, Factors, by_given, by_postcode
from tests.support.given import ROBIN, WREN, a_child, a_concern, an_actor
from tests.support.small_hub import SmallHub

BORN = date(2022, 5, 11)
HOME = Place(text="3 Hill Road", postcode="LS1 4AP")
HOUSED = a_child().model_copy(update={"address": HOME})
SAM = an_actor("sam", "school", AgencyKind.ACADEMY, StaffRole.PRACTITIONER)


@pytest.fixture
def hub(tmp_path: Path) -> SmallHub:
    made = SmallHub(tmp_path)
    made.receive(a_concern(child=HOUSED))
    return made


def given(family: str = "Exemplar", born: date = BORN, name: str = "Robin") -> Factors:
    found = by_given(family, born, name)
    assert found is not None
    return found


def postcode(family: str = "Exemplar", born: date = BORN, code: str = "LS1 4AP") -> Factors:
    found = by_postcode(family, born, code)
    assert found is not None
    return found


def finds(hub: SmallHub, sought: Factors) -> bool:
    try:
        found = read_chronology(hub.reading(), an_actor(), sought, Purpose.SECTION_47)
    except AccessRefused:
        return False
    return bool(found.entries)


def searches(hub: SmallHub) -> list[SearchMade]:
    facts = (hub.store.open_row(row) for row in hub.store.rows_after(0, 5000))
    return [one for one in facts if isinstance(one, SearchMade)]


@pytest.mark.parametrize(
    "sought", [given(), given("EXEMPLAR", name="robin"), given("Exémplar"), postcode(), postcode(code="ls14ap")]
)
def test_three_exact_things_find_the_child_and_it_is_on_record(hub: SmallHub, sought: Factors) -> None:
    assert finds(hub, sought)
    (made,) = searches(hub)
    assert (made.scheme, made.hits) == (FACTORS, hub.index.people_with("nhs", ROBIN))
    assert "xemplar" not in repr(made)


@pytest.mark.parametrize(
    "sought",
    [
        given("Exempla"),
        given(name="Rob"),
        given(born=date(2022, 5, 12)),
        postcode(code="LS1 4AR"),
        postcode("Other"),
        Factors("exemplar|2022-05-11|given "),
        Factors("exemplar|2022-05-11"),
    ],
)
def test_less_or_other_finds_nobody(hub: SmallHub, sought: Factors) -> None:
    assert not finds(hub, sought)
    assert searches(hub)[0].hits == ()


@pytest.mark.parametrize("code", ["", "LS1", "LS1 4A", "%", "LS1 4AP LS1 4AR", "*"])
def test_a_postcode_is_whole_or_none(code: str) -> None:
    assert by_postcode("Exemplar", BORN, code) is None


@pytest.mark.parametrize(("family", "name"), [("", "Robin"), ("E", "Robin"), ("Exemplar", "R"), ("%%", "**")])
def test_a_name_of_one_letter_is_none(family: str, name: str) -> None:
    assert by_given(family, BORN, name) is None
    assert by_postcode(name if len(family) > 1 else family, BORN, "LS1 4AP") is None


def test_two_children_alike_are_neither_shown_and_both_on_record(hub: SmallHub) -> None:
    hub.receive(a_concern("C-2", a_child(WREN)))
    assert not finds(hub, given())
    assert len(searches(hub)[0].hits) == 2


def test_a_child_whose_address_is_protected_is_not_found_by_any_postcode(tmp_path: Path) -> None:
    hub = SmallHub(tmp_path)
    hub.receive(a_concern(child=HOUSED, tags=(SensitivityTag.ADDRESS_PROTECTED,)))
    assert not finds(hub, postcode())
    assert hub.index.people_with(FACTORS, postcode().key) == ()
    assert finds(hub, given())


def test_a_postcode_that_was_given_before_the_address_was_protected_finds_the_child_no_more(hub: SmallHub) -> None:
    hub.receive(a_concern("C-2", tags=(SensitivityTag.ADDRESS_PROTECTED,)))
    assert not finds(hub, postcode())
    assert searches(hub)[0].hits == ()
    assert finds(hub, given())


def test_a_child_not_born_yet_is_not_found_by_the_day_on_which_it_is_expected(tmp_path: Path) -> None:
    hub = SmallHub(tmp_path)
    hub.receive(a_concern(child=HOUSED.model_copy(update={"birth_expected": True})))
    assert not finds(hub, given())
    assert not finds(hub, postcode())


def test_a_year_of_birth_alone_finds_nobody(tmp_path: Path) -> None:
    hub = SmallHub(tmp_path)
    year = a_child().model_copy(update={"birth_date": When(value="2022", precision=Precision.YEAR)})
    hub.receive(a_concern(child=year))
    assert not finds(hub, given(born=date(2022, 1, 1)))


def test_who_may_not_and_who_is_not_there_are_answered_by_the_same_facts(hub: SmallHub) -> None:
    kinds: list[list[str]] = []
    for sought in (given(), given("Nobody")):
        last = len(hub.store.rows_after(0, 5000))
        with pytest.raises(AccessRefused):
            read_chronology(hub.reading(), SAM, sought, Purpose.SECTION_47)
        added = hub.store.rows_after(0, 5000)[last:]
        kinds.append([type(hub.store.open_row(row)).__name__ for row in added])
    assert kinds[0] == kinds[1]


def test_it_counts_in_the_budget_as_a_number_does(hub: SmallHub) -> None:
    made = hub.reading()
    few = replace(made, deciding=replace(made.deciding, budget=Budget(person=3, agency=9)))
    for name in ("Anna", "Bella", "Clara", "Robin"):
        with pytest.raises(AccessRefused):
            read_chronology(few, SAM, given(name=name), Purpose.SECTION_47)
    assert len(searches(hub)) == 3


def test_a_report_that_is_in_question_leads_nobody_to_its_person(hub: SmallHub) -> None:
    hub.receive(a_concern("C-2", a_child(given="Rowan")), hub.health)
    assert not finds(hub, given(name="Rowan"))


def test_a_report_that_moved_leads_to_whom_it_is_about(hub: SmallHub) -> None:
    hub.receive(a_concern("C-2"), hub.health)
    (person,) = hub.index.people_with("nhs", ROBIN)
    report_id = hub.store.read_history(person).linked()[-1].report_id
    move = Move(report_id, person, None, an_actor(), an_actor("other"), "Another child")
    moved = move_report(Moving(hub.store, hub.index, hub.clock, hub.deciding()), move)
    assert moved.person_id in hub.index.people_with(FACTORS, given().key)
