"""The use cases of this folder are tried on both stores, and not twice on one."""

from pathlib import Path

import pytest

from hub.adapters.recorder_postgres import PostgresHubRecorder
from tests.support.given import ROBIN, a_concern
from tests.support.house import house
from tests.support.small_hub import SmallHub


def test_the_store_is_the_one_that_the_test_is_named_after(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    on_server = "server" in request.node.callspec.id
    for recorder in (SmallHub(tmp_path / "small").recorder, house(tmp_path).recorder):
        assert isinstance(recorder, PostgresHubRecorder) is on_server
    assert (tmp_path / "small" / "hub.db").exists() is not on_server


def test_a_hub_that_is_opened_again_is_the_same_and_another_is_empty(tmp_path: Path) -> None:
    for folder in (tmp_path / "one", tmp_path / "other"):
        assert SmallHub(folder).index.people_with("nhs", ROBIN) == ()
        SmallHub(folder).receive(a_concern())
        assert len(SmallHub(folder).index.people_with("nhs", ROBIN)) == 1
