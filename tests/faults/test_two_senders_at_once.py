"""Two processes send for one agency at one moment: both end well, each with an answer to every fact."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from hub.commands.audit_log import check
from hub.commands.send import send
from hub.settings import Settings
from hub.wiring import Hub
from tests.support.places import REPO

NOTICE = REPO / "agencies" / "police" / "samples" / "made-up-incident-notice.json"


def started(home: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "hub.cli", "send", "police", str(NOTICE), "--json"],
        cwd=REPO,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(REPO), "HUB_HOME": str(home)},
    )


@pytest.mark.slow
def test_processes_that_send_at_once_on_a_machine_where_nothing_is_yet(tmp_path: Path) -> None:
    processes = [started(tmp_path) for _ in range(4)]
    ended = [(*process.communicate(timeout=240), process.returncode) for process in processes]
    for out, trouble, code in ended:
        assert (code, trouble) == (0, "")
        (item,) = json.loads(out)["items"]
        assert (item["outcome"], item["reason"]) == ("accepted", "")
        assert len(item["receipts"]) == len(item["events"]) > 0
    hub = Hub(Settings(home=tmp_path))
    assert sum(row.code == "k01" for row in hub.store.rows_after(0, 1000)) == len(item["events"])
    assert check(hub).ok


def test_an_answer_that_another_process_took_off_the_bus_is_found(tmp_path: Path) -> None:
    hub = Hub(Settings(home=tmp_path))
    (sent,) = send(hub, "police", [NOTICE])
    other = Hub(Settings(home=tmp_path))
    assert other.edge("police").receipts() == ()
    facts = [fact for outcome in other.edge("police").send(NOTICE.read_bytes(), NOTICE.name) for fact in outcome.facts]
    kept = [other.edge("police").outbox.answer_to(fact.event_id) for fact in facts]
    assert [receipt.outcome for receipt in kept if receipt is not None] == ["accepted"] * len(facts)
    assert sent.receipts == ("accepted",) * len(facts) != ()


def test_the_later_of_two_answers_stands_however_late_the_earlier_is_kept(tmp_path: Path) -> None:
    hub = Hub(Settings(home=tmp_path))
    edge = hub.edge("police")
    (outcome,) = edge.send(NOTICE.read_bytes(), NOTICE.name)
    hub.work()
    first, *_ = edge.receipts()
    again = first.model_copy(update={"outcome": "duplicate"})
    edge.outbox.answered([(again, 1000)])
    edge.outbox.answered([(first, 999)])
    (found,) = (edge.outbox.answer_to(fact.event_id) for fact in outcome.facts if str(fact.event_id) == first.event_id)
    assert found == again


def test_a_fact_that_the_hub_has_not_answered_is_said_to_be_so(tmp_path: Path) -> None:
    edge = Hub(Settings(home=tmp_path)).edge("police")
    (outcome,) = edge.send(NOTICE.read_bytes(), NOTICE.name)
    assert {edge.outbox.answer_to(fact.event_id) for fact in outcome.facts} == {None}


def test_answers_are_not_readable_in_the_file(tmp_path: Path) -> None:
    hub = Hub(Settings(home=tmp_path))
    edge = hub.edge("police")
    edge.send(NOTICE.read_bytes(), NOTICE.name)
    hub.work()
    first, *_ = edge.receipts()
    edge.outbox.answered([(first.model_copy(update={"where": "CANARY"}), 1000)])
    held = b"".join(path.read_bytes() for path in (tmp_path / "edges" / "police").glob("outbox.db*"))
    assert first.event_id.encode() in held
    assert b"CANARY" not in held
