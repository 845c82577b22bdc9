"""The pages asked as a browser asks them, over any hub, with any of its parts changed."""

import re
from collections.abc import Mapping
from dataclasses import replace

from fastapi.testclient import TestClient
from httpx2 import Response
from starlette.types import ASGIApp

from hub.application.ports import Clock, Store
from hub.commands import serve, staff
from hub.commands.staff import Member
from hub.web.app import create_app
from hub.web.parts import Parts
from hub.wiring import Hub
from tests.support.given import ROBIN

HERE = "http://127.0.0.1:8470"
ASKING: Mapping[str, str] = {"child": ROBIN, "purpose": "s47"}
_KEY = re.compile(r'name="form_key" value="([0-9a-f]{64})"')


def parts_of(hub: Hub, store: Store | None = None, clock: Clock | None = None) -> Parts:
    """What the pages are made with; the store or the clock may be another than the hub's own."""
    parts = serve.parts(hub)
    if clock is not None:
        parts = replace(parts, clock=clock)
    if store is None:
        return parts
    kept = store
    return replace(
        parts,
        store=kept,
        reading=lambda: replace(hub.reading(), store=kept),
        sharing=lambda: replace(hub.sharing(), store=kept),
        signing=replace(parts.signing, store=kept),
        openly=replace(parts.openly, store=kept) if parts.openly is not None else None,
    )


def browsing(app: ASGIApp) -> TestClient:
    """A browser with an empty cookie jar; it follows no redirection and sends what a page of ours sends."""
    return TestClient(
        app, base_url=HERE, headers={"origin": HERE}, follow_redirects=False, raise_server_exceptions=False
    )


def pages(hub: Hub, store: Store | None = None, clock: Clock | None = None) -> TestClient:
    """A browser before the hub's pages."""
    return browsing(create_app(parts_of(hub, store, clock)))


def form_key(page: Response) -> str:
    """The key that the page's forms carry."""
    found = _KEY.search(page.text)
    assert found is not None
    return found[1]


def send(browser: TestClient, path: str, fields: Mapping[str, str]) -> Response:
    """The answer to a form, filled in on a page that was just fetched."""
    page = browser.get("/sign-in")
    key = form_key(page if page.status_code == 200 else browser.get("/about"))
    return browser.post(path, data={"form_key": key, **fields})


def sign_in(browser: TestClient, hub: Hub, member: Member) -> Response:
    """The answer to signing in as an invented member of staff."""
    page = browser.get("/sign-in")
    fields = {"form_key": form_key(page), "subject": member.subject, "phrase": staff.phrase(hub, member)}
    return browser.post("/sign-in", data=fields)


def signed_in(hub: Hub, member: Member, store: Store | None = None, clock: Clock | None = None) -> TestClient:
    """A browser in which the member is signed in."""
    browser = pages(hub, store, clock)
    assert sign_in(browser, hub, member).status_code == 303
    return browser
