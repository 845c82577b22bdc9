"""kill -9 at any step of sending and receiving: every fact is kept once, answered, sealed, and the counts balance."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from contracts.events.hub import ReceiptIssued
from contracts.identifiers import parse_identifier
from contracts.vocabulary import Purpose
from hub.adapters.bus_embedded import EmbeddedBus
from hub.application.read_chronology import read_chronology
from hub.application.receive_together import Answered
from hub.application.take_messages import take_messages
from hub.commands.audit_log import check
from hub.domain.errors import StoreUnavailable
from hub.settings import Settings
from hub.wiring import Hub
from tests.support.given import a_concern, an_actor
from tests.support.places import REPO
from tests.support.small_hub import SmallHub
from tests.support.watched_store import FailingStore

NOTICE = REPO / "agencies" / "police" / "samples" / "made-up-incident-notice.json"
SCRIPT = """
import sys
from pathlib import Path
from hub.settings import Settings
from hub.wiring import Hub
hub = Hub(Settings(home=Path(sys.argv[1])))
print("open", flush=True)
hub.edge("police").send(Path(sys.argv[2]).read_bytes(), "notice.json")
print("sent", flush=True)
hub.work()
print("kept", flush=True)
"""


def started(home: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", SCRIPT, str(home), str(NOTICE)],
        cwd=REPO,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(REPO)},
    )


@pytest.mark.slow
@pytest.mark.parametrize("delay_ms", [0, 2, 5, 9, 14, 20, 28, 40])
def test_a_kill_after_the_edge_opened_loses_and_doubles_nothing(tmp_path: Path, delay_ms: int) -> None:
    process = started(tmp_path)
    assert process.stdout is not None
    assert process.stdout.readline() == "open\n"
    time.sleep(delay_ms / 1000)
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()

    hub = Hub(Settings(home=tmp_path))
    edge = hub.edge("police")
    outcomes = edge.send(NOTICE.read_bytes(), "notice.json")
    hub.work()
    sent = {str(fact.event_id) for outcome in outcomes for fact in outcome.facts}
    answered = {receipt.event_id for receipt in edge.receipts() if receipt.outcome != "quarantined"}
    assert answered == sent
    kept = [row for row in hub.store.rows_after(0, 1000) if row.code == "k01"]
    assert len(kept) == len(sent)
    shown = read_chronology(hub.reading(), an_actor(), parse_identifier("nhs:9990001006"), Purpose.SECTION_47)
    assert len(shown.entries) == 1
    assert check(hub).ok


@pytest.mark.slow
def test_a_kill_after_sending_leaves_the_facts_on_the_bus_for_the_next_hub(tmp_path: Path) -> None:
    process = started(tmp_path)
    assert process.stdout is not None
    for expected in ("open\n", "sent\n"):
        assert process.stdout.readline() == expected
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()

    hub = Hub(Settings(home=tmp_path))
    hub.work()
    shown = read_chronology(hub.reading(), an_actor(), parse_identifier("nhs:9990001006"), Purpose.SECTION_47)
    assert len(shown.entries) == 1
    assert check(hub).ok


STOPPED_INSIDE = """
import os
import signal
import sys
from pathlib import Path
from hub.settings import Settings
from hub.wiring import Hub

class Dying:
    def __init__(self, store):
        self._store = store
    def __getattr__(self, name):
        return getattr(self._store, name)
    def keep(self, *entries, **more):
        print("inside", flush=True)
        os.kill(os.getpid(), signal.SIGKILL)

hub = Hub(Settings(home=Path(sys.argv[1])))
edge = hub.edge("police")
edge.send(Path(sys.argv[2]).read_bytes(), "notice.json")
hub.store = Dying(hub.store)
hub.work()
"""


def test_a_kill_inside_receiving_gives_the_message_again_and_it_is_kept(tmp_path: Path) -> None:
    killed = subprocess.run(
        [sys.executable, "-c", STOPPED_INSIDE, str(tmp_path), str(NOTICE)],
        cwd=REPO,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(REPO)},
    )
    assert (killed.returncode, killed.stdout) == (-signal.SIGKILL, "inside\n")

    hub = Hub(Settings(home=tmp_path))
    assert [row for row in hub.store.rows_after(0, 1000) if row.code == "k01"] == []
    assert {receipt.outcome for receipt in hub.work()} == {"accepted"}
    shown = read_chronology(hub.reading(), an_actor(), parse_identifier("nhs:9990001006"), Purpose.SECTION_47)
    assert len(shown.entries) == 1


def test_a_message_that_could_not_be_kept_is_given_again(tmp_path: Path) -> None:
    hub = SmallHub(tmp_path)
    bus = EmbeddedBus(tmp_path / "bus.db")
    bus.send(hub.police.topic, "key", hub.sealed(a_concern()))
    answered: list[ReceiptIssued] = []

    def answer(batch: tuple[Answered, ...]) -> frozenset[str]:
        assert {one.arrived.topic for one in batch} == {hub.police.topic}
        answered.extend(one.receipt for one in batch)
        return frozenset()

    for _ in range(2):
        with pytest.raises(StoreUnavailable):
            take_messages(hub.receiving(FailingStore(hub.store)), bus, answer, (hub.police.topic,))
    assert answered == []
    (receipt,) = take_messages(hub.receiving(), bus, answer, (hub.police.topic,))
    assert (receipt.outcome, answered) == ("accepted", [receipt])
    assert take_messages(hub.receiving(), bus, answer, (hub.police.topic,)) == ()


def test_a_message_whose_sender_could_not_be_answered_is_given_again_and_answered_alike(tmp_path: Path) -> None:
    hub = SmallHub(tmp_path)
    bus = EmbeddedBus(tmp_path / "bus.db")
    bus.send(hub.police.topic, "key", hub.sealed(a_concern()))

    answered: list[ReceiptIssued] = []

    def answer(batch: tuple[Answered, ...]) -> frozenset[str]:
        answered.extend(one.receipt for one in batch)
        if len(answered) == 1:
            raise StoreUnavailable(batch[0].arrived.topic)
        return frozenset()

    with pytest.raises(StoreUnavailable):
        take_messages(hub.receiving(), bus, answer, (hub.police.topic,))
    (receipt,) = take_messages(hub.receiving(), bus, answer, (hub.police.topic,))
    assert receipt == answered[0].model_copy(update={"outcome": "duplicate"})
    assert sum(row.code == "k01" for row in hub.store.rows_after(0, 1000)) == 1
