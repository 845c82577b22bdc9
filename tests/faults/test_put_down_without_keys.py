"""Does a store that was put down without its keys stay shut, with nobody served and no keys made in their place?"""

import shutil
from pathlib import Path

import pytest

from hub.adapters.database_set_up import make_database
from hub.domain.errors import StoreUnavailable
from hub.settings import Settings
from hub.wiring import Hub
from tests.support.canaries import STEM, files, leaks, marked, reports
from tests.support.engines import PostgresEngine
from tests.support.house import house, say


def test_a_database_on_a_clean_box_tells_nothing_and_no_hub_starts_on_it(tmp_path: Path) -> None:
    made = house(tmp_path)
    say(made, "police", marked(type(next(reports())), 0))
    made.close()
    box = tmp_path / "box"
    box.mkdir()
    for path in made.settings.home.glob("hub.db*"):
        shutil.copy(path, box)
    for _ in range(2):  # a second start does not find keys that the first one made
        with pytest.raises(StoreUnavailable, match="keys_gone"):
            Hub(Settings(home=box))
    assert not list(box.rglob("root.key"))
    assert leaks({"box": [held for _, held in files(box)]}) == []
    assert leaks({"box": [STEM.encode()]}) == ["box"]


def test_with_its_keys_put_back_it_starts(tmp_path: Path) -> None:
    made = house(tmp_path)
    known = made.enrolments().keys()
    made.close()
    box = tmp_path / "box"
    shutil.copytree(made.settings.home, box)
    shutil.rmtree(box / "keys")
    with pytest.raises(StoreUnavailable, match="keys_gone"):
        Hub(Settings(home=box))
    shutil.copytree(made.settings.home / "keys", box / "keys")
    again = Hub(Settings(home=box))
    assert again.enrolments().keys() == known != set()
    again.close()


@pytest.mark.postgres
def test_a_database_on_a_server_is_as_shut(tmp_path: Path, postgres_engine: PostgresEngine) -> None:
    make_database(postgres_engine.owner, postgres_engine.application)
    first = Hub(Settings(home=tmp_path / "first", database=postgres_engine.application))
    first.edge("police")
    first.close()
    with pytest.raises(StoreUnavailable, match="keys_gone"):
        Hub(Settings(home=tmp_path / "second", database=postgres_engine.application))
