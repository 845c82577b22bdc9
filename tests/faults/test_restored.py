"""Is a hub that was put back from a copy whole, does it go on, and is it noticed when the copy is old?

Copied and put back in the order in which docs/operations.md says, on PostgreSQL by the commands that stand there.
"""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from hub.adapters.database_set_up import make_database
from hub.commands.audit_log import check
from hub.domain.errors import StoreUnavailable
from hub.settings import Settings
from hub.wiring import Hub
from tests.support import dumped
from tests.support.beset import notice
from tests.support.engines import PostgresEngine, empty_beside
from tests.support.given import WREN, a_concern
from tests.support.house import say
from tests.support.invariants import Sent, broken
from tests.support.officers import officers

pytestmark = pytest.mark.slow


@dataclass
class Machine:
    """A hub's folder, its database where it has one, and an agency whose edge and bus stand elsewhere."""

    home: Path
    bus: Path
    database: PostgresEngine | None = None

    def opened(self) -> Hub:
        return Hub(
            Settings(home=self.home, bus=self.bus, database=self.database.application if self.database else None)
        )


@pytest.fixture
def on_sqlite(tmp_path: Path) -> Machine:
    return Machine(tmp_path / "home", tmp_path / "bus.db")


@pytest.fixture
def on_postgres(tmp_path: Path, postgres_engine: PostgresEngine) -> Machine:
    make_database(postgres_engine.owner, postgres_engine.application)
    return Machine(tmp_path / "home", tmp_path / "bus.db", postgres_engine)


@pytest.fixture(params=["on_sqlite", pytest.param("on_postgres", marks=pytest.mark.postgres)])
def machine(request: pytest.FixtureRequest) -> Machine:
    found: Machine = request.getfixturevalue(request.param)
    return found


def send(hub: Hub, *numbers: int) -> frozenset[UUID]:
    edge = hub.edge("police")
    taken = [edge.send(notice(number), f"{number}.json") for number in numbers]
    return frozenset(fact.event_id for outcomes in taken for outcome in outcomes for fact in outcome.facts)


def copy_log(machine: Machine, copy: Path) -> None:
    """Step 1: nobody seals; what begins with `log`, and the last checkpoint with it."""
    (copy / "keys").mkdir(parents=True, exist_ok=True)
    for path in machine.home.glob("log*"):
        if path.suffix != ".lock" and not path.name.endswith(".opening"):
            _put(path, copy / path.name)
    _put(machine.home / "keys" / "last-checkpoint", copy / "keys" / "last-checkpoint")


def copy_facts(machine: Machine, copy: Path) -> None:
    """Step 2: hub.db, or the database, as whoever owns the tables."""
    if machine.database is not None:
        dumped.dump(machine.database.owner, copy)
        return
    for path in (*machine.home.glob("hub.db*"), *machine.home.glob("views.db*")):
        _put(path, copy / path.name)


def copy_keys(machine: Machine, copy: Path) -> None:
    """Steps 3 and 4: the rest of the keys, those of the compartments, and the edges that stand in this folder."""
    for path in (machine.home / "keys").iterdir():
        if path.name != "last-checkpoint" and not path.name.endswith(".opening"):
            _put(path, copy / "keys" / path.name)
    for name in ("edges", "compartments", "compartments.json"):
        _put(machine.home / name, copy / name)


def back_up(machine: Machine, copy: Path) -> None:
    for step in (copy_log, copy_facts, copy_keys):
        step(machine, copy)


def put_back(machine: Machine, copy: Path, empty: PostgresEngine | None) -> Machine:
    """The copy on another machine: the folder, and what goes into an empty database."""
    shutil.rmtree(machine.home)
    machine.home.mkdir(mode=0o700)
    for path in copy.iterdir():
        if path.name != dumped.DUMP:
            _put(path, machine.home / path.name)
    if empty is not None:
        dumped.restore(empty.owner, copy)
    return Machine(machine.home, machine.bus, empty)


def _put(path: Path, to: Path) -> None:
    if path.is_dir():
        shutil.copytree(path, to, dirs_exist_ok=True, symlinks=True)
    else:
        shutil.copy2(path, to)


Restore = Callable[[Machine, Path], Machine]


@pytest.fixture
def restore(machine: Machine, run_folder: Path) -> Iterator[Restore]:
    """Puts a copy back, into an empty database where there is one."""
    if machine.database is None:
        yield lambda lost, copy: put_back(lost, copy, None)
    else:
        with empty_beside(machine.database, run_folder) as empty:
            yield lambda lost, copy: put_back(lost, copy, empty)


def test_put_back_it_verifies_goes_on_and_what_comes_again_is_known(
    machine: Machine, restore: Restore, tmp_path: Path
) -> None:
    hub = machine.opened()
    ids = send(hub, 1, 2)
    hub.work()
    answers = hub.edge("police").receipts()
    back_up(machine, tmp_path / "copy")
    hub.close()

    hub = restore(machine, tmp_path / "copy").opened()
    found = check(hub)
    assert found.ok, found
    machine.bus.unlink()  # the bus was not copied: the agency's edge sends again what it sent since the copy
    for left in machine.bus.parent.glob("bus.db-*"):
        left.unlink()
    hub.close()
    hub = Machine(machine.home, machine.bus, _database(hub)).opened()
    send(hub, 1, 2)
    hub.work()
    again = hub.edge("police").receipts()
    assert {one.outcome for one in again} == {"duplicate"}
    new = send(hub, 3)
    hub.work()
    answers += (*again, *hub.edge("police").receipts())
    assert broken(hub, Sent("urn:childhub:agency:police", ids | new, answers), numbered=False) == []
    hub.close()


@pytest.mark.postgres
def test_a_database_is_put_back_row_for_row_with_its_rights_and_an_erased_child_stays_erased(
    on_postgres: Machine, tmp_path: Path, run_folder: Path
) -> None:
    lost = on_postgres.database
    assert lost is not None
    first = officers(tmp_path, lost.application)
    settings = replace(first.hub.settings, erasure_journal=tmp_path / "erased.journal")  # kept apart from the rest
    first.hub.close()
    office = first.opened_again(settings)
    robin = office.person()
    office.erase(office.approved())
    back_up(Machine(settings.home, on_postgres.bus, lost), tmp_path / "copy")
    office.hub.close()

    with empty_beside(lost, run_folder) as found:
        put_back(Machine(settings.home, on_postgres.bus, lost), tmp_path / "copy", found)
        assert dumped.contents(found.owner) == dumped.contents(lost.owner)
        assert dumped.contents(found.owner)["forgotten"] == [f"({robin})"]
        assert dumped.made(found.owner) == dumped.made(lost.owner)
        assert str(conninfo_to_dict(found.application)["user"]) in dumped.made(found.owner)
        office = office.opened_again(replace(settings, database=found.application))
        assert check(office.hub).ok
        assert (office.looks(), office.looks(WREN), office.hub.recorder.forgotten()) == (-1, 1, frozenset({robin}))
        say(office.hub, "police", a_concern("C-3", words="Seen after the database was put back"))
        assert office.person() != robin
        assert check(office.hub).ok
        office.hub.close()


def _database(hub: Hub) -> PostgresEngine | None:
    database = hub.settings.database
    return PostgresEngine(database, database, []) if database is not None else None


def test_facts_older_than_the_log_are_named_row_by_row(machine: Machine, restore: Restore, tmp_path: Path) -> None:
    hub = machine.opened()
    send(hub, 1)
    hub.work()
    (tmp_path / "copy" / "keys").mkdir(parents=True)
    copy_facts(machine, tmp_path / "copy")
    before = {row.position for row in hub.store.rows_after(0, 1000)}
    lost = send(hub, 2)
    hub.work()
    gone = {row.position for row in hub.store.rows_after(0, 1000)} - before
    copy_log(machine, tmp_path / "copy")
    copy_keys(machine, tmp_path / "copy")
    hub.close()

    hub = restore(machine, tmp_path / "copy").opened()
    found = check(hub)
    assert not found.ok
    named = {int(finding.split(":")[0].removeprefix("row ")) for finding in found.store_findings if "row" in finding}
    assert named >= gone

    # What the operator does next (docs/operations.md): positions go on after what was sealed, messages come again.
    if hub.settings.database is not None:
        with pytest.raises(StoreUnavailable, match="store_went_back"):
            hub.receive()
        hub.close()
        number_on(_fresh(hub), max(gone))
        hub = Hub(hub.settings)
    assert send(hub, 2) == lost
    goes_on(hub, gone)


def goes_on(hub: Hub, gone: set[int]) -> None:
    """What was lost is taken in again, under other positions, and sealed; what is gone stays named, and only that."""
    assert [one.outcome for one in hub.work()][-2:] == ["accepted", "accepted"]
    assert not {row.position for row in hub.store.rows_after(0, 1000)} & gone
    assert hub.bodies.last()[1] == hub.store.rows_after(0, 1000)[-1].position
    found = check(hub)
    assert found.log.ok
    assert {finding.split(":")[0] for finding in found.store_findings} == {f"row {position}" for position in gone}
    assert (found.view_findings, found.halted) == ((), ())
    hub.close()


def _fresh(hub: Hub) -> str:
    """How the owner of the tables reaches the database."""
    found = conninfo_to_dict(hub.settings.database or "")
    return make_conninfo("", **{**found, "user": str(found["user"]).replace("application_", "owner_")})


def number_on(owner: str, position: int) -> None:
    with psycopg.connect(owner) as db:
        db.execute("SELECT setval(pg_get_serial_sequence('event', 'notification_id'), %s)", (position,))


def test_a_log_older_than_its_last_checkpoint_goes_no_further(machine: Machine, tmp_path: Path) -> None:
    hub = machine.opened()
    send(hub, 1)
    hub.work()
    copy_log(machine, tmp_path / "copy")
    send(hub, 2)
    hub.work()
    hub.close()
    for path in machine.home.glob("log*"):
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    for path in (tmp_path / "copy").glob("log*"):
        _put(path, machine.home / path.name)
    hub = machine.opened()
    with pytest.raises(StoreUnavailable, match="log_went_back"):
        hub.follow()
    assert check(hub).halted == ("log: log_went_back",)
    hub.close()
