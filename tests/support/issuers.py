"""Staff whom an issuer of the tests vouches for, and browsers that go there and come back.

The fixtures are had wherever a file of tests, or its conftest, names them as its own.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response

from agencies import registry as partners
from contracts.events.hub import Actor, SessionEnded, SessionOpened
from contracts.vocabulary import StaffRole
from hub.application.enrol import enrol_new_staff
from hub.commands import signing_in
from hub.web.app import create_app
from hub.web.parts import Parts
from hub.wiring import Hub
from tests.support.given import StoppedClock
from tests.support.house import house
from tests.support.openid_provider import Provider
from tests.support.openid_server import serving
from tests.support.pages import HERE, parts_of

ROLE = StaffRole.MASH_DECISION_MAKER


class OwnIds(StoppedClock):
    """A stopped clock whose ids are new ones, since many tests keep things in one hub."""

    def new_id(self) -> UUID:
        """A random id."""
        return uuid4()


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


def enrol(hub: Hub, provider: Provider, subject: str, agency: str = "health") -> Actor:
    """Somebody whom the provider vouches for is on the registry."""
    partner = partners.by_name(agency)
    actor = Actor(
        issuer=provider.address,
        subject=subject,
        agency=partner.source,
        agency_kind=partner.kind,
        role=ROLE,
        assurance="openid",
        via="web",
    )
    enrol_new_staff(hub.store, hub.clock, actor, "Nia Okoro", None)
    return actor


def known(hub: Hub, provider: Provider, agency: str = "health") -> str:
    """The subject of somebody new whom the provider vouches for, which it will name next."""
    provider.subject = f"staff-1{provider.address.rpartition(':')[2]}{hub.clock.new_id().hex[:8]}"
    enrol(hub, provider, provider.subject, agency)
    return provider.subject


def with_issuers(hub: Hub, clock: StoppedClock, path: Path) -> Parts:
    """What the pages are made with where there is a list of issuers."""
    parts = parts_of(hub, clock=clock)
    openly = signing_in.openly(replace(hub.settings, issuers=path), hub.store, clock, HERE)
    return replace(parts, openly=openly)


def app_with(hub: Hub, clock: StoppedClock, path: Path) -> FastAPI:
    return create_app(with_issuers(hub, clock, path))


def round_trip(browser: TestClient, provider: Provider) -> Response:
    """The answer to somebody who went to the issuer, signed in there and came back."""
    browser.get("/sign-in")
    there = browser.get("/sign-in/with/trust")
    assert there.status_code == 303
    return browser.get(provider.authorize(there.headers["location"]))


def is_in(browser: TestClient) -> bool:
    return browser.get("/").status_code == 200


def sessions_since(hub: Hub, position: int) -> list[SessionOpened | SessionEnded]:
    """What is on record of sessions after that position."""
    facts = (hub.store.open_row(row) for row in hub.store.rows_after(position, 1_000))
    return [fact for fact in facts if isinstance(fact, SessionOpened | SessionEnded)]


def last_position(hub: Hub) -> int:
    return hub.store.rows_after(0, 1_000_000)[-1].position
