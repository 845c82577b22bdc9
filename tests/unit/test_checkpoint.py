"""Are checkpoints, cosignatures, proof files and policies those of the C2SP specifications?"""

import base64

import pytest

from audit import commitment, merkle
from audit.checkpoint import (
    Checkpoint,
    CosignatureVerifier,
    cosigned_at,
    open_checkpoint,
    parse_checkpoint,
    parse_text,
    with_lines,
)
from audit.encoding import to_base64
from audit.errors import Malformed, NotSigned, ProofFails
from audit.note import NoteSigner, verify_note
from audit.policy import cosigned_by, cosigned_since, parse_policy
from audit.proof import Proof, encode_proof, parse_proof, verify_proof
from tests.support.sealed_logs import ORIGIN, cosigner, log_signer, private_key

# Worked out once with code of another hand: log key 32 x 01, witness 32 x 02, salts 32 x A0, A1, A2.
ENTRIES = tuple(
    commitment.entry(
        index,
        1_795_000_000_000_000 + index,
        commitment.commit(
            bytes([0xA0 + index]) * 32,
            commitment.body_bytes({"act": "read", "actor": "u1", "n": index, "purpose": "s47", "v": 1}),
        ),
    )
    for index in range(3)
)
LEAVES = merkle.leaf_hashes(ENTRIES)
ROOT = bytes.fromhex("818b5f92f8415d6c2055963624263744600ccd14cebe1f96ea1619e88e8b5c3e")
LOG_LINE = (
    "\u2014 hub.example/audit/2026 "
    "INVdPe53PfTWzqpTXCt3AjKzsfZBBMyhRTq/TlYvQlXNrQbMRC7GSt4rOQjwuHf/GSZ1qX39/WeUExfYirAMHJFSAAQ=\n"
)
WITNESS_LINE = (
    "\u2014 police.example/witness "
    "4H4y+wAAAABq/YckTmX/CmA4uV0SummNAr5MO6IXAmnTaysTxECu55u1RpDkIAh4N2QYfy0t50Db1TzwAVw6/31nSOm62GPiSebtCA==\n"
)
INCLUSION = ("9q5FrrL+uKVWrrdIyOove0EH0O2O17NATQYGSd8lM6o=", "IM+Hq3RdpVHnOKGNEjTWVJI8GMDoRH4B6JDDGKjs6PU=")
SIGNED = log_signer().sign(Checkpoint(ORIGIN, 3, ROOT).text)


def node(level: int, index: int) -> bytes:
    return merkle.root_of(LEAVES[(index << level) * 32 : ((index + 1) << level) * 32])


def test_the_entries_and_their_root_are_those_worked_out_beforehand() -> None:
    assert ENTRIES[1] == b'{"c":"jI8FkqXJi0HYGckgeeU69juVNSyoWXwbj5vJcetSkGU=","i":1,"t":1795000000000001,"v":1}'
    assert LEAVES[32:64].hex() == "fff80a6841ef1ca2b475791f3a4024fac53fb29080d5123e7b9e983efffdac6c"
    assert merkle.root_of(LEAVES) == ROOT
    assert to_base64(merkle.root_of(LEAVES[:64])) == "wnBDpSSll+d6vETM7lxBWit/pTVTCRvuFvBtA5iJL7k="
    assert tuple(map(to_base64, merkle.inclusion_proof(1, 3, node))) == INCLUSION
    assert tuple(map(to_base64, merkle.consistency_proof(2, 3, node))) == INCLUSION[1:]


def test_the_log_and_the_witness_sign_byte_for_byte_as_worked_out_beforehand() -> None:
    text = Checkpoint(ORIGIN, 3, ROOT).text
    assert text == f"{ORIGIN}\n3\n{base64.b64encode(ROOT).decode()}\n"
    assert f"{text}\n{LOG_LINE}".encode() == SIGNED
    assert cosigner().cosign(text, 1_795_000_100) == WITNESS_LINE.encode()


def test_a_checkpoint_with_its_witness_is_verified() -> None:
    raw = with_lines(SIGNED, WITNESS_LINE.encode())
    assert open_checkpoint(raw, (log_signer().vkey,)) == Checkpoint(ORIGIN, 3, ROOT)
    assert len(verify_note(parse_checkpoint(raw)[1], [CosignatureVerifier(cosigner().vkey)])) == 1
    assert with_lines(raw, WITNESS_LINE.encode()) == raw


def test_a_cosignature_does_not_hold_for_another_time_or_text() -> None:
    verifier = CosignatureVerifier(cosigner().vkey)
    text = Checkpoint(ORIGIN, 3, ROOT).text
    line = parse_checkpoint(with_lines(SIGNED, cosigner().cosign(text, 1000)))[1].signatures[1]
    assert verifier.verify(text, line.signature)
    assert not verifier.verify(text, (1001).to_bytes(8, "big") + line.signature[8:])
    assert not verifier.verify(text.replace("3\n", "4\n", 1), line.signature)
    assert not verifier.verify(text, line.signature[8:])
    assert not verifier.verify(text, b"\xff" * 72)


def test_a_time_before_1970_is_not_cosigned() -> None:
    with pytest.raises(Malformed):
        cosigner().cosign("text\n", -1)


def test_a_checkpoint_signed_under_another_name_than_its_origin_is_not_the_logs() -> None:
    other = NoteSigner("other.example/log", private_key(1))
    raw = other.sign(Checkpoint(ORIGIN, 3, ROOT).text)
    with pytest.raises(NotSigned):
        open_checkpoint(raw, (other.vkey,))


@pytest.mark.parametrize(
    "text",
    [
        "origin\n3\n",
        "",
        f"\n3\n{to_base64(ROOT)}\n",
        f"origin\n03\n{to_base64(ROOT)}\n",
        f"origin\n-3\n{to_base64(ROOT)}\n",
        f"origin\n{2**63}\n{to_base64(ROOT)}\n",
        f"origin\n\u0663\n{to_base64(ROOT)}\n",
        f"origin\n3\n{to_base64(ROOT[:31])}\n",
        f"origin\n3\n{to_base64(ROOT)} \n",
        f"origin\n3\n{to_base64(ROOT)}\n\n",
        f"origin\n3\n{to_base64(ROOT)}",
    ],
)
def test_a_text_that_is_no_checkpoint_is_malformed(text: str) -> None:
    with pytest.raises(Malformed):
        parse_text(text)


def test_extension_lines_are_kept_as_they_are() -> None:
    text = f"origin\n3\n{to_base64(ROOT)}\nmore\n"
    assert parse_text(text).extensions == ("more",)
    assert parse_text(text).text == text


@pytest.mark.parametrize("extra", [None, b"", b"anything"])
def test_a_proof_file_reads_back_and_verifies(extra: bytes | None) -> None:
    hashes = merkle.inclusion_proof(1, 3, node)
    raw = encode_proof(Proof(1, hashes, SIGNED, extra))
    assert raw.startswith(b"c2sp.org/tlog-proof@v1\n")
    assert parse_proof(raw) == Proof(1, hashes, SIGNED, extra)
    assert verify_proof(raw, ENTRIES[1], (log_signer().vkey,))[1].size == 3


def test_a_proof_file_does_not_hold_for_another_entry_or_key() -> None:
    raw = encode_proof(Proof(1, merkle.inclusion_proof(1, 3, node), SIGNED))
    with pytest.raises(ProofFails):
        verify_proof(raw, ENTRIES[2], (log_signer().vkey,))
    with pytest.raises(NotSigned):
        verify_proof(raw, ENTRIES[1], (NoteSigner(ORIGIN, private_key(3)).vkey,))


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"c2sp.org/tlog-proof@v2\nindex 1\n\n" + SIGNED,
        b"c2sp.org/tlog-proof@v1\n\n" + SIGNED,
        b"c2sp.org/tlog-proof@v1\nindex 01\n\n" + SIGNED,
        b"c2sp.org/tlog-proof@v1\nextra !\nindex 1\n\n" + SIGNED,
        b"c2sp.org/tlog-proof@v1\nindex 1\nAAAA\n\n" + SIGNED,
        b"c2sp.org/tlog-proof@v1\nindex 1\n" + (to_base64(ROOT).encode() + b"\n") * 64 + b"\n" + SIGNED,
        b"c2sp.org/tlog-proof@v1\nindex \xff\n\n" + SIGNED,
    ],
)
def test_a_file_that_is_no_proof_is_malformed(raw: bytes) -> None:
    with pytest.raises(Malformed):
        parse_proof(raw)


POLICY = "\n".join(
    (
        "# who must have seen it",
        f"log {log_signer().vkey} https://hub.example",
        *(f"witness W{seed}\t{cosigner(f'w{seed}.example', seed).vkey}" for seed in range(2, 7)),
        "group police 2 W2 W3 W4",
        "group health any W5 W6",
        "group both all police health",
        "quorum both",
        "",
    )
)


@pytest.mark.parametrize(
    ("cosigned", "enough"),
    [
        ({"W2", "W3", "W5"}, True),
        ({"W2", "W3", "W4", "W5", "W6"}, True),
        ({"W2", "W5", "W6"}, False),
        ({"W2", "W3", "W4"}, False),
        (set(), False),
    ],
)
def test_a_quorum_is_counted_through_its_groups(cosigned: set[str], enough: bool) -> None:
    assert parse_policy(POLICY.encode()).is_met_by(frozenset(cosigned)) is enough


def test_the_witnesses_of_a_policy_are_found_on_a_checkpoint_and_others_passed_over() -> None:
    text = Checkpoint(ORIGIN, 3, ROOT).text
    lines = cosigner("w2.example", 2).cosign(text, 5) + cosigner("stranger.example", 9).cosign(text, 5)
    assert set(cosigned_by(parse_policy(POLICY.encode()), with_lines(SIGNED, lines))) == {"W2"}
    assert cosigned_by(parse_policy(POLICY.encode()), SIGNED) == {}


def test_of_two_lines_of_one_witness_the_newer_counts() -> None:
    text, one = Checkpoint(ORIGIN, 3, ROOT).text, cosigner("w2.example", 2)
    for times in ((5, 9), (9, 5)):
        lines = b"".join(one.cosign(text, at) for at in times)
        (line,) = cosigned_by(parse_policy(POLICY.encode()), with_lines(SIGNED, lines)).values()
        assert cosigned_at(line.signature) == 9


@pytest.mark.parametrize(
    ("quorum", "not_after", "since"),
    [("police", 300, 200), ("police", 250, 100), ("police", 150, None), ("none", 250, 200)],
)
def test_since_when_enough_have_cosigned_and_a_clock_that_ran_ahead_makes_nothing_fresher(
    quorum: str, not_after: int, since: int | None
) -> None:
    text = Checkpoint(ORIGIN, 3, ROOT).text
    lines = b"".join(cosigner(f"w{seed}.example", seed).cosign(text, 100 * (seed - 1)) for seed in (2, 3, 4))
    policy = parse_policy(POLICY.replace("quorum both", f"quorum {quorum}").encode())
    assert cosigned_since(policy, with_lines(SIGNED, lines), not_after) == since


def test_a_witness_line_that_does_not_verify_is_not_passed_over() -> None:
    forged = with_lines(SIGNED, cosigner("w2.example", 2).cosign("another text\n", 5))
    with pytest.raises(NotSigned):
        cosigned_by(parse_policy(POLICY.encode()), forged)


@pytest.mark.parametrize(
    "lines",
    [
        "",
        "quorum W1",
        "quorum none\nquorum none",
        f"witness none {cosigner().vkey}\nquorum none",
        f"witness A {cosigner().vkey}\nwitness A {cosigner('b.example', 3).vkey}\nquorum A",
        f"witness A {cosigner().vkey}\nwitness B {cosigner('b.example', 2).vkey}\nquorum A",
        f"witness A {log_signer().vkey}\nquorum A",
        f"log {cosigner().vkey}\nquorum none",
        f"log {log_signer().vkey}\nlog {NoteSigner('b.example', private_key(1)).vkey}\nquorum none",
        f"witness A {cosigner().vkey}\ngroup G 2 A\nquorum G",
        f"witness A {cosigner().vkey}\ngroup G 1 A\nwitness G {cosigner('b.example', 3).vkey}\nquorum G",
        f"witness A {cosigner().vkey}\ngroup G 0 A\nquorum G",
        f"witness A {cosigner().vkey}\ngroup G \u0661 A\nquorum G",
        f"witness A {cosigner().vkey}\ngroup G all A A\nquorum G",
        f"witness A {cosigner().vkey}\ngroup G all A\ngroup H all A\nquorum H",
        f"group G all A\nwitness A {cosigner().vkey}\nquorum G",
        "group G all\nquorum none",
        "quorum none\r",
        "quorum none\n# said \x07",
        "something else",
    ],
)
def test_a_policy_that_does_not_hold_together_is_malformed(lines: str) -> None:
    with pytest.raises(Malformed):
        parse_policy(lines.encode())


def test_a_policy_that_asks_for_nobody_is_met_by_nobody() -> None:
    assert parse_policy(b" quorum\tnone ").is_met_by(frozenset())
