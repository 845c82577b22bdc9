"""Which numbers lead to one child: two national numbers that disagree never do, nor do two agencies' own numbers."""

from pathlib import Path
from uuid import UUID

import pytest

from contracts.events.hub import IdentityQuestioned
from contracts.identifiers import Scheme, identifier, parse_identifier
from contracts.report import Person
from contracts.vocabulary import AgencyKind, Purpose, StaffRole
from hub.application.read_chronology import read_chronology
from hub.domain.errors import AccessRefused
from tests.support.given import ROBIN, a_child, a_concern, an_actor
from tests.support.small_hub import SmallHub

ONE_PUPIL, OTHER_PUPIL = "H801200001001", "X801200001002"
OWN_NUMBER = "A-17"


@pytest.fixture
def hub(tmp_path: Path) -> SmallHub:
    return SmallHub(tmp_path)


def numbered(*numbers: tuple[Scheme, str]) -> Person:
    found = tuple(identifier(scheme, value) for scheme, value in numbers)
    return a_child().model_copy(update={"identifiers": found})


def reasons(hub: SmallHub) -> set[str]:
    facts = [hub.store.open_row(row) for row in hub.store.rows_after(0, 1000)]
    return {fact.why for fact in facts if isinstance(fact, IdentityQuestioned)}


def of_agencys_own_number(hub: SmallHub, agency: str) -> tuple[UUID, ...]:
    return hub.index.people_with(Scheme.LOCAL, f"urn:childhub:agency:{agency} {OWN_NUMBER}")


def test_one_number_agreeing_and_another_differing_is_asked_about(hub: SmallHub) -> None:
    hub.receive(a_concern("C-1", numbered((Scheme.NHS_NUMBER, ROBIN), (Scheme.UPN, ONE_PUPIL))))
    (robin,) = hub.index.people_with("nhs", ROBIN)
    hub.receive(a_concern("H-1", numbered((Scheme.NHS_NUMBER, ROBIN), (Scheme.UPN, OTHER_PUPIL))), hub.health)
    assert reasons(hub) == {"another_national_number_differs"}
    assert len(hub.store.read_history(robin).linked()) == 1


def test_two_numbers_agreeing_are_one_child(hub: SmallHub) -> None:
    both = numbered((Scheme.NHS_NUMBER, ROBIN), (Scheme.UPN, ONE_PUPIL))
    hub.receive(a_concern("C-1", both))
    hub.receive(a_concern("H-1", both), hub.health)
    (robin,) = hub.index.people_with("nhs", ROBIN)
    assert len(hub.store.read_history(robin).linked()) == 2
    assert reasons(hub) == set()


def test_two_agencies_own_numbers_that_look_alike_are_two_children(hub: SmallHub) -> None:
    hub.receive(a_concern("C-1", numbered((Scheme.LOCAL, OWN_NUMBER))))
    hub.receive(a_concern("H-1", numbered((Scheme.LOCAL, OWN_NUMBER))), hub.health)
    (of_police,), (of_health,) = of_agencys_own_number(hub, "police"), of_agencys_own_number(hub, "health")
    assert of_police != of_health
    assert [len(hub.store.read_history(one).linked()) for one in (of_police, of_health)] == [1, 1]
    assert reasons(hub) == set()


def test_one_agencys_own_number_twice_is_one_child(hub: SmallHub) -> None:
    for record in ("C-1", "C-2"):
        hub.receive(a_concern(record, numbered((Scheme.LOCAL, OWN_NUMBER))))
    (person_id,) = of_agencys_own_number(hub, "police")
    assert len(hub.store.read_history(person_id).linked()) == 2


def test_an_agencys_own_number_is_found_by_its_own_staff_alone(hub: SmallHub) -> None:
    hub.receive(a_concern("C-1", numbered((Scheme.LOCAL, OWN_NUMBER))))
    child = parse_identifier(f"local:{OWN_NUMBER}")
    officer = an_actor("pc1", "police", AgencyKind.POLICE, StaffRole.PRACTITIONER)
    assert read_chronology(hub.reading(), officer, child, Purpose.SECTION_47).entries
    with pytest.raises(AccessRefused):
        read_chronology(hub.reading(), an_actor(), child, Purpose.SECTION_47)
    (person_id,) = of_agencys_own_number(hub, "police")
    assert [one.actor.subject for one in hub.store.read_access(person_id)] == ["pc1"]
