"""Do compose.yaml's own commands under its own settings make a partnership, started as docs/operations.md says?"""

import json
import shutil
import signal
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.integration.test_processes import NOTICE, accounts, drop
from tests.support.as_composed import Composed, a_database
from tests.support.certificates import Authority
from tests.support.kafka_broker import can_run
from tests.support.processes import until
from tests.support.tls_broker import TlsBroker

pytestmark = [pytest.mark.kafka, pytest.mark.postgres, pytest.mark.slow]

JOBS = ("tables", "topics")
AT_THE_HUB = ("web", "work", "compartments")
AT_AN_AGENCY = "edge-police"


@pytest.fixture
def composed(tmp_path: Path) -> Iterator[Composed]:
    """A database and a broker set up by compose.yaml's own files, and nothing of the hub's yet."""
    can_run()
    folder = Path(tempfile.mkdtemp(prefix="hub-composed-"))
    broker = TlsBroker(tmp_path, Authority(tmp_path))
    try:
        with a_database(tmp_path) as socket:
            broker.start()
            yield Composed(folder, broker, socket)
    finally:
        broker.stop()
        shutil.rmtree(folder)


def test_the_services_come_up_in_order_take_a_notice_in_and_end_when_told(composed: Composed) -> None:
    parties = {name: composed.party(name) for name in (*JOBS, *AT_THE_HUB, AT_AN_AGENCY)}
    composed.public_keys.touch(mode=0o644)
    printed = parties["compartments"].run("compartments", "keys")
    (composed.volume("home") / "compartments.json").write_text(printed, encoding="utf-8")
    for job in JOBS:
        parties[job].run(*composed.command(job))
    assert not [name for name in (*AT_THE_HUB, AT_AN_AGENCY) if composed.is_well(name)]
    with ExitStack() as stack:
        for party in parties.values():
            stack.callback(party.end)
        running = {name: parties[name].start(*composed.command(name)) for name in ("web", "work")}
        enrol(composed)
        for name in ("compartments", AT_AN_AGENCY):
            running[name] = parties[name].start(*composed.command(name))
        drop(parties[AT_AN_AGENCY], "notice.json", NOTICE.read_bytes())
        (item,) = until(lambda: accounts(parties[AT_AN_AGENCY], "notice.json") or None, "the account of the notice")
        assert (item.outcome, set(item.receipts)) == ("accepted", {"accepted"})
        until(lambda: all(map(composed.is_well, running)) or None, "services that are well by their own healthchecks")
        assert json.loads(parties["work"].run("audit", "verify", "--json"))["ok"]
        for name, process in running.items():
            code, seconds = process.stop(signal.SIGTERM)
            assert (code, seconds < composed.grace_seconds(name)) == (0, True), process.words()


def enrol(composed: Composed) -> None:
    """What docs/operations.md has an operator do by hand: public keys to the edge, and the edge's to the hub."""
    hub, police = composed.party("work"), composed.party(AT_AN_AGENCY)
    composed.public_keys.write_text(hub.run("keys", "--public"), encoding="utf-8")
    stated = composed.folder / "police.json"
    stated.write_text(police.run(*composed.command(AT_AN_AGENCY), "--enrolment"), encoding="utf-8")
    hub.run("enrol", str(stated), "--fingerprint", json.loads(stated.read_text())["fingerprint"])
