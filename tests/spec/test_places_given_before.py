"""Is the last address that was given before its child was protected known as a protected place from then on?"""

from pathlib import Path
from uuid import UUID

import pytest

from contracts.compartment import Compartment
from contracts.events.hub import ReportLinked
from contracts.identifiers import parse_identifier
from contracts.report import Place, Report
from contracts.vocabulary import Purpose, SensitivityTag
from hub.application.bus_port import Arrived
from hub.application.read_chronology import read_chronology
from hub.application.receive_together import receive_together
from tests.support.given import ROBIN, WREN, a_child, a_concern, an_actor
from tests.support.small_hub import SmallHub

HIDDEN = (SensitivityTag.ADDRESS_PROTECTED,)
HOME = Place(text="7 Canary Terrace, Leeds", postcode="LS1 4AP")
ELSEWHERE = Place(text="3 Other Hill, Leeds", postcode="LS1 4AR")
SMALL_WREN = a_child(WREN, given="Wren")
HOUSED = a_child().model_copy(update={"address": HOME})
WITH_HER = SMALL_WREN.model_copy(update={"address": HOME})
NEAR = "Now at LS1 4AP with her sister"


@pytest.fixture
def hub(tmp_path: Path) -> SmallHub:
    """Robin's address was given, when nothing protected it."""
    made = SmallHub(tmp_path)
    made.receive(a_concern("C-0", HOUSED))
    return made


def link(hub: SmallHub, nhs: str = WREN) -> ReportLinked:
    person: UUID
    (person,) = hub.index.people_with("nhs", nhs)
    return hub.store.read_history(person).linked()[-1]


def shown(hub: SmallHub, nhs: str = WREN) -> str:
    return repr(read_chronology(hub.reading(), an_actor(), parse_identifier(f"nhs:{nhs}"), Purpose.SECTION_47))


@pytest.mark.parametrize("earlier", [a_concern("W-1", WITH_HER), a_concern("W-1", SMALL_WREN, words=NEAR)])
def test_what_was_kept_of_another_child_no_longer_names_it(hub: SmallHub, earlier: Report) -> None:
    hub.receive(earlier)
    assert "LS1 4AP" in shown(hub)
    hub.receive(a_concern("C-1", tags=HIDDEN))
    assert "LS1 4AP" not in shown(hub)
    assert "Canary" not in shown(hub)


@pytest.mark.parametrize("later", [a_concern("W-1", WITH_HER), a_concern("W-1", SMALL_WREN, words=NEAR)])
def test_what_comes_of_another_child_is_held_apart(hub: SmallHub, later: Report) -> None:
    hub.receive(a_concern("C-1", tags=HIDDEN))
    hub.receive(later, hub.health)
    assert link(hub).held_apart == (Compartment.REFUGE,)
    assert "LS1 4AP" not in shown(hub)


def test_an_address_that_its_agency_holds_back_is_an_address_that_is_not_given(hub: SmallHub) -> None:
    hub.receive(a_concern("C-1", a_child().model_copy(update={"address": Place(withheld=True)})))
    hub.receive(a_concern("W-1", WITH_HER), hub.health)
    assert link(hub).held_apart == (Compartment.REFUGE,)


def test_where_the_new_address_is_given_the_home_that_was_left_stays_as_it_was(hub: SmallHub) -> None:
    hub.receive(a_concern("C-1", a_child().model_copy(update={"address": ELSEWHERE}), tags=HIDDEN))
    hub.receive(a_concern("W-1", WITH_HER), hub.health)
    assert link(hub).held_apart == ()
    assert "Canary" in shown(hub)


def test_of_two_that_were_given_before_it_is_the_last(hub: SmallHub) -> None:
    hub.receive(a_concern("C-0b", a_child().model_copy(update={"address": ELSEWHERE})))
    hub.receive(a_concern("C-1", tags=HIDDEN))
    hub.receive(a_concern("W-1", WITH_HER), hub.health)
    assert link(hub).held_apart == ()
    hub.receive(a_concern("W-2", SMALL_WREN.model_copy(update={"address": ELSEWHERE})), hub.health)
    assert link(hub).held_apart == (Compartment.REFUGE,)


def test_of_a_child_whom_nothing_protects_the_address_hides_nothing(hub: SmallHub) -> None:
    hub.receive(a_concern("W-1", WITH_HER), hub.health)
    assert link(hub).held_apart == ()
    assert "Canary" in shown(hub)


def test_the_facts_of_the_hub_name_no_address(hub: SmallHub) -> None:
    assert len(link(hub, ROBIN).lived) > 0
    assert "Canary" not in repr(link(hub, ROBIN))
    hub.receive(a_concern("C-1", tags=HIDDEN))
    assert link(hub, ROBIN).lived == ()


def test_it_holds_where_both_come_at_once(tmp_path: Path) -> None:
    hub = SmallHub(tmp_path)
    reports = (a_concern("C-0", HOUSED), a_concern("C-1", tags=HIDDEN), a_concern("W-1", WITH_HER))
    messages = tuple(hub.sealed(one) for one in reports)
    receiving = hub.receiving()
    arrived = tuple(Arrived(hub.police.topic, number, one) for number, one in enumerate(messages, start=1))
    letters = tuple(receiving.unsealer.letters(arrived))
    assert {one.receipt.outcome for one in receive_together(receiving, letters)} == {"accepted"}
    assert link(hub).held_apart == (Compartment.REFUGE,)
