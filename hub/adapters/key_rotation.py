"""Keys are renewed while the hub works: nobody waits for longer than some keys are wrapped again, and no reading fails.

A person's key stays as it is, and so do the records under it: what wraps it is replaced. Stopped at any point, it goes
on at the next call.
"""

from dataclasses import dataclass

from hub.adapters.alone import alone
from hub.adapters.key_file import Kek, KeyFile
from hub.adapters.keys import Keyring

_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Rotated:
    """How many compartments have a new key, how many keys were wrapped again, and the id of the new root."""

    compartments: int
    keys: int
    root: str


def rotate(keyring: Keyring) -> Rotated:
    """Every compartment has a new key, under a new root; those before are destroyed. Raises StoreUnavailable."""
    with alone(keyring.folder / "rotating.lock"):
        with keyring.using() as file:
            names = file.compartments()
        moved = sum(_compartment(keyring, name) for name in names)
        with keyring.using() as file:
            root = _root(file)
            file.forget_what_was()
    return Rotated(len(names), moved, root)


def _compartment(keyring: Keyring, name: str) -> int:
    with keyring.using() as file, file.transaction():
        kek = file.new_kek(name)
    moved = 0
    while some := _some(keyring, kek):
        moved += some
    with keyring.using() as file, file.transaction():
        file.drop_unused(name)
    return moved


def _some(keyring: Keyring, kek: Kek) -> int:
    with keyring.using() as file, file.transaction():
        rows = file.some_not_under(kek, _AT_ONCE)
        for row in rows:
            file.wrap_again(row, kek)
    return len(rows)


def _root(file: KeyFile) -> str:
    file.root.begin()
    with file.transaction():
        for kek in file.keks():
            if kek.root != file.root.newest():
                file.under_newest_root(kek)
    file.root.settle()
    return file.root.newest()
