"""Do the pages answer 503 soon while PostgreSQL is away, start without it, and show again once it is there?"""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from httpx2 import Client, HTTPError, Response

from hub.commands import staff
from hub.wiring import Hub
from tests.support.crowding import alone
from tests.support.own_database import own_database
from tests.support.pages import form_key
from tests.support.postgres_server import WheelServer
from tests.support.processes import Party, Running, free_port, until

pytestmark = [pytest.mark.slow, pytest.mark.postgres]

SOON_SECONDS = 3.0  # two as promised, and one for a machine that does much at once
PAGES = ("/feeds", "/sign-in", "/health", "/readyz")


@dataclass(frozen=True)
class Served:
    """A hub on a server that nobody else uses, and where its pages are."""

    server: WheelServer
    folder: Path
    party: Party
    port: int

    def start(self) -> Running:
        """`hub serve`."""
        return self.party.start("serve")

    def client(self) -> Client:
        """A browser before the pages."""
        here = f"http://127.0.0.1:{self.port}"
        return Client(base_url=here, headers={"origin": here}, timeout=60)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """A hub whose invented staff are enrolled; its pages are not started."""
    port = free_port()
    with own_database(tmp_path) as own:
        party = Party(tmp_path / "home", {"HUB_DATABASE": own.application, "HUB_PORT": str(port)})
        hub = Hub(party.settings)
        staff.enrol(hub)
        hub.follow()
        hub.close()
        found = Served(own.server, tmp_path, party, port)
        yield found
        found.party.end()


def got(client: Client, path: str) -> Response | None:
    """The answer; None where nobody answers yet."""
    try:
        return client.get(path)
    except HTTPError:
        return None


def is_code(client: Client, path: str, code: int) -> bool | None:
    """Whether that is the answer; None until it is."""
    answer = got(client, path)
    return True if answer is not None and answer.status_code == code else None


def sign_in(client: Client, served: Served) -> None:
    """As the one who checks."""
    hub = Hub(served.party.settings)
    phrase = staff.phrase(hub, staff.IG_OFFICER)
    hub.close()
    fields = {"subject": staff.IG_OFFICER.subject, "phrase": phrase, "form_key": form_key(client.get("/sign-in"))}
    assert client.post("/sign-in", data=fields).status_code == 303


def test_pages_answer_soon_that_the_store_is_away_and_show_again_when_it_is_back(served: Served) -> None:
    process = served.start()
    with served.client() as client:
        until(lambda: is_code(client, "/readyz", 200), "pages that are ready")
        sign_in(client, served)
        assert client.get("/feeds").status_code == 200
        served.server.end_at_once()
        for path in ("/feeds", "/feeds", "/health", "/readyz"):
            began = time.monotonic()
            assert client.get(path).status_code == 503, path
            assert alone(time.monotonic() - began) < SOON_SECONDS, path
        time.sleep(8)  # long enough for the pool to have given up
        began = time.monotonic()
        assert client.get("/feeds").status_code == 503
        assert alone(time.monotonic() - began) < SOON_SECONDS
        served.server.again(served.folder)
        back = time.monotonic()
        until(lambda: is_code(client, "/feeds", 200), "pages that show again")
        assert alone(time.monotonic() - back) < 10
    code, seconds = process.stop()
    assert (code, seconds < 10) == (0, True), process.words()
    assert "Traceback" not in process.words()


def test_pages_start_without_their_store_and_open_when_it_is_there(served: Served) -> None:
    served.server.end_at_once()
    process = served.start()
    with served.client() as client:
        until(lambda: is_code(client, "/healthz", 200), "a process that lives")
        for path in PAGES:
            answer = client.get(path)
            assert answer.status_code == 503, path
            assert answer.headers["Cache-Control"] == "no-store"
        assert client.get("/readyz").json() == {"ready": False, "store": "away"}
        assert "waits for its store" in client.get("/").text
        until(lambda: True if "waiting" in process.words() else None, "a line that says so")
        assert process.process.poll() is None
        served.server.again(served.folder)
        until(lambda: is_code(client, "/readyz", 200), "pages that are ready")
        sign_in(client, served)
        assert client.get("/feeds").status_code == 200
    code, seconds = process.stop()
    assert (code, seconds < 10) == (0, True), process.words()
    assert "Traceback" not in process.words()


def test_pages_that_wait_for_their_store_end_when_told(served: Served) -> None:
    served.server.end_at_once()
    process = served.start()
    with served.client() as client:
        until(lambda: is_code(client, "/readyz", 503), "pages that are not ready")
    code, seconds = process.stop()
    assert (code, seconds < 10) == (0, True), process.words()
    assert "Traceback" not in process.words()
