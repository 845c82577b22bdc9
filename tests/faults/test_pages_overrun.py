"""More clients than the pages can hold, or clients that never finish: are they shed, and is nothing half shown?"""

import asyncio
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx2
import pytest
import uvicorn

from hub.commands import serve, staff
from hub.commands.slow_clients import Impatient
from hub.settings import Settings
from hub.web.app import create_app
from hub.wiring import Hub
from tests.support.beset import notice
from tests.support.pages import form_key
from tests.support.places import REPO
from tests.support.processes import Party, free_port, loading, until

CHILD = "9991000119"
IDLE = 100
FILES = 192


class Hasty(Impatient):
    """As the pages' own, and quicker."""

    look_every_seconds = 0.2


@pytest.fixture
def hub(tmp_path: Path) -> Hub:
    found = Hub(Settings(home=tmp_path / "home"))
    staff.enrol(found)
    found.edge("police").send(notice(1), "1.json")
    found.work()
    return found


@contextmanager
def served(hub: Hub, at_once: int) -> Iterator[int]:
    """The pages on a port of this machine, for so many connections at once."""
    port = free_port()
    app = create_app(serve.parts(hub))
    config = uvicorn.Config(app, port=port, log_config=None, http=Hasty, limit_concurrency=at_once)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=lambda: asyncio.run(server.serve()))
    thread.start()
    until(lambda: server.started or None, "the pages")
    try:
        yield port
    finally:
        server.should_exit = True
        thread.join()


def dial(port: int, sends: bytes = b"", seconds: float = 10) -> socket.socket:
    found = socket.create_connection(("127.0.0.1", port), timeout=seconds)
    if sends:
        found.sendall(sends)
    return found


def closed_within(connection: socket.socket, seconds: float) -> bool:
    connection.settimeout(seconds)
    try:
        return connection.recv(1) == b""
    except TimeoutError:
        return False
    except ConnectionError:
        return True


@pytest.mark.parametrize(
    "begun",
    [
        b"",
        b"GET /about HTTP/1.1\r\nHost: 127.0.0.1\r\nX-",
        b"POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: http://127.0.0.1\r\n"
        b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\nsubject=",
    ],
)
def test_whoever_never_finishes_a_request_is_let_go(begun: bytes, hub: Hub) -> None:
    with served(hub, 20) as port, dial(port, begun) as connection:
        assert closed_within(connection, 5)


def test_a_page_that_takes_its_time_is_not_cut_off(hub: Hub) -> None:
    with served(hub, 20) as port, browser(port) as client:
        for _ in range(3):
            assert client.get("/about").status_code == 200
            time.sleep(0.6)


def browser(port: int) -> httpx2.Client:
    here = f"http://127.0.0.1:{port}"
    return httpx2.Client(base_url=here, headers={"origin": here}, timeout=20, follow_redirects=False)


def sign_in(client: httpx2.Client, hub: Hub) -> None:
    fields = {"subject": "priya", "phrase": staff.phrase(hub, staff.DECISION_MAKER)}
    page = client.get("/sign-in")
    assert client.post("/sign-in", data={"form_key": form_key(page), **fields}).status_code == 303


def ask(client: httpx2.Client) -> httpx2.Response:
    key = form_key(client.get("/about"))
    return client.post("/chronology", data={"form_key": key, "child": CHILD, "purpose": "s47"})


def decisions(hub: Hub) -> int:
    return sum(row.code == "k07" for row in hub.store.rows_after(0, 10_000))


def test_beyond_the_limit_nothing_is_decided_or_shown_and_then_all_is_well(hub: Hub) -> None:
    with served(hub, 8) as port:
        client = browser(port)
        sign_in(client, hub)
        assert "Robinb" in ask(client).text
        key = form_key(client.get("/about"))
        before = decisions(hub)
        cookies = client.cookies
        client.close()
        with ExitStack() as held:
            for _ in range(10):
                held.enter_context(dial(port))
            with browser(port) as other:
                other.cookies = cookies
                page = other.post("/chronology", data={"form_key": key, "child": CHILD, "purpose": "s47"})
            assert (page.status_code, "Robin" in page.text) == (503, False)
            assert decisions(hub) == before
        with browser(port) as other:
            other.cookies = cookies
            assert "Robinb" in until(lambda: _shown(other), "the page again")


def _shown(client: httpx2.Client) -> str | None:
    page = client.get("/about")
    return ask(client).text if page.status_code == 200 else None


@contextmanager
def serving(hub: Hub, said: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """`hub serve` as a process that may open few files; it ends in good order."""
    party = Party(hub.settings.home, {"HUB_PORT": str(port)})
    words = ["/bin/sh", "-c", f'ulimit -n {FILES}; exec "$@"', "sh", *loading("serve")]
    with said.open("wb") as output:
        process = subprocess.Popen(words, cwd=REPO, env=party.environment, stdout=output, stderr=output)
    try:
        yield process
    finally:
        process.terminate()
        assert process.wait(30) == 0


@pytest.mark.slow
def test_out_of_file_descriptors_it_sheds_and_recovers(hub: Hub, tmp_path: Path) -> None:
    port = free_port()
    hub.close()
    with serving(hub, tmp_path / "said.txt", port) as process:
        with browser(port) as client:
            until(lambda: _answers(client), "the pages")
            sign_in(client, hub)
            assert "Robinb" in ask(client).text
            key, cookies = form_key(client.get("/about")), client.cookies
        with ExitStack() as held:
            pages = []
            for _ in range(4):
                for _ in range(IDLE):
                    held.enter_context(dial(port))
                pages.append(_try(port, cookies, key))
            shed = [page for page in pages if "Robin" not in page]
            assert shed  # more connections than places, whoever of them was let go meanwhile
            assert all(page.rstrip().endswith("</html>") for page in pages if page not in shed)
        with browser(port) as other:
            other.cookies = cookies
            until(lambda: _answers(other), "the pages again")
            assert "Robinb" in ask(other).text
        assert process.poll() is None
    assert "Exemplar" not in (tmp_path / "said.txt").read_text()


def _answers(client: httpx2.Client) -> bool | None:
    try:
        return client.get("/healthz").status_code == 200 or None
    except httpx2.HTTPError:
        return None


def _try(port: int, cookies: httpx2.Cookies, key: str) -> str:
    try:
        with browser(port) as client:
            client.cookies, client.timeout = cookies, httpx2.Timeout(2)
            return client.post("/chronology", data={"form_key": key, "child": CHILD, "purpose": "s47"}).text
    except httpx2.HTTPError:
        return ""
