"""Does the checker that every fault test runs at its end find what is lost, doubled, altered or miscounted?"""

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest

from hub.wiring import Hub
from tests.support.beset import POLICE, on_files
from tests.support.invariants import Sent, broken
from tests.support.required import missing

LOST = UUID("0c9bd0f2-7b42-5a29-9d0b-0d1d5a1d7c11")
MISCOUNTED = "UPDATE view_row SET contents = json_set(contents, '$.accepted', 99) WHERE view = 'received'"


@pytest.fixture
def whole(tmp_path: Path) -> tuple[Hub, Sent]:
    """A hub that took in two notices, and what it answered."""
    beset = on_files(tmp_path)
    beset.drop(2)
    assert beset.broken() == []
    with beset.edge() as (edge, _):
        return Hub(beset.hub.settings), Sent(POLICE.source, beset.ids(), beset.answers(edge))


def change(hub: Hub, file: str, statement: str) -> None:
    """As somebody with the file at hand."""
    with closing(sqlite3.connect(hub.settings.home / file)) as db, db:
        assert db.execute(statement).rowcount > 0


def test_what_was_never_answered_is_found(whole: tuple[Hub, Sent]) -> None:
    hub, sent = whole
    found = broken(hub, replace(sent, ids=sent.ids | {LOST}))
    assert found == [f"{POLICE.source} {LOST}: never answered (stored 0 times)"]


def test_what_was_answered_and_is_not_stored_is_found(whole: tuple[Hub, Sent]) -> None:
    hub, sent = whole
    more = sent.answers[0].model_copy(update={"event_id": str(LOST)})
    found = broken(hub, replace(sent, ids=sent.ids | {LOST}, answers=(*sent.answers, more)))
    assert found == [f"{POLICE.source} {LOST}: answered accepted, and stored 0 times"]


@pytest.mark.parametrize(
    ("file", "statement", "named"),
    [
        ("hub.db", "UPDATE event SET state = CAST(state || x'00' AS BLOB) WHERE topic = 'k01'", "row "),
        ("hub.db", "DELETE FROM event WHERE topic = 'k01'", "a receipt, and nothing stored"),
        ("views.db", "DELETE FROM view_row WHERE view = 'feeds'", "audit:   view feeds"),
        ("views.db", MISCOUNTED, " 99 accepted"),
        ("log-bodies.db", "DELETE FROM body WHERE number = 2", "its body is gone"),
    ],
)
def test_what_is_lost_altered_or_miscounted_is_found(
    whole: tuple[Hub, Sent], file: str, statement: str, named: str
) -> None:
    hub, sent = whole
    change(hub, file, statement)
    assert [line for line in broken(hub, sent) if named in line]


def test_a_log_that_go_does_not_accept_is_found(whole: tuple[Hub, Sent]) -> None:
    if shutil.which("go") is None:
        missing("go", "the command is not on the path")
    hub, sent = whole
    for tile in (path for path in sorted(hub.log_folder.rglob("*")) if "/tile/" in str(path) and path.is_file()):
        raw = tile.read_bytes()
        tile.write_bytes(bytes((raw[0] ^ 1,)) + raw[1:])
    assert [line for line in broken(hub, sent) if line.startswith("go: ")]
