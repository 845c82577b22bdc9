"""Does every page that there is turn a stranger away, but for those that are named here?"""

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute, Mount, Route

from hub.web.app import create_app
from hub.wiring import Hub
from tests.support.pages import ASKING, browsing, form_key, pages, parts_of

# Whatever stands here may be asked for by anybody; a page that is added and should be open is added here too.
OPEN_TO_ALL = frozenset(
    {
        ("GET", "/sign-in"),
        ("POST", "/sign-in"),
        ("GET", "/sign-in/with/{rest:path}"),
        ("GET", "/sign-in/return/{rest:path}"),
        ("POST", "/sign-in/ended/{rest:path}"),
        ("POST", "/machine/token"),
        ("GET", "/machine/balance"),
        ("GET", "/about"),
        *(("GET", path) for path in ("/help", "/problem", "/when-down", "/accessibility", "/privacy")),
        ("GET", "/health"),
        ("GET", "/healthz"),
        ("GET", "/readyz"),
        ("GET", "/static/{rest:path}"),
        ("GET", "/log/{rest:path}"),
    }
)


def every_route(routes: list[BaseRoute]) -> frozenset[tuple[str, str]]:
    """Method and path of each route of an application, however it was added."""
    found: set[tuple[str, str]] = set()
    for route in routes:
        if isinstance(route, APIRoute | Route):
            found |= {(method, route.path) for method in route.methods or ()}
        elif isinstance(route, Mount):
            found.add(("GET", f"{route.path}/anything"))
        else:
            raise AssertionError(f"a route of another kind: {type(route).__name__}")
    return frozenset(found - {("HEAD", path) for _, path in found})


def turned_away(app: FastAPI, method: str, path: str) -> bool:
    """Whether a stranger, with a key of the stranger's own, is sent to sign in and told nothing else."""
    browser = browsing(app)
    key = form_key(browser.get("/sign-in"))
    body = {**ASKING, "form_key": key} if method == "POST" else None
    answer = browser.request(method, path.replace("{rest:path}", "checkpoint"), data=body)
    return (answer.status_code, answer.headers.get("location"), answer.content) == (303, "/sign-in", b"")


def test_every_route_turns_a_stranger_away_but_those_open_to_all(hub: Hub) -> None:
    app = create_app(parts_of(hub))
    routes = every_route(app.routes)
    assert routes >= OPEN_TO_ALL
    open_ones = {route for route in routes if not turned_away(app, *route)}
    assert open_ones == OPEN_TO_ALL


def test_a_page_that_somebody_adds_is_behind_the_door(hub: Hub) -> None:
    app = create_app(parts_of(hub))

    @app.get("/added")
    def added() -> str:
        return "anything"

    assert turned_away(app, "GET", "/added")


@pytest.mark.parametrize("path", ["/nowhere", "/docs", "/redoc", "/openapi.json", "/sign-in/", "//", "/chronology/x"])
def test_an_address_where_nothing_is_tells_a_stranger_nothing(hub: Hub, path: str) -> None:
    answer = pages(hub).get(path)
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_other_methods_are_refused(hub: Hub, method: str) -> None:
    assert pages(hub).request(method, "/chronology").status_code in {303, 405, 411, 415}


@pytest.mark.parametrize(
    "name",
    ["../hub.db", "..%2fhub.db", "%2e%2e/hub.db", "tile/0/../../../hub.db", "tile/0/000.tmp", "tile", "", "/etc/passwd",
     "state", "checkpoint/", "checkpoint%00", "tile/entries/x001/%2e%2e/000", "tile/0/999", "tile/entries/000.p/0"],
)  # fmt: skip
def test_only_the_logs_public_files_are_served(hub: Hub, name: str) -> None:
    assert pages(hub).get(f"/log/{name}").status_code in {303, 404}


def test_the_log_is_served_as_it_lies_in_its_folder(hub: Hub) -> None:
    folder = hub.settings.home / "log"
    browser = pages(hub)
    names = [str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file() and "tile" in path.parts]
    assert names
    for name in (*names, "checkpoint"):
        assert browser.get(f"/log/{name}").content == (folder / name).read_bytes()
