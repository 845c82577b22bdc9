"""A hub and the police's edge, on files or on servers, as fault tests beset them: notices go in, and all is looked at.

The processes are the product's own; what is looked at afterwards is looked at from this process.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from time import monotonic, sleep
from uuid import UUID

from agencies import registry as partners
from agencies.agency import Agency
from contracts.events.hub import ReceiptIssued
from hub.adapters.clock import SystemClock
from hub.adapters.database_set_up import make_database
from hub.adapters.drop_folder import DropFolder
from hub.adapters.drop_ledger import DropLedger
from hub.adapters.edge_side import Beyond, Edge, PartnerKeys
from hub.adapters.kafka_plan import Plan, plan
from hub.adapters.public_keys import write_keys
from hub.adapters.telemetry import Telemetry
from hub.adapters.watched import WatchedBus
from hub.application.enrol import enrol_agency
from hub.commands import edge as edge_command
from hub.commands.edge_work import EdgeWork
from hub.domain.errors import HubError
from hub.engines import open_bus
from hub.settings import Settings
from hub.wiring import Hub, edge_folder
from tests.support import kafka_broker, kafka_setup, preloaded
from tests.support.crowding import crowding
from tests.support.engines import PostgresEngine
from tests.support.invariants import Sent, broken
from tests.support.kept_server import alone_with
from tests.support.places import REPO
from tests.support.processes import HUB_USER, Party, Running, kafka_settings

POLICE = partners.by_name("police")
SAMPLE = REPO / "agencies" / "police" / "samples" / "made-up-incident-notice.json"
RECOVERY_SECONDS = 90.0
PATIENCE_SECONDS = 60
AT_THE_HUB = frozenset({"work", "serve"})


def notice(number: int) -> bytes:
    """An invented notice of the police about one child of forty and a baby, unlike every other in number."""
    told = json.loads(SAMPLE.read_bytes())
    told["occurrence_number"] = f"HX-26-{number:06}"
    told["children"][0]["nhs_number"] = nhs_number(number % 40)
    told["children"][0]["given_name"] = f"Robin{'abcdefghij'[number % 10]}"
    return json.dumps(told).encode()


@cache
def _ids(number: int) -> tuple[UUID, ...]:
    """The ids of the facts that a notice states."""
    outcomes = POLICE.translate(notice(number), f"notice-{number}.json")
    return tuple(fact.event_id for outcome in outcomes for fact in outcome.facts)


def nhs_number(number: int) -> str:
    """The number of one of the forty children; some digits have no check digit, and others are taken for them."""
    first = f"9991{number * 11:05}"
    check = 11 - sum(int(digit) * (10 - place) for place, digit in enumerate(first)) % 11
    return nhs_number(number + 1000) if check == 10 else f"{first}{check % 11}"


def soon(asked: Callable[[], bool], what: str, seconds: float = RECOVERY_SECONDS) -> float:
    """The seconds until it was so; it is asked again and again, and no longer than that on a machine of its own."""
    began, patience = monotonic(), seconds * crowding()
    while not asked():
        assert monotonic() - began < patience, f"never came: {what}"
        sleep(0.05)
    return monotonic() - began


@dataclass
class Beset:
    """A hub's machine and the police's, and the numbers of the notices that went in."""

    hub: Party
    police: Party
    numbers: list[int] = field(default_factory=list)

    def begin(self) -> None:
        """The hub knows the police, and the police know the hub's keys."""
        hub, folder = Hub(self.hub.settings), self.police.settings
        keys, drop = folder.public_keys, folder.drop
        assert keys is not None
        assert drop is not None
        keys.write_text(write_keys(hub.public_keys), encoding="utf-8")
        keys.chmod(0o644)
        (drop / "in").mkdir(parents=True)
        enrolled = PartnerKeys(POLICE, edge_folder(folder, "police")).enrolment(SystemClock())
        enrol_agency(hub.store, hub.clock, enrolled)
        hub.close()

    def drop(self, count: int = 1) -> None:
        """So many notices more lie in the police's folder."""
        folder = self.police.settings.drop
        assert folder is not None
        for _ in range(count):
            self.numbers.append(len(self.numbers) + 1)
            name = f"notice-{self.numbers[-1]}.json"
            (folder / "in" / f".{name}").write_bytes(notice(self.numbers[-1]))
            (folder / "in" / f".{name}").rename(folder / "in" / name)

    def edge(self) -> AbstractContextManager[tuple[Edge, EdgeWork]]:
        """The police's edge, and its work, in this process."""
        return edge_of(POLICE, self.police.settings)

    @contextmanager
    def opened(self) -> Iterator[Hub]:
        """The hub, in this process."""
        hub = Hub(self.hub.settings)
        try:
            yield hub
        finally:
            hub.close()

    def publish(self) -> None:
        """What lies in the folder is taken in and on the bus."""
        with self.edge() as (edge, work):
            soon(lambda: _went(work.one_round) and not self.untaken() and edge.publish() == 0, "the road to the hub")

    def untaken(self) -> bool:
        """Whether a notice lies in the folder that no edge has taken in."""
        folder = self.police.settings.drop
        assert folder is not None
        return any((folder / "in").iterdir())

    def ids(self) -> frozenset[UUID]:
        """What the notices state, by the ids of the facts."""
        return frozenset(event for number in self.numbers for event in _ids(number))

    def answers(self, edge: Edge) -> tuple[ReceiptIssued, ...]:
        """What the edge has of the hub's answers."""
        found = (edge.outbox.answer_to(event) for event in self.ids())
        return tuple(one for one in found if one is not None)

    def soon_answered(self, what: str) -> float:
        """The seconds until the police's edge, looked at from outside, has an answer to everything."""
        with self.edge() as (edge, _):
            return soon(lambda: self._has_all(edge), what)

    def _has_all(self, edge: Edge) -> bool:
        """Whether the newest facts are answered, and then whether all are."""
        newest = _ids(self.numbers[-1])
        has = all(edge.outbox.answer_to(event) is not None for event in newest)
        return has and len(self.answers(edge)) == len(self.ids())

    def broken(self) -> list[str]:
        """Each promise that does not hold, once everything sent is drained and answered; no other process runs."""
        ids = self.ids()
        with self.edge() as (edge, work), self.opened() as hub:

            def drained() -> bool:
                went = _went(work.one_round) and _went(hub.work)
                return went and not self.untaken() and self._has_all(edge)

            soon(drained, "an answer to everything")
            soon(lambda: _went(edge.beat) and _went(hub.work), "a heartbeat")
            return broken(hub, Sent(POLICE.source, ids, self.answers(edge)))

    def dying(self, kind: str, step: str, by: signal.Signals = signal.SIGKILL) -> Running:
        """The worker, the pages or the edge, in a process that signals itself when it comes to that step."""
        party = self.hub if kind in AT_THE_HUB else self.police
        said = party.home / "said-dying.txt"
        with said.open("ab") as output:
            process = preloaded.start(("dying", kind, step, "1", str(int(by))), party.environment, REPO, output)
        party.running.append(Running(process, said))
        return party.running[-1]

    def killed(self, killer: "Killer", kind: str, step: str, times: int = 1) -> int:
        """How the worker or the edge ended that kills itself when it comes to that step so many times."""
        party = self.hub if kind in AT_THE_HUB else self.police
        return killer.ended(party, kind=kind, step=step, times=times)

    def end(self) -> None:
        """End by force what still runs."""
        self.hub.end()
        self.police.end()


@contextmanager
def edge_of(agency: Agency, settings: Settings) -> Iterator[tuple[Edge, EdgeWork]]:
    """An agency's edge, and its work, in this process."""
    assert settings.drop is not None
    bus = open_bus(settings)
    beyond = Beyond(edge_command.hub_keys(settings), WatchedBus(bus, Telemetry()), SystemClock())
    folder = edge_folder(settings, agency.name)
    edge = Edge(agency, folder, beyond)
    try:
        yield edge, EdgeWork(edge, DropFolder(settings.drop), DropLedger(folder / "drop.db"), 60)
    finally:
        edge.close()
        bus.close()


class Killer:
    """A process that forks workers and edges that kill themselves: what they need is loaded once."""

    def __init__(self) -> None:
        words = [sys.executable, "-m", "tests.support.dying"]
        environment = {**os.environ, "PYTHONPATH": str(REPO)}
        self._host = subprocess.Popen(
            words, cwd=REPO, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def ended(self, party: Party, **how: str | int) -> int:
        """The exit code of one of that party's processes."""
        assert self._host.stdin is not None
        assert self._host.stdout is not None
        asked = {**how, "environment": party.environment, "said": str(party.home / "said-dying.txt")}
        self._host.stdin.write(json.dumps(asked) + "\n")
        self._host.stdin.flush()
        return int(self._host.stdout.readline())

    def close(self) -> None:
        """End it."""
        self._host.communicate(timeout=PATIENCE_SECONDS)


@contextmanager
def killing() -> Iterator[Killer]:
    """A killer, for one block."""
    killer = Killer()
    try:
        yield killer
    finally:
        killer.close()


def _went(step: Callable[[], object]) -> bool:
    """Whether the step could be taken: what is away is asked again."""
    try:
        step()
    except HubError:
        return False
    return True


def stopped(running: Running) -> bool:
    """Whether the process has been stopped (SIGSTOP), and lives."""
    return os.waitid(os.P_PID, running.process.pid, os.WSTOPPED | os.WNOHANG | os.WNOWAIT) is not None


def on_files(folder: Path, more: Mapping[str, str] | None = None) -> Beset:
    """Everything in files; `more` settings are the hub's."""
    bus = {"HUB_BUS": str(folder / "bus.db")}
    return _begun(folder, {**bus, **(more or {})}, bus)


def on_kafka(folder: Path, reached: Mapping[str, str], more: Mapping[str, str] | None = None) -> Beset:
    """On a broker, whose topics are made anew: nobody else may use them now. `more` settings are the hub's."""
    wanted = plan(partners.AGENCIES, copies=1)
    clear(reached, wanted)
    kafka_setup.apply(reached, wanted)
    at_hub = {**kafka_settings(reached, HUB_USER, folder), **(more or {})}
    return _begun(folder, at_hub, kafka_settings(reached, "agency-police", folder))


@contextmanager
def on_servers(folder: Path, run_folder: Path, engine: PostgresEngine) -> Iterator[Beset]:
    """On PostgreSQL and Kafka; one test of the run at a time, since the topics have the same names for all."""
    reached = kafka_broker.reach(run_folder / "faults")
    make_database(engine.owner, engine.application)
    with alone_with(run_folder / "faults" / "in-use"):
        found = on_kafka(folder, reached, {"HUB_DATABASE": engine.application})
        try:
            yield found
        finally:
            found.end()


def _begun(folder: Path, at_hub: Mapping[str, str], at_police: Mapping[str, str]) -> Beset:
    more = {"HUB_PUBLIC_KEYS": str(folder / "hub-keys.json"), "HUB_DROP": str(folder / "drop")}
    found = Beset(Party(folder / "hub-home", at_hub), Party(folder / "police-home", {**more, **at_police}))
    found.begin()
    return found


def clear(reached: Mapping[str, str], wanted: Plan) -> None:
    """Nothing of the plan's topics is left: no message, and nobody's place in them."""
    admin = kafka_setup.administrator(reached)
    here = [topic.name for topic in wanted.topics if topic.name in admin.list_topics(timeout=30).topics]
    if here:
        for future in admin.delete_topics(here).values():
            future.result(60)
    soon(lambda: not any(one.name in admin.list_topics(timeout=30).topics for one in wanted.topics), "topics gone")
