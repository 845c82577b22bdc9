"""Do the processes say what they do to the collector that is named, and end as well when it is away?"""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from hub.commands import staff
from hub.wiring import Hub
from tests.integration.test_processes import NOTICE, accounts, drop, ready
from tests.support.heard import Collector, collecting
from tests.support.processes import Partnership, Party, free_port, until


@pytest.fixture
def partnership(tmp_path: Path) -> Iterator[Partnership]:
    """A hub and the police, on files."""
    found = Partnership(tmp_path, Party(tmp_path / "hub-home", {}))
    hub = Hub(found.hub.settings)
    staff.enrol(hub)
    hub.follow()
    hub.close()
    yield found
    found.end()


def play(partnership: Partnership, address: str) -> list[str]:
    """A notice goes from the police's folder to the hub and is answered; what each process wrote, after it ended."""
    port, watched = free_port(), {"HUB_TELEMETRY": address, "HUB_LOG": "json"}
    police = partnership.edge("police")
    hub = Party(partnership.hub.home, {**partnership.hub.more, **watched, "HUB_PORT": str(port)})
    edge = Party(police.home, {**police.more, **watched})
    running = (hub.start("serve"), hub.start("work"), edge.start("edge", "police"))
    try:
        drop(police, "notice.json", NOTICE.read_bytes())
        (item,) = until(lambda: accounts(police, "notice.json") or None, "the account of the notice")
        assert item.outcome == "accepted"
        until(lambda: ready(port), "pages that are ready")
    finally:
        ends = [process.stop() for process in running]
    assert [code for code, _ in ends] == [0, 0, 0], [process.words() for process in running]
    assert max(seconds for _, seconds in ends) < 10
    return [process.words() for process in running]


@pytest.mark.slow
def test_each_process_says_what_it_does(partnership: Partnership) -> None:
    with collecting() as collector:
        play(partnership, collector.address)
    spans, metrics = collector.heard("traces"), collector.heard("metrics")
    for said in (b"serve", b"work", b"edge", b"take_in", b"publish", b"keep", b"answer", b"seal", b"/readyz"):
        assert said in spans + metrics, said
    for said in (b"hub.messages", b"hub.bus.waiting", b"hub.bus.lag", b"hub.page.duration", b"hub.seal.delay"):
        assert said in metrics, said
    assert b"9990001006" not in spans + metrics
    assert b"hub.telemetry.dropped" not in metrics
    assert_no_environment(collector)


def assert_no_environment(collector: Collector) -> None:
    """Nothing of the machine goes with it: no host, user, process or interpreter."""
    heard = collector.heard("traces") + collector.heard("metrics")
    for word in (b"host.name", b"process.", b"telemetry.sdk", b"python"):
        assert word not in heard


@pytest.mark.slow
def test_a_collector_that_is_away_keeps_nobody_from_working_or_ending(partnership: Partnership) -> None:
    words = play(partnership, f"http://127.0.0.1:{free_port()}")
    lines = [line for text in words for line in text.splitlines() if line.startswith("{")]
    assert any(json.loads(line)["said"] == "the collector is away" for line in lines)
