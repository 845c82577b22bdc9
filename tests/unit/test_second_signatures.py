"""May a log sign with more than one key, of either kind, and is each line what its format says?"""

from pathlib import Path

import pytest

from audit.checkpoint import Checkpoint, parse_checkpoint
from audit.errors import AnotherLog, Malformed
from audit.log import SealedLog
from audit.mldsa import SUBTREE, SubtreeSigner, SubtreeVerifier
from audit.note import NoteSigner, NoteVerifier, make_key, verify_note
from audit.verify import verify_folder
from tests.support.sealed_logs import ORIGIN, entries, log_signer, private_key

SECOND = SubtreeSigner.from_seed(ORIGIN, bytes([9]) * 32)
NEXT = NoteSigner(ORIGIN, private_key(7))


def test_an_ml_dsa_line_has_the_published_form() -> None:
    text = Checkpoint(ORIGIN, 3, bytes(32)).text
    note = parse_checkpoint(log_signer().sign(text) + SECOND.line(text))[1]
    line = note.signatures[1]
    assert (line.name, SECOND.key.kind, len(SECOND.key.public_key)) == (ORIGIN, SUBTREE, 1312)
    assert len(line.signature) == 8 + 2420
    assert line.signature[:8] == bytes(8)
    assert verify_note(note, [SubtreeVerifier(SECOND.vkey)]) == (line,)


def test_an_ml_dsa_line_is_over_origin_size_and_root() -> None:
    verifier = SubtreeVerifier(SECOND.vkey)
    text = Checkpoint(ORIGIN, 3, bytes(32)).text
    signature = parse_checkpoint(log_signer().sign(text) + SECOND.line(text))[1].signatures[1].signature
    assert verifier.verify(text, signature)
    for other in (Checkpoint(ORIGIN, 4, bytes(32)), Checkpoint("x", 3, bytes(32)), Checkpoint(ORIGIN, 3, b"\1" * 32)):
        assert not verifier.verify(other.text, signature)
    assert not verifier.verify(text, signature[:-1])
    assert not verifier.verify(text, b"\x00" * 7 + b"\x01" + signature[8:])
    assert not verifier.verify("no checkpoint\n", signature)


def test_keys_are_not_mistaken_for_each_other() -> None:
    with pytest.raises(Malformed):
        SubtreeVerifier(log_signer().vkey)
    with pytest.raises(Malformed):
        NoteVerifier(SECOND.vkey)
    with pytest.raises(Malformed):
        SubtreeVerifier(make_key(ORIGIN, SUBTREE + 1, SECOND.key.public_key).vkey)


def test_a_log_with_a_second_signature_verifies_with_and_without_it(tmp_path: Path) -> None:
    with SealedLog.open(tmp_path, log_signer(), (SECOND,)) as log:
        log.add(entries(0, 5))
        log.checkpoint()
    assert verify_folder(tmp_path, log_signer().vkey).ok
    assert verify_folder(tmp_path, log_signer().vkey, also=(SECOND.vkey,)).ok
    absent = verify_folder(tmp_path, log_signer().vkey, also=(NEXT.vkey,))
    assert [finding.where for finding in absent.findings] == ["checkpoint"]


def test_a_key_is_changed_by_signing_with_both_for_a_while(tmp_path: Path) -> None:
    """Old alone, old and new, new and old, new alone: nobody who trusts one of them alone is left out between."""
    old = log_signer()
    for signer, also, size in ((old, (), 3), (old, (NEXT,), 5), (NEXT, (old,), 7), (NEXT, (), 9)):
        with SealedLog.open(tmp_path, signer, also) as log:
            log.add(entries(log.size, size))
            log.checkpoint()
        keys = {signer.vkey, *(one.vkey for one in also)}
        for vkey in (old.vkey, NEXT.vkey):
            assert verify_folder(tmp_path, vkey).ok is (vkey in keys)


def test_a_checkpoint_is_signed_again_when_a_key_comes_and_nothing_was_added(tmp_path: Path) -> None:
    with SealedLog.open(tmp_path, log_signer()) as log:
        log.add(entries(0, 3))
        log.checkpoint()
    with SealedLog.open(tmp_path, log_signer(), (NEXT,)) as log:
        log.checkpoint()
    assert verify_folder(tmp_path, NEXT.vkey).ok


def test_a_log_under_neither_key_is_not_taken_up(tmp_path: Path) -> None:
    with SealedLog.open(tmp_path, log_signer()) as log:
        log.add(entries(0, 3))
        log.checkpoint()
    with pytest.raises(AnotherLog):
        SealedLog.open(tmp_path, NEXT)
