"""Is whoever has no pass phrase refused what is held apart in words, on record, and with its agency told?"""

from dataclasses import replace
from pathlib import Path

import pytest

from contracts.event import Fact
from contracts.events.compartment import CompartmentAsked
from contracts.report import Place
from contracts.vocabulary import SensitivityTag
from hub.application.enrol import enrol_staff
from hub.cli import commands_parser
from hub.commands import compartments, staff
from hub.wiring import Hub
from tests.support.given import ROBIN, a_child, a_concern, an_actor
from tests.support.house import house, say

SAFE = Place(text="12 Canary Refuge Road, Leeds", postcode="LS1 4AP")
VOUCHED_FOR = an_actor("una").model_copy(update={"issuer": "https://idp.example/realm"})


@pytest.fixture
def hub(tmp_path: Path) -> tuple[Hub, str]:
    """A hub at which one address is held apart, and the id of the report that holds it."""
    made = house(tmp_path)
    concern = a_concern(tags=(SensitivityTag.ADDRESS_PROTECTED,), child=a_child().model_copy(update={"address": SAFE}))
    (report_id,) = say(made, "police", concern)
    enrol_staff(made.store, made.clock, VOUCHED_FOR, "Una Reed", "")
    return made, str(report_id)


def open_it(hub: Hub, report_id: str, who: str, *, phrases_off: bool) -> int:
    words = ["compartments", "open", f"nhs:{ROBIN}", "--report", report_id, "--compartment", "refuge"]
    asked = commands_parser().parse_args([*words, "--as", who, "--purpose", "s47", "--why", "safety"])
    return compartments.run(replace(hub.settings, phrases_off=phrases_off), asked)


def kept(hub: Hub) -> list[Fact | None]:
    return [hub.store.open_row(row) for row in hub.store.rows_after(0, 100_000)]


@pytest.mark.parametrize("phrases_off", [False, True], ids=["vouched for", "phrases off"])
def test_it_is_said_why_and_the_agency_sees_it(
    hub: tuple[Hub, str], capsys: pytest.CaptureFixture[str], phrases_off: bool
) -> None:
    made, report_id = hub
    who = staff.DECISION_MAKER.subject if phrases_off else VOUCHED_FOR.subject
    assert open_it(made, report_id, who, phrases_off=phrases_off) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "a pass phrase of this hub, which you do not have. Nothing was opened" in err
    assert "Canary Refuge" not in err
    asked = [one for one in kept(made) if isinstance(one, CompartmentAsked)]
    assert [(one.effect, one.reason, one.actor.subject, one.stepped_up_at) for one in asked] == [
        ("refused", "step_up", who, None)
    ]
    assert asked[0].owner.endswith("police")
