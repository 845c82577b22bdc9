"""One hub with a story in it, for all tests that change nothing but the record of who looked."""

from pathlib import Path

import pytest

from hub.wiring import Hub
from tests.support import issuers
from tests.support.house import house
from tests.support.story import tell_story

own_hub, clock, provider = issuers.own_hub, issuers.clock, issuers.provider


@pytest.fixture(scope="session")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Hub:
    """The hub, to be shared: what tests add is only looks and tries."""
    folder: Path = tmp_path_factory.mktemp("hub")
    made = house(folder)
    tell_story(made)
    return made
