"""The log's side of witnessing: what is sent to a witness, and what its answer gives.

Source: C2SP tlog-witness, add-checkpoint. Pure.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from audit.checkpoint import CosignatureVerifier, parse_checkpoint
from audit.encoding import from_number, to_base64
from audit.errors import AuditError, Malformed, NotSigned
from audit.note import SignatureLine, parse_note
from audit.witness import MAX_PROOF_LINES, Answer

OK, CONFLICT = 200, 409
MAX_ANSWER_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class Cosigned:
    """A witness cosigned: its signature line, with the newline."""

    line: bytes


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The witness last cosigned another size than the one asked from: ask again from there."""

    size: int


@dataclass(frozen=True, slots=True)
class Refused:
    """The witness did not cosign. `code` is `answer_<status>` or what was wrong with its answer."""

    code: str


Outcome = Cosigned | Elsewhere | Refused


def encode_request(old: int, proof: Sequence[bytes], note: bytes) -> bytes:
    """The body of add-checkpoint. Raises Malformed for a proof that is too long."""
    if len(proof) > MAX_PROOF_LINES:
        raise Malformed("a proof has too many hashes")
    return "\n".join((f"old {old}", *map(to_base64, proof), "", "")).encode() + note


def outcome_of(answer: Answer, note: bytes, vkey: str) -> Outcome:
    """What a witness's answer gives for the checkpoint that was sent; nothing it says is believed unproved."""
    if answer.status == CONFLICT:
        return _elsewhere(answer.body)
    if answer.status != OK:
        return Refused(f"answer_{answer.status}")
    try:
        line = _proved(answer.body, note, vkey)
    except AuditError:
        return Refused("cosignature_not_proved")
    return Cosigned(line.line.encode())


def _elsewhere(body: bytes) -> Outcome:
    try:
        return Elsewhere(from_number(body.decode("ascii").removesuffix("\n")))
    except (UnicodeDecodeError, Malformed):
        return Refused("answer_409")


def _proved(body: bytes, note: bytes, vkey: str) -> SignatureLine:
    """The witness's line among those it answered with. Raises Malformed, NotSigned."""
    verifier = CosignatureVerifier(vkey)
    checkpoint, _ = parse_checkpoint(note)
    for line in parse_note(b"line\n\n" + body).signatures:
        known = (line.name, line.key_id) == (verifier.key.name, verifier.key.key_id)
        if known and verifier.verify(checkpoint.text, line.signature):
            return line
    raise NotSigned("the witness's answer holds no cosignature of its own")
