"""Is an entry called proved only when row, body, entry, proof, checkpoint and witnesses all fit?"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from audit.checkpoint import parse_checkpoint, with_lines
from audit.log import CHECKPOINT
from audit.policy import Policy
from hub.adapters.log_proofs import LogProofs
from hub.application.hand_out_proof import policy_text
from hub.application.kept_rows import KeptRow
from hub.application.prove_entry import Material, prove
from hub.wiring import Hub
from tests.support.given import a_concern
from tests.support.house import house, say
from tests.support.sealed_logs import cosigner, log_signer


@pytest.fixture
def hub(tmp_path: Path) -> Hub:
    """A hub that kept and sealed a few things."""
    made = house(tmp_path)
    say(made, "police", a_concern("C-1"))
    made.follow()
    return made


@dataclass(frozen=True, slots=True)
class Given:
    """What the log is said to hold."""

    material: Material | None

    def at(self, position: int) -> Material | None:
        """See prove_entry.SealedEntries."""
        return self.material


def row_at(hub: Hub, position: int) -> KeptRow:
    (row,) = hub.store.rows_after(position - 1, 1)
    return row


def material(hub: Hub, position: int, policy: Policy | None = None) -> Material:
    found = LogProofs(hub.shelf, hub.bodies, policy).at(position)
    assert found is not None
    return found


def test_what_fits_is_proved(hub: Hub) -> None:
    proved = prove(LogProofs(hub.shelf, hub.bodies, None), row_at(hub, 3))
    assert (proved.state, proved.size) == ("proved", hub.bodies.last()[0])
    assert proved.material is not None
    assert policy_text(proved.material) == f"log {hub.log_key}\nquorum none\n".encode()


def test_a_row_that_was_altered_or_moved_is_not(hub: Hub) -> None:
    row, sealed = row_at(hub, 3), Given(material(hub, 3))
    altered = replace(row, state=row.state[:-1] + bytes([row.state[-1] ^ 1]))
    for wrong in (altered, replace(row, version=row.version + 1), replace(row_at(hub, 4), position=3)):
        proved = prove(sealed, wrong)
        assert (proved.state, proved.why) == ("failed", "the stored row is not the one that was sealed")


@pytest.mark.parametrize(
    "spoil",
    [
        lambda own, other: replace(own, salt=other.salt),
        lambda own, other: replace(own, entry=other.entry),
        lambda own, other: replace(own, proofs=other.proofs),
        lambda own, other: replace(own, index=other.index),
        lambda own, other: replace(own, vkeys=(log_signer().vkey,)),
        lambda own, other: replace(own, proofs=(own.proofs[0][:-9] + b"A" + own.proofs[0][-8:],)),
    ],
    ids=["salt", "entry", "proof", "index", "key", "signature"],
)
def test_each_part_of_another_entry_is_found(hub: Hub, spoil: Callable[[Material, Material], Material]) -> None:
    wrong = spoil(material(hub, 3), material(hub, 4))
    assert prove(Given(wrong), row_at(hub, 3)).state == "failed"


def test_a_damaged_log_is_said_to_be_damaged(hub: Hub) -> None:
    for file in (hub.log_folder / "tile" / "0").rglob("*"):
        if file.is_file():
            file.unlink()
    assert prove(LogProofs(hub.shelf, hub.bodies, None), row_at(hub, 3)).state == "failed"


def test_what_no_checkpoint_covers_waits(hub: Hub) -> None:
    newest = hub.bodies.last()[1]
    assert prove(Given(None), row_at(hub, newest)).state == "waiting"
    (hub.log_folder / CHECKPOINT).unlink()
    assert prove(LogProofs(hub.shelf, hub.bodies, None), row_at(hub, newest)).state == "waiting"


def test_witnesses_are_asked_for_and_named(hub: Hub) -> None:
    police, health = cosigner(), cosigner("health.example", 3)
    policy = Policy((hub.log_key,), {"police": police.vkey, "health": health.vkey}, {}, "police")
    sealed, row = LogProofs(hub.shelf, hub.bodies, policy), row_at(hub, 3)
    before = prove(sealed, row)
    assert (before.state, [one.at for one in before.witnesses]) == ("few_witnesses", [None, None])
    checkpoint = hub.log_folder / CHECKPOINT
    raw = checkpoint.read_bytes()
    checkpoint.write_bytes(with_lines(raw, police.cosign(parse_checkpoint(raw)[1].text, 1_795_000_100)))
    after = prove(sealed, row)
    assert after.state == "proved"
    assert [one.name for one in after.witnesses if one.at is not None] == ["police"]
