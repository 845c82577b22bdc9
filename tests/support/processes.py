"""The hub and its edges as processes of their own, started from the command line as a partnership starts them."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, TypeVar

from hub.settings import Settings, read_settings
from tests.support import preloaded
from tests.support.crowding import alone, crowding
from tests.support.kafka_broker import free_ports, pass_phrase
from tests.support.places import REPO
from tests.support.preloaded import Process, all_of

HUB_USER = "hub-ingest"
PATIENCE_SECONDS = 60.0
_T = TypeVar("_T")


def until(asked: Callable[[], _T | None], what: str) -> _T:
    """The first answer that is something; it is asked again and again, and not for ever."""
    ends = time.monotonic() + PATIENCE_SECONDS * crowding()
    while (answer := asked()) is None:
        assert time.monotonic() < ends, f"never came: {what}"
        time.sleep(0.05)
    return answer


@dataclass
class Running:
    """A process that runs until it is told to stop, and what it has said so far."""

    process: Process
    said: Path

    def stop(self, by: signal.Signals = signal.SIGTERM) -> tuple[int, float]:
        """Its exit code, and the seconds that it took to end, or would have taken on a machine of its own.

        It is told once it hears: told while it is still being loaded, a process dies as if it knew no better.
        """
        until(lambda: self.hears(by) or None, f"a process that hears {by.name}")
        began = time.monotonic()
        self.process.send_signal(by)
        code = self.process.wait(timeout=30 * crowding())
        return code, alone(time.monotonic() - began)

    def hears(self, by: signal.Signals) -> bool:
        """Whether it hears the signal itself (SigCgt of proc(5)); also where it has ended, or nobody is asked."""
        if by is signal.SIGKILL or self.process.poll() is not None:
            return True
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii", errors="replace")
        caught = re.search(r"^SigCgt:\s*([0-9a-f]+)$", status, re.MULTILINE)
        return caught is None or bool(int(caught[1], 16) >> (by - 1) & 1)

    def words(self) -> str:
        """What it wrote, on either stream."""
        return self.said.read_text(encoding="utf-8", errors="replace")


@dataclass
class Party:
    """One party's machine: a folder of its own, and the settings and the release under which its commands run."""

    home: Path
    more: Mapping[str, str]
    running: list[Running] = field(default_factory=list)
    release: Path = REPO

    @property
    def environment(self) -> dict[str, str]:
        """The environment of its commands."""
        plain = {name: value for name, value in os.environ.items() if not name.startswith("HUB_")}
        if self.release != REPO:
            plain.pop(
                "PYTHONDONTWRITEBYTECODE", None
            )  # it lies in a folder of the run: compiled once, not at each start
        return {**plain, "PYTHONPATH": str(self.release), "HUB_HOME": str(self.home), **self.more}

    @property
    def settings(self) -> Settings:
        """Its settings, as its commands read them."""
        return read_settings(self.environment)

    def run(self, *words: str, expect: int = 0) -> str:
        """What one command prints, after it has ended as expected."""
        with TemporaryFile() as output, TemporaryFile() as errors:
            code = self._begun(words, output, errors).wait(120)
            out, said = (all_of(stream) for stream in (output, errors))
        assert code == expect, f"hub {words[0]}: {code}\n{out}\n{said}"
        return out if expect == 0 else out + said

    def start(self, *words: str) -> Running:
        """One command that runs until it is told to stop."""
        self.home.mkdir(parents=True, exist_ok=True)
        said = self.home / f"said-{'-'.join(words)}-{len(tuple(self.home.glob('said-*')))}.txt"
        with said.open("wb") as output:
            process = self._begun(words, output, output)
        self.running.append(Running(process, said))
        return self.running[-1]

    def _begun(self, words: Sequence[str], output: IO[bytes], errors: IO[bytes]) -> Process:
        if self.release == REPO:
            return preloaded.start(("hub", *words), self.environment, REPO, output, errors)
        return subprocess.Popen(loading(*words), cwd=self.release, env=self.environment, stdout=output, stderr=errors)

    def end(self) -> None:
        """End by force what still runs."""
        for one in self.running:
            if one.process.poll() is None:
                one.process.kill()
                one.process.wait()


@dataclass
class Partnership:
    """A hub and the machines of its agencies on one bus. `kafka` is how to reach the broker; None: a file."""

    folder: Path
    hub: Party
    kafka: Mapping[str, str] | None = None
    parties: dict[str, Party] = field(default_factory=dict)

    def edge(self, agency: str) -> Party:
        """An agency's machine, with the hub's public keys, and enrolled at the hub."""
        if agency in self.parties:
            return self.parties[agency]
        keys = self.folder / "hub-keys.json"
        if not keys.exists():
            keys.write_text(self.hub.run("keys", "--public"), encoding="utf-8")
            keys.chmod(0o644)
        more = {"HUB_PUBLIC_KEYS": str(keys), "HUB_DROP": str(self.folder / f"{agency}-drop")}
        party = Party(self.folder / f"{agency}-home", {**more, **self._road(agency)})
        stated = self.folder / f"{agency}.json"
        stated.write_text(party.run("edge", agency, "--enrolment"), encoding="utf-8")
        self.hub.run("enrol", str(stated), "--fingerprint", json.loads(stated.read_text())["fingerprint"])
        self.parties[agency] = party
        return party

    def end(self) -> None:
        """End by force what still runs."""
        for party in (self.hub, *self.parties.values()):
            party.end()

    def _road(self, agency: str) -> Mapping[str, str]:
        if self.kafka is None:
            return {"HUB_BUS": str(self.hub.home / "bus.db")}
        return kafka_settings(self.kafka, f"agency-{agency}", self.folder)


def kafka_settings(reached: Mapping[str, str], user: str, folder: Path) -> dict[str, str]:
    """The settings by which a process comes to the test's broker as that user."""
    secret = folder / f"{user}.secret"
    secret.touch(mode=0o600)
    secret.write_text(pass_phrase(reached["secret"], user), encoding="utf-8")
    return {"HUB_KAFKA": reached["brokers"], "HUB_KAFKA_USER": user, "HUB_KAFKA_PASSWORD_FILE": str(secret)}


def free_port() -> int:
    """A port that nobody listens on."""
    return free_ports(1)[0]


def loading(*words: str) -> list[str]:
    """The command line of a hub that is loaded anew: for another release, or where loading itself is tested."""
    return [sys.executable, "-c", "import sys; from hub.cli import main; sys.exit(main())", *words]
