"""Are notes signed and checked as signed-note says?"""

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from audit.errors import Malformed, NotSigned
from audit.note import (
    MAX_NOTE_BYTES,
    MAX_SIGNATURES,
    NoteSigner,
    NoteVerifier,
    make_key,
    parse_note,
    parse_vkey,
    verify_note,
)
from tests.support.sealed_logs import ORIGIN, cosigner, log_signer, private_key

# The example of the Go package golang.org/x/mod/sumdb/note.
PUBLISHED_SEED = base64.b64decode("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz")[1:]
PUBLISHED_VKEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
PUBLISHED_TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
PUBLISHED_NOTE = (
    f"{PUBLISHED_TEXT}\n\u2014 PeterNeumann "
    "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
).encode()
SECOND_LINE = (
    "\u2014 EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n"
).encode()


def test_the_published_note_is_signed_byte_for_byte() -> None:
    signer = NoteSigner("PeterNeumann", Ed25519PrivateKey.from_private_bytes(PUBLISHED_SEED))
    assert signer.vkey == PUBLISHED_VKEY
    assert signer.sign(PUBLISHED_TEXT) == PUBLISHED_NOTE


@pytest.mark.parametrize("raw", [PUBLISHED_NOTE, PUBLISHED_NOTE + SECOND_LINE])
def test_the_published_note_is_verified_and_unknown_lines_are_passed_over(raw: bytes) -> None:
    note = parse_note(raw)
    assert note.text == PUBLISHED_TEXT
    assert [line.name for line in verify_note(note, [NoteVerifier(PUBLISHED_VKEY)])] == ["PeterNeumann"]


def test_our_keys_have_the_ids_worked_out_beforehand() -> None:
    assert log_signer().vkey == "hub.example/audit/2026+20d55d3d+AYqI4910CfGV/VLbLTy6XXLKZwm/HZQSG/N0iAG0D29c"
    assert cosigner().vkey == "police.example/witness+e07e32fb+BIE5dw6ofRdfVqNUZsNMfszLjYqRtO43ol32D1uPybOU"


def test_a_note_of_an_unknown_key_is_not_signed() -> None:
    other = NoteSigner("PeterNeumann", private_key(9))
    with pytest.raises(NotSigned):
        verify_note(parse_note(PUBLISHED_NOTE), [NoteVerifier(other.vkey)])


def test_one_bad_line_of_a_known_key_spoils_a_note_with_a_good_one() -> None:
    signer = log_signer()
    note = parse_note(signer.sign("a\n") + signer.sign("b\n").partition(b"\n\n")[2])
    with pytest.raises(NotSigned):
        verify_note(note, [NoteVerifier(signer.vkey)])


def test_every_changed_byte_of_a_note_is_noticed() -> None:
    verifier = NoteVerifier(PUBLISHED_VKEY)
    for at in range(len(PUBLISHED_NOTE)):
        changed = PUBLISHED_NOTE[:at] + bytes([PUBLISHED_NOTE[at] ^ 1]) + PUBLISHED_NOTE[at + 1 :]
        with pytest.raises((Malformed, NotSigned)):
            verify_note(parse_note(changed), [verifier])


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"text\n",
        b"text\n\n",
        b"text\n\nno dash AAAAAAA=\n",
        "text\n\n\u2014 name AAAAAAA=".encode(),
        "text\n\n\u2014 na+me AAAAAAA=\n".encode(),
        "text\n\n\u2014  AAAAAAA=\n".encode(),
        "text\n\n\u2014 name AAAAAAB=\n".encode(),
        "text\n\n\u2014 name AAAA\n".encode(),
        "te\txt\n\n\u2014 name AAAAAAA=\n".encode(),
        b"\xff\n\n\xe2\x80\x94 name AAAAAAA=\n",
        b"text\n\n" + "\u2014 name AAAAAAA=\n".encode() * 101,
        bytes(1_000_001),
    ],
)
def test_bytes_that_are_no_note_are_malformed(raw: bytes) -> None:
    with pytest.raises(Malformed):
        parse_note(raw)


def test_a_note_may_be_just_so_long_and_bear_just_so_many_lines() -> None:
    line = "\u2014 name AAAAAAA=\n".encode()
    room = MAX_NOTE_BYTES - len(b"\n\n" + line)
    assert len(parse_note(b"x" * room + b"\n\n" + line).text) == room + 1
    with pytest.raises(Malformed):
        parse_note(b"x" * (room + 1) + b"\n\n" + line)
    assert len(parse_note(b"text\n\n" + line * MAX_SIGNATURES).signatures) == MAX_SIGNATURES


@pytest.mark.parametrize(
    "vkey",
    [
        "",
        "name",
        "name+00000000+",
        PUBLISHED_VKEY.replace("c74f20a3", "c74f20a4"),
        PUBLISHED_VKEY.replace("Peter", "Pieter"),
        PUBLISHED_VKEY.replace("PeterNeumann", "Peter Neumann"),
        PUBLISHED_VKEY[:-1],
    ],
)
def test_a_verifier_key_that_does_not_hold_together_is_malformed(vkey: str) -> None:
    with pytest.raises(Malformed):
        parse_vkey(vkey)


def test_a_witness_key_is_no_log_key() -> None:
    with pytest.raises(Malformed):
        NoteVerifier(cosigner().vkey)
    with pytest.raises(Malformed):
        NoteVerifier(make_key(ORIGIN, 1, b"short").vkey)


@pytest.mark.parametrize("name", ["", "two words", "a+b", "line\nbreak", "non\u00a0breaking"])
def test_a_name_that_cannot_stand_in_a_note_is_refused(name: str) -> None:
    with pytest.raises(Malformed):
        NoteSigner(name, private_key(1))


@pytest.mark.parametrize("text", ["no newline", "", "carriage\rreturn\n"])
def test_a_text_that_cannot_be_a_note_is_not_signed(text: str) -> None:
    with pytest.raises(Malformed):
        log_signer().sign(text)
