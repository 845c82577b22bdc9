"""Is an agency that lets nobody call in a witness too? It is asked, and answers, over each bus alike."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from audit.log import SealedLog
from audit.policy import parse_policy
from audit.verify import verify_folder
from hub.adapters.kafka_plan import CHECKPOINTS
from hub.adapters.witness_book import WitnessBook
from hub.adapters.witness_roads import BusRoad, BusWitness, read_answer
from hub.application.gather_cosignatures import Gathering
from tests.support.buses import KafkaRoad, OpenBus, Road
from tests.support.given import StoppedClock
from tests.support.sealed_logs import entries, log_signer
from tests.support.witnesses import make_witness, policy_text

VKEY = log_signer().vkey
POLICY = policy_text((VKEY,), {"police": "bus:police"}, 1)


@dataclass
class Between:
    """A hub and one agency's witness with a bus between them."""

    folder: Path
    log: SealedLog
    gathering: Gathering
    witness: BusWitness
    topics: tuple[str, str, str]
    clock: StoppedClock
    hub: OpenBus

    def pass_on(self, rounds: int = 4) -> int:
        """How many requests the witness answered, while both go on."""
        answered = 0
        for _ in range(rounds):
            self.gathering.tick(self.log, self.clock.now())
            answered += self.witness.work(*self.topics)
        self.gathering.tick(self.log, self.clock.now())
        return answered

    def is_cosigned(self) -> bool:
        """Whether the published checkpoint meets the policy."""
        (self.folder / "policy").write_text(POLICY)
        return verify_folder(self.folder / "log", policy=self.folder / "policy").ok


@pytest.fixture
def between(road: Road, tmp_path: Path) -> Iterator[Between]:
    name = road.inbound_topic.split(".")[1]
    requests, answers = CHECKPOINTS, f"cosign.{name}.v1"
    group = f"hub-receive-{name}-cosigned" if isinstance(road, KafkaRoad) else "hub-receive-cosigned"
    clock, hub = StoppedClock(), road.hub()
    to_witness = BusRoad(hub, requests, {"police": answers}, group)
    log = SealedLog.open(tmp_path / "log", log_signer())
    log.add(entries(0, 5))
    yield Between(
        tmp_path,
        log,
        Gathering(parse_policy(POLICY.encode()), {"police": to_witness}, WitnessBook(tmp_path / "book", bytes(32), "")),
        BusWitness(road.agency(), make_witness(tmp_path, "police", VKEY), clock),
        (requests, answers, f"witness-{name}"),
        clock,
        hub,
    )
    log.close()


def test_a_log_that_grows_is_cosigned_over_the_bus(between: Between) -> None:
    assert between.pass_on() == 1
    assert between.is_cosigned()
    between.log.add(entries(5, 300))
    assert between.pass_on() == 1
    assert between.is_cosigned()


def test_what_is_no_answer_on_the_topic_is_passed_over() -> None:
    for value in (b"", b"200", b"2000\n", b"abc\n", b"200\nno note", b"\n"):
        assert read_answer(value) is None
