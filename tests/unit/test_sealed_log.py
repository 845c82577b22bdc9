"""Does the log keep what it answered for, and give proofs that hold?"""

from pathlib import Path

import pytest

from audit import commitment, merkle
from audit.checkpoint import Checkpoint, open_checkpoint
from audit.errors import AnotherLog, CannotKeep, LogDamaged, LogInUse, NotInLog, OutOfOrder
from audit.files import Folder
from audit.log import SealedLog
from audit.note import NoteSigner
from audit.proof import verify_proof
from audit.verify import verify_folder
from tests.support.sealed_logs import (
    ORIGIN,
    START_US,
    entries,
    entry,
    files_of,
    log_signer,
    make_log,
    private_key,
    write_dishonest_log,
)


def test_a_new_folder_is_an_empty_log(tmp_path: Path) -> None:
    with SealedLog.open(tmp_path / "new" / "log", log_signer()) as log:
        assert (log.size, log.root()) == (0, merkle.EMPTY_ROOT)
        assert open_checkpoint(log.checkpoint(), (log_signer().vkey,)).size == 0
    assert verify_folder(tmp_path / "new" / "log", log_signer().vkey).ok


@pytest.mark.parametrize("batch", [1, 7, 255, 256, 257, 1000])
def test_the_root_does_not_depend_on_the_batches(tmp_path: Path, batch: int) -> None:
    content = entries(0, 600)
    with SealedLog.open(tmp_path, log_signer()) as log:
        for at in range(0, 600, batch):
            assert log.add(content[at : at + batch]) == min(at + batch, 600)
        assert log.root() == merkle.root_of(merkle.leaf_hashes(content))
        log.checkpoint()
    report = verify_folder(tmp_path, log_signer().vkey)
    assert (report.ok, report.size, report.findings) == (True, 600, ())


def test_nothing_added_is_nothing_changed(tmp_path: Path) -> None:
    with SealedLog.open(tmp_path, log_signer()) as log:
        assert log.add(()) == 0
        assert files_of(tmp_path) == ()


def test_a_log_is_resumed_where_it_was(tmp_path: Path) -> None:
    make_log(tmp_path, 300)
    with SealedLog.open(tmp_path, log_signer()) as log:
        assert log.size == 300
        log.add(entries(300, 310))
    with SealedLog.open(tmp_path, log_signer()) as log:
        assert (log.size, log.entry(305)) == (310, entry(305))
        assert log.root() == merkle.root_of(merkle.leaf_hashes(entries(0, 310)))
        with pytest.raises(OutOfOrder):
            log.add((entry(300),))


def test_a_log_that_is_opened_again_takes_no_time_before_its_last(tmp_path: Path) -> None:
    make_log(tmp_path, 300)
    early = commitment.entry(300, START_US + 298, bytes(32))
    with SealedLog.open(tmp_path, log_signer()) as log, pytest.raises(OutOfOrder):
        log.add((early,))
    with SealedLog.open(tmp_path, log_signer()) as log:
        assert log.add(entries(300, 301)) == 301


def test_a_log_that_filled_a_tile_since_its_last_checkpoint_is_resumed(tmp_path: Path) -> None:
    make_log(tmp_path, 300)
    for size in (600, 601):
        with SealedLog.open(tmp_path, log_signer()) as log:
            log.add(entries(log.size, size))
    with SealedLog.open(tmp_path, log_signer()) as log:
        assert (log.size, log.root()) == (601, merkle.root_of(merkle.leaf_hashes(entries(0, 601))))


def test_a_log_whose_last_entry_is_none_is_not_built_upon(tmp_path: Path) -> None:
    write_dishonest_log(tmp_path, [*entries(0, 5), b"anything"])
    with pytest.raises(LogDamaged):
        SealedLog.open(tmp_path, log_signer())


def test_sizes_that_were_perhaps_published_before_a_stop_keep_their_files(tmp_path: Path) -> None:
    with SealedLog.open(tmp_path, log_signer()) as log:
        log.add(entries(0, 3))
    with SealedLog.open(tmp_path, log_signer()) as log:
        log.add(entries(3, 5))
    assert {path.name for path in (tmp_path / "tile" / "0" / "000.p").iterdir()} == {"3", "5"}


@pytest.mark.parametrize("size", [1, 255, 256, 257, 512, 700])
def test_a_log_without_a_checkpoint_is_resumed_from_its_entries(tmp_path: Path, size: int) -> None:
    with SealedLog.open(tmp_path, log_signer()) as log:
        log.add(entries(0, size))
    with SealedLog.open(tmp_path, log_signer()) as log:
        assert log.size == size
        log.add(entries(size, size + 1))
        log.checkpoint()
    assert verify_folder(tmp_path, log_signer().vkey).size == size + 1


def test_every_entry_can_be_read_and_proved(tmp_path: Path) -> None:
    with SealedLog.open(tmp_path, log_signer()) as log:
        log.add(entries(0, 520))
        log.checkpoint()
        for index in (0, 1, 255, 256, 511, 512, 519):
            assert log.entry(index) == entry(index)
            merkle.verify_inclusion(merkle.leaf_hash(entry(index)), index, 520, log.inclusion(index), log.root())
            raw = log.proof_file(index, extra=b"note")
            assert verify_proof(raw, entry(index), (log_signer().vkey,))[0].index == index


def test_proofs_can_be_had_for_older_sizes(tmp_path: Path) -> None:
    with SealedLog.open(tmp_path, log_signer()) as log:
        roots = {0: log.root()}
        for size in (1, 3, 256, 300, 512, 513):
            log.add(entries(log.size, size))
            roots[size] = log.root()
        for old, old_root in roots.items():
            for new, new_root in roots.items():
                if old <= new:
                    merkle.verify_consistency(old, new, old_root, new_root, log.consistency(old, new))
        merkle.verify_inclusion(merkle.leaf_hash(entry(2)), 2, 300, log.inclusion(2, 300), roots[300])


def test_what_is_not_in_the_log_or_not_signed_is_not_proved(tmp_path: Path) -> None:
    with SealedLog.open(tmp_path, log_signer()) as log:
        log.add(entries(0, 3))
        with pytest.raises(NotInLog):
            log.proof_file(0)
        log.checkpoint()
        log.add(entries(3, 5))
        with pytest.raises(NotInLog):
            log.proof_file(4)
        assert verify_proof(log.proof_file(2), entry(2), (log_signer().vkey,))[1].size == 3
        for wrong in (lambda: log.entry(5), lambda: log.inclusion(0, 6), lambda: log.consistency(0, 6)):
            with pytest.raises(NotInLog):
                wrong()


@pytest.mark.parametrize(
    "wrong",
    [
        (b"anything",),
        (entry(4),),
        (entry(3), entry(3)),
        (entry(3), entry(5)),
        (entry(3).replace(str(START_US + 3).encode(), str(START_US + 1).encode()),),
    ],
)
def test_an_entry_out_of_order_is_refused_and_nothing_written(tmp_path: Path, wrong: tuple[bytes, ...]) -> None:
    with SealedLog.open(tmp_path, log_signer()) as log:
        log.add(entries(0, 3))
        before = files_of(tmp_path)
        with pytest.raises(OutOfOrder):
            log.add(wrong)
        assert (log.size, files_of(tmp_path)) == (3, before)
        assert log.add(entries(3, 4)) == 4


def test_a_second_writer_is_refused(tmp_path: Path) -> None:
    with SealedLog.open(tmp_path, log_signer()), pytest.raises(LogInUse):
        SealedLog.open(tmp_path, log_signer())
    SealedLog.open(tmp_path, log_signer()).close()


def test_a_closed_log_takes_nothing_more(tmp_path: Path) -> None:
    log = SealedLog.open(tmp_path, log_signer())
    log.close()
    with pytest.raises(CannotKeep):
        log.add(entries(0, 1))


@pytest.mark.parametrize(
    "signer", [NoteSigner(ORIGIN, private_key(3)), NoteSigner("other.example/log", private_key(1))]
)
def test_the_folder_of_another_log_is_refused(tmp_path: Path, signer: NoteSigner) -> None:
    make_log(tmp_path, 3)
    with pytest.raises(AnotherLog):
        SealedLog.open(tmp_path, signer)
    SealedLog.open(tmp_path, log_signer()).close()


def test_a_checkpoint_of_another_origin_under_our_own_key_is_not_ours(tmp_path: Path) -> None:
    (tmp_path / "checkpoint").write_bytes(log_signer().sign(Checkpoint("other.example/log", 0, merkle.EMPTY_ROOT).text))
    with pytest.raises(AnotherLog):
        SealedLog.open(tmp_path, log_signer())


@pytest.mark.parametrize("name", ["checkpoint", "tile/0/001.p/44", "tile/1/000.p/1", "tile/entries/001.p/44"])
def test_a_damaged_right_edge_is_not_built_upon(tmp_path: Path, name: str) -> None:
    make_log(tmp_path, 300)
    content = (tmp_path / name).read_bytes()
    for damaged in (bytes([content[20] ^ 1]).join((content[:20], content[21:])), content[:-1]):
        (tmp_path / name).write_bytes(damaged)
        with pytest.raises((LogDamaged, AnotherLog)):
            SealedLog.open(tmp_path, log_signer())
    if name != "checkpoint":
        (tmp_path / name).unlink()
        with pytest.raises(LogDamaged):
            SealedLog.open(tmp_path, log_signer())


def test_partial_files_are_kept_for_published_sizes_until_they_are_full(tmp_path: Path) -> None:
    with SealedLog.open(tmp_path, log_signer()) as log:
        log.add(entries(0, 3))
        log.checkpoint()
        log.add(entries(3, 5))
        log.add(entries(5, 9))
        log.checkpoint()
        names = {path.relative_to(tmp_path).as_posix() for path in files_of(tmp_path)}
        partial = {f"tile/{level}/000.p/{width}" for level in ("0", "entries") for width in (3, 9)}
        assert names == {"checkpoint"} | partial
        log.add(entries(9, 256))
        names = {path.relative_to(tmp_path).as_posix() for path in files_of(tmp_path)}
        assert names == {"checkpoint", "tile/0/000", "tile/entries/000", "tile/1/000.p/1"}


def test_full_files_are_written_once(tmp_path: Path) -> None:
    make_log(tmp_path, 256)
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "tile/0/000", tmp_path / "tile/entries/000")}
    with SealedLog.open(tmp_path, log_signer()) as log:
        log.add(entries(256, 300))
        log.checkpoint()
    assert before == {path: path.stat().st_mtime_ns for path in before}


def test_the_same_checkpoint_keeps_the_lines_added_to_it(tmp_path: Path) -> None:
    with SealedLog.open(tmp_path, log_signer()) as log:
        log.add(entries(0, 3))
        signed = log.checkpoint()
        (tmp_path / "checkpoint").write_bytes(signed + b"\xe2\x80\x94 w AAAAAAA=\n")
        assert log.checkpoint() == signed + b"\xe2\x80\x94 w AAAAAAA=\n"
        log.add(entries(3, 4))
        assert b" w " not in log.checkpoint()


def test_a_folder_that_was_removed_is_made_again_for_what_comes_after(tmp_path: Path) -> None:
    files = Folder(tmp_path)
    for _ in range(2):
        files.write("a/b/c", b"x")
        assert files.read("a/b/c", 9) == b"x"
        files.remove_all("a/b")
        assert files.read("a/b/c", 9) is None


def test_a_folder_that_cannot_be_made_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(CannotKeep):
        SealedLog.open(tmp_path / "file" / "log", log_signer())


def test_a_checkpoint_whose_signature_does_not_verify_is_not_built_upon(tmp_path: Path) -> None:
    make_log(tmp_path, 3)
    signed = (tmp_path / "checkpoint").read_bytes()
    (tmp_path / "checkpoint").write_bytes(signed[:-40] + (b"A" if signed[-40:-39] != b"A" else b"B") + signed[-39:])
    with pytest.raises(LogDamaged, match="does not verify"):
        SealedLog.open(tmp_path, log_signer())
