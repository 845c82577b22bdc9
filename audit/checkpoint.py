"""Checkpoints and the cosignatures of witnesses over them.

Source: C2SP tlog-checkpoint; C2SP tlog-cosignature (cosignature/v1, type 0x04).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from audit.encoding import MAX_NUMBER, from_hash, from_number, to_base64
from audit.errors import Malformed
from audit.note import (
    Note,
    NoteVerifier,
    SignatureLine,
    ed25519_key,
    is_signed,
    make_key,
    parse_note,
    parse_vkey,
    verify_note,
)

COSIGNATURE = 0x04


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a log states about itself: its origin, its size, its 32-byte root; opaque lines if there are any."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The text that is signed."""
        return "\n".join((self.origin, str(self.size), to_base64(self.root), *self.extensions)) + "\n"


def parse_text(text: str) -> Checkpoint:
    """The checkpoint in a note's text. Raises Malformed."""
    lines = text.split("\n")
    if len(lines) < 4 or lines[-1] or not all(lines[:-1]):
        raise Malformed("a checkpoint is not at least three lines, none empty")
    return Checkpoint(lines[0], from_number(lines[1]), from_hash(lines[2]), tuple(lines[3:-1]))


def parse_checkpoint(raw: bytes) -> tuple[Checkpoint, Note]:
    """The checkpoint in a signed note, and the note; not verified. Raises Malformed."""
    note = parse_note(raw)
    return parse_text(note.text), note


def open_checkpoint(raw: bytes, vkeys: Sequence[str]) -> Checkpoint:
    """The checkpoint, signed by one of these log keys under the name of its origin. Raises Malformed, NotSigned."""
    checkpoint, note = parse_checkpoint(raw)
    verifiers = [NoteVerifier(vkey) for vkey in vkeys]
    verify_note(note, [verifier for verifier in verifiers if verifier.key.name == checkpoint.origin])
    return checkpoint


def with_lines(raw: bytes, lines: bytes) -> bytes:
    """The note with signature lines added at its foot, one that stands there already not twice. Raises Malformed."""
    note = parse_note(raw)
    added = [parse_line_bytes(line) for line in lines.splitlines(keepends=True)]
    fresh = [line for line in dict.fromkeys(added) if line not in note.signatures]
    return raw + "".join(line.line for line in fresh).encode()


def in_place_of(raw: bytes, lines: bytes) -> bytes:
    """The note with these signature lines, and without those there by the same names and keys. Raises Malformed."""
    note = parse_note(raw)
    fresh = [parse_line_bytes(line) for line in lines.splitlines(keepends=True)]
    known = {(line.name, line.key_id) for line in fresh}
    kept = [line for line in note.signatures if (line.name, line.key_id) not in known]
    return f"{note.text}\n".encode() + "".join(line.line for line in (*kept, *fresh)).encode()


def parse_line_bytes(raw: bytes) -> SignatureLine:
    """One signature line with its newline. Raises Malformed."""
    return parse_note(b"line\n\n" + raw).signatures[0]


class CosignatureSigner:
    """A witness's key: states that a checkpoint is the newest consistent one it has seen at a time."""

    def __init__(self, name: str, private_key: Ed25519PrivateKey) -> None:
        self._private_key = private_key
        self.key = make_key(name, COSIGNATURE, private_key.public_key().public_bytes_raw())

    @property
    def vkey(self) -> str:
        """The key to give to verifiers."""
        return self.key.vkey

    def cosign(self, text: str, at: int) -> bytes:
        """The signature line over a checkpoint's text at a time in whole seconds since 1970, UTC."""
        if not 0 <= at <= MAX_NUMBER:
            raise Malformed("the time of a cosignature is out of range")
        signature = at.to_bytes(8, "big") + self._private_key.sign(_cosigned(text, at))
        return SignatureLine(self.key.name, self.key.key_id, signature).line.encode()


class CosignatureVerifier:
    """Checks one witness's cosignatures (type 0x04). Raises Malformed for another type of key."""

    def __init__(self, vkey: str) -> None:
        self.key = parse_vkey(vkey)
        self._public_key = ed25519_key(self.key, COSIGNATURE)

    def verify(self, text: str, signature: bytes) -> bool:
        """Whether time and signature (72 bytes) are this witness's over the checkpoint's text."""
        if len(signature) != 72 or (at := cosigned_at(signature)) > MAX_NUMBER:
            return False
        return is_signed(self._public_key, signature[8:], _cosigned(text, at))


def cosigned_at(signature: bytes) -> int:
    """The time a cosignature bears, in whole seconds since 1970, UTC."""
    return int.from_bytes(signature[:8], "big")


def _cosigned(text: str, at: int) -> bytes:
    return f"cosignature/v1\ntime {at}\n{text}".encode()
