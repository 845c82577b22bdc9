"""Is the registry, for which everything asks, opened once, and never staler than the store?"""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from contracts.event import Fact
from contracts.events.hub import StaffLeft
from hub.adapters.remembered import Remembered
from hub.application.kept_rows import KeptRow
from hub.application.ports import Entry, Stream
from hub.domain.errors import Unreadable
from tests.support.small_hub import SmallHub

STREAM, NOW = UUID(int=7), datetime(2026, 11, 20, 9, tzinfo=UTC)


def left(who: str) -> StaffLeft:
    """Somebody left."""
    return StaffLeft(at=NOW, issuer="urn:childhub:test", subject=who)


class Shelf:
    """Rows as a store has them, and of how many each asking had to be opened."""

    def __init__(self, *states: bytes) -> None:
        """These rows."""
        self.rows = tuple(KeptRow(0, STREAM, place, "x", state) for place, state in enumerate(states, start=1))
        self.opened: list[int] = []

    def add(self, state: bytes) -> None:
        """One more row."""
        self.rows += (KeptRow(0, STREAM, len(self.rows) + 1, "x", state),)

    def after(self, version: int) -> tuple[KeptRow, ...]:
        """The rows past a version."""
        return self.rows[version:]

    def facts(self, rows: tuple[KeptRow, ...]) -> tuple[Fact, ...]:
        """Of each row, that somebody left whose name it holds."""
        self.opened.append(len(rows))
        return tuple(left(row.state.decode()) for row in rows)


def test_what_was_opened_is_not_opened_again_and_what_came_since_is() -> None:
    shelf = Shelf(b"a", b"b")
    known = Remembered(shelf.after, shelf.facts)
    assert known.facts() == known.facts() == (left("a"), left("b"))
    shelf.add(b"c")
    assert known.facts() == (left("a"), left("b"), left("c"))
    assert shelf.opened == [2, 1]


def test_an_empty_one_is_asked_for_again() -> None:
    shelf = Shelf()
    known = Remembered(shelf.after, shelf.facts)
    assert known.facts() == ()
    shelf.add(b"a")
    assert known.facts() == (left("a"),)


def test_where_a_store_was_put_back_or_changed_all_is_opened_anew() -> None:
    shelf = Shelf(b"a", b"b", b"c")
    known = Remembered(shelf.after, shelf.facts)
    known.facts()
    shelf.rows = shelf.rows[:2]
    assert known.facts() == (left("a"), left("b"))
    shelf.rows = (shelf.rows[0], replace(shelf.rows[1], state=b"z"))
    assert known.facts() == (left("a"), left("z"))
    shelf.rows = ()
    assert known.facts() == ()


def test_a_store_sees_at_once_what_another_process_put_on_the_registry(tmp_path: Path) -> None:
    one = SmallHub(tmp_path)
    other = SmallHub(tmp_path)
    before = one.store.read_stream(Stream.registry())
    assert other.store.read_stream(Stream.registry()) == before
    other.store.keep((Entry(Stream.registry(), uuid4(), left("tom")),))
    assert one.store.read_stream(Stream.registry()) == (*before, left("tom"))
    assert one.store.read_stream(Stream.registry()) == other.store.read_stream(Stream.registry())


def test_an_older_row_that_was_altered_is_noticed_by_whatever_starts_next(tmp_path: Path) -> None:
    one = SmallHub(tmp_path)
    for who in ("tom", "ann"):
        one.store.keep((Entry(Stream.registry(), uuid4(), left(who)),))
    kept = one.store.read_stream(Stream.registry())
    older = (one.store.stream_id(Stream.registry()).hex, len(kept) - 1)
    with closing(sqlite3.connect(tmp_path / "hub.db")) as database, database:
        asked = "UPDATE event SET state = zeroblob(200) WHERE originator_id = ? AND originator_version = ?"
        assert database.execute(asked, older).rowcount == 1
    assert one.store.read_stream(Stream.registry()) == kept, "what runs goes by what was kept"
    with pytest.raises(Unreadable):
        SmallHub(tmp_path).store.read_stream(Stream.registry())
