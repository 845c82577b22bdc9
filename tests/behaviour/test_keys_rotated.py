"""Do records stay readable while the keys over them are renewed, and are the keys before gone afterwards?"""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from threading import Event

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from hub.adapters import key_rotation
from hub.adapters.key_file import commitment_of
from hub.adapters.keys import Keyring
from hub.adapters.roots import FileRoot
from hub.domain.errors import StoreUnavailable

PEOPLE = tuple(f"person/{number}" for number in range(40))


def opened(folder: Path) -> Keyring:
    return Keyring(folder, most_keys=2)  # so that nearly every reading goes to the file


def rows(folder: Path, select: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(folder / "keys.db")) as db:
        return db.execute(select).fetchall()


def wrapped(folder: Path) -> list[bytes]:
    found = rows(folder, "SELECT wrapped FROM wrapped_key UNION SELECT wrapped FROM kek")
    return [one for (one,) in found if isinstance(one, bytes)]


def test_keys_stay_the_same_and_all_that_wrapped_them_is_gone(tmp_path: Path) -> None:
    keyring = opened(tmp_path)
    keys = {owner: keyring.key_of(owner) for owner in PEOPLE}
    refuge = keyring.key_of(PEOPLE[0], "refuge")
    before_root = (tmp_path / "root.key").read_bytes()
    before = wrapped(tmp_path)
    assert len(before) == len(PEOPLE) + 4  # and the ledger's own
    told = key_rotation.rotate(keyring)
    assert (told.compartments, told.keys) == (2, len(PEOPLE) + 2)
    assert opened(tmp_path).key_of(PEOPLE[0], "refuge") == refuge
    assert {owner: opened(tmp_path).key_of(owner) for owner in PEOPLE} == keys
    assert (tmp_path / "root.key").read_bytes() != before_root
    assert not (tmp_path / "root.key.next").exists()
    assert len(rows(tmp_path, "SELECT * FROM kek")) == 2
    for file in tmp_path.iterdir():
        held = file.read_bytes()
        assert before_root not in held
        assert not any(one in held for one in before)


def test_no_reading_fails_while_keys_are_rotated_by_another_process(tmp_path: Path) -> None:
    first = opened(tmp_path)
    kids = {owner: first.key_of(owner).kid for owner in PEOPLE}
    done = Event()

    def reads(_: int) -> int:
        keyring, count = opened(tmp_path), 0
        while not done.is_set() or not count:
            for owner in PEOPLE:
                assert keyring.key_of(owner).kid == kids[owner]
                assert keyring.key_by_id(kids[owner], 1).kid == kids[owner]
            keyring.key_of(f"person/new {_} {count}")
            count += 1
        return count

    with ThreadPoolExecutor(3) as pool:
        readers = [pool.submit(reads, number) for number in range(3)]
        rotating = get_context("spawn").Process(target=rotate_thrice, args=(tmp_path,))
        rotating.start()
        rotating.join()
        done.set()
        counts = [reader.result() for reader in readers]
    assert rotating.exitcode == 0
    fresh = opened(tmp_path)
    for number, count in enumerate(counts):
        for made in range(count):
            assert len(fresh.key_of(f"person/new {number} {made}").secret) == 32


def rotate_thrice(folder: Path) -> None:
    for _ in range(3):
        key_rotation.rotate(Keyring(folder))


class Dying(FileRoot):
    """A root whose process is killed as it begins, or as it settles."""

    at = "begin"

    def begin(self) -> None:
        """As FileRoot, and then no more."""
        super().begin()
        if self.at == "begin":
            raise KeyboardInterrupt

    def settle(self) -> None:
        """No more."""
        raise KeyboardInterrupt


@pytest.mark.parametrize("at", ["begin", "settle"])
def test_a_rotation_that_was_killed_goes_on_at_the_next(tmp_path: Path, at: str) -> None:
    keys = {owner: opened(tmp_path).key_of(owner) for owner in PEOPLE}
    root = Dying(tmp_path)
    root.at = at
    with pytest.raises(KeyboardInterrupt):
        key_rotation.rotate(Keyring(tmp_path, root=root))
    assert (tmp_path / "root.key.next").exists()
    assert {owner: opened(tmp_path).key_of(owner) for owner in PEOPLE} == keys
    key_rotation.rotate(opened(tmp_path))
    assert {owner: opened(tmp_path).key_of(owner) for owner in PEOPLE} == keys
    assert not (tmp_path / "root.key.next").exists()


OLD_TABLE = """
CREATE TABLE wrapped_key (
    kid BLOB PRIMARY KEY, owner TEXT NOT NULL, compartment TEXT NOT NULL, wrapped BLOB NOT NULL,
    commitment BLOB NOT NULL, UNIQUE (owner, compartment)
) WITHOUT ROWID
"""


def test_keys_of_an_earlier_release_open_and_are_moved_by_a_rotation(tmp_path: Path) -> None:
    root, secret, kid, nonce = b"r" * 32, b"s" * 32, b"k" * 16, b"n" * 12
    path = tmp_path / "root.key"
    path.write_bytes(root)
    path.chmod(0o600)
    bound = b"\x1f".join((b"childhub/wrap/v1", kid, b"person/1", b"standard"))
    under_root = nonce + AESGCM(root).encrypt(nonce, secret, bound)
    with closing(sqlite3.connect(tmp_path / "keys.db")) as db:
        db.execute(OLD_TABLE)
        row = (kid, "person/1", "standard", under_root, commitment_of(secret))
        db.execute("INSERT INTO wrapped_key VALUES (?,?,?,?,?)", row)
        db.commit()
    assert opened(tmp_path).key_of("person/1").secret == secret
    key_rotation.rotate(opened(tmp_path))
    assert rows(tmp_path, "SELECT count(*) FROM wrapped_key WHERE kek IS NULL") == [(0,)]
    assert opened(tmp_path).key_by_id(kid, 1).secret == secret


def test_a_key_of_another_compartment_or_owner_passes_for_none(tmp_path: Path) -> None:
    keyring = opened(tmp_path)
    keyring.key_of("person/1")
    keyring.key_of("person/1", "refuge")
    with keyring.using() as file:
        row = file.find("WHERE k.owner = ? AND k.compartment = ?", ("person/1", "standard"))
        assert row is not None
        assert len(file.unwrapped(row)) == 32
        for altered in (
            replace(row, owner="person/2"),
            replace(row, compartment="refuge"),
            replace(row, kid=b"x" * 16),
            replace(row, kek=file.newest_kek("refuge")),
        ):
            with pytest.raises(InvalidTag):
                file.unwrapped(altered)
        with pytest.raises(StoreUnavailable, match="key_commitment"):
            file.unwrapped(replace(row, commitment=bytes(32)))


def test_no_key_is_in_the_words_for_a_key_ring_or_a_key(tmp_path: Path) -> None:
    keyring = opened(tmp_path)
    key = keyring.key_of("person/1")
    with keyring.using() as file:
        row = file.find("WHERE k.owner = ? AND k.compartment = ?", ("person/1", "standard"))
    root = (tmp_path / "root.key").read_bytes()
    said = f"{keyring!r} {key!r} {row!r} {FileRoot(tmp_path)!r}"
    for secret in (key.secret, root):
        assert secret.hex() not in said
        assert repr(secret)[2:-1] not in said
