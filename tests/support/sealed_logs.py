"""Sealed logs for tests: keys from fixed seeds, entries, honest logs and logs a dishonest key holder would make."""

import base64
import json
from collections.abc import Sequence
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from audit import commitment, merkle, tiles
from audit.checkpoint import Checkpoint, CosignatureSigner
from audit.edge import RightEdge
from audit.encoding import to_base64
from audit.log import SealedLog
from audit.merkle import HASH_BYTES
from audit.note import NoteSigner
from audit.tiles import ENTRIES, WIDTH, Place
from audit.verify import Report

ORIGIN = "hub.example/audit/2026"
START_US = 1_795_000_000_000_000


def private_key(seed: int) -> Ed25519PrivateKey:
    """The key whose 32 secret bytes are all this number."""
    return Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32)


def log_signer() -> NoteSigner:
    """The key of the log under test."""
    return NoteSigner(ORIGIN, private_key(1))


def cosigner(name: str = "police.example/witness", seed: int = 2) -> CosignatureSigner:
    """A witness's key."""
    return CosignatureSigner(name, private_key(seed))


def salt(index: int) -> bytes:
    """A salt of its own for every index."""
    return index.to_bytes(4, "big") * 8


def body(index: int, act: str = "read") -> bytes:
    """A body as the hub would write it."""
    return commitment.body_bytes({"act": act, "actor": "u1", "n": index, "purpose": "s47", "v": 1})


def entry(index: int, act: str = "read") -> bytes:
    """The entry for that body, a microsecond after the one before."""
    return commitment.entry(index, START_US + index, commitment.commit(salt(index), body(index, act)))


def entries(start: int, end: int, act: str = "read") -> tuple[bytes, ...]:
    """The entries from start up to end (excluded)."""
    return tuple(entry(index, act) for index in range(start, end))


def make_log(folder: Path, *sizes: int) -> None:
    """An honest log that published a checkpoint at each of these growing sizes."""
    with SealedLog.open(folder, log_signer()) as log:
        for size in sizes:
            log.add(entries(log.size, size))
            log.checkpoint()


def write_dishonest_log(folder: Path, content: Sequence[bytes], signer: NoteSigner | None = None) -> bytes:
    """A folder over any entries, all hashes and the signature right: what the holder of the log's key can make."""
    edge = RightEdge()
    for at in range(0, len(content), WIDTH):
        bundle = content[at : at + WIDTH]
        _put(folder, Place(ENTRIES, at // WIDTH, len(bundle)), tiles.encode_bundle(bundle))
        for tile in edge.append(merkle.leaf_hashes(bundle)):
            _put(folder, Place(tile.level, tile.index, WIDTH), tile.hashes)
    for level, hashes in enumerate(edge.levels):
        if hashes:
            _put(folder, Place(level, edge.size >> (8 * level + 8), len(hashes) // HASH_BYTES), hashes)
    signed = (signer or log_signer()).sign(Checkpoint(ORIGIN, edge.size, edge.root()).text)
    (folder / "checkpoint").write_bytes(signed)
    return signed


def first(report: Report) -> str:
    """Where the first bad thing is."""
    assert not report.ok
    return report.findings[0].where


def write_bodies(file: Path, indices: range, act: str = "read") -> Path:
    """A bodies file with those, added to what stands in it."""
    with file.open("a") as out:
        for i in indices:
            held = {"i": i, "salt": to_base64(salt(i)), "body": base64.b64encode(body(i, act)).decode()}
            out.write(json.dumps(held) + "\n")
    return file


def change_entry(folder: Path, index: int) -> None:
    """Another entry in its place, nothing else changed."""
    bundle = folder / tiles.name_of(tiles.Place(tiles.ENTRIES, index // 256, 256))
    held = bundle.read_bytes()
    bundle.write_bytes(held.replace(entry(index), entry(index, act="lock")))
    assert bundle.read_bytes() != held


def files_of(folder: Path) -> tuple[Path, ...]:
    """All files of a log, in a fixed order."""
    return tuple(sorted(path for path in folder.rglob("*") if path.is_file()))


def _put(folder: Path, place: Place, content: bytes) -> None:
    path = folder / tiles.name_of(place)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
