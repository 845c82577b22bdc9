"""The log follows the store: everything kept is sealed, and what is altered, moved, deleted or slipped in is named."""

import json
import sqlite3
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from audit.verify import verify_folder
from hub.adapters.view_rows import ViewRows
from hub.application.keep_views import keep_views
from hub.commands.audit_log import check
from hub.settings import Settings
from hub.views.all_views import VIEWS
from hub.wiring import Hub
from tests.support.places import REPO

NOTICE = REPO / "agencies" / "police" / "samples" / "made-up-incident-notice.json"


@pytest.fixture
def hub(tmp_path: Path) -> Hub:
    found = Hub(Settings(home=tmp_path))
    found.edge("police").send(NOTICE.read_bytes(), NOTICE.name)
    found.edge("police").send(b"{not json", "broken.json")
    found.work()
    return found


def as_administrator(hub: Hub, statement: str, *values: object) -> None:
    with sqlite3.connect(hub.settings.home / "hub.db") as db:
        assert db.execute(statement, values).rowcount == 1


def test_everything_kept_is_sealed(hub: Hub) -> None:
    found = check(hub)
    assert found.ok
    assert found.rows == found.log.size > 0


def test_an_altered_row_is_named(hub: Hub) -> None:
    as_administrator(hub, "UPDATE event SET state = CAST(state || x'00' AS BLOB) WHERE rowid = 3")
    assert [finding.split(":")[0] for finding in check(hub).store_findings] == ["row 3"]


def test_a_deleted_row_is_named(hub: Hub) -> None:
    last = hub.store.rows_after(0, 1000)[-1].position
    as_administrator(hub, "DELETE FROM event WHERE rowid = ?", last)
    assert [finding.split(":")[0] for finding in check(hub).store_findings] == [f"row {last}"]


def test_a_row_put_under_another_stream_is_named(hub: Hub) -> None:
    as_administrator(hub, "UPDATE event SET originator_id = 'ffffffffffff8fffbfffffffffffffff' WHERE rowid = 3")
    assert [finding.split(":")[0] for finding in check(hub).store_findings] == ["row 3"]


def test_a_row_and_its_body_altered_together_are_named(hub: Hub) -> None:
    """Whoever holds the keys of the bodies can make one that fits the altered row; its leaf commits to another."""
    before = hub.bodies.at_position(3)
    assert before is not None
    as_administrator(hub, "UPDATE event SET state = CAST(state || x'00' AS BLOB) WHERE rowid = 3")
    (row,) = hub.store.rows_after(2, 1)
    said = {**json.loads(before.body), "sha256": sha256(row.state).hexdigest()}
    with sqlite3.connect(hub.settings.home / "log-bodies.db") as db:
        assert db.execute("DELETE FROM body WHERE position = 3").rowcount == 1
    hub.bodies.add((replace(before, body=json.dumps(said).encode()),))
    assert [finding.split(":")[0] for finding in check(hub).store_findings] == ["row 3", f"entry {before.index}"]


def test_a_row_slipped_in_before_what_was_sealed_is_named(hub: Hub) -> None:
    as_administrator(
        hub,
        "INSERT INTO event (rowid, originator_id, originator_version, topic, state) VALUES (-1, ?, 1, 'k01', x'00')",
        "ffffffffffff8fffbfffffffffffffff",
    )
    assert not check(hub).ok


def test_a_byte_flipped_in_any_file_of_the_log_is_named(hub: Hub) -> None:
    for path in sorted(hub.log_folder.rglob("*")):
        if not path.is_file() or path.stat().st_size == 0:
            continue
        whole = path.read_bytes()
        path.write_bytes(bytes((whole[0] ^ 1,)) + whole[1:])
        report = verify_folder(hub.log_folder, vkey=hub.log_key)
        assert not report.ok, path.name
        assert report.findings[0].where
        path.write_bytes(whole)


def test_views_rebuilt_from_nothing_equal_what_following_gave(hub: Hub, tmp_path: Path) -> None:
    again = ViewRows(tmp_path / "again.db", VIEWS)
    keep_views(hub.store, again)
    for view in VIEWS:
        assert again.read(view) == hub.view_rows.read(view)
    assert any(hub.view_rows.read(view) for view in VIEWS)


def test_a_stop_between_bodies_and_leaves_is_made_good(tmp_path: Path) -> None:
    hub = Hub(Settings(home=tmp_path))
    hub.edge("police").send(NOTICE.read_bytes(), NOTICE.name)
    hub.work()
    hub.edge("police").send(b"{broken", "broken.json")
    hub.work()
    size = check(hub).log.size
    again = Hub(Settings(home=tmp_path))
    again.follow()
    assert check(again).log.size == size
