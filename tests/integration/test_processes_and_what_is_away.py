"""Does a process wait for what is away, say so, keep what it has, and still end in time?"""

import json
import signal
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.support.crowding import alone
from tests.support.places import REPO
from tests.support.processes import Partnership, Party, free_port, until

NOTICE = REPO / "agencies" / "police" / "samples" / "made-up-incident-notice.json"


@pytest.fixture
def partnership(tmp_path: Path) -> Iterator[Partnership]:
    """A hub and its agencies on files."""
    found = Partnership(tmp_path, Party(tmp_path / "hub-home", {}))
    yield found
    found.end()


def nobody_answers(folder: Path) -> dict[str, str]:
    """The settings of a broker that is not there."""
    secret = folder / "pass-phrase"
    secret.touch(mode=0o600)
    secret.write_text("nobody asks for it", encoding="utf-8")
    broker = f"127.0.0.1:{free_port()}"
    return {"HUB_KAFKA": broker, "HUB_KAFKA_USER": "anybody", "HUB_KAFKA_PASSWORD_FILE": str(secret)}


def refused(port: int) -> Mapping[str, object] | None:
    """What /readyz says when it answers 503; None until then."""
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=10).close()
    except urllib.error.HTTPError as answer:
        with answer:
            found: Mapping[str, object] = json.load(answer)
            return found if answer.code == 503 else None
    except OSError:
        return None
    return None


def says(party: Party, word: str) -> bool | None:
    """Whether its process has said so; None until then."""
    return True if word in party.running[-1].words() else None


@pytest.mark.slow
@pytest.mark.parametrize("by", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_whose_store_is_away_waits_and_ends_when_told(partnership: Partnership, by: signal.Signals) -> None:
    port = free_port()
    away = {"HUB_DATABASE": f"host={partnership.folder} dbname=hub password=canary-5f1e", "HUB_STATUS_PORT": str(port)}
    worker = Party(partnership.hub.home, away)
    process = worker.start("work")
    try:
        said = until(lambda: refused(port), "a worker that is not ready")
        assert said == {"ready": False, "store": "away"}
        until(lambda: says(worker, "waiting"), "a line that says so")
        assert process.process.poll() is None
        code, seconds = process.stop(by)
    finally:
        worker.end()
    assert (code, seconds < 10) == (0, True), process.words()
    assert "canary" not in process.words()
    assert "Traceback" not in process.words()


@pytest.mark.slow
def test_an_edge_whose_broker_is_away_takes_files_in_and_sends_them_when_there_is_a_road(
    partnership: Partnership,
) -> None:
    police, port = partnership.edge("police"), free_port()
    drop = police.settings.drop
    assert drop is not None
    road = {name: police.more[name] for name in ("HUB_PUBLIC_KEYS", "HUB_DROP")}
    cut_off = Party(police.home, {**road, **nobody_answers(partnership.folder), "HUB_STATUS_PORT": str(port)})
    process = cut_off.start("edge", "police")
    try:
        until(lambda: (drop / "in").is_dir() or None, "the folder")
        (drop / "in" / "notice.json").write_bytes(NOTICE.read_bytes())
        account = until(lambda: next((drop / "accounts").glob("*.json"), None), "an account")
        (item,) = json.loads(account.read_bytes())["items"]
        assert (item["outcome"], item["reason"]) == ("accepted", "hub_has_not_answered_yet")
        until(lambda: next((drop / "taken").iterdir(), None), "the file among those taken")
        assert until(lambda: refused(port), "an edge that is not ready") == {"ready": False, "bus": "away"}
        code, seconds = process.stop()
    finally:
        cut_off.end()
    assert (code, seconds < 10) == (0, True), process.words()

    work, sending = partnership.hub.start("work"), police.start("edge", "police")
    until(lambda: '"accepted", "accepted"' in account.read_text(encoding="utf-8") or None, "the answer")
    assert [one.stop()[0] for one in (work, sending)] == [0, 0]


@pytest.mark.slow
def test_a_second_process_for_one_edge_is_refused(partnership: Partnership) -> None:
    police = partnership.edge("police")
    first = police.start("edge", "police")
    drop = police.settings.drop
    assert drop is not None
    until(lambda: (drop / "in").is_dir() or None, "the folder")
    assert "already" in police.run("edge", "police", expect=1)
    assert first.stop()[0] == 0


@pytest.mark.slow
def test_two_workers_share_the_work_and_both_end_well(partnership: Partnership) -> None:
    police = partnership.edge("police")
    drop = police.settings.drop
    assert drop is not None
    workers = [partnership.hub.start("work") for _ in range(2)]
    sending = police.start("edge", "police")
    until(lambda: (drop / "in").is_dir() or None, "the folder")
    (drop / "in" / "notice.json").write_bytes(NOTICE.read_bytes())
    until(lambda: next((drop / "taken").iterdir(), None), "the file among those taken")
    account = next((drop / "accounts").glob("*.json"))
    until(lambda: "not_answered" not in account.read_text(encoding="utf-8") or None, "the answer")
    began = time.monotonic()
    assert [one.stop()[0] for one in (*workers, sending)] == [0, 0, 0]
    assert alone(time.monotonic() - began) < 20
    assert json.loads(partnership.hub.run("audit", "verify", "--json"))["ok"]
