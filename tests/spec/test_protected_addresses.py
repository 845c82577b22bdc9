"""A protected address is not shown by an ordinary read, whichever agency knew of the danger, and however it is told."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from contracts.events.hub import Actor
from contracts.events.shared import InvolvementStated
from contracts.identifiers import parse_identifier
from contracts.report import Place, Statement
from contracts.vocabulary import Purpose, SensitivityTag, StatementKind
from hub.application.read_chronology import read_chronology
from hub.domain.chronology import Chronology
from tests.support.given import NOW, ROBIN, a_child, a_concern, an_actor
from tests.support.small_hub import SmallHub

CHILD = parse_identifier(f"nhs:{ROBIN}")


MASH = an_actor()


@pytest.fixture
def hub(tmp_path: Path) -> SmallHub:
    return SmallHub(tmp_path)


def read(
    hub: SmallHub, actor: Actor = MASH, purpose: Purpose | None = Purpose.SECTION_47, on: date | None = None
) -> Chronology:
    return read_chronology(hub.reading(), actor, CHILD, purpose, on)


def test_a_protected_address_is_not_shown_by_an_ordinary_read(hub: SmallHub) -> None:
    child = a_child().model_copy(update={"address": Place(text="12 Refuge Road")})
    hub.receive(a_concern(tags=(SensitivityTag.ADDRESS_PROTECTED,), child=child))
    shown = read(hub)
    assert "Refuge" not in repr(shown)
    assert any(one.content.value == "location" for entry in shown.entries for one in entry.withheld)


def test_one_agencys_protection_of_an_address_shields_what_every_agency_stated(hub: SmallHub) -> None:
    housed = a_child().model_copy(update={"address": Place(text="14 CANARY Lane")})
    hub.receive(a_concern("H-1", child=housed), hub.health)
    assert "CANARY" in repr(read(hub))
    hub.clock.forward(timedelta(days=2))
    hub.receive(a_concern("C-1", tags=(SensitivityTag.ADDRESS_PROTECTED,)))
    hub.receive(a_concern("H-2", child=housed), hub.health)
    assert "CANARY" not in repr(read(hub))
    assert "CANARY" not in repr(read(hub, on=NOW.date()))


def test_a_report_in_question_that_protects_the_address_shields_the_child_it_may_be_about(hub: SmallHub) -> None:
    hub.receive(a_concern("C-1", child=a_child().model_copy(update={"address": Place(text="14 CANARY Lane")})))
    fled = a_child(family="Newname", given="Other", born="2022-05-12")
    hub.receive(a_concern("H-1", fled, tags=(SensitivityTag.ADDRESS_PROTECTED,)), hub.health)
    assert "CANARY" not in repr(read(hub))


def test_one_in_question_that_names_another_protected_place_shields_what_was_known_of_the_child_too(
    hub: SmallHub,
) -> None:
    hub.receive(a_concern("C-1", child=a_child().model_copy(update={"address": Place(text="14 CANARY Lane")})))
    fled = a_child(family="Newname", given="Other", born="2022-05-12")
    fled = fled.model_copy(update={"address": Place(text="12 Refuge Road")})
    hub.receive(a_concern("H-1", fled, tags=(SensitivityTag.ADDRESS_PROTECTED,)), hub.health)
    assert "CANARY" not in repr(read(hub))


def test_an_address_held_back_by_one_agency_is_not_shown_from_another(hub: SmallHub) -> None:
    hub.receive(a_concern("C-1", child=a_child().model_copy(update={"address": Place(withheld=True)})))
    hub.receive(a_concern("H-1", a_child().model_copy(update={"address": Place(text="14 CANARY Lane")})), hub.health)
    assert "CANARY" not in repr(read(hub))


def test_where_the_address_is_protected_so_is_what_leads_to_it(hub: SmallHub) -> None:
    stated = a_concern("C-1", tags=(SensitivityTag.ADDRESS_PROTECTED,))
    refuge = Statement(field="service", kind=StatementKind.FACT_RECORDED, value="CANARY Women's Refuge")
    parts = stated.model_dump(exclude={"statements"})
    hub.receive(InvolvementStated.model_validate({**parts, "statements": (refuge.model_dump(),)}))
    assert "CANARY" not in repr(read(hub))


def works_with(contact: str = "01632 960 114") -> InvolvementStated:
    """A service says that it works with the child and how to reach it; the report holds no address."""
    said = (
        Statement(field="service", kind=StatementKind.FACT_RECORDED, value="Assessment team"),
        Statement(field="contact", kind=StatementKind.FACT_RECORDED, value=contact),
    )
    base = a_concern("W-1")
    return InvolvementStated.model_validate({**base.model_dump(), "statements": said})


def test_how_to_reach_a_service_is_shown_though_its_report_holds_no_address(hub: SmallHub) -> None:
    hub.receive(works_with(), hub.health)
    assert "01632 960 114" in repr(read(hub))


def test_how_to_reach_a_service_leads_to_no_place_that_another_agency_protects(hub: SmallHub) -> None:
    hub.receive(works_with("CANARY"), hub.health)
    hub.receive(a_concern("C-1", tags=(SensitivityTag.ADDRESS_PROTECTED,)))
    assert "CANARY" not in repr(read(hub))
    assert "Assessment team" not in repr(read(hub))
