"""Processes told to stop in the midst of everything, and browsers that go away: is nothing lost, and nothing stuck?"""

import signal
import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from time import monotonic
from urllib.parse import urlencode

import pytest
from httpx2 import Client, HTTPError

from contracts.identifiers import parse_identifier
from hub.adapters.edge_side import Edge
from hub.commands import staff
from hub.wiring import Hub
from tests.support.beset import Beset, nhs_number, on_files, on_servers, soon
from tests.support.crowding import alone, crowding
from tests.support.engines import PostgresEngine
from tests.support.pages import form_key
from tests.support.processes import free_port

pytestmark = pytest.mark.slow

GONE_AT_ONCE = struct.pack("ii", 1, 0)
VIEWS = 8
ON_THEIR_WAY = 80  # facts
LONGEST_SECONDS = 60  # however crowded the machine is: twice what compose.yaml gives each of them


@contextmanager
def files(folder: Path) -> Iterator[tuple[Beset, int]]:
    """On files, with staff, and the port of the pages."""
    port = free_port()
    beset = on_files(folder, {"HUB_PORT": str(port)})
    with beset.opened() as hub:
        staff.enrol(hub)
    try:
        yield beset, port
    finally:
        beset.end()


def test_all_told_to_stop_in_the_midst_end_well_within_ten_seconds(tmp_path: Path) -> None:
    with files(tmp_path) as (beset, _):
        for _ in range(2):
            told_to_stop_in_the_midst(beset)
        found = beset.broken()
        assert found == []


@pytest.mark.postgres
@pytest.mark.kafka
def test_all_told_to_stop_in_the_midst_on_servers_end_well_within_ten_seconds(
    tmp_path: Path, run_folder: Path, postgres_engine: PostgresEngine
) -> None:
    with on_servers(tmp_path, run_folder, postgres_engine) as beset:
        told_to_stop_in_the_midst(beset)
        found = beset.broken()
        assert found == []


def told_to_stop_in_the_midst(beset: Beset) -> None:
    """Two workers and an edge are told to stop while notices come and are answered; each ends well, and in time."""
    running = [beset.hub.start("work"), beset.hub.start("work"), beset.police.start("edge", "police")]
    beset.drop(1)
    beset.soon_answered("answers")
    soon(lambda: all(one.hears(signal.SIGTERM) for one in running), "processes that hear")
    beset.drop(10)
    with beset.edge() as (edge, _):
        soon(partial(in_the_midst, beset, edge, len(beset.answers(edge))), "answers to some and not to all")
    began = monotonic()
    for one in running:
        one.process.send_signal(signal.SIGTERM)
    codes = [one.process.wait(30 * crowding()) for one in running]
    seconds = monotonic() - began
    in_time = alone(seconds) < 10 and seconds < LONGEST_SECONDS
    assert (codes, in_time) == ([0, 0, 0], True), (seconds, [one.words() for one in running])
    assert not [one.words() for one in running if "Traceback" in one.words()]


def in_the_midst(beset: Beset, edge: Edge, before: int) -> bool:
    """Whether more is answered than before, and not yet everything; another notice comes if few are on their way."""
    answered = len(beset.answers(edge))
    if len(beset.ids()) - answered < ON_THEIR_WAY:
        beset.drop(1)
    return before < answered < len(beset.ids())


def test_a_browser_that_goes_away_midway_leaves_its_view_on_record_and_nothing_stuck(tmp_path: Path) -> None:
    with files(tmp_path) as (beset, port):
        beset.drop(1)
        beset.publish()
        with beset.opened() as hub:
            hub.work()
            before = views_on_record(hub)
            serving = beset.hub.start("serve")
            here = f"http://127.0.0.1:{port}"
            with Client(base_url=here, headers={"origin": here}, timeout=60) as browser:
                soon(lambda: answers(browser), "pages")
                sign_in(browser, hub)
                fields = {"form_key": form_key(browser.get("/about")), "child": nhs_number(1), "purpose": "s47"}
                cookies = "; ".join(f"{name}={text}" for name, text in browser.cookies.items())
                for _ in range(VIEWS):
                    ask_and_go_away(port, cookies, urlencode(fields))
                soon(lambda: views_on_record(hub) == before + VIEWS, "each view on record", 30)
                assert browser.post("/chronology", data=fields).status_code == 200
            assert views_on_record(hub) == before + VIEWS + 1
            code, seconds = serving.stop()
            assert (code, seconds < 10) == (0, True), serving.words()
        found = beset.broken()
        assert found == []


def views_on_record(hub: Hub) -> int:
    """How often somebody was permitted to see the child."""
    identifier = parse_identifier(f"nhs:{nhs_number(1)}")
    (person,) = hub.index.people_with(identifier.scheme.value, identifier.value)
    return sum(one.effect == "permitted" for one in hub.store.read_access(person))


def ask_and_go_away(port: int, cookies: str, fields: str) -> None:
    """The whole question, and then a reset before a word of the answer is read."""
    head = (
        f"POST /chronology HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\n"
        f"Cookie: {cookies}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(fields)}\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(head.encode() + fields.encode())
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, GONE_AT_ONCE)


def sign_in(browser: Client, hub: Hub) -> None:
    """As the one who decides."""
    member = staff.DECISION_MAKER
    fields = {"subject": member.subject, "phrase": staff.phrase(hub, member)}
    answer = browser.post("/sign-in", data={"form_key": form_key(browser.get("/sign-in")), **fields})
    assert answer.status_code == 303


def answers(browser: Client) -> bool:
    """Whether the pages are there."""
    try:
        return browser.get("/sign-in").status_code == 200
    except HTTPError:
        return False
