"""How a report is to be handled stands above what it says, so that nobody reads past it."""

from pathlib import Path

import pytest

from hub.commands import staff
from hub.wiring import Hub
from tests.support.house import house
from tests.support.pages import ASKING, send, signed_in
from tests.support.places import REPO

NOTICE = REPO / "agencies" / "police" / "samples" / "made-up-incident-notice.json"
NOTE = "Do not approach the parents"
COMPARED = {"from-day": "1", "from-month": "1", "from-year": "2020"}


def test_the_handling_note_comes_before_what_happened(tmp_path: Path) -> None:
    hub: Hub = house(tmp_path)
    hub.edge("police").send(NOTICE.read_bytes(), NOTICE.name)
    hub.work()
    asking = {"child": "nhs:9990001006", "purpose": "s47"}
    text = send(signed_in(hub, staff.DECISION_MAKER), "/chronology", asking).text
    assert text.count(NOTE) == 1
    assert text.index(NOTE) < text.index("What happened")


@pytest.mark.parametrize("fields", [{"look": "brief"}, COMPARED], ids=["one line each", "two days compared"])
def test_where_an_entry_is_cut_to_a_line_the_note_still_comes_before_it(tmp_path: Path, fields: dict[str, str]) -> None:
    hub: Hub = house(tmp_path)
    hub.edge("police").send(NOTICE.read_bytes(), NOTICE.name)
    hub.work()
    path = "/compare/days" if fields is COMPARED else "/chronology"
    text = send(signed_in(hub, staff.DECISION_MAKER), path, {**ASKING, **fields}).text
    assert text.count(NOTE) == 1
    assert text.index(NOTE) < text.index("Two adults downstairs")
    assert ".." not in text[text.index(NOTE) :][:120]
