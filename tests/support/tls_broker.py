"""A broker of a test's own with the settings that compose.yaml gives its brokers: TLS, certificates, default deny."""

import subprocess
import time
from pathlib import Path

from hub.adapters import kafka_admin
from hub.adapters.kafka_admin import AdminAccess
from hub.adapters.kafka_plan import Plan
from hub.domain.errors import StoreUnavailable
from tests.support import compose
from tests.support.certificates import Authority
from tests.support.kafka_broker import free_ports, resolved
from tests.support.kept_server import NotStarted, stop

_JVM = ("-Xms128m", "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dlog4j2.level=WARN")
_CLUSTER = "aBcDeFgHiJkLmNoPqRsTuV"


class TlsBroker:
    """One node; its settings are compose.yaml's, but for hosts, ports and folders, which are this machine's."""

    def __init__(self, folder: Path, authority: Authority) -> None:
        """Not started yet."""
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        controller, clients = free_ports(2)
        self.brokers = f"127.0.0.1:{clients}"
        self.authority = authority
        settings = compose.broker_settings(1)
        here = (
            ("kafka-1:9093", f"127.0.0.1:{controller}"),
            ("kafka-1:9092", self.brokers),
            ("/run/secrets/broker", str(authority.vouch_for("kafka-1"))),
            ("/run/secrets/ca", str(authority.ca)),
            ("/var/lib/kafka/data", str(folder / "kept")),
        )
        for there, local in here:
            assert there in settings
            settings = settings.replace(there, local)
        (folder / "server.properties").write_text(settings, encoding="utf-8")

    def start(self) -> None:
        """Run it until it answers. Raises NotStarted."""
        asked = ["kafka.tools.StorageTool", "format", "--ignore-formatted", "--cluster-id", _CLUSTER]
        java = ["java", *_JVM, "-cp", f"{resolved()}/*"]
        config = str(self._folder / "server.properties")
        done = subprocess.run([*java, *asked, "--config", config], check=False, capture_output=True, cwd=self._folder)
        if done.returncode != 0:
            raise NotStarted(done.stderr.decode("utf-8", "replace")[-2000:])
        with (self._folder / "said.txt").open("ab") as output:
            self._process = subprocess.Popen(
                [*java, "kafka.Kafka", config], cwd=self._folder, stdout=output, stderr=output
            )
        self._wait(self._process)

    def stop(self) -> None:
        """End it."""
        if self._process is not None:
            stop(self._process)

    def access(self, certificate: Path) -> AdminAccess:
        """How the holder of a certificate asks it."""
        return AdminAccess(self.brokers, ca_file=self.authority.ca, cert_file=certificate, key_file=certificate)

    def _wait(self, process: subprocess.Popen[bytes]) -> None:
        asking = kafka_admin.administrator(self.access(self.authority.vouch_for("hub-administrator")))
        until = time.monotonic() + 90
        while True:
            try:
                kafka_admin.find(asking, Plan((), ()))
            except StoreUnavailable as refused:
                if time.monotonic() > until or process.poll() is not None:
                    said = (self._folder / "said.txt").read_text(encoding="utf-8", errors="replace")
                    raise NotStarted(said[-2000:]) from refused
            else:
                return
