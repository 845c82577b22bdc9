"""How a report is to be handled stands above what it says, so that nobody reads past it."""

from pathlib import Path

from hub.commands import staff
from hub.wiring import Hub
from tests.support.house import house
from tests.support.pages import send, signed_in
from tests.support.places import REPO

NOTICE = REPO / "agencies" / "police" / "samples" / "made-up-incident-notice.json"
NOTE = "Do not approach the parents"


def test_the_handling_note_comes_before_what_happened(tmp_path: Path) -> None:
    hub: Hub = house(tmp_path)
    hub.edge("police").send(NOTICE.read_bytes(), NOTICE.name)
    hub.work()
    asking = {"child": "nhs:9990001006", "purpose": "s47"}
    text = send(signed_in(hub, staff.DECISION_MAKER), "/chronology", asking).text
    assert text.count(NOTE) == 1
    assert text.index(NOTE) < text.index("What happened")
