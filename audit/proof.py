"""A proof in one file that an entry is in a log.

Source: C2SP tlog-proof.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from audit import merkle
from audit.checkpoint import Checkpoint, open_checkpoint
from audit.encoding import from_base64, from_hash, from_number, to_base64
from audit.errors import Malformed

HEADER = "c2sp.org/tlog-proof@v1"
MAX_HASHES = 63


@dataclass(frozen=True, slots=True)
class Proof:
    """The entry's index, the hashes up to the root, the signed checkpoint; extra bytes nobody signed, or None."""

    index: int
    hashes: tuple[bytes, ...]
    checkpoint: bytes
    extra: bytes | None = None


def encode_proof(proof: Proof) -> bytes:
    """The proof as a file."""
    extra = [] if proof.extra is None else [f"extra {to_base64(proof.extra)}"]
    lines = [HEADER, *extra, f"index {proof.index}", *map(to_base64, proof.hashes), "", ""]
    return "\n".join(lines).encode() + proof.checkpoint


def parse_proof(raw: bytes) -> Proof:
    """The proof in a file; not verified. Raises Malformed."""
    head, blank, checkpoint = raw.partition(b"\n\n")
    if not blank or not head.isascii():
        raise Malformed("the proof has no blank line before its checkpoint, or is not ASCII before it")
    lines = head.decode("ascii").split("\n")
    if lines[0] != HEADER:
        raise Malformed("the proof does not begin with its version")
    extra = from_base64(lines[1].removeprefix("extra ")) if lines[1:] and lines[1].startswith("extra ") else None
    rest = lines[1:] if extra is None else lines[2:]
    if not rest or not rest[0].startswith("index ") or len(rest) > MAX_HASHES + 1:
        raise Malformed("the proof has no index, or too many hashes")
    hashes = tuple(from_hash(line) for line in rest[1:])
    return Proof(from_number(rest[0].removeprefix("index ")), hashes, checkpoint, extra)


def verify_proof(raw: bytes, entry: bytes, vkeys: Sequence[str]) -> tuple[Proof, Checkpoint]:
    """The proof and the checkpoint it leads to, when the entry is shown to be in the log of one of these keys.

    Raises Malformed, NotSigned, ProofFails.
    """
    proof = parse_proof(raw)
    checkpoint = open_checkpoint(proof.checkpoint, vkeys)
    verify_under(checkpoint, proof, entry)
    return proof, checkpoint


def verify_under(checkpoint: Checkpoint, proof: Proof, entry: bytes) -> None:
    """Returns when the entry is shown to be in the log whose checkpoint was opened before. Raises ProofFails."""
    merkle.verify_inclusion(merkle.leaf_hash(entry), proof.index, checkpoint.size, proof.hashes, checkpoint.root)
