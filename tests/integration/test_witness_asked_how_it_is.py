"""Does a witness that is asked over the bus say how it is, as compose.yaml asks it, and end when told?"""

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.processes import Partnership, Party, free_port, until


@pytest.fixture
def partnership(tmp_path: Path) -> Iterator[Partnership]:
    """A hub and its agencies on files."""
    found = Partnership(tmp_path, Party(tmp_path / "hub-home", {}))
    yield found
    found.end()


def said(port: int) -> object | None:
    """What /readyz says, whatever its code; None where nobody answers yet."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=10) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, json.load(refused)
    except OSError:
        return None


@pytest.mark.slow
def test_a_witness_over_the_bus_says_whether_its_road_is_open(partnership: Partnership) -> None:
    police, port = partnership.edge("police"), free_port()
    party = Party(police.home, {**police.more, "HUB_STATUS_PORT": str(port)})
    process = party.start("witness", "police", "--bus")
    try:
        assert until(lambda: said(port), "a witness that answers") == (200, {"ready": True, "bus": "ok"})
        code, seconds = process.stop()
    finally:
        party.end()
    assert (code, seconds < 10) == (0, True), process.words()
