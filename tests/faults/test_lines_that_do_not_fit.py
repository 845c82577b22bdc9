"""Is a line of the record of access called proved only when it is what its row says, and the row as it was sealed?"""

import shutil
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from audit.checkpoint import parse_checkpoint, with_lines
from audit.log import CHECKPOINT
from audit.policy import Policy
from hub.adapters.log_proofs import LogProofs
from hub.adapters.placed_rows import PlacedRows
from hub.application.kept_rows import KeptRow
from hub.application.prove_entry import SealedEntries, prove
from hub.application.prove_lines import PageProofs, ProvingLines, RowsAt, prove_lines
from hub.commands import staff
from hub.domain.access_line import AccessLine, line_of
from hub.domain.errors import StoreUnavailable
from hub.wiring import Hub
from tests.support.given import a_concern
from tests.support.house import house, say
from tests.support.pages import ASKING, send, signed_in
from tests.support.sealed_logs import cosigner


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Hub:
    """A hub in which somebody looked three times, all of it sealed; nothing in it is damaged."""
    return looked(tmp_path_factory.mktemp("hub"))


@pytest.fixture
def own(tmp_path: Path) -> Hub:
    """The same, to be damaged."""
    return looked(tmp_path)


def looked(folder: Path) -> Hub:
    made = house(folder)
    say(made, "police", a_concern("C-1"))
    browser = signed_in(made, staff.DECISION_MAKER)
    for _ in range(3):
        send(browser, "/chronology", ASKING)
    made.follow()
    return made


@dataclass(frozen=True, slots=True)
class OtherRows:
    """The store, but for some of its rows; None: that row is gone."""

    own: RowsAt
    others: Mapping[int, KeptRow | None]

    def rows_at(self, positions: tuple[int, ...]) -> Mapping[int, KeptRow]:
        """See prove_lines.RowsAt."""
        rows = {**self.own.rows_at(positions), **self.others}
        return {at: row for at, row in rows.items() if row is not None}


@dataclass(frozen=True, slots=True)
class Later:
    """A clock that is ahead of a hub's own."""

    hub: Hub
    by: timedelta

    def now(self) -> datetime:
        """See ports.Clock."""
        return self.hub.clock.now() + self.by

    def new_id(self) -> UUID:
        """See ports.Clock."""
        return self.hub.clock.new_id()


@dataclass(frozen=True, slots=True)
class Away:
    """A store, or a log, that does not answer."""

    def rows_at(self, positions: tuple[int, ...]) -> Mapping[int, KeptRow]:
        """See prove_lines.RowsAt."""
        raise StoreUnavailable("away")

    def together(self, positions: tuple[int, ...]) -> SealedEntries:
        """See prove_lines.SealedPages."""
        return self

    def at(self, position: int) -> None:
        """See prove_entry.SealedEntries."""
        raise StoreUnavailable("away")


def lines_of(hub: Hub) -> tuple[AccessLine, ...]:
    """Every line that the hub's own facts make."""
    facts = ((row.position, hub.store.open_row(row)) for row in hub.store.rows_after(0, 10_000))
    made = (line_of(fact, position) for position, fact in facts if fact is not None)
    return tuple(line for line in made if line is not None)


def proving(hub: Hub, policy: Policy | None = None) -> ProvingLines:
    return ProvingLines(PlacedRows(hub.recorder), hub.store, LogProofs(hub.shelf, hub.bodies, policy), hub.clock)


def states(found: PageProofs) -> set[str]:
    return {one.state for one in found.lines.values()}


def test_each_line_that_fits_is_proved_and_says_under_what(hub: Hub) -> None:
    lines = lines_of(hub)
    found = prove_lines(proving(hub), lines)
    assert states(found) == {"proved"}
    assert set(found.lines) == {line.position for line in lines}
    assert (found.size, found.witnesses, found.late) == (hub.bodies.last()[0], (), ())


def test_a_row_that_was_altered_or_is_gone_fails_and_no_other_with_it(hub: Hub) -> None:
    lines, own = lines_of(hub), proving(hub)
    first, last = lines[0].position, lines[-1].position
    row = own.rows.rows_at((first,))[first]
    altered = replace(row, state=row.state[:-1] + bytes([row.state[-1] ^ 1]))
    found = prove_lines(replace(own, rows=OtherRows(own.rows, {first: altered, last: None})), lines)
    assert found.in_state("failed") == (last, first)
    assert len(found.in_state("proved")) == len(lines) - 2
    assert found.worst(found.lines) == "failed"


def test_what_a_view_says_and_its_row_does_not_fails(hub: Hub) -> None:
    *lines, last = lines_of(hub)
    found = prove_lines(proving(hub), (*lines, replace(last, effect="refused")))
    assert found.lines[last.position].why == "the line is not what its row says"
    assert found.in_state("failed") == (last.position,)


def test_what_is_not_sealed_waits_and_says_until_when_and_that_it_is_late(hub: Hub) -> None:
    send(signed_in(hub, staff.DECISION_MAKER), "/chronology", ASKING)
    line = lines_of(hub)[-1]
    found = prove_lines(proving(hub), (line,)).lines[line.position]
    due = found.due
    assert found.state == "waiting"
    assert due is not None
    assert timedelta(seconds=60) <= due - line.at < timedelta(seconds=120)
    later = prove_lines(replace(proving(hub), clock=Later(hub, timedelta(minutes=5))), (line,))
    assert later.late == (line.position,)
    hub.follow()
    assert prove_lines(proving(hub), (line,)).in_state("proved") == (line.position,)


def test_what_was_sealed_once_and_has_no_body_any_more_does_not_wait(own: Hub) -> None:
    line = lines_of(own)[0]
    with closing(sqlite3.connect(own.settings.home / "log-bodies.db", timeout=30)) as db, db:
        db.execute("DELETE FROM body WHERE position = ?", (line.position,))
    assert prove_lines(proving(own), (line,)).lines[line.position].why.startswith("log_body_gone")


def test_what_cannot_be_read_says_nothing_of_the_lines(hub: Hub) -> None:
    lines = lines_of(hub)
    for wrong in (replace(proving(hub), rows=Away()), replace(proving(hub), sealed=Away())):
        assert states(prove_lines(wrong, lines)) == {"not_checked"}


def test_a_damaged_log_fails_every_line(own: Hub) -> None:
    for file in (own.log_folder / "tile" / "0").rglob("*"):
        if file.is_file():
            file.write_bytes(bytes(file.stat().st_size))
    assert states(prove_lines(proving(own), lines_of(own))) == {"failed"}


def test_too_few_witnesses_are_counted(own: Hub) -> None:
    police, health = cosigner(), cosigner("health.example", 3)
    policy = Policy((own.log_key,), {"police": police.vkey, "health": health.vkey}, {}, "health")
    checkpoint = own.log_folder / CHECKPOINT
    raw = checkpoint.read_bytes()
    checkpoint.write_bytes(with_lines(raw, police.cosign(parse_checkpoint(raw)[1].text, 1_795_000_100)))
    found = prove_lines(proving(own, policy), lines_of(own))
    assert {(one.state, one.confirmed, one.asked) for one in found.lines.values()} == {("few_witnesses", 1, 2)}


def test_a_page_reads_each_file_of_the_log_once(own: Hub) -> None:
    positions = tuple(line.position for line in lines_of(own))
    rows = PlacedRows(own.recorder).rows_at(positions)
    page = LogProofs(own.shelf, own.bodies, None).together(positions)
    first, *rest = positions
    assert prove(page, rows[first]).state == "proved"
    shutil.rmtree(own.log_folder)
    own.bodies.close()
    assert {prove(page, rows[at]).state for at in rest} == {"proved"}
