"""What does each setting take, what is refused as contradictory, and does an error ever repeat a value?"""

import ssl
import stat
from pathlib import Path

import pytest

from hub.engines import check, kafka_access
from hub.settings import BadSetting, KafkaSettings, Settings, is_this_machine, read_settings
from tests.support.certificates import Authority

CANARY = "canary-5f1e"
HERE = {"HUB_HOME": "/nowhere/at/all"}
BROKERS = {**HERE, "HUB_KAFKA": "127.0.0.1:9092,[::1]:9093"}
SCRAM = {**BROKERS, "HUB_KAFKA_USER": "hub-ingest", "HUB_KAFKA_PASSWORD_FILE": "/nowhere/secret"}
TLS = {"HUB_KAFKA_CA_FILE": "/nowhere/ca.pem"}
CERTIFICATE = {"HUB_KAFKA_CERT_FILE": "/nowhere/cert.pem", "HUB_KAFKA_KEY_FILE": "/nowhere/key.pem"}


def test_with_nothing_set_a_hub_is_on_one_machine_and_on_the_loopback() -> None:
    found = read_settings(HERE)
    assert found == Settings(home=Path("/nowhere/at/all"))
    assert (found.address, found.port, found.on_one_machine) == ("127.0.0.1", 8470, True)
    assert (found.kafka, found.database, found.status_port) == (None, None, None)


@pytest.mark.parametrize("more", [{"HUB_DATABASE": "dbname=hub"}, SCRAM])
def test_with_a_server_under_it_a_hub_is_not_on_one_machine(more: dict[str, str]) -> None:
    assert not read_settings({**HERE, **more}).on_one_machine


def test_every_setting_of_a_partnership_is_read() -> None:
    more = {"HUB_DATABASE": "dbname=hub", "HUB_DATABASE_OWNER": "dbname=hub user=owner", "HUB_ADDRESS": "0.0.0.0"}
    edge = {"HUB_PUBLIC_KEYS": "/nowhere/keys.json", "HUB_DROP": "/nowhere/drop", "HUB_STATUS_PORT": "8471"}
    hosts = {"HUB_HOSTS": "hub.example, mash.example", "HUB_HEARTBEAT_SECONDS": "5"}
    found = read_settings({**SCRAM, **TLS, **CERTIFICATE, **more, **edge, **hosts})
    assert found.kafka == KafkaSettings(
        "127.0.0.1:9092,[::1]:9093",
        "hub-ingest",
        Path("/nowhere/secret"),
        Path("/nowhere/ca.pem"),
        Path("/nowhere/cert.pem"),
        Path("/nowhere/key.pem"),
    )
    assert (found.database, found.database_owner, found.address) == ("dbname=hub", "dbname=hub user=owner", "0.0.0.0")
    assert (found.public_keys, found.drop) == (Path("/nowhere/keys.json"), Path("/nowhere/drop"))
    assert (found.status_port, found.hosts, found.heartbeat_seconds) == (8471, ("hub.example", "mash.example"), 5)


@pytest.mark.parametrize(
    ("environment", "named"),
    [
        (BROKERS, "HUB_KAFKA_USER"),
        ({**BROKERS, "HUB_KAFKA_USER": CANARY}, "HUB_KAFKA_PASSWORD_FILE"),
        ({**BROKERS, "HUB_KAFKA_PASSWORD_FILE": CANARY}, "HUB_KAFKA_USER"),
        ({**SCRAM, **TLS, "HUB_KAFKA_CERT_FILE": CANARY}, "HUB_KAFKA_KEY_FILE"),
        ({**SCRAM, **TLS, "HUB_KAFKA_KEY_FILE": CANARY}, "HUB_KAFKA_CERT_FILE"),
        ({**SCRAM, **CERTIFICATE}, "HUB_KAFKA_CA_FILE"),
        ({**HERE, "HUB_KAFKA_USER": CANARY}, "HUB_KAFKA "),
        ({**HERE, "HUB_KAFKA_CA_FILE": CANARY}, "HUB_KAFKA "),
        ({**SCRAM, "HUB_KAFKA": f"{CANARY}.example:9092"}, "HUB_KAFKA_CA_FILE"),
        ({**SCRAM, "HUB_KAFKA": f"127.0.0.1:9092,127.{CANARY}.example:9092"}, "HUB_KAFKA_CA_FILE"),
        ({**SCRAM, "HUB_BUS": CANARY}, "HUB_BUS"),
        ({**SCRAM, "HUB_KAFKA": CANARY}, "HUB_KAFKA"),
        ({**SCRAM, "HUB_KAFKA": ":9092"}, "HUB_KAFKA"),
        ({**SCRAM, "HUB_KAFKA": f"{CANARY}:0"}, "HUB_KAFKA"),
        ({**SCRAM, "HUB_KAFKA": f"{CANARY} a:9092"}, "HUB_KAFKA"),
        ({**SCRAM, "HUB_KAFKA": " , "}, "HUB_KAFKA"),
        ({**HERE, "HUB_PORT": CANARY}, "HUB_PORT"),
        ({**HERE, "HUB_PORT": "65536"}, "HUB_PORT"),
        ({**HERE, "HUB_PORT": "١"}, "HUB_PORT"),
        ({**HERE, "HUB_STATUS_PORT": "0"}, "HUB_STATUS_PORT"),
        ({**HERE, "HUB_ADDRESS": f"{CANARY} b"}, "HUB_ADDRESS"),
        ({**HERE, "HUB_HEARTBEAT_SECONDS": "0"}, "HUB_HEARTBEAT_SECONDS"),
        ({**HERE, "HUB_HEARTBEAT_SECONDS": CANARY}, "HUB_HEARTBEAT_SECONDS"),
        ({**HERE, "HUB_SCHOOL_CLOSED": CANARY}, "HUB_SCHOOL_CLOSED"),
        ({**HERE, "HUB_SCHOOL_STARTS": CANARY}, "HUB_SCHOOL_STARTS"),
        ({**HERE, "HUB_SCHOOL_STARTS": "08:45+01:00"}, "HUB_SCHOOL_STARTS"),
        ({**HERE, "HUB_LAW_16LA_FROM": CANARY}, "HUB_LAW_16LA_FROM"),
        ({**HERE, "HUB_DUTY_NUMBER": CANARY}, "HUB_DUTY_NUMBER"),
        ({**HERE, "HUB_DUTY_NUMBER": "01632 960100 <b>"}, "HUB_DUTY_NUMBER"),
        ({**HERE, "HUB_DUTY_NUMBER": "1" * 40}, "HUB_DUTY_NUMBER"),
    ],
)
def test_what_cannot_be_meant_is_refused_by_name_and_never_by_value(environment: dict[str, str], named: str) -> None:
    with pytest.raises(BadSetting) as refused:
        read_settings(environment)
    assert named in str(refused.value)
    assert CANARY not in str(refused.value)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("01632 960100", "01632 960100"),
        ("  01632   960100 ", "01632 960100"),
        ("+44 1632 960100 ext 12",) * 2,
        ("101",) * 2,
    ],
)
def test_the_number_of_the_duty_desk_is_read_as_people_read_it(typed: str, shown: str) -> None:
    assert read_settings({**HERE, "HUB_DUTY_NUMBER": typed}).duty_number == shown


def test_brokers_elsewhere_are_reached_over_tls() -> None:
    found = read_settings({**SCRAM, **TLS, "HUB_KAFKA": "kafka.example:9093"})
    assert found.kafka is not None
    assert found.kafka.brokers == "kafka.example:9093"


def test_a_certificate_alone_is_a_principal() -> None:
    found = read_settings({**BROKERS, **TLS, **CERTIFICATE})
    assert found.kafka is not None
    assert found.kafka.user is None


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.1.2.3", "[::1]", "::1"])
def test_the_loopback_is_this_machine(host: str) -> None:
    assert is_this_machine(host)


@pytest.mark.parametrize("host", ["127.0.0.1.example", "10.0.0.1", "kafka", "localhost.example", ""])
def test_nothing_else_is_this_machine(host: str) -> None:
    assert not is_this_machine(host)


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A file with a pass phrase, its owner's alone."""
    path = tmp_path / "pass-phrase"
    path.write_text(f"{CANARY}\n", encoding="utf-8")
    path.chmod(0o600)
    return path


def by_pass_phrase(secret: Path) -> KafkaSettings:
    return KafkaSettings("127.0.0.1:9092", "hub-ingest", secret)


@pytest.mark.parametrize("mode", [0o600, 0o400, 0o440, 0o640])
def test_a_pass_phrase_that_is_its_owners_is_read(secret: Path, mode: int) -> None:
    secret.chmod(mode)
    access = kafka_access(by_pass_phrase(secret))
    assert (access.user, access.pass_phrase, access.tls) == ("hub-ingest", CANARY, None)
    assert CANARY not in repr(access)


@pytest.mark.parametrize("more", [stat.S_IROTH, stat.S_IWOTH, stat.S_IWGRP])
def test_a_pass_phrase_that_others_can_read_or_change_is_refused(secret: Path, more: int) -> None:
    secret.chmod(0o600 | more)
    with pytest.raises(BadSetting, match="HUB_KAFKA_PASSWORD_FILE") as refused:
        check(Settings(home=secret.parent, kafka=by_pass_phrase(secret)))
    assert CANARY not in str(refused.value)


def test_a_pass_phrase_file_that_is_empty_or_gone_is_refused(secret: Path) -> None:
    secret.write_text("\n", encoding="utf-8")
    with pytest.raises(BadSetting, match="empty"):
        kafka_access(by_pass_phrase(secret))
    secret.unlink()
    with pytest.raises(BadSetting, match="can't be read"):
        kafka_access(by_pass_phrase(secret))


def test_certificates_that_are_none_are_refused_without_a_word_of_them(secret: Path, tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match="HUB_KAFKA_CA_FILE") as refused:
        kafka_access(KafkaSettings("127.0.0.1:9092", "hub-ingest", secret, secret))
    assert CANARY not in str(refused.value)
    with pytest.raises(BadSetting, match="HUB_KAFKA_CA_FILE"):
        kafka_access(KafkaSettings("127.0.0.1:9092", "hub-ingest", secret, tmp_path / "none.pem"))


def test_brokers_are_spoken_to_over_tls_1_3_alone(tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    mine = authority.vouch_for("hub-ingest")
    tls = kafka_access(KafkaSettings("127.0.0.1:9092", ca_file=authority.ca, cert_file=mine, key_file=mine)).tls
    assert tls is not None
    assert (tls.minimum_version, tls.verify_mode, tls.check_hostname) == (
        ssl.TLSVersion.TLSv1_3, ssl.CERT_REQUIRED, True,
    )  # fmt: skip


@pytest.mark.parametrize(
    "place", ["127.0.0.1:4318", "[::1]:4318", "collector:4318", "otel.hub.example/here", "localhost"]
)
def test_a_collector_is_this_machine_or_has_a_name(place: str) -> None:
    for scheme in ("http", "https"):
        address = f"{scheme}://{place}"
        assert read_settings({**HERE, "HUB_TELEMETRY": address}).telemetry == address


@pytest.mark.parametrize(
    "place",
    [
        "",
        f"{CANARY}@collector:4318",
        f"collector:{CANARY}",
        f"collector/?key={CANARY}",
        f"collector/#{CANARY}",
        "10.1.2.3:4318",
        "203.0.113.9",
        "0x7f000001",
        "2130706433",
        "[2001:db8::1]:4318",
        f"a_{CANARY} b",
    ],
)
def test_any_other_collector_is_refused_without_repeating_it(place: str) -> None:
    for address in (f"http://{place}", f"ftp://{CANARY}.example", CANARY):
        with pytest.raises(BadSetting, match="HUB_TELEMETRY") as refused:
            read_settings({**HERE, "HUB_TELEMETRY": address})
        assert CANARY not in str(refused.value)
        assert "203" not in str(refused.value)


def test_the_log_is_plain_unless_it_is_asked_for_in_json() -> None:
    assert not read_settings(HERE).log_as_json
    assert not read_settings({**HERE, "HUB_LOG": "plain"}).log_as_json
    assert read_settings({**HERE, "HUB_LOG": "json"}).log_as_json
    with pytest.raises(BadSetting, match="HUB_LOG") as refused:
        read_settings({**HERE, "HUB_LOG": CANARY})
    assert CANARY not in str(refused.value)
