"""PostgreSQL ends at once and comes back, or an answer of it is lost: is nothing lost, doubled or shown unrecorded?"""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from httpx2 import Client, HTTPError, Response
from psycopg.conninfo import make_conninfo

from hub.commands import staff
from hub.domain.errors import StoreUnavailable
from hub.wiring import Hub
from tests.support.beset import Beset, nhs_number, on_files, soon
from tests.support.fault_proxy import FINE, FaultProxy, Weather
from tests.support.own_database import OwnDatabase, own_database
from tests.support.pages import form_key
from tests.support.processes import free_port

pytestmark = [pytest.mark.slow, pytest.mark.postgres]

SOCKET = ".s.PGSQL.5432"
CHILD = nhs_number(1)


@pytest.fixture
def own(tmp_path: Path) -> Iterator[OwnDatabase]:
    """A database of the test's own."""
    with own_database(tmp_path) as found:
        yield found


def test_an_immediate_shutdown_in_a_stream_of_messages_loses_and_doubles_nothing(own: OwnDatabase) -> None:
    beset = on_files(own.folder, {"HUB_DATABASE": own.application})
    with ExitStack() as stack:
        stack.callback(beset.end)
        working, sending = beset.hub.start("work"), beset.police.start("edge", "police")
        for _ in range(2):
            beset.drop(2)
            beset.soon_answered("answers")
            beset.drop(40)
            soon(lambda: some_new(beset), "the first of many answers")
            own.server.end_at_once()
            beset.drop(3)
            own.again()
            beset.soon_answered("answers after the server came back")
        for one in (working, sending):
            code, seconds = one.stop()
            assert (code, seconds < 10) == (0, True), one.words()
            assert "Traceback" not in one.words()
        found = beset.broken()
        assert found == []


def some_new(beset: Beset) -> bool:
    """Whether some of the last forty notices are in the store."""
    with closing(psycopg.connect(beset.hub.more["HUB_DATABASE"])) as db:
        row = db.execute("SELECT count(*) FROM event WHERE topic = 'k01'").fetchone()
    return row is not None and int(row[0]) > 2 * (len(beset.numbers) - 40)


def test_a_commit_whose_answer_is_lost_is_looked_up_and_not_done_again(own: OwnDatabase) -> None:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="hub-road-")))
        host = Path(str(psycopg.conninfo.conninfo_to_dict(own.application)["host"]))
        proxy = FaultProxy(host / SOCKET, folder / SOCKET)
        stack.callback(proxy.close)
        beset = on_files(own.folder, {"HUB_DATABASE": make_conninfo(own.application, host=str(folder))})
        beset.drop(2)
        beset.publish()
        with beset.opened() as hub:
            proxy.set(Weather(lost_after=(b"INSERT INTO event", b"COMMIT")))
            with pytest.raises(StoreUnavailable):
                hub.receive()
            assert proxy.lost > 0
            proxy.set(FINE)
            assert {receipt.outcome for receipt in hub.receive()} == {"duplicate"}
        found = beset.broken()
        assert found == []


@dataclass(frozen=True)
class Browser:
    """A browser before the pages, signed in as the one who decides."""

    client: Client

    def sign_in(self, hub: Hub) -> None:
        """With the pass phrase of the invented member of staff."""
        member = staff.DECISION_MAKER
        fields = {"subject": member.subject, "phrase": staff.phrase(hub, member)}
        key = form_key(self.client.get("/sign-in"))
        assert self.client.post("/sign-in", data={"form_key": key, **fields}).status_code == 303

    def read(self, key: str) -> Response:
        """The answer to asking for the child of the first notice."""
        return self.client.post("/chronology", data={"form_key": key, "child": CHILD, "purpose": "s47"})


def test_pages_show_nothing_while_the_store_is_away_and_all_when_it_is_back(own: OwnDatabase) -> None:
    port = free_port()
    beset = on_files(own.folder, {"HUB_DATABASE": own.application, "HUB_PORT": str(port)})
    with ExitStack() as stack:
        stack.callback(beset.end)
        hub = stack.enter_context(beset.opened())
        staff.enrol(hub)
        beset.drop(1)
        beset.publish()
        hub.work()
        serving = beset.hub.start("serve")
        here = f"http://127.0.0.1:{port}"
        browser = Browser(stack.enter_context(Client(base_url=here, headers={"origin": here}, timeout=60)))
        soon(lambda: answers(browser.client), "pages")
        browser.sign_in(hub)
        key = form_key(browser.client.get("/about"))
        assert "Robin" in browser.read(key).text
        own.server.end_at_once()
        for _ in range(3):
            away = browser.read(key)
            assert away.status_code == 503
            assert "Robin" not in away.text
        own.again()
        soon(lambda: browser.read(key).status_code == 200, "pages that show again", 30)
        assert "Robin" in browser.read(key).text
        code, seconds = serving.stop()
        assert (code, seconds < 10) == (0, True), serving.words()
    found = beset.broken()
    assert found == []


def answers(client: Client) -> bool:
    """Whether the pages are there."""
    try:
        return client.get("/sign-in").status_code == 200
    except HTTPError:
        return False
