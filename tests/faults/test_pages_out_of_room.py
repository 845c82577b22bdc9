"""Two thousand idle clients, or no memory left: do the pages hold a bounded number, shed the rest and come back?"""

import re
import resource
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest

from hub.application.enrol import enrol_staff
from hub.commands import staff
from hub.commands.slow_clients import FILES_OF_ITS_OWN, MOST_CONNECTIONS
from hub.settings import Settings
from hub.wiring import Hub
from tests.faults.test_pages_overrun import CHILD, ask, browser, decisions, dial, sign_in
from tests.support.beset import notice
from tests.support.given import an_actor
from tests.support.pages import form_key
from tests.support.phrases import PLAIN
from tests.support.places import REPO
from tests.support.processes import Party, free_port, loading, until

pytestmark = pytest.mark.slow

CLIENTS = 2_000
MIB = 1024 * 1024
CHOOSER = "rory"


@dataclass(frozen=True)
class Served:
    """`hub serve`, and the hub that it serves."""

    hub: Hub
    process: subprocess.Popen[bytes]
    port: int
    said: Path

    @property
    def files(self) -> int:
        """How many files and connections it holds."""
        return len(list(Path(f"/proc/{self.process.pid}/fd").iterdir()))

    def memory(self, kind: str) -> int:
        """VmRSS or VmSize, in bytes."""
        found = re.search(rf"{kind}:\s+(\d+) kB", Path(f"/proc/{self.process.pid}/status").read_text())
        assert found is not None
        return int(found[1]) * 1024


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A hub with one child's record, and somebody whose pass phrase takes as much memory as a chosen one."""
    folder = tmp_path_factory.mktemp("room")
    hub, port = Hub(Settings(home=folder / "home")), free_port()
    staff.enrol(hub)
    actor = an_actor(CHOOSER).model_copy(update={"issuer": "urn:childhub:pass-phrase"})
    enrol_staff(hub.store, hub.clock, actor, "Rory Invented", hub.phrases.hashed_chosen(PLAIN))
    hub.edge("police").send(notice(1), "1.json")
    hub.work()
    party = Party(hub.settings.home, {"HUB_PORT": str(port)})
    with (folder / "said.txt").open("wb") as output:
        process = subprocess.Popen(loading("serve"), cwd=REPO, env=party.environment, stdout=output, stderr=output)
    found = Served(hub, process, port, folder / "said.txt")
    try:
        with browser(port) as client:
            until(lambda: answers(client, "/healthz"), "the pages")
        yield found
        process.terminate()
        assert process.wait(30) == 0
        assert "Exemplar" not in found.said.read_text()
    finally:
        process.kill()
        process.wait()
        hub.close()


def answers(client: httpx2.Client, path: str) -> bool | None:
    """Whether the page is shown; None until it is."""
    try:
        return client.get(path).status_code == 200 or None
    except httpx2.HTTPError:
        return None


def asked(port: int, cookies: httpx2.Cookies, key: str) -> str:
    """The page of a child; empty where nobody answered."""
    with browser(port) as client:
        client.cookies = cookies
        try:
            return client.post("/chronology", data={"form_key": key, "child": CHILD, "purpose": "s47"}).text
        except httpx2.HTTPError:
            return ""


def test_of_two_thousand_idle_clients_a_bounded_number_is_held_and_others_are_served_again(served: Served) -> None:
    with browser(served.port) as client:
        sign_in(client, served.hub)
        assert "Robinb" in ask(client).text
        key, cookies = form_key(client.get("/about")), client.cookies
    took, most = served.memory("VmRSS"), 0
    with ExitStack() as idle:
        for _ in range(CLIENTS):
            idle.enter_context(dial(served.port, seconds=60))
        most = served.files
        before = decisions(served.hub)
        page = asked(served.port, cookies, key)
        assert ("Robinb" in page) <= decisions(served.hub) - before
        until(
            lambda: True if "Robinb" in asked(served.port, cookies, key) else None, "the page, though they idle still"
        )
        until(lambda: True if served.files < MOST_CONNECTIONS + FILES_OF_ITS_OWN else None, "idle clients let go")
    assert most < CLIENTS
    assert served.memory("VmRSS") - took < 64 * MIB


def test_without_memory_for_a_pass_phrase_nobody_comes_in_and_all_else_is_shown(served: Served) -> None:
    with browser(served.port) as client, browser(served.port) as other:
        sign_in(client, served.hub)
        fields = {"subject": CHOOSER, "phrase": PLAIN}
        limit = served.memory("VmSize") + 64 * MIB  # half of what the pass phrase takes
        resource.prlimit(served.process.pid, resource.RLIMIT_AS, (limit, resource.RLIM_INFINITY))
        refused = other.post("/sign-in", data={"form_key": form_key(other.get("/sign-in")), **fields})
        assert (refused.status_code, "Nothing was done" in refused.text) == (503, True)
        assert "Robinb" in ask(client).text
        resource.prlimit(served.process.pid, resource.RLIMIT_AS, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        came = other.post("/sign-in", data={"form_key": form_key(other.get("/sign-in")), **fields})
        assert came.status_code == 303
    assert "Traceback" not in served.said.read_text()
