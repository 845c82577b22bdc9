"""Do the hub's processes and its agencies' work together, on files and on real servers, and stop when told to?"""

import base64
import json
import signal
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from agencies import registry as partners
from hub.adapters.kafka_plan import plan
from hub.commands import staff
from hub.wiring import Hub
from tests.support import kafka_broker
from tests.support.engines import PostgresEngine
from tests.support.kafka_held import all_topics
from tests.support.kafka_setup import apply
from tests.support.kept_server import alone_with
from tests.support.places import REPO
from tests.support.processes import HUB_USER, Partnership, Party, free_port, kafka_settings, until

NOTICE = REPO / "agencies" / "police" / "samples" / "made-up-incident-notice.json"
ROBIN = "nhs:9990001006"


@pytest.fixture
def on_files(tmp_path: Path) -> Partnership:
    """Everything in files on one machine."""
    return Partnership(tmp_path, Party(tmp_path / "hub-home", {}))


@pytest.fixture
def on_servers(tmp_path: Path, run_folder: Path, request: pytest.FixtureRequest) -> Iterator[Partnership]:
    """PostgreSQL under the hub, Kafka between it and the agencies; one test at a time, since topics have one name."""
    reached = kafka_broker.reach(run_folder / "processes")
    with alone_with(run_folder / "processes" / "in-use"):
        yield partnership_on(tmp_path, reached, request)


def partnership_on(tmp_path: Path, reached: Mapping[str, str], request: pytest.FixtureRequest) -> Partnership:
    apply(reached, plan(partners.AGENCIES, copies=1))
    engine: PostgresEngine = request.getfixturevalue("postgres_engine")
    hub = Party(
        tmp_path / "hub-home", {"HUB_DATABASE": engine.application, **kafka_settings(reached, HUB_USER, tmp_path)}
    )
    owner = Party(hub.home, {**hub.more, "HUB_DATABASE_OWNER": engine.owner})
    owner.run("database", "make")
    return Partnership(tmp_path, hub, reached)


@pytest.fixture(params=["on_files", pytest.param("on_servers", marks=[pytest.mark.postgres, pytest.mark.kafka])])
def partnership(request: pytest.FixtureRequest) -> Iterator[Partnership]:
    """A partnership, on each kind of engine in turn."""
    found: Partnership = request.getfixturevalue(request.param)
    hub = Hub(found.hub.settings)
    staff.enrol(hub)
    hub.follow()
    hub.close()
    yield found
    found.end()


def drop(party: Party, name: str, raw: bytes) -> None:
    """A native file lies in the agency's folder, renamed into place as its own systems do it."""
    folder = party.settings.drop
    assert folder is not None
    (folder / "in").mkdir(parents=True, exist_ok=True)
    (folder / "in" / f".{name}").write_bytes(raw)
    (folder / "in" / f".{name}").rename(folder / "in" / name)


@dataclass(frozen=True, slots=True)
class Told:
    """One item of an account."""

    outcome: str
    reason: str
    events: tuple[str, ...]
    receipts: tuple[str, ...]


def accounts(party: Party, name: str) -> tuple[Told, ...]:
    """The items of the account of that file; none when it is not there yet, or an answer is still to come."""
    folder = party.settings.drop
    assert folder is not None
    for path in (folder / "accounts").glob(f"*-{name}.json"):
        told = json.loads(path.read_bytes())
        items = tuple(
            Told(item["outcome"], item["reason"], tuple(item["events"]), tuple(item["receipts"]))
            for item in told["items"]
        )
        if not any(item.reason == "hub_has_not_answered_yet" for item in items):
            return items
    return ()


def asked(port: int, path: str) -> tuple[int, Mapping[str, object]] | None:
    """What a status port answers; None while nobody listens."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, json.load(refused)
    except OSError:
        return None


def ready(port: int) -> Mapping[str, object] | None:
    """What /readyz says when all is well; None until then."""
    answer = asked(port, "/readyz")
    return answer[1] if answer is not None and answer[0] == 200 else None


@pytest.mark.slow
def test_a_notice_dropped_at_the_police_is_read_at_the_hub_and_shared_with_the_nursery(
    partnership: Partnership,
) -> None:
    port = free_port()
    hub, police, nursery = partnership.hub, partnership.edge("police"), partnership.edge("nursery")
    work = Party(hub.home, {**hub.more, "HUB_STATUS_PORT": str(port)})
    processes = (work.start("work"), police.start("edge", "police"), nursery.start("edge", "nursery"))
    try:
        drop(police, "notice.json", NOTICE.read_bytes())
        drop(police, "broken.json", b"{")
        (item,) = until(lambda: accounts(police, "notice.json") or None, "the account of the notice")
        assert (item.outcome, set(item.receipts)) == ("accepted", {"accepted"})
        (broken,) = until(lambda: accounts(police, "broken.json") or None, "the account of the broken file")
        assert (broken.outcome, broken.events) == ("quarantined", ())
        assert until(lambda: ready(port), "a worker that is ready") == {
            "ready": True,
            "store": "ok",
            "bus": "ok",
            "intake": "ok",
            "followers": "ok",
        }

        read = json.loads(hub.run("chronology", ROBIN, "--as", "priya", "--purpose", "s47", "--json"))
        assert len(read["entries"]) == 1

        report = read["entries"][0]["report"]
        hub.run("share", ROBIN, "--report", report, "--to", "nursery", "--as", "priya", "--purpose", "s47", "--urgent")
        folder = nursery.settings.drop
        assert folder is not None
        shared = until(lambda: next(iter((folder / "shared").glob("[!.]*")), None), "what was shared")
        assert json.loads(shared.read_bytes())
    finally:
        ends = [process.stop() for process in processes]
    assert [code for code, _ in ends] == [0, 0, 0], [process.words() for process in processes]
    assert max(seconds for _, seconds in ends) < 10
    balance(partnership, item)
    if partnership.kafka is not None:
        nothing_to_read(partnership.kafka)


def nothing_to_read(reached: Mapping[str, str]) -> None:
    """Whoever runs the brokers finds no word of the notice, and no number, on any topic that it went over."""
    told = json.loads(NOTICE.read_bytes())
    robin = told["children"][0]
    place, said = told["incident"]["place"]["text"], told["incident"]["nature"]
    of_robin = (robin[name] for name in ("given_name", "nhs_number", "birth_date", "where_in_home"))
    words = tuple(str(one).encode() for one in (*of_robin, told["occurrence_number"], place, said))
    assert all(word in NOTICE.read_bytes() for word in words), "what is looked for was sent"
    held = all_topics(reached, plan(partners.AGENCIES, copies=1))
    filled = {topic for topic, all_of in held.items() if all_of}
    assert {"in.police.v1", "receipts.police.v1", "out.nursery.v1"} <= filled
    for topic, all_of in held.items():
        plain = all_of.lower()
        assert not [word for word in words if word.lower() in plain], topic
        assert not [word for word in words if base64.b64encode(word).rstrip(b"=") in all_of], topic


def balance(partnership: Partnership, item: Told) -> None:
    """What was sent is kept once, the log verifies against the store, and a repeat is known for one."""
    found = json.loads(partnership.hub.run("audit", "verify", "--json"))
    assert found["ok"], found
    hub = Hub(partnership.hub.settings)
    assert sum(row.code == "k01" for row in hub.store.rows_after(0, 1000)) == len(item.events)
    hub.close()
    police = partnership.edge("police")
    assert accounts(police, "notice.json") == (item,)
    folder = police.settings.drop
    assert folder is not None
    assert sorted(path.name[65:] for path in (folder / "taken").iterdir()) == ["broken.json", "notice.json"]
    assert list((folder / "in").iterdir()) == []


@pytest.mark.slow
def test_an_interrupt_or_a_second_signal_ends_each_process_well(partnership: Partnership) -> None:
    port = free_port()
    hub, police = partnership.hub, partnership.edge("police")
    pages = Party(hub.home, {**hub.more, "HUB_PORT": str(port)})
    serving, working, sending = pages.start("serve"), hub.start("work"), police.start("edge", "police")
    drop(police, "notice.json", NOTICE.read_bytes())
    until(lambda: accounts(police, "notice.json") or None, "the account of the notice")
    until(lambda: ready(port), "pages that are ready")
    assert asked(port, "/healthz") == (200, {"live": True})
    working.process.send_signal(signal.SIGTERM)
    for process in (serving, working, sending):
        code, seconds = process.stop(signal.SIGINT)
        assert (code, seconds < 10) == (0, True), process.words()
        assert "Traceback" not in process.words()
    assert json.loads(hub.run("audit", "verify", "--json"))["ok"]
