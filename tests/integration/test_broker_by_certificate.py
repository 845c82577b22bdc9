"""By compose.yaml's own broker settings, is each known by its certificate, and may it do only what is planned?"""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from agencies import registry
from contracts.envelope import Sealed
from hub.adapters.bus_kafka import KafkaBus
from hub.adapters.kafka_plan import plan
from hub.domain.errors import StoreUnavailable
from hub.engines import kafka_access
from hub.settings import KafkaSettings
from tests.support import compose
from tests.support.certificates import Authority
from tests.support.kafka_broker import can_run
from tests.support.terminal import hub_says
from tests.support.tls_broker import TlsBroker

pytestmark = [pytest.mark.kafka, pytest.mark.slow]

_KEY = "0c9bd0f2-7b42-5a29-9d0b-0d1d5a1d7c11"
_MESSAGE = Sealed((("ce_specversion", "1.0"),), b"sealed")
POLICE = registry.by_name("police")


@pytest.fixture(scope="module")
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TlsBroker]:
    """Running, with the topics that compose.yaml's own set-up job made by its own command."""
    can_run()
    broker = TlsBroker(tmp_path_factory.mktemp("broker"), Authority(tmp_path_factory.mktemp("certificates")))
    try:
        broker.start()
        done = command(broker, *set_up())
        assert done.returncode == 0, done.stderr
        yield broker
    finally:
        broker.stop()


def set_up() -> list[str]:
    """The command of compose.yaml's job for topics and rights."""
    return compose.words(compose.section(compose.read(), "services", "topics")["command"])


def command(broker: TlsBroker, *words: str, user: str = "hub-administrator") -> subprocess.CompletedProcess[str]:
    """`hub` run as a plain process, with the settings that compose.yaml gives that job."""
    certificate = broker.authority.vouch_for(user)
    named = compose.section(compose.read(), "services", "topics", "environment")
    here = {
        "HUB_KAFKA": broker.brokers,
        "HUB_KAFKA_CA_FILE": str(broker.authority.ca),
        "HUB_KAFKA_CERT_FILE": str(certificate),
        "HUB_KAFKA_KEY_FILE": str(certificate),
    }
    assert {name for name in named if name.startswith("HUB_")} == {"HUB_HOME", *here}
    return hub_says(certificate.parent / "none", *words, more=here)


def bus(broker: TlsBroker, certificate: Path, ca: Path | None = None) -> KafkaBus:
    """The product's own bus, as the holder of a certificate opens it by its settings."""
    settings = KafkaSettings(
        broker.brokers, ca_file=ca or broker.authority.ca, cert_file=certificate, key_file=certificate
    )
    return KafkaBus(kafka_access(settings))


def test_the_job_that_is_run_again_changes_nothing(broker: TlsBroker) -> None:
    again = command(broker, *set_up(), "--json")
    assert again.returncode == 0, again.stderr
    assert not any(json.loads(again.stdout).values())


def test_what_the_job_made_is_the_plan_of_every_agency(broker: TlsBroker) -> None:
    said = command(broker, "kafka", "check", "--copies", "1")
    assert (said.returncode, said.stdout.strip()) == (0, "The brokers are as planned; nothing was changed.")
    printed = json.loads(command(broker, "kafka", "plan", "--copies", "1", "--json").stdout)
    assert [topic["name"] for topic in printed["topics"]] == [
        topic.name for topic in plan(registry.AGENCIES, copies=1).topics
    ]


def test_a_check_says_with_its_exit_code_that_the_brokers_differ(broker: TlsBroker) -> None:
    said = command(broker, "kafka", "check", "--copies", "3")
    assert said.returncode == 1
    assert "copies is 1, planned 3" in said.stdout


def test_whoever_is_no_administrator_changes_nothing(broker: TlsBroker) -> None:
    said = command(broker, *set_up(), user="agency-police")
    assert said.returncode == 1
    assert "AUTHORIZATION_FAILED" in said.stderr
    assert command(broker, "kafka", "check", "--copies", "1").returncode == 0


def test_an_agency_is_known_by_its_certificate_and_reaches_the_hub(broker: TlsBroker) -> None:
    edge = bus(broker, broker.authority.vouch_for("agency-police"))
    hub = bus(broker, broker.authority.vouch_for("hub-ingest"))
    try:
        edge.send(POLICE.inbound_topic, _KEY, _MESSAGE)
        (arrived,) = hub.poll("hub-receive", (POLICE.inbound_topic,), 10)
        assert arrived.message.value == b"sealed"
        hub.done("hub-receive", arrived)
    finally:
        edge.close()
        hub.close()


def test_another_agencys_certificate_opens_nothing_of_it(broker: TlsBroker) -> None:
    other = bus(broker, broker.authority.vouch_for("agency-health"))
    try:
        with pytest.raises(StoreUnavailable, match="TopicNotSeen"):
            other.send(POLICE.inbound_topic, _KEY, _MESSAGE)
        with pytest.raises(StoreUnavailable, match="TopicNotSeen"):
            other.poll("edge-health", (POLICE.receipts_topic,), 1)
    finally:
        other.close()


def test_a_certificate_that_another_authority_signed_opens_nothing(broker: TlsBroker, tmp_path: Path) -> None:
    forged = Authority(tmp_path, "somebody-else").vouch_for("hub-administrator")
    stranger = bus(broker, forged, broker.authority.ca)
    try:
        with pytest.raises(StoreUnavailable):
            stranger.send(POLICE.inbound_topic, _KEY, _MESSAGE)
    finally:
        stranger.close()


def test_a_broker_that_another_authority_vouches_for_is_not_spoken_to(broker: TlsBroker, tmp_path: Path) -> None:
    edge = bus(broker, broker.authority.vouch_for("agency-police"), Authority(tmp_path, "somebody-else").ca)
    try:
        with pytest.raises(StoreUnavailable):
            edge.send(POLICE.inbound_topic, _KEY, _MESSAGE)
    finally:
        edge.close()
