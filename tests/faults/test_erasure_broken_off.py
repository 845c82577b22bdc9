"""Does an erasure that is broken off go on, and does a copy that is put back bring nothing back?"""

import shutil
import signal
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest

from contracts.events.erasure import HoldReason
from hub.adapters.database_set_up import make_database
from hub.adapters.erasures import erase_here
from hub.application.erase_record import list_erasures, place_hold, read_erasure
from hub.commands.audit_log import check
from hub.domain.erasures import ErasureRefused
from hub.domain.errors import Conflict, NotOnRecord, StoreUnavailable
from hub.domain.record_places import REPORT, report_key
from hub.views.accesses import ACCESSES
from tests.support.dying_erasure import STEPS
from tests.support.engines import PostgresEngine
from tests.support.given import ROBIN, WREN, a_concern
from tests.support.house import say
from tests.support.officers import Officers, officers
from tests.support.places import REPO


@pytest.fixture
def office(tmp_path: Path) -> Officers:
    return officers(tmp_path)


def killed(office: Officers, erasure_id: object, step: str) -> int:
    words = ("-m", "tests.support.dying_erasure", str(office.hub.settings.home), str(erasure_id), step)
    return subprocess.run([sys.executable, *words], cwd=REPO, check=False, timeout=300).returncode


def is_erased(office: Officers) -> bool:
    """Whether nothing leads to the child or opens, the sibling is as before, and everything verifies."""
    office.hub.follow()
    found = check(office.hub)
    assert found.ok, found
    ((one,), _) = list_erasures(office.erasing, office.ivy)
    return (office.looks(), office.looks(WREN), one.state) == (-1, 1, "done")


@pytest.mark.slow
@pytest.mark.parametrize("step", STEPS)
def test_whoever_comes_next_carries_out_what_was_broken_off_at_a_step(office: Officers, step: str) -> None:
    erasure_id = office.approved()
    assert killed(office, erasure_id, step) == -signal.SIGKILL
    assert office.looks() == -1  # nobody is led there from the first step on
    assert is_erased(office.opened_again())


@pytest.mark.slow
def test_a_hold_that_comes_before_it_is_carried_out_wins_over_whoever_is_quick(office: Officers) -> None:
    erasure_id = office.approved()
    place_hold(office.erasing, office.priya, None, HoldReason.INQUIRY, office.hub.clock.now().date())
    assert killed(office, erasure_id, "begun") == 1
    with pytest.raises(ErasureRefused, match="held"):
        office.erase(erasure_id)
    assert office.opened_again().looks() == 1


def copied(home: Path, to: Path) -> Path:
    """Everything as it lies there; by another process, since this one would lose SQLite's locks on what it closes."""
    subprocess.run(["cp", "-r", str(home), str(to)], check=True, timeout=300)
    return to


def test_a_copy_of_everything_that_is_put_back_is_erased_again_before_anybody_is_served(
    office: Officers, tmp_path: Path
) -> None:
    journal = tmp_path / "elsewhere" / "erased.journal"
    settings = replace(office.hub.settings, erasure_journal=journal)
    office = office.opened_again(settings)
    copied(settings.home, copy := tmp_path / "copy")
    concern = a_concern("C-1b", words="Robin came after the copy")
    say(office.hub, "police", concern)
    office.erase(office.approved())
    assert is_erased(office)
    back = office.opened_again(replace(settings, home=copy))
    assert is_erased(back)
    say(back.hub, "police", concern)  # it came after the copy was made, and the road gives it again
    assert back.looks() == -1
    assert [one.erasure.done[-1].replayed for one in list_erasures(back.erasing, back.ivy)[0]] == [True]


@pytest.mark.parametrize("part", ["hub.db", "keys/keys.db"])
def test_a_copy_of_one_part_that_is_put_back_is_erased_again(office: Officers, tmp_path: Path, part: str) -> None:
    home = office.hub.settings.home
    copied(home, copy := tmp_path / "copy")
    office.erase(office.approved())
    copied(home, now := tmp_path / "now")
    for path in (*now.glob(part), *now.glob(f"{part}-*")):
        path.unlink()
    for path in (*copy.glob(part), *copy.glob(f"{part}-*")):
        shutil.copy(path, now / path.relative_to(copy))
    back = office.opened_again(replace(office.hub.settings, home=now))
    assert back.looks() == -1
    assert left_of(back) == (0, 0, 0)


def left_of(office: Officers) -> tuple[int, int, int]:
    """What there is of whoever was erased: keys, pointers, rows that open."""
    ((one,), _) = list_erasures(office.erasing, office.ivy)
    left = office.erasing.shredder.left(one.erasure.asked.person_id)
    assert left.rows >= 2
    return left.keys, left.pointers, left.opening


def test_a_journal_that_is_not_as_the_hub_wrote_it_keeps_everybody_out(office: Officers) -> None:
    office.erase(office.approved())
    journal = office.hub.settings.home / "erased.journal"
    whole = journal.read_bytes()
    journal.write_bytes(whole[:30] + bytes([whole[30] ^ 1]) + whole[31:])
    with pytest.raises(StoreUnavailable, match="erasure_journal_altered"):
        office.opened_again()
    journal.write_bytes(whole + b"half a li")  # the machine stopped while the next was written
    assert is_erased(office.opened_again())


@pytest.mark.parametrize("cut", [1, 40, None], ids=["its newline", "its end", "the file"])
def test_a_line_that_the_journal_lost_is_written_again_and_said(
    office: Officers, caplog: pytest.LogCaptureFixture, cut: int | None
) -> None:
    office.erase(office.approved())
    journal = office.hub.settings.home / "erased.journal"
    before = office.erasing.journal.lines()
    journal.write_bytes(journal.read_bytes()[: -cut if cut else 0])
    again = office.opened_again()
    assert (again.erasing.journal.lines(), "written again from the store" in caplog.text) == (before, True)
    assert len(before) == 1
    assert is_erased(again)


def test_an_erasure_that_is_not_in_the_journal_is_found(office: Officers) -> None:
    office.erase(office.approved())
    (office.hub.settings.home / "erased.journal").unlink()
    assert any("not in the journal" in one for one in check(office.hub).store_findings)


def test_what_was_said_of_the_child_stands_in_no_file(office: Officers, tmp_path: Path) -> None:
    home, person = office.hub.settings.home, office.person()
    with closing(sqlite3.connect(home / "keys" / "keys.db")) as db:
        select = "SELECT wrapped FROM wrapped_key WHERE owner = ?"
        ((wrapped,),) = db.execute(select, (f"person/{person.hex}",)).fetchall()
    with closing(sqlite3.connect(home / "hub.db")) as db:
        tokens = [row[0] for row in db.execute("SELECT token FROM term WHERE person = ?", (person.hex,))]
    office.looks()
    before = contents(copied(home, tmp_path / "before"))
    assert any(wrapped in whole for whole in before.values())
    assert any(tokens[0] in whole for whole in before.values())
    erasure_id = office.approved()
    office.erase(erasure_id)
    begun = read_erasure(office.erasing, office.ivy, erasure_id).begun
    assert begun is not None
    held = contents(copied(home, tmp_path / "after"))
    stay = {office.hub.index.token(REPORT, report_key(one.source, one.report_id)) for one in begun.taken}
    tokens = [token for token in tokens if token not in stay]  # by which a repeat is known for one
    for canary in (b"under the Marlowe stairs", ROBIN.encode(), wrapped, *tokens):
        assert [path.name for path, whole in held.items() if canary in whole] == []
    lists = [view for view in office.hub.view_rows.views if view is not ACCESSES]  # who asked and erased stays there
    assert not [
        view.name for view in lists for row in office.hub.view_rows.contents(view).values() if str(person) in row
    ]


def contents(home: Path) -> dict[Path, bytes]:
    """Every file of the hub's: the agencies' own, on the same machine, are theirs."""
    return {path: path.read_bytes() for path in home.rglob("*") if path.is_file() and "edges" not in path.parts}


def test_of_reports_that_come_while_it_is_asked_and_carried_out_none_is_lost(office: Officers) -> None:
    """Whatever was accepted stands with whoever the number leads to now, or was erased with the record it came to."""
    sent: list[UUID] = list(taken_before(office))

    def tell() -> None:
        for number in range(12):
            sent.extend(say(office.hub, "police", a_concern(f"L-{number}", words=f"Seen {number} times")))

    with ThreadPoolExecutor(1) as pool:
        telling = pool.submit(tell)
        erased: list[UUID] = []
        other = office.opened_again()
        while not telling.done():
            with suppress(ErasureRefused, Conflict, NotOnRecord):
                erasure_id = other.approved()
                erase_here(other.erasing, other.hub.settings.home, other.ivy, erasure_id)
                erased.append(erasure_id)
        telling.result()
    begun = [read_erasure(other.erasing, other.ivy, one).begun for one in erased]
    gone = {one.report_id for each in begun if each is not None for one in each.taken}
    people = office.hub.index.people_with("nhs", ROBIN)
    here = {link.report_id for one in people for link in office.hub.store.read_history(one).linked()}
    assert (gone | here, gone & here, len(people) <= 1) == (set(sent), set(), True)
    office.hub.follow()
    assert check(office.hub).ok


def taken_before(office: Officers) -> tuple[UUID, ...]:
    """The ids of the child's reports."""
    return tuple(link.report_id for link in office.hub.store.read_history(office.person()).linked())


@pytest.mark.slow
@pytest.mark.postgres
def test_on_a_server_a_record_is_erased_and_a_copy_of_the_keys_put_back_is_too(
    tmp_path: Path, postgres_engine: PostgresEngine
) -> None:
    make_database(postgres_engine.owner, postgres_engine.application)
    office = officers(tmp_path, postgres_engine.application)
    home = office.hub.settings.home
    copied(home / "keys", copy := tmp_path / "copy")
    office.erase(office.approved())
    assert is_erased(office)
    copied(home, now := tmp_path / "now")
    for path in (now / "keys").glob("keys.db*"):
        path.unlink()
    for path in copy.glob("keys.db*"):
        shutil.copy(path, now / "keys" / path.name)
    back = office.opened_again(replace(office.hub.settings, home=now))
    assert left_of(back) == (0, 0, 0)
    for one in (back, office):
        one.hub.close()
