"""The note on a kept decision judges what the decision judged: the reports that stood on the day asked."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from consent.packs import LawSettings
from contracts.identifiers import parse_identifier
from contracts.report import Told
from contracts.vocabulary import Purpose, StaffRole, Telling
from hub.application.explain_decision import Explaining, explain_decision
from hub.application.read_chronology import read_chronology
from tests.support.given import NOW, ROBIN, a_concern, an_actor
from tests.support.small_hub import SmallHub

CHILD = parse_identifier(f"nhs:{ROBIN}")
IG = an_actor("ivy", role=StaffRole.IG_OFFICER)


@pytest.fixture
def hub(tmp_path: Path) -> SmallHub:
    return SmallHub(tmp_path)


def note(hub: SmallHub, on: date | None = None) -> str:
    shown = read_chronology(hub.reading(), an_actor(), CHILD, Purpose.SECTION_47, on)
    explaining = Explaining(hub.store, hub.store, hub.clock, LawSettings(), hub.index, hub.deciding())
    return explain_decision(explaining, IG, shown.decision_id)


def test_a_look_at_an_earlier_day_is_explained_by_what_stood_on_that_day(hub: SmallHub) -> None:
    hub.receive(a_concern("C-1"))
    hub.clock.forward(timedelta(days=2))
    hub.receive(a_concern("H-1", telling=(Told(person="child", state=Telling.TOLD_AFTER),)), hub.health)
    assert "Told afterwards".lower() in note(hub).lower()
    assert "Told afterwards".lower() not in note(hub, NOW.date()).lower()
