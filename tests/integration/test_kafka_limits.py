"""By compose.yaml's own job, is a flood from one agency held back at the broker, and the hub not?"""

import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from confluent_kafka import Producer, ThrottleEvent

from agencies import registry
from hub.adapters.kafka_admin import administrator, apply
from hub.adapters.kafka_plan import plan
from tests.support import compose
from tests.support.certificates import Authority
from tests.support.kafka_broker import can_run, resolved
from tests.support.tls_broker import TlsBroker

pytestmark = [pytest.mark.kafka, pytest.mark.slow]
POLICE = registry.by_name("police")
_MESSAGE, _MESSAGES = bytes(256 * 1024), 160  # 40 MiB: the broker counts over eleven seconds, so a burst may pass


@pytest.fixture(scope="module")
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TlsBroker]:
    """Running, with topics and rights, and the limits that compose.yaml's job set by its own command."""
    can_run()
    broker = TlsBroker(tmp_path_factory.mktemp("broker"), Authority(tmp_path_factory.mktemp("certificates")))
    try:
        broker.start()
        admin = administrator(broker.access(broker.authority.vouch_for("hub-administrator")))
        apply(admin, plan(registry.AGENCIES, copies=1), prune=False)
        yield broker
    finally:
        broker.stop()


def job(broker: TlsBroker, folder: Path, *, user: str = "hub-administrator") -> subprocess.CompletedProcess[str]:
    """What compose.yaml's job runs, where its tool and its files are those of this machine."""
    said = compose.section(compose.read(), "services", "limits")
    assert compose.words(said["command"])[1] == "/run/configs/limits.sh"
    ask = compose.content("ask_properties").replace("/run/secrets/ca", str(broker.authority.ca))
    (folder / "ask.properties").write_text(ask.replace("/run/secrets/broker", str(broker.authority.vouch_for(user))))
    tool = folder / "kafka-configs.sh"
    tool.write_text(f'#!/bin/sh\nexec java -Dlog4j2.level=ERROR -cp "{resolved()}/*" kafka.admin.ConfigCommand "$@"\n')
    tool.chmod(0o700)
    script = folder / "limits.sh"
    script.write_text(compose.content("limits"))
    environment = dict(compose.section(said, "environment"))
    assert set(environment) >= {"BROKERS", "ASK"}
    here = {"BROKERS": broker.brokers, "ASK": str(folder / "ask.properties"), "KAFKA_BIN": str(folder)}
    return subprocess.run(["sh", str(script)], env={**os.environ, **here}, check=False, capture_output=True, text=True)


def held_back(broker: TlsBroker, user: str, topic: str) -> float:
    """For how many seconds the broker held a user's sending back in all."""
    told: list[float] = []
    certificate = str(broker.authority.vouch_for(user))
    producer = Producer(
        {
            "bootstrap.servers": broker.brokers,
            "security.protocol": "ssl",
            "ssl.ca.location": str(broker.authority.ca),
            "ssl.certificate.location": certificate,
            "ssl.key.location": certificate,
            "message.max.bytes": 1_000_000,
            "throttle_cb": lambda event: told.append(seconds(event)),
        }
    )
    for _ in range(_MESSAGES):
        producer.produce(topic, _MESSAGE)
    until = time.monotonic() + 120
    while producer.flush(1) and time.monotonic() < until:
        producer.poll(0)
    assert len(producer) == 0
    return sum(told)


def seconds(event: ThrottleEvent) -> float:
    """How long the broker said that it held an answer back."""
    return float(event.throttle_time)


def test_a_flood_is_held_back_and_the_hub_is_not(broker: TlsBroker, tmp_path: Path) -> None:
    assert not any(held_back(broker, "agency-police", POLICE.inbound_topic) for _ in range(2))
    for _ in range(2):  # run again, it changes nothing
        done = job(broker, tmp_path)
        assert done.returncode == 0, done.stderr
    assert any(held_back(broker, "agency-police", POLICE.inbound_topic) for _ in range(10))
    assert not any(held_back(broker, "hub-ingest", POLICE.receipts_topic) for _ in range(2))


def test_nobody_lifts_a_limit_by_an_agencys_certificate(broker: TlsBroker, tmp_path: Path) -> None:
    refused = job(broker, tmp_path, user="agency-police")
    assert refused.returncode != 0
    assert "authoriz" in (refused.stdout + refused.stderr).lower()
