"""A hub and the police's edge as an older release runs them, and the same folders under today's: for a rolling upgrade.

The older release is its own sources, out of tests/golden, run by the interpreter and libraries of the tests.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from agencies import registry as partners
from hub.adapters.kafka_plan import plan
from tests.support import golden, kafka_broker, kafka_setup
from tests.support.beset import Beset, clear
from tests.support.engines import postgres_database
from tests.support.kafka_broker import ADMIN
from tests.support.kept_server import alone_with
from tests.support.processes import HUB_USER, Party, kafka_settings

OLDER = "c408596"
READER = "priya"
_ENROLLED = ("--name", "Priya Anand", "--agency", "social_care", "--role", "mash_decision_maker")
Jobs = tuple[tuple[tuple[str, ...], Mapping[str, str]], ...]


@dataclass
class Upgrade:
    """The machines as the older release runs them, and as today's does."""

    older: Beset
    newer: Beset
    jobs: Jobs = field(default=())

    def make(self, release: Beset) -> None:
        """The jobs of that release that make tables and topics, under the settings of those who may."""
        for words, more in self.jobs:
            replace(release.hub, more={**release.hub.more, **more}).run(*words)

    def end(self) -> None:
        """End by force what still runs."""
        self.older.end()
        self.newer.end()


@contextmanager
def on_files(folder: Path, run_folder: Path) -> Iterator[Upgrade]:
    """Everything in files; the older release made what there is."""
    bus = {"HUB_BUS": str(folder / "bus.db")}
    yield from _begun(folder, golden.unpack(OLDER, run_folder), bus, bus)


@contextmanager
def on_servers(folder: Path, run_folder: Path) -> Iterator[Upgrade]:
    """On PostgreSQL and Kafka, whose tables and topics the older release made; one test of the run at a time."""
    reached = kafka_broker.reach(run_folder / "faults")
    with alone_with(run_folder / "faults" / "in-use"), postgres_database(run_folder, with_tables=False) as engine:
        clear(reached, plan(partners.AGENCIES, copies=1))
        kafka_setup.add_users(reached, HUB_USER, "agency-police")
        at_hub = {"HUB_DATABASE": engine.application, **kafka_settings(reached, HUB_USER, folder)}
        jobs: Jobs = (
            (("database", "make"), {"HUB_DATABASE_OWNER": engine.owner}),
            (("kafka", "apply", "--copies", "1"), kafka_settings(reached, ADMIN, folder)),
        )
        at_police = kafka_settings(reached, "agency-police", folder)
        yield from _begun(folder, golden.unpack(OLDER, run_folder), at_hub, at_police, jobs)


def _begun(
    folder: Path, release: Path, at_hub: Mapping[str, str], at_police: Mapping[str, str], jobs: Jobs = ()
) -> Iterator[Upgrade]:
    (folder / "drop" / "in").mkdir(parents=True)
    more = {"HUB_PUBLIC_KEYS": str(folder / "hub-keys.json"), "HUB_DROP": str(folder / "drop"), **at_police}
    hub, police = Party(folder / "hub-home", at_hub), Party(folder / "police-home", more)
    older = Beset(replace(hub, release=release, running=[]), replace(police, release=release, running=[]))
    found = Upgrade(older, Beset(hub, police, older.numbers), jobs)
    found.make(older)
    _introduce(older, folder)
    try:
        yield found
    finally:
        found.end()


def _introduce(beset: Beset, folder: Path) -> None:
    """The hub knows the police and one reader, and the police know the hub's keys, by that release's own commands."""
    keys, stated = folder / "hub-keys.json", folder / "police.json"
    keys.write_text(beset.hub.run("keys", "--public"), encoding="utf-8")
    keys.chmod(0o644)
    stated.write_text(beset.police.run("edge", "police", "--enrolment"), encoding="utf-8")
    beset.hub.run("enrol", str(stated), "--fingerprint", json.loads(stated.read_text())["fingerprint"])
    beset.hub.run("staff", "add", READER, *_ENROLLED)
