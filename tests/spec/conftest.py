"""Every use case that opens a hub is tried on both stores: a file, and a database of its own on a real server."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from hub.engines import leaving
from tests.support.databases import PLACE, Databases, EngineOf, databases
from tests.support.engines import SqliteEngine

_SERVER = pytest.param("server", marks=pytest.mark.postgres)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """What needs no folder of its own opens no hub: a test of the law alone is run once."""
    alone = any(metafunc.definition.iter_markers("in_a_file")) or "tmp_path" not in metafunc.fixturenames
    where = ["file"] if alone else ["file", _SERVER]
    metafunc.parametrize("kept_in", where, indirect=True)


@pytest.fixture(scope="session")
def servers(run_folder: Path) -> Iterator[Databases]:
    """Databases for the tests of this process."""
    with databases(run_folder) as found:
        yield found


@pytest.fixture(autouse=True)
def kept_in(request: pytest.FixtureRequest) -> Iterator[EngineOf]:
    """Where what a test keeps is kept."""
    if request.param == "file":
        yield lambda folder: SqliteEngine(folder / "hub.db")
        return
    found: Databases = request.getfixturevalue("servers")
    PLACE.databases = found
    try:
        with leaving():
            yield lambda folder: found.taken[folder]
    finally:
        PLACE.databases = None
        found.give_back()
