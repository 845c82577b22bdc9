"""A genuine Apache Kafka for the tests: Maven resolves its jars once, the machine's Java runs it, one broker or three.

Every client proves who it is (SASL/SCRAM); what no access rule allows is refused (StandardAuthorizer, default deny).
"""

import hmac
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from contextlib import ExitStack
from hashlib import sha256
from pathlib import Path

from confluent_kafka import KafkaException
from confluent_kafka.admin import AdminClient

from tests.support.kept_server import NotStarted, alone_with, keep, shared, stop
from tests.support.required import missing

KAFKA, LOG4J = "4.3.1", "2.24.3"
SETTING = "HUB_TEST_KAFKA_JARS"
ADMIN = "administrator"
_MODULE = "tests.support.kafka_broker"
_BETWEEN = "broker"  # the user by which brokers know each other
_JVM = ("-Xms128m", "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
_POM = f"""<project><modelVersion>4.0.0</modelVersion>
<groupId>hub.test</groupId><artifactId>kafka-broker</artifactId><version>1</version><packaging>pom</packaging>
<dependencies>
<dependency><groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId><version>{KAFKA}</version></dependency>
<dependency><groupId>org.apache.logging.log4j</groupId><artifactId>log4j-slf4j-impl</artifactId>
<version>{LOG4J}</version></dependency>
<dependency><groupId>org.apache.logging.log4j</groupId><artifactId>log4j-core</artifactId>
<version>{LOG4J}</version></dependency>
</dependencies></project>
"""
_LOGGING = """status=error
rootLogger.level=warn
rootLogger.appenderRef.c.ref=C
appender.c.type=Console
appender.c.name=C
appender.c.layout.type=PatternLayout
appender.c.layout.pattern=%d %p %c %m%n
"""


def reach(run_folder: Path, brokers: int = 1) -> Mapping[str, str]:
    """How to reach a cluster of that many brokers: `brokers` and `secret`. Ends the test where none is to be had."""
    can_run()
    try:
        return shared(run_folder / f"kafka{brokers}", _MODULE)
    except NotStarted as refused:
        missing("kafka", str(refused))


def can_run() -> None:
    """Nothing where a broker can be run; ends the test where not."""
    lacking = [program for program in ("java", "mvn") if shutil.which(program) is None]
    if "java" in lacking or (lacking and not _jars().exists()):
        missing("kafka", f"not on this machine: {', '.join(lacking)}")


def pass_phrase(secret: str, user: str) -> str:
    """The pass phrase of a user of that cluster."""
    return hmac.digest(secret.encode(), user.encode(), sha256).hex()


def client_settings(reached: Mapping[str, str], user: str) -> dict[str, str | int | float | bool]:
    """The settings of a plain client that is not ours, as that user."""
    return {
        "bootstrap.servers": reached["brokers"],
        "security.protocol": "SASL_PLAINTEXT",
        "sasl.mechanism": "SCRAM-SHA-512",
        "sasl.username": user,
        "sasl.password": pass_phrase(reached["secret"], user),
    }


def _jars() -> Path:
    named = os.environ.get(SETTING)
    return Path(named) if named else Path.home() / ".cache" / "safeguarding-hub" / f"kafka-{KAFKA}"


def resolved() -> Path:
    """The folder of the broker's jars, fetched by Maven on first use, each checked by its digest. Raises NotStarted."""
    jars = _jars()
    jars.parent.mkdir(parents=True, exist_ok=True)
    with alone_with(jars.parent / f"{jars.name}.lock"):
        if not jars.exists():
            with tempfile.TemporaryDirectory(dir=jars.parent) as name:
                _fetch(Path(name))
                (Path(name) / "jars").rename(jars)
    return jars


def _fetch(folder: Path) -> None:
    (folder / "pom.xml").write_text(_POM, encoding="utf-8")
    goal = ("dependency:copy-dependencies", "-DincludeScope=runtime", f"-DoutputDirectory={folder / 'jars'}")
    done = subprocess.run(["mvn", "-q", "-B", "-C", *goal], cwd=folder, check=False, capture_output=True)
    if done.returncode != 0:
        raise NotStarted(done.stdout.decode("utf-8", "replace")[-2000:])


def free_ports(count: int) -> tuple[int, ...]:
    """Loopback ports that nobody listens on."""
    with ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return tuple(int(each.getsockname()[1]) for each in sockets)


class Broker:
    """One node, broker and controller in one (KRaft)."""

    def __init__(
        self, base: Path, number: int, ports: tuple[tuple[int, int], ...], secret: str, told: int | None = None
    ) -> None:
        """Node `number` (from 1) of those on `ports` (controller, clients), in a folder of its own.

        `told` is the port that clients are told to come to, when it is not the broker's own: a road before it.
        """
        self.folder = base / f"node{number}"
        self.folder.mkdir()
        self.number = number
        self._ports = ports
        self._secret = secret
        self._told = told or ports[number - 1][1]
        self.process: subprocess.Popen[bytes] | None = None
        (self.folder / "server.properties").write_text(self._properties(), encoding="utf-8")
        (self.folder / "log4j2.properties").write_text(_LOGGING, encoding="utf-8")

    def format(self, cluster: str) -> None:
        """Write the empty storage, with the users that must be there from the start. Raises NotStarted."""
        users = [
            f"SCRAM-SHA-512=[name={user},password={pass_phrase(self._secret, user)}]" for user in (_BETWEEN, ADMIN)
        ]
        asked = ["kafka.tools.StorageTool", "format", "--cluster-id", cluster, "--config", "server.properties"]
        for user in users:
            asked += ["--add-scram", user]
        done = subprocess.run([*self._java(), *asked], cwd=self.folder, check=False, capture_output=True)
        if done.returncode != 0:
            raise NotStarted(done.stderr.decode("utf-8", "replace")[-2000:])

    def start(self) -> None:
        """Run it."""
        with (self.folder / "said.txt").open("ab") as output:
            self.process = subprocess.Popen(
                [*self._java(), "kafka.Kafka", "server.properties"], cwd=self.folder, stdout=output, stderr=output
            )

    def stop(self, by: signal.Signals = signal.SIGTERM) -> None:
        """End it, in order or by force."""
        if self.process is not None:
            stop(self.process, by)

    def said(self) -> str:
        """The end of what it logged."""
        return (self.folder / "said.txt").read_text(encoding="utf-8", errors="replace")[-2000:]

    def _java(self) -> list[str]:
        log = f"-Dlog4j2.configurationFile=file:{self.folder / 'log4j2.properties'}"
        return ["java", *_JVM, log, f"-Dkafka.logs.dir={self.folder}", "-cp", f"{resolved()}/*"]

    def _properties(self) -> str:
        settings = {**self._listeners(), **_limits(min(3, len(self._ports)))}
        settings |= {"process.roles": "broker,controller", "node.id": str(self.number)}
        settings |= {"log.dirs": str(self.folder / "kept")}
        return "".join(f"{name}={value}\n" for name, value in settings.items())

    def _listeners(self) -> dict[str, str]:
        controller, clients = self._ports[self.number - 1]
        voters = ",".join(f"{number}@127.0.0.1:{port}" for number, (port, _) in enumerate(self._ports, start=1))
        word = pass_phrase(self._secret, _BETWEEN)
        plain = "org.apache.kafka.common.security.plain.PlainLoginModule required"
        scram = "org.apache.kafka.common.security.scram.ScramLoginModule required"
        known = f'username="{_BETWEEN}" password="{word}"'
        return {
            "controller.quorum.voters": voters,
            "controller.listener.names": "CONTROLLER",
            "listeners": f"CONTROLLER://127.0.0.1:{controller},CLIENTS://127.0.0.1:{clients}",
            "advertised.listeners": f"CLIENTS://127.0.0.1:{self._told}",
            "listener.security.protocol.map": "CONTROLLER:SASL_PLAINTEXT,CLIENTS:SASL_PLAINTEXT",
            "inter.broker.listener.name": "CLIENTS",
            "sasl.mechanism.inter.broker.protocol": "SCRAM-SHA-512",
            "sasl.mechanism.controller.protocol": "PLAIN",
            "listener.name.controller.sasl.enabled.mechanisms": "PLAIN",
            "listener.name.controller.plain.sasl.jaas.config": f'{plain} {known} user_{_BETWEEN}="{word}";',
            "listener.name.clients.sasl.enabled.mechanisms": "SCRAM-SHA-512",
            "listener.name.clients.scram-sha-512.sasl.jaas.config": f"{scram} {known};",
        }


def _limits(copies: int) -> dict[str, str]:
    return {
        "authorizer.class.name": "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
        "allow.everyone.if.no.acl.found": "false",
        "super.users": f"User:{_BETWEEN};User:{ADMIN}",
        "auto.create.topics.enable": "false",
        "unclean.leader.election.enable": "false",
        "num.partitions": "1",
        "offsets.topic.num.partitions": "4",
        "offsets.topic.replication.factor": str(copies),
        "transaction.state.log.num.partitions": "4",
        "transaction.state.log.replication.factor": str(copies),
        "transaction.state.log.min.isr": str(max(1, copies - 1)),
        "share.coordinator.state.topic.replication.factor": str(copies),
        "share.coordinator.state.topic.min.isr": str(max(1, copies - 1)),
        "group.initial.rebalance.delay.ms": "0",
        "log.segment.bytes": "16777216",
    }


class Cluster:
    """See kept_server.Server: as many brokers as asked, each a process of its own."""

    def __init__(self, count: int, *, by_road: bool = False, under: Path | None = None) -> None:
        """Not started yet; all that it keeps will lie in the folder `under`, if one is named.

        `by_road`: clients reach the one broker by `road_port`, where a FaultProxy must listen.
        """
        self.base = Path(tempfile.mkdtemp(prefix="hub-kafka-", dir=under))
        self.base.chmod(0o700)
        self.secret = secrets.token_hex(16)
        *ports, self.road_port = free_ports(2 * count + 1)
        pairs = tuple(zip(ports[:count], ports[count:], strict=True))
        told = self.road_port if by_road else None
        self.nodes = tuple(Broker(self.base, number, pairs, self.secret, told) for number in range(1, count + 1))
        self.client_port = pairs[0][1]
        self.brokers = ",".join(f"127.0.0.1:{told or port}" for _, port in pairs)

    def start(self, folder: Path) -> Mapping[str, str]:
        """See kept_server.Server."""
        cluster = secrets.token_hex(11)  # 22 characters; one that began with "-" would be read as an option
        for node in self.nodes:
            node.format(cluster)
        for node in self.nodes:
            node.start()
        reached = {"brokers": self.brokers, "secret": self.secret, "pids": json.dumps(self.pids())}
        self._wait(reached)
        return reached

    def pids(self) -> list[int]:
        """The process of each broker."""
        return [node.process.pid for node in self.nodes if node.process is not None]

    def stop(self) -> None:
        """See kept_server.Server."""
        for node in self.nodes:
            node.stop(signal.SIGKILL if len(self.nodes) > 1 else signal.SIGTERM)
        shutil.rmtree(self.base, ignore_errors=True)

    def _wait(self, reached: Mapping[str, str]) -> None:
        until = time.monotonic() + 120
        admin = AdminClient(client_settings(reached, ADMIN), logger=None)
        while True:
            try:
                here = len(admin.list_topics(timeout=5).brokers)
            except KafkaException:
                here = 0
            if here == len(self.nodes):
                return
            if time.monotonic() > until or any(node.process and node.process.poll() is not None for node in self.nodes):
                raise NotStarted("\n".join(node.said() for node in self.nodes))
            time.sleep(0.2)


if __name__ == "__main__":
    keep(Cluster(3 if Path(sys.argv[1]).name == "kafka3" else 1), Path(sys.argv[1]))
