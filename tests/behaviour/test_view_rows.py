"""Are views the same on every engine: rows and position together, never going back, made again from nothing?"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from psycopg.conninfo import conninfo_to_dict

from contracts.event import Fact
from contracts.events.hub import ReceiptIssued
from hub.adapters.followed import FollowedTo
from hub.adapters.recorder_postgres import DurableDatastore
from hub.adapters.view_rows import ViewRows
from hub.adapters.view_rows_port import KeptViews
from hub.adapters.view_rows_postgres import PostgresViewRows, make_view_tables
from hub.application.keep_views import keep_views
from hub.application.kept_rows import KeptRow
from hub.domain.errors import StoreUnavailable
from hub.views.view import Read, Values, View, ViewRow
from tests.support.engines import PostgresEngine
from tests.support.given import NOW, POLICE

FACTS = 1_300  # more than two batches


def tally(fact: Fact, position: int, read: Read) -> tuple[ViewRow, ...]:
    """Adds up positions: a fact that is counted twice, or not at all, shows."""
    if not isinstance(fact, ReceiptIssued):
        return ()
    before = read(fact.event_id) or {"sum": 0, "times": 0}
    return (ViewRow(fact.event_id, {"sum": number(before, "sum") + position, "times": number(before, "times") + 1}),)


def number(values: Values, name: str) -> int:
    found = values[name]
    assert isinstance(found, int)
    return found


def asks(fact: Fact) -> tuple[str, ...]:
    """The row of the fact's own message."""
    return (fact.event_id,) if isinstance(fact, ReceiptIssued) else ()


TALLY = View("tally", 1, gather=tally, asks=asks)


class ManyRows:
    """A store's rows, as followers see them: receipts for eleven messages, again and again."""

    def __init__(self, count: int = FACTS) -> None:
        self.count = count

    def rows_after(self, position: int, limit: int) -> tuple[KeptRow, ...]:
        """See kept_rows.KeptRows."""
        last = min(position + limit, self.count)
        return tuple(KeptRow(one, UUID(int=one), 1, "k06", b"") for one in range(position + 1, last + 1))

    def open_row(self, row: KeptRow) -> Fact | None:
        """See kept_rows.KeptRows."""
        return ReceiptIssued(
            source=POLICE, event_id=f"e{row.position % 11}", outcome="accepted", code="", where="", at=NOW
        )


class Engine:
    """Opens views anew on one database, as another process or a later edition would."""

    def __init__(self, folder: Path, postgres: PostgresEngine | None) -> None:
        self._folder = folder
        self._postgres = postgres
        self._opened: list[KeptViews] = []
        if postgres is not None:
            make_view_tables(postgres.owner, str(conninfo_to_dict(postgres.application)["user"]))

    def views(self, *views: View) -> KeptViews:
        """The views, kept there."""
        if self._postgres is None:
            self._opened.append(ViewRows(self._folder / "views.db", views))
        else:
            self._opened.append(PostgresViewRows(DurableDatastore(self._postgres.application), views))
        return self._opened[-1]

    def close(self) -> None:
        """Close all that was opened."""
        for one in self._opened:
            one.close()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    postgres = request.getfixturevalue("postgres_engine") if request.param == "postgres" else None
    made = Engine(tmp_path, postgres)
    yield made
    made.close()


def test_rows_come_back_by_key_as_they_were_written(engine: Engine) -> None:
    tables = engine.views(TALLY)
    assert tables.followed_to(TALLY) == 0
    values: Values = {"text": "é \u2028 \x00 \"'", "list": [["a", 1]], "none": None, "flag": True}
    rows = tuple(ViewRow(key, {**values, "key": key}) for key in ("b", "Z", "a b", "ä", "a"))
    assert tables.write(TALLY, rows, 7, since=0)
    assert [row["key"] for row in tables.read(TALLY)] == ["Z", "a", "a b", "b", "ä"]
    found = tables.rows_of(TALLY, ("ä", "c", "a b"))
    assert found == {"ä": {**values, "key": "ä"}, "a b": {**values, "key": "a b"}}
    assert tables.rows_of(TALLY, ()) == {}
    assert tables.followed_to(TALLY) == 7
    assert list(tables.contents(TALLY)) == ["Z", "a", "a b", "b", "ä"]


def test_a_row_is_replaced_by_its_key_and_the_last_of_two_stands(engine: Engine) -> None:
    tables = engine.views(TALLY)
    assert tables.write(TALLY, (ViewRow("a", {"n": 1}), ViewRow("a", {"n": 2})), 1, since=tables.followed_to(TALLY))
    assert tables.read(TALLY) == ({"n": 2},)
    assert tables.write(TALLY, (ViewRow("a", {"n": 3}),), 2, since=1)
    assert tables.read(TALLY) == ({"n": 3},)


def test_who_has_fallen_behind_writes_nothing(engine: Engine) -> None:
    one, other = engine.views(TALLY), engine.views(TALLY)
    assert one.followed_to(TALLY) == other.followed_to(TALLY) == 0
    assert one.write(TALLY, (ViewRow("a", {"n": 1}),), 9, since=0)
    assert not other.write(TALLY, (ViewRow("a", {"n": 2}), ViewRow("b", {"n": 2})), 5, since=0)
    assert other.followed_to(TALLY) == 9
    assert other.read(TALLY) == ({"n": 1},)


def test_a_write_that_fails_leaves_rows_and_position_as_they_were(engine: Engine) -> None:
    tables = engine.views(TALLY)
    tables.write(TALLY, (ViewRow("a", {"n": 1}),), 1, since=tables.followed_to(TALLY))
    too_long = ViewRow("x\x00", {"n": 2}) if isinstance(tables, PostgresViewRows) else ViewRow("\ud800", {"n": 2})
    with pytest.raises((StoreUnavailable, UnicodeEncodeError)):
        tables.write(TALLY, (ViewRow("a", {"n": 2}), too_long), 2, since=1)
    assert (tables.followed_to(TALLY), tables.read(TALLY)) == (1, ({"n": 1},))


def test_rebuilt_from_nothing_it_is_what_following_gave(engine: Engine) -> None:
    tables = engine.views(TALLY)
    for count in (1, 499, 501, 1_000, FACTS):
        keep_views(ManyRows(count), tables)
    followed = tables.contents(TALLY)
    again = replace(TALLY, name="again")
    keep_views(ManyRows(), engine.views(again))
    assert engine.views(again).contents(again) == followed
    assert sum(number(row, "sum") for row in tables.read(TALLY)) == FACTS * (FACTS + 1) // 2


def test_what_a_fact_asks_for_is_read_together_or_alone_with_the_same_end(engine: Engine) -> None:
    alone = replace(TALLY, name="alone", asks=None)
    tables = engine.views(TALLY, alone)
    keep_views(ManyRows(), tables)
    assert tables.contents(alone) == tables.contents(TALLY)


def test_workers_that_follow_at_once_count_each_fact_once(engine: Engine) -> None:
    workers = [engine.views(TALLY) for _ in range(4)]
    with ThreadPoolExecutor(len(workers)) as pool:
        for done in [pool.submit(keep_views, ManyRows(), worker) for worker in workers]:
            done.result(60)
    rows = workers[0].read(TALLY)
    assert sum(number(row, "times") for row in rows) == FACTS
    assert sum(number(row, "sum") for row in rows) == FACTS * (FACTS + 1) // 2
    assert {worker.followed_to(TALLY) for worker in workers} == {FACTS}


def test_a_view_whose_version_changed_is_emptied_and_follows_again(engine: Engine) -> None:
    keep_views(ManyRows(), engine.views(TALLY))
    later = replace(TALLY, version=2)
    tables = engine.views(later)
    assert tables.followed_to(later) == 0
    assert tables.read(later) == ()
    assert tables.rows_of(later, ("e1",)) == {}
    keep_views(ManyRows(20), tables)
    assert sum(number(row, "times") for row in tables.read(later)) == 20


def test_one_view_starts_again_and_the_others_stay(engine: Engine) -> None:
    other = replace(TALLY, name="other")
    keep_views(ManyRows(50), engine.views(TALLY, other))
    later = replace(TALLY, version=2)
    tables = engine.views(later, other)
    assert (tables.followed_to(later), tables.followed_to(other)) == (0, 50)
    assert len(tables.read(other)) == 11


def test_where_two_followers_keep_their_place_it_never_goes_back(engine: Engine) -> None:
    one, other = FollowedTo(engine.views(), "f"), FollowedTo(engine.views(), "f")
    assert one.reached() == 0
    one.reach(40)
    other.reach(30)
    assert (one.reached(), other.reached()) == (40, 40)
    other.reach(41)
    assert one.reached() == 41


@pytest.mark.postgres
def test_a_worker_of_the_edition_before_goes_on_beside_the_new_one(
    postgres_engine: PostgresEngine, tmp_path: Path
) -> None:
    engine, later = Engine(tmp_path, postgres_engine), replace(TALLY, version=2)
    old, new = engine.views(TALLY), engine.views(later)
    keep_views(ManyRows(30), old)
    for count in (31, 40, 50):
        keep_views(ManyRows(count), new)
        keep_views(ManyRows(count), old)
        assert (old.followed_to(TALLY), new.followed_to(later)) == (count, count)
        assert old.contents(TALLY) == new.contents(later)
    engine.close()


@pytest.mark.postgres
def test_a_database_without_the_view_tables_is_refused(postgres_engine: PostgresEngine) -> None:
    store = DurableDatastore(postgres_engine.application)
    with pytest.raises(StoreUnavailable, match="no_view_tables"):
        PostgresViewRows(store, (TALLY,))
    store.close()
