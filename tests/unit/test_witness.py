"""Does a witness answer as tlog-witness says, and remember before it answers?"""

import threading
from pathlib import Path

import pytest

from audit.checkpoint import Checkpoint, CosignatureVerifier, parse_checkpoint
from audit.encoding import to_base64
from audit.errors import CannotKeep, LogDamaged
from audit.log import SealedLog
from audit.merkle import EMPTY_ROOT
from audit.note import NoteSigner, verify_note
from audit.witness import SIZE_TYPE, Witness
from tests.support.sealed_logs import ORIGIN, cosigner, entries, log_signer, private_key

NOW = 1_795_000_100


def request(old: int, proof: tuple[bytes, ...], note: bytes) -> bytes:
    return "\n".join((f"old {old}", *map(to_base64, proof), "", "")).encode() + note


def signed(size: int, root: bytes, signer: NoteSigner | None = None, origin: str = ORIGIN) -> bytes:
    return (signer or log_signer()).sign(Checkpoint(origin, size, root).text)


@pytest.fixture
def witness(tmp_path: Path) -> Witness:
    return Witness(tmp_path / "state.json", cosigner(), {ORIGIN: (log_signer().vkey,)})


@pytest.fixture
def log(tmp_path: Path) -> SealedLog:
    made = SealedLog.open(tmp_path / "log", log_signer())
    made.add(entries(0, 5))
    return made


def test_a_log_that_only_grows_is_cosigned(witness: Witness, log: SealedLog) -> None:
    old = 0
    for size in (5, 5, 300):
        log.add(entries(log.size, size))
        answer = witness.add_checkpoint(request(old, log.consistency(old), log.checkpoint()), NOW + size)
        assert answer.status == 200
        note = parse_checkpoint(log.checkpoint() + answer.body)[1]
        assert len(verify_note(note, [CosignatureVerifier(cosigner().vkey)])) == 1
        assert witness.latest(ORIGIN) == log.checkpoint() + answer.body
        old = size
    assert witness.evidence() == ()


def test_a_log_of_size_zero_may_be_cosigned(witness: Witness) -> None:
    assert witness.add_checkpoint(request(0, (), signed(0, EMPTY_ROOT)), NOW).status == 200
    assert witness.add_checkpoint(request(0, (), signed(0, bytes(32))), NOW).status == 422


def test_its_own_earlier_line_does_not_pile_up_and_anothers_stays(witness: Witness, log: SealedLog) -> None:
    signed_by_log = log.checkpoint()
    earlier = witness.add_checkpoint(request(0, (), signed_by_log), NOW).body
    others = cosigner("other.example", 3).cosign(parse_checkpoint(signed_by_log)[1].text, NOW)
    again = witness.add_checkpoint(request(5, log.consistency(5), signed_by_log + earlier + others), NOW + 1)
    assert again.status == 200
    assert witness.latest(ORIGIN) == signed_by_log + others + again.body


def test_what_was_cosigned_outlives_the_process(tmp_path: Path, witness: Witness, log: SealedLog) -> None:
    witness.add_checkpoint(request(0, (), log.checkpoint()), NOW)
    again = Witness(tmp_path / "state.json", cosigner(), {ORIGIN: (log_signer().vkey,)})
    answer = again.add_checkpoint(request(0, (), log.checkpoint()), NOW)
    assert (answer.status, answer.content_type, answer.body) == (409, SIZE_TYPE, b"5\n")


def test_each_refusal_has_its_status(witness: Witness, log: SealedLog) -> None:
    five = log.checkpoint()
    assert witness.add_checkpoint(request(0, (), five), NOW).status == 200
    log.add(entries(5, 9))
    nine, proof = log.checkpoint(), log.consistency(5)
    other_key = signed(9, log.root(), NoteSigner(ORIGIN, private_key(3)))
    unknown = signed(9, log.root(), NoteSigner("other.example", private_key(3)), "other.example")
    for status, raw in (
        (400, b"anything"),
        (400, request(5, proof, b"no note")),
        (400, request(5, (bytes(32),) * 64, nine)),
        (400, b"old 05\n\n" + nine),
        (400, request(10, (), nine)),
        (404, request(5, proof, unknown)),
        (403, request(5, proof, other_key)),
        (409, request(0, (), nine)),
        (409, request(4, proof, nine)),
        (422, request(5, (), nine)),
        (422, request(5, proof[:-1], nine)),
        (422, request(5, proof, signed(9, bytes(32)))),
        (422, request(5, (), signed(5, bytes(32)))),
        (422, request(5, proof, five)),
        (200, request(5, proof, nine)),
    ):
        assert witness.add_checkpoint(raw, NOW).status == status


def test_a_proof_from_nothing_is_refused(witness: Witness, log: SealedLog) -> None:
    assert witness.add_checkpoint(request(0, (bytes(32),), log.checkpoint()), NOW).status == 422


def test_a_signed_request_that_is_refused_is_kept_as_evidence(witness: Witness, log: SealedLog) -> None:
    witness.add_checkpoint(request(0, (), log.checkpoint()), NOW)
    fork = request(0, (), signed(5, bytes(32)))
    assert witness.add_checkpoint(fork, NOW).status == 409
    assert witness.evidence() == (fork,)
    witness.add_checkpoint(request(0, (), signed(9, bytes(32))), NOW)
    witness.add_checkpoint(request(5, (), signed(9, bytes(32), NoteSigner(ORIGIN, private_key(3)))), NOW)
    assert witness.evidence() == (fork,)


def test_a_clock_that_went_back_cosigns_nothing(witness: Witness, log: SealedLog) -> None:
    assert witness.add_checkpoint(request(0, (), log.checkpoint()), NOW).status == 200
    assert witness.add_checkpoint(request(5, (), log.checkpoint()), NOW - 1).status == 503


def test_a_clock_that_went_back_makes_no_log_older_than_now(witness: Witness, log: SealedLog) -> None:
    assert witness.add_checkpoint(request(0, (), log.checkpoint()), NOW).status == 200
    assert [witness.ages(at)[ORIGIN] for at in (NOW + 7, NOW, NOW - 7)] == [7, 0, 0]


def test_of_two_logs_neither_is_forgotten_for_the_other(tmp_path: Path, log: SealedLog) -> None:
    other = NoteSigner("other.example/log", private_key(3))
    known = {ORIGIN: (log_signer().vkey,), other.name: (other.vkey,)}
    witness = Witness(tmp_path / "state.json", cosigner(), known)
    assert witness.add_checkpoint(request(0, (), log.checkpoint()), NOW).status == 200
    assert witness.add_checkpoint(request(0, (), signed(9, bytes(32), other, other.name)), NOW).status == 200
    assert witness.ages(NOW) == {ORIGIN: 0, other.name: 0}
    assert witness.add_checkpoint(request(0, (), log.checkpoint()), NOW).status == 409


@pytest.mark.parametrize("state", [b"", b"{", b"[]", b'{"a":1}', b'{"a":{"note":"x"}}'])
def test_a_witness_that_cannot_read_its_memory_does_not_begin_anew(
    tmp_path: Path, witness: Witness, log: SealedLog, state: bytes
) -> None:
    (tmp_path / "state.json").write_bytes(state)
    with pytest.raises(LogDamaged):
        witness.add_checkpoint(request(0, (), log.checkpoint()), NOW)


def test_a_witness_that_cannot_remember_does_not_answer(tmp_path: Path, log: SealedLog) -> None:
    (tmp_path / "file").write_bytes(b"")
    forgetful = Witness(tmp_path / "file" / "state.json", cosigner(), {ORIGIN: (log_signer().vkey,)})
    with pytest.raises(CannotKeep):
        forgetful.add_checkpoint(request(0, (), log.checkpoint()), NOW)


def test_of_many_at_once_one_wins_and_no_smaller_tree_after_it(tmp_path: Path, log: SealedLog) -> None:
    requests = []
    for size in range(6, 22):
        log.add(entries(log.size, size))
        requests.append(request(0, (), log.checkpoint()))
    statuses: list[int] = []

    def ask(raw: bytes) -> None:
        own = Witness(tmp_path / "state.json", cosigner(), {ORIGIN: (log_signer().vkey,)})
        statuses.append(own.add_checkpoint(raw, NOW).status)

    threads = [threading.Thread(target=ask, args=(raw,)) for raw in requests]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [200] + [409] * 15
