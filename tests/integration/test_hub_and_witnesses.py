"""Do a hub and the witnesses of two agencies, each started by its own command, come to a cosigned log by themselves?"""

import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from audit.note import parse_vkey
from audit.verify import verify_folder
from contracts.identifiers import parse_identifier
from contracts.vocabulary import Purpose
from hub.application.read_chronology import read_chronology
from hub.commands import staff
from hub.domain.errors import WaitsForWitnesses
from hub.domain.witnessed import WitnessState
from hub.settings import Settings
from hub.wiring import Hub
from tests.support.aics import free_port
from tests.support.crowding import crowding
from tests.support.given import ROBIN, an_actor
from tests.support.processes import Party

PATIENCE_SECONDS = 40


def policy_line(home: Path, words: Sequence[str]) -> str:
    """What `hub witness … --show` prints."""
    return Party(home, {}).run("witness", *words, "--show").strip()


@contextmanager
def running(party: Party, *words: str) -> Iterator[None]:
    """The command, until the block ends; it ends in good order when it is told to."""
    one = party.start(*words)
    try:
        yield
        code, _ = one.stop()
        assert code == 0
    finally:
        party.end()


def until(asked: Hub, wanted: int) -> None:
    """Go on until all witnesses cosigned that many entries."""
    end = time.monotonic() + PATIENCE_SECONDS * crowding()
    while {one.size for one in asked.witnesses.standings(asked.clock.now())} != {wanted}:
        assert time.monotonic() < end, asked.witnesses.standings(asked.clock.now())
        asked.cosign()
        time.sleep(0.1)


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    return tmp_path / "policy"


def test_one_over_http_and_one_over_the_bus_cosign_what_the_hub_seals(tmp_path: Path, policy: Path) -> None:
    home = tmp_path / "hub"
    settings = {"HUB_LOG_POLICY": str(policy), "HUB_BUS": str(home / "bus.db")}
    first = Hub(Settings(home=home))
    staff.enrol(first)
    first.follow()
    police, health = ("police", "--port", str(free_port())), ("health", "--bus")
    lines = [policy_line(tmp_path / "police", police), policy_line(tmp_path / "health", health)]
    policy.write_text("\n".join((f"log {first.log_key}", *lines, "group both all police health", "quorum both", "")))
    with ExitStack() as stack:
        for name, words in (("police", police), ("health", health)):
            stack.enter_context(running(Party(tmp_path / name, settings), "witness", *words))
        hub = Hub(Settings(home=home, log_policy=policy))
        until(hub, hub.bodies.last()[0])
        hub.edge("police")
        hub.follow()
        until(hub, hub.bodies.last()[0])
        assert hub.witnesses.state(hub.clock.now()) is WitnessState.FRESH
        assert verify_folder(hub.log_folder, policy=policy).ok
        hub.close()
    (home / "witnesses.json").unlink()
    (home / "log" / "cosigned").unlink()
    late = Hub(Settings(home=home, log_policy=policy))
    late.witnesses.book.write((), datetime(2020, 1, 1, tzinfo=UTC))
    with pytest.raises(WaitsForWitnesses):
        read_chronology(late.reading(), an_actor(), parse_identifier(f"nhs:{ROBIN}"), Purpose.SECTION_47)


def test_the_line_to_put_in_the_policy_is_the_same_each_time(tmp_path: Path) -> None:
    one = policy_line(tmp_path, ("school", "--bus"))
    assert one == policy_line(tmp_path, ("school", "--bus"))
    word, name, vkey, place = one.split(" ")
    assert (word, name, place, parse_vkey(vkey).name) == (
        "witness",
        "school",
        "bus:school",
        "hub.example/witness/school",
    )


def test_a_witness_that_is_not_told_whose_log_it_is_says_so(tmp_path: Path) -> None:
    assert "HUB_LOG_POLICY" in Party(tmp_path, {}).run("witness", "police", expect=2)
