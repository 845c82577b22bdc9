"""Is a report that is moved to a protected child, or that protects one, read as if it had come with that child?"""

from pathlib import Path
from uuid import UUID

import pytest

from contracts.event_id import event_id
from contracts.identifiers import parse_identifier
from contracts.report import Place, Report
from contracts.vocabulary import Purpose, SensitivityTag
from hub.application.move_report import Move, Moving, move_report
from hub.application.read_chronology import read_chronology
from tests.support.given import ROBIN, WREN, a_child, a_concern, an_actor
from tests.support.small_hub import SmallHub

HIDDEN = (SensitivityTag.ADDRESS_PROTECTED,)
HOME = Place(text="7 Canary Terrace, Leeds", postcode="LS1 4AP")
SMALL_WREN = a_child(WREN, given="Wren")
HOUSED = SMALL_WREN.model_copy(update={"address": HOME})
NEAR = "Seen at LS1 4AP, by Canary Terrace 7"


@pytest.fixture
def hub(tmp_path: Path) -> SmallHub:
    return SmallHub(tmp_path)


def person(hub: SmallHub, nhs: str) -> UUID:
    (found,) = hub.index.people_with("nhs", nhs)
    return found


def shown(hub: SmallHub, nhs: str) -> str:
    return repr(read_chronology(hub.reading(), an_actor(), parse_identifier(f"nhs:{nhs}"), Purpose.SECTION_47))


def move(hub: SmallHub, report: Report) -> None:
    """It stood with Wren, and is about Robin."""
    report_id, by, agreed = event_id(hub.police.source, report), an_actor("one"), an_actor("another")
    moving = Moving(hub.store, hub.index, hub.clock, hub.deciding())
    move_report(moving, Move(report_id, person(hub, WREN), person(hub, ROBIN), by, agreed, "seen and named"))


def test_words_that_name_its_address_are_not_shown_of_a_child_whose_address_is_protected(hub: SmallHub) -> None:
    hub.receive(a_concern("C-0", tags=HIDDEN))
    wrong = a_concern("W-9", HOUSED, words=NEAR)
    hub.receive(wrong)
    move(hub, wrong)
    assert "LS1 4AP" not in shown(hub, ROBIN)
    assert "Canary" not in shown(hub, ROBIN)


def test_nor_are_they_of_any_other_child_from_then_on(hub: SmallHub) -> None:
    hub.receive(a_concern("C-0", tags=HIDDEN))
    wrong = a_concern("W-9", HOUSED)
    hub.receive(wrong)
    hub.receive(a_concern("W-10", SMALL_WREN, words=NEAR), hub.health)
    assert "LS1 4AP" in shown(hub, WREN)
    move(hub, wrong)
    assert "LS1 4AP" not in shown(hub, WREN)


def test_what_protects_whom_it_is_moved_to_protects_the_last_address_that_was_given_of_them(hub: SmallHub) -> None:
    hub.receive(a_concern("C-0", a_child().model_copy(update={"address": HOME})))
    hub.receive(a_concern("C-1", words=NEAR), hub.health)
    wrong = a_concern("W-9", SMALL_WREN, tags=HIDDEN)
    hub.receive(wrong)
    assert "LS1 4AP" in shown(hub, ROBIN)
    move(hub, wrong)
    assert "LS1 4AP" not in shown(hub, ROBIN)
    assert "Canary" not in shown(hub, ROBIN)


def test_of_a_child_whom_nothing_protects_what_is_moved_hides_nothing(hub: SmallHub) -> None:
    hub.receive(a_concern("C-0"))
    wrong = a_concern("W-9", HOUSED, words=NEAR)
    hub.receive(wrong)
    move(hub, wrong)
    assert "LS1 4AP" in shown(hub, ROBIN)
