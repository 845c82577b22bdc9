"""The settings that say how Kafka is reached."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from hub.settings_shapes import BadSetting, is_port, is_this_machine, listed, path


@dataclass(frozen=True, slots=True)
class KafkaSettings:
    """Where the brokers are, and as whom this process comes; every path is of a file.

    HUB_KAFKA: host:port of each broker, parted by commas. HUB_KAFKA_USER and HUB_KAFKA_PASSWORD_FILE: the principal and
    the file with its pass phrase (SASL/SCRAM-SHA-512), which nobody but its owner and its group may read.
    HUB_KAFKA_CA_FILE: certificates (PEM) that a broker's must lead to; it turns TLS on, and brokers on other machines
    are reached in no other way. HUB_KAFKA_CERT_FILE and HUB_KAFKA_KEY_FILE: this process's own certificate and its
    private key (PEM), in place of a pass phrase or besides it.
    """

    brokers: str
    user: str | None = None
    password_file: Path | None = None
    ca_file: Path | None = None
    cert_file: Path | None = None
    key_file: Path | None = None


def read_kafka(environment: Mapping[str, str]) -> KafkaSettings | None:
    """How the brokers are reached; None when HUB_KAFKA is not set. Raises BadSetting."""
    brokers = environment.get("HUB_KAFKA")
    if not brokers:
        alone = next(
            (name for name in sorted(environment) if name.startswith("HUB_KAFKA_") and environment[name]), None
        )
        if alone is not None:
            raise BadSetting(f"{alone} says how to reach brokers that HUB_KAFKA does not name")
        return None
    found = KafkaSettings(
        brokers=_brokers(brokers),
        user=environment.get("HUB_KAFKA_USER") or None,
        password_file=path(environment, "HUB_KAFKA_PASSWORD_FILE"),
        ca_file=path(environment, "HUB_KAFKA_CA_FILE"),
        cert_file=path(environment, "HUB_KAFKA_CERT_FILE"),
        key_file=path(environment, "HUB_KAFKA_KEY_FILE"),
    )
    _refuse_contradictions(found)
    return found


def _refuse_contradictions(kafka: KafkaSettings) -> None:
    """Raise BadSetting where what was set of Kafka cannot be meant."""
    if (kafka.user is None) != (kafka.password_file is None):
        raise BadSetting("HUB_KAFKA_USER and HUB_KAFKA_PASSWORD_FILE go together: set both or neither")
    if (kafka.cert_file is None) != (kafka.key_file is None):
        raise BadSetting("HUB_KAFKA_CERT_FILE and HUB_KAFKA_KEY_FILE go together: set both or neither")
    if kafka.user is None and kafka.cert_file is None:
        raise BadSetting("HUB_KAFKA wants a principal: HUB_KAFKA_USER with HUB_KAFKA_PASSWORD_FILE, or a certificate")
    if kafka.cert_file is not None and kafka.ca_file is None:
        raise BadSetting("HUB_KAFKA_CERT_FILE is shown over TLS alone: set HUB_KAFKA_CA_FILE")
    hosts = {broker.rpartition(":")[0] for broker in kafka.brokers.split(",")}
    if kafka.ca_file is None and not all(is_this_machine(host) for host in hosts):
        raise BadSetting("HUB_KAFKA names another machine, which is reached over TLS alone: set HUB_KAFKA_CA_FILE")


def _brokers(text: str) -> str:
    brokers = listed(text)
    for broker in brokers:
        host, _, port = broker.rpartition(":")
        if not host or not is_port(port) or any(letter.isspace() for letter in host):
            raise BadSetting("HUB_KAFKA is host:port of each broker, parted by commas")
    if not brokers:
        raise BadSetting("HUB_KAFKA is host:port of each broker, parted by commas")
    return ",".join(brokers)
