"""A row corrupted, deleted, swapped or slipped in by a database administrator: named, and other children readable?"""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest

from contracts.identifiers import parse_identifier
from contracts.vocabulary import Purpose
from hub.adapters.database_set_up import make_database
from hub.adapters.fact_codes import REPORT
from hub.application.ports import Stream
from hub.application.read_chronology import read_chronology
from hub.commands.audit_log import Verified, check
from hub.domain.errors import Unreadable
from hub.settings import Settings
from hub.wiring import Hub
from tests.support.beset import notice
from tests.support.engines import Engine, PostgresEngine, SqliteEngine
from tests.support.given import an_actor

pytestmark = pytest.mark.slow
CHILDREN = ("9991000119", "9991000224")
OPEN_PART = 80  # a byte of what a chronology opens: the parts that are held apart follow it


@dataclass(frozen=True)
class Attacked:
    """A hub on an engine, with two children; the positions of each one's reports."""

    hub: Hub
    engine: Engine
    people: tuple[UUID, UUID]

    def reports(self, child: int) -> list[tuple[int, bytes]]:
        return self.engine.rows(self.hub.store.stream_id(Stream.history(self.people[child])), REPORT)

    def again(self) -> Hub:
        return Hub(self.hub.settings)

    def verified(self) -> Verified:
        hub = self.again()
        found = check(hub)
        hub.close()
        return found


@pytest.fixture
def attacked(engine: Engine, tmp_path: Path) -> Attacked:
    database = None
    if isinstance(engine, PostgresEngine):
        make_database(engine.owner, engine.application)
        database = engine.application
    hub = Hub(Settings(home=tmp_path, database=database))
    for number in (1, 2):
        hub.edge("police").send(notice(number), f"{number}.json")
    assert {receipt.outcome for receipt in hub.work()} == {"accepted"}
    one, other = (hub.index.people_with("nhs", child)[0] for child in CHILDREN)
    found = Attacked(hub, engine, (one, other))
    assert found.verified().ok
    return found


def shown(hub: Hub, child: int) -> int:
    asked = parse_identifier(f"nhs:{CHILDREN[child]}")
    return len(read_chronology(hub.reading(), an_actor(), asked, Purpose.SECTION_47).entries)


def corrupt(attacked: Attacked) -> list[int]:
    position, state = attacked.reports(0)[0]
    attacked.engine.overwrite(position, state[:OPEN_PART] + bytes([state[OPEN_PART] ^ 1]) + state[OPEN_PART + 1 :])
    return [position]


def delete(attacked: Attacked) -> list[int]:
    position, _ = attacked.reports(0)[0]
    attacked.engine.delete(position)
    return [position]


def put_anothers_in_its_place(attacked: Attacked) -> list[int]:
    position, _ = attacked.reports(0)[0]
    attacked.engine.overwrite(position, attacked.reports(1)[0][1])
    return [position]


@pytest.mark.parametrize("attack", [corrupt, delete, put_anothers_in_its_place])
def test_it_is_named_the_child_does_not_open_and_the_other_does(
    attack: Callable[[Attacked], list[int]], attacked: Attacked
) -> None:
    positions = attack(attacked)
    hub = attacked.again()
    with pytest.raises(Unreadable):
        shown(hub, 0)
    assert shown(hub, 1) == 1
    hub.edge("police").send(notice(3), "3.json")
    assert [receipt.outcome for receipt in hub.work()][-1] == "accepted"
    hub.close()
    found = attacked.verified()
    assert not found.ok
    named = {finding.split(":")[0] for finding in found.store_findings}
    assert named == {f"row {position}" for position in positions}


def test_a_part_that_no_chronology_opens_is_named_too(attacked: Attacked) -> None:
    position, state = attacked.reports(0)[0]
    attacked.engine.overwrite(position, state[:-1] + bytes([state[-1] ^ 1]))
    hub = attacked.again()
    assert shown(hub, 0) == 1
    hub.close()
    found = attacked.verified()
    assert not found.ok
    assert {finding.split(":")[0] for finding in found.store_findings} == {f"row {position}"}


def slip_in(engine: Engine, like: int) -> None:
    """A copy of a row, alone in a stream that nobody made."""
    copied = "INSERT INTO event (originator_id, originator_version, topic, state) SELECT {}, 1, topic, state FROM event"
    if isinstance(engine, SqliteEngine):
        with closing(sqlite3.connect(engine.path)) as db, db:
            db.execute(copied.format("?") + " WHERE rowid = ?", (uuid4().hex, like))
    elif isinstance(engine, PostgresEngine):
        with psycopg.connect(engine.owner) as owner:
            owner.execute((copied.format("%s") + " WHERE notification_id = %s").encode(), (uuid4(), like))


def test_a_row_slipped_in_is_named_and_children_are_readable(attacked: Attacked) -> None:
    slip_in(attacked.engine, attacked.reports(0)[0][0])
    newest = max(row.position for row in attacked.hub.store.rows_after(0, 1000))
    hub = attacked.again()
    assert (shown(hub, 0), shown(hub, 1)) == (1, 1)
    hub.close()
    found = attacked.verified()
    assert not found.ok
    assert any(f"{newest}" in finding for finding in (*found.store_findings, *found.halted))


def test_two_children_exchanged_by_the_administrator_are_named(attacked: Attacked) -> None:
    one, other = (attacked.hub.store.stream_id(Stream.history(person)) for person in attacked.people)
    attacked.engine.exchange(one, other)
    hub = attacked.again()
    for child in (0, 1):
        with pytest.raises(Unreadable):
            shown(hub, child)
    hub.close()
    named = {finding.split(":")[0] for finding in attacked.verified().store_findings}
    assert {f"row {position}" for child in (0, 1) for position, _ in attacked.reports(child)} <= named
