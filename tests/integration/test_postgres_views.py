"""Does PostgreSQL itself hold the views apart from the store: what may the application's role do, and how fast?"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from eventsourcing.persistence import PersistenceError
from psycopg.conninfo import conninfo_to_dict
from psycopg.errors import InsufficientPrivilege

from hub.adapters.recorder_postgres import DurableDatastore
from hub.adapters.view_rows_postgres import PostgresViewRows, make_view_tables
from hub.domain.errors import StoreUnavailable
from hub.views.view import View, ViewRow
from tests.support.engines import PostgresEngine
from tests.support.in_time import in_time

pytestmark = pytest.mark.postgres
VIEW = View("made_up", 1)


@pytest.fixture
def engine(postgres_engine: PostgresEngine) -> PostgresEngine:
    make_view_tables(postgres_engine.owner, str(conninfo_to_dict(postgres_engine.application)["user"]))
    return postgres_engine


@pytest.fixture
def tables(engine: PostgresEngine) -> Iterator[PostgresViewRows]:
    made = PostgresViewRows(DurableDatastore(engine.application, pool_size=4), (VIEW,))
    yield made
    made.close()


@pytest.mark.parametrize(
    "statement",
    [
        "TRUNCATE view_row",
        "DROP TABLE view_row",
        "ALTER TABLE view_followed ADD COLUMN more text",
        "UPDATE event SET topic = 'k02'",
        "DELETE FROM event",
        "DELETE FROM term",
    ],
)
def test_the_applications_role_may_write_views_and_nothing_else_more(engine: PostgresEngine, statement: str) -> None:
    with psycopg.connect(engine.application, autocommit=True) as itself:
        itself.execute("INSERT INTO view_row VALUES ('v', 1, 'k', '{}')")
        itself.execute("UPDATE view_row SET contents = '[]'")
        assert itself.execute("DELETE FROM view_row").rowcount == 1
        with pytest.raises(InsufficientPrivilege):
            itself.execute(statement.encode())


def test_a_store_opens_with_the_rights_on_views_in_place(engine: PostgresEngine) -> None:
    assert engine.recorder().select_notifications(0, 1) == []


def test_making_the_tables_again_keeps_what_they_hold(engine: PostgresEngine, tables: PostgresViewRows) -> None:
    assert tables.write(VIEW, (ViewRow("a", {"n": 1}),), 3, since=tables.followed_to(VIEW))
    make_view_tables(engine.owner, str(conninfo_to_dict(engine.application)["user"]))
    assert (tables.followed_to(VIEW), tables.read(VIEW)) == (3, ({"n": 1},))


def test_many_large_rows_are_written_at_once_over_the_socket(tables: PostgresViewRows) -> None:
    rows = tuple(ViewRow(f"key {number:05}", {"text": "x" * 2_000}) for number in range(2_000))
    before = tables.followed_to(VIEW)
    assert in_time(20, lambda: tables.write(VIEW, rows, 9, since=before))
    assert len(tables.read(VIEW)) == 2_000


def test_a_reader_sees_the_rows_of_one_write_all_or_none(tables: PostgresViewRows) -> None:
    def write(number: int) -> None:
        rows = tuple(ViewRow(f"{key}", {"n": number}) for key in range(200))
        assert tables.write(VIEW, rows, number, since=number - 1)

    def write_all() -> None:
        for number in range(2, 40):
            write(number)

    tables.followed_to(VIEW)
    write(1)
    with ThreadPoolExecutor(2) as pool:
        writing = pool.submit(write_all)
        while not writing.done():
            assert len({str(row["n"]) for row in tables.read(VIEW)}) == 1
        writing.result(60)


def test_a_server_that_is_away_is_said_in_the_hubs_own_words(engine: PostgresEngine) -> None:
    store = DurableDatastore(engine.application)
    store.pool.timeout = 1
    made = PostgresViewRows(store, (VIEW,))
    with psycopg.connect(engine.owner, autocommit=True) as owner:
        owner.execute("ALTER TABLE view_row RENAME TO elsewhere")
    with pytest.raises(StoreUnavailable) as refused:
        made.read(VIEW)
    assert not isinstance(refused.value, PersistenceError)
    made.close()
