"""On a server set up by compose.yaml's own SQL and its own job, may the hub do its work, and no more?"""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from tests.support import compose
from tests.support.as_composed import a_database, reached_as
from tests.support.terminal import hub_says

pytestmark = [pytest.mark.postgres, pytest.mark.slow]


@pytest.fixture(scope="module")
def socket(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The folder of a server's socket, after its first start as compose.yaml has it; the server is this file's own."""
    with a_database(tmp_path_factory.mktemp("postgres")) as found:
        yield found


def command(home: Path, socket: str, service: str, *words: str) -> subprocess.CompletedProcess[str]:
    """`hub` run as a plain process, with the database settings of that service."""
    named = compose.section(compose.read(), "services", service, "environment")
    settings = {name: reached_as(service, name, socket) for name in named if name.startswith("HUB_DATABASE")}
    return hub_says(home, *words, more=settings)


@pytest.fixture(scope="module")
def ready(socket: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The same, when compose.yaml's job has made the tables; made twice, as a restarted job would."""
    words = compose.words(compose.section(compose.read(), "services", "tables")["command"])
    for _ in range(2):
        done = command(tmp_path_factory.mktemp("none"), socket, "tables", *words)
        assert done.returncode == 0, done.stderr
    return socket


def test_the_hub_does_its_work_there(ready: str, tmp_path: Path) -> None:
    for words in (("demo", "--once"), ("audit", "verify")):
        done = command(tmp_path, ready, "work", *words)
        assert done.returncode == 0, done.stdout + done.stderr
    with psycopg.connect(reached_as("work", "HUB_DATABASE", ready)) as connection:
        assert connection.execute("SELECT count(*) > 0 FROM event").fetchone() == (True,)


@pytest.mark.parametrize(
    "statement",
    ["UPDATE event SET topic = topic", "DELETE FROM event", "TRUNCATE event", "DROP TABLE event"],
)
def test_the_hubs_own_role_cannot_change_what_is_kept(ready: str, statement: str) -> None:
    with (
        psycopg.connect(reached_as("work", "HUB_DATABASE", ready)) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute(statement.encode())


def test_the_hubs_own_role_makes_no_tables(ready: str) -> None:
    with (
        psycopg.connect(reached_as("work", "HUB_DATABASE", ready)) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute("CREATE TABLE aside (word text)")


def test_any_other_role_is_not_let_in(ready: str) -> None:
    administrator = make_conninfo("", host=ready, user="postgres", dbname="postgres")
    with psycopg.connect(administrator, autocommit=True) as connection:
        connection.execute("CREATE ROLE somebody LOGIN")
    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        psycopg.connect(make_conninfo("", host=ready, user="somebody", dbname="hub"))
