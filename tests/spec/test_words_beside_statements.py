"""Does a protected place leave by words beside the statements: why not told, why corrected, who is whose?"""

from pathlib import Path

import pytest

from contracts.identifiers import parse_identifier
from contracts.report import Change, Place, Told
from contracts.vocabulary import ChangeKind, Purpose, SensitivityTag, Telling
from hub.application.read_chronology import read_chronology
from tests.support.given import ROBIN, WREN, a_child, a_concern, an_actor
from tests.support.small_hub import SmallHub

SAFE = Place(text="12 Canary Refuge Road, Leeds", postcode="LS1 4AP")
HIDDEN = (SensitivityTag.ADDRESS_PROTECTED,)
FLED = a_child().model_copy(update={"address": SAFE})
WHY = "He would go to 12 Canary Refuge Road, LS1 4AP"
UNTOLD = (Told(person="child", state=Telling.NOT_TOLD_SAFETY, reason=WHY),)


@pytest.fixture
def hub(tmp_path: Path) -> SmallHub:
    return SmallHub(tmp_path)


def held_of(hub: SmallHub, nhs: str) -> str:
    """All that a reader is shown, and all that the hub states in its own facts."""
    child = parse_identifier(f"nhs:{nhs}")
    shown = read_chronology(hub.reading(), an_actor(), child, Purpose.SECTION_47)
    (person_id,) = hub.index.people_with("nhs", nhs)
    return repr((shown, hub.store.read_history(person_id).facts))


def test_why_somebody_is_not_told(hub: SmallHub) -> None:
    hub.receive(a_concern(tags=HIDDEN, child=FLED, telling=UNTOLD))
    assert "Canary" not in held_of(hub, ROBIN)


def test_whose_relative_somebody_is(hub: SmallHub) -> None:
    hub.receive(a_concern(tags=HIDDEN, child=FLED.model_copy(update={"relationship": "at 12 Canary Refuge Road"})))
    assert "Canary" not in held_of(hub, ROBIN)


def test_why_a_report_was_corrected(hub: SmallHub) -> None:
    hub.receive(a_concern(tags=HIDDEN, child=FLED))
    (person_id,) = hub.index.people_with("nhs", ROBIN)
    change = Change(kind=ChangeKind.CORRECTION, of=hub.store.read_history(person_id).linked()[0].report_id, reason=WHY)
    hub.receive(a_concern(tags=HIDDEN, child=FLED, version="2", change=change))
    assert "Canary" not in held_of(hub, ROBIN)


def test_another_childs_report(hub: SmallHub) -> None:
    hub.receive(a_concern(tags=HIDDEN, child=FLED))
    hub.receive(a_concern("W-1", a_child(WREN, "Exemplar", "Wren", "2020-01-02"), telling=UNTOLD))
    assert "Canary" not in held_of(hub, WREN)
