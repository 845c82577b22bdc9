"""Signed notes: a text and the lines of those who signed it.

Source: C2SP signed-note. Signatures of type 0x01 (Ed25519) are made and checked here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from audit.encoding import from_base64, to_base64
from audit.errors import Malformed, NotSigned

ED25519 = 0x01
MAX_NOTE_BYTES = 1_000_000
MAX_SIGNATURES = 100
_DASH = "\u2014 "


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A public key as others are given it: name, 4-byte id, signature type, the key's own bytes."""

    name: str
    key_id: bytes
    kind: int
    public_key: bytes

    @property
    def vkey(self) -> str:
        """The key in one line: name+id+base64."""
        return f"{self.name}+{self.key_id.hex()}+{to_base64(bytes([self.kind]) + self.public_key)}"


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """One signature line: the signer's name, the 4-byte key id, what follows it."""

    name: str
    key_id: bytes
    signature: bytes

    @property
    def line(self) -> str:
        """The line as it stands in a note, with its newline."""
        return f"{_DASH}{self.name} {to_base64(self.key_id + self.signature)}\n"


@dataclass(frozen=True, slots=True)
class Note:
    """A note taken apart. The text ends in a newline. Nothing in it is to be trusted until verified."""

    text: str
    signatures: tuple[SignatureLine, ...]


class Verifier(Protocol):
    """What can check one key's signatures over a note."""

    @property
    def key(self) -> VerifierKey:
        """The key it checks for."""

    def verify(self, text: str, signature: bytes) -> bool:
        """Whether the signature (without key id) is this key's over the text."""


def is_key_name(name: str) -> bool:
    """Whether the name may stand in a note: not empty, no space, no plus, no control character."""
    return bool(name) and not any(char.isspace() or char == "+" or ord(char) < 0x20 for char in name)


def key_id(name: str, kind: int, public_key: bytes) -> bytes:
    """The 4-byte id of a key."""
    return sha256(name.encode() + b"\n" + bytes([kind]) + public_key).digest()[:4]


def make_key(name: str, kind: int, public_key: bytes) -> VerifierKey:
    """The key with its id worked out. Raises Malformed for a name that cannot stand in a note."""
    if not is_key_name(name):
        raise Malformed("a key name is empty or holds a space, a plus or a control character")
    return VerifierKey(name, key_id(name, kind, public_key), kind, public_key)


def parse_vkey(vkey: str) -> VerifierKey:
    """The key in a vkey line. Raises Malformed when it is no vkey or its id is not that of its name and key."""
    parts = vkey.split("+", 2)
    if len(parts) != 3:
        raise Malformed("a verifier key is not name+id+key")
    raw = from_base64(parts[2])
    if not raw:
        raise Malformed("a verifier key holds no key")
    key = make_key(parts[0], raw[0], raw[1:])
    if key.key_id.hex() != parts[1]:
        raise Malformed("a verifier key's id is not that of its name and key")
    return key


class NoteSigner:
    """Signs notes under a name with an Ed25519 key (type 0x01)."""

    def __init__(self, name: str, private_key: Ed25519PrivateKey) -> None:
        self._private_key = private_key
        self.key = make_key(name, ED25519, private_key.public_key().public_bytes_raw())

    @property
    def name(self) -> str:
        """The name it signs under; for a log, its origin."""
        return self.key.name

    @property
    def vkey(self) -> str:
        """The key to give to verifiers."""
        return self.key.vkey

    def sign(self, text: str) -> bytes:
        """The note: the text and one signature line. Raises Malformed for a text that cannot be a note's."""
        return f"{text}\n".encode() + self.line(text)

    def line(self, text: str) -> bytes:
        """The signature line alone. Raises Malformed for a text that cannot be a note's."""
        _check_text(text)
        return SignatureLine(self.name, self.key.key_id, self._private_key.sign(text.encode())).line.encode()


class NoteVerifier:
    """Checks the Ed25519 signatures (type 0x01) of one key. Raises Malformed for another type of key."""

    def __init__(self, vkey: str) -> None:
        self.key = parse_vkey(vkey)
        self._public_key = ed25519_key(self.key, ED25519)

    def verify(self, text: str, signature: bytes) -> bool:
        """Whether the 64-byte signature is this key's over the text."""
        return is_signed(self._public_key, signature, text.encode())


def parse_note(raw: bytes) -> Note:
    """The note taken apart; not verified. Raises Malformed."""
    if len(raw) > MAX_NOTE_BYTES:
        raise Malformed("the note is too long")
    try:
        whole = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Malformed("the note is not UTF-8") from error
    text, blank, foot = whole.rpartition("\n\n")
    if not blank or not foot.endswith("\n"):
        raise Malformed("the note has no blank line before its signatures, or breaks off")
    _check_text(text + "\n")
    lines = foot[:-1].split("\n")
    if len(lines) > MAX_SIGNATURES:
        raise Malformed("the note has too many signatures")
    return Note(text + "\n", tuple(parse_line(line) for line in lines))


def parse_line(line: str) -> SignatureLine:
    """One signature line without its newline. Raises Malformed."""
    name, space, encoded = line.removeprefix(_DASH).partition(" ")
    if not line.startswith(_DASH) or not space or not is_key_name(name):
        raise Malformed("a signature line is not dash, name, signature")
    raw = from_base64(encoded)
    if len(raw) < 5:
        raise Malformed("a signature is too short")
    return SignatureLine(name, raw[:4], raw[4:])


def verify_note(note: Note, verifiers: Sequence[Verifier]) -> tuple[SignatureLine, ...]:
    """The lines that known keys signed; lines of unknown keys are passed over.

    Raises NotSigned when there is none, or when a line under a known name and id does not verify.
    """
    known = {(verifier.key.name, verifier.key.key_id): verifier for verifier in verifiers}
    good: list[SignatureLine] = []
    for line in note.signatures:
        verifier = known.get((line.name, line.key_id))
        if verifier is None:
            continue
        if not verifier.verify(note.text, line.signature):
            raise NotSigned("a signature under a known key does not verify")
        good.append(line)
    if not good:
        raise NotSigned("no known key signed this")
    return tuple(good)


def ed25519_key(key: VerifierKey, kind: int) -> Ed25519PublicKey:
    """The public key, when the type is the one wanted. Raises Malformed."""
    if key.kind != kind or len(key.public_key) != 32:
        raise Malformed(f"a verifier key is not an Ed25519 key of type {kind}")
    return Ed25519PublicKey.from_public_bytes(key.public_key)


def is_signed(public_key: Ed25519PublicKey, signature: bytes, message: bytes) -> bool:
    """Whether the signature verifies."""
    try:
        public_key.verify(signature, message)
    except InvalidSignature:
        return False
    return True


def _check_text(text: str) -> None:
    if not text.endswith("\n") or any(ord(char) < 0x20 and char != "\n" for char in text):
        raise Malformed("a note's text does not end in a newline, or holds a control character")
