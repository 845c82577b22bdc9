"""Does the checker that every fault test runs at its end find what is lost, doubled, altered or miscounted?"""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest

from contracts.vocabulary import Purpose
from hub.adapters.fact_codes import REPORT
from hub.adapters.row_form import of_person
from hub.commands import share
from hub.commands.audit_store import rows_of
from hub.commands.share import Sharing
from hub.wiring import Hub
from tests.support.beset import POLICE, on_files
from tests.support.given import ROBIN, WREN
from tests.support.invariants import Sent, broken
from tests.support.officers import CHILD, officers
from tests.support.required import missing

LOST = UUID("0c9bd0f2-7b42-5a29-9d0b-0d1d5a1d7c11")
ALTERED = "UPDATE event SET state = CAST(state || x'00' AS BLOB) WHERE topic = 'k01'"
MISCOUNTED = "UPDATE view_row SET contents = json_set(contents, '$.accepted', 99) WHERE view = 'received'"


@pytest.fixture
def whole(tmp_path: Path) -> tuple[Hub, Sent]:
    """A hub that took in two notices, and what it answered."""
    beset = on_files(tmp_path)
    beset.drop(2)
    assert beset.broken() == []
    with beset.edge() as (edge, _):
        return Hub(beset.hub.settings), Sent(POLICE.source, beset.ids(), beset.answers(edge))


def change(hub: Hub, file: str, statement: str, *values: int) -> None:
    """As somebody with the file at hand."""
    with closing(sqlite3.connect(hub.settings.home / file)) as db, db:
        assert db.execute(statement, values).rowcount > 0


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
        ("hub.db", ALTERED, "row "),
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


@pytest.fixture
def erased(tmp_path: Path) -> tuple[Hub, tuple[Sent, ...]]:
    """A hub that erased one of two children, whose record was shared and read, and what it answered."""
    office = officers(tmp_path)
    linked = tuple(link for nhs in (ROBIN, WREN) for link in office.hub.store.read_history(office.person(nhs)).linked())
    share.send(office.hub, Sharing(CHILD, "priya", (linked[0].report_id,), "school", Purpose.SECTION_47))
    office.hub.edge("school").collect("edge_process")
    office.hub.work()
    office.erase(office.approved())
    police = office.hub.edge("police")
    police.receipts()
    ids = frozenset(link.report_id for link in linked)
    answers = tuple(one for one in map(police.outbox.answer_to, ids) if one is not None)
    return office.hub, (Sent(POLICE.source, ids, answers),)


def test_rows_that_an_erasure_took_are_accounted_for(erased: tuple[Hub, tuple[Sent, ...]]) -> None:
    hub, sent = erased
    assert sum(row.erased for row in rows_of(hub)) > 3
    assert broken(hub, *sent) == []


def without_its_journal(hub: Hub) -> None:
    (hub.settings.home / "erased.journal").unlink()


def with_another_key_gone(hub: Hub) -> None:
    (other,) = hub.index.people_with("nhs", WREN)
    hub.keyring.destroy(of_person(other.hex))


def with_a_row_altered(hub: Hub) -> None:
    change(hub, "hub.db", ALTERED)


def with_a_row_lost(hub: Hub) -> None:
    first = next(row for row in rows_of(hub) if row.erased and row.code == REPORT)
    change(hub, "hub.db", "DELETE FROM event WHERE rowid = ?", first.position)


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (without_its_journal, "its key is gone, and no erasure took it"),
        (with_another_key_gone, "its key is gone, and no erasure took it"),
        (with_a_row_altered, "row "),
        (with_a_row_lost, "took 1 reports, and 0 are gone"),
    ],
)
def test_rows_that_do_not_open_for_another_reason_are_found_beside_an_erasure(
    erased: tuple[Hub, tuple[Sent, ...]], fault: Callable[[Hub], None], said: str
) -> None:
    hub, sent = erased
    fault(hub)
    assert [line for line in broken(hub, *sent) if said in line]
