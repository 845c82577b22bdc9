"""One hub with a story in it, for all tests that change nothing but the record of who looked."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from hub.wiring import Hub
from tests.support.given import StoppedClock
from tests.support.house import house
from tests.support.issuers import OwnIds
from tests.support.openid_provider import Provider
from tests.support.openid_server import serving
from tests.support.story import tell_story


@pytest.fixture(scope="session")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Hub:
    """The hub, to be shared: what tests add is only looks and tries."""
    folder: Path = tmp_path_factory.mktemp("hub")
    made = house(folder)
    tell_story(made)
    return made


@pytest.fixture(scope="session")
def own_hub(tmp_path_factory: pytest.TempPathFactory) -> Hub:
    """A hub whose staff are vouched for by issuers, to be shared: each test enrols its own."""
    return house(tmp_path_factory.mktemp("issuers"))


@pytest.fixture
def clock() -> StoppedClock:
    """A clock that stands until it is moved."""
    return OwnIds()


@pytest.fixture
def provider(clock: StoppedClock) -> Iterator[Provider]:
    """An issuer that stands at the same time."""
    with serving(clock.now) as found:
        yield found
