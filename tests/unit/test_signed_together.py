"""Statements signed together: each is proved alone, by the same keys, and by nothing that was changed."""

import base64
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from audit.merkle import leaf_hashes, root_of
from contracts import signature
from contracts.errors import NotGenuine
from contracts.signature import Attributes, Signed
from contracts.signed_root import MOST, ProvedRoots, sign_root
from tests.support.exchange import attributes, pinned, signing_key

KEY = signing_key()
SIZES = (1, 2, 3, 4, 5, 6, 7, 8, 9, 31, 32, 33, 100)


def statements(count: int) -> tuple[tuple[bytes, Attributes], ...]:
    return tuple((f'{{"said":{number}}}'.encode(), attributes()) for number in range(count))


def signature_of(signed: Signed) -> bytes:
    text = signed.jws.partition("..")[2]
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def with_signature(signed: Signed, raw: bytes) -> Signed:
    text = base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
    return replace(signed, jws=f"{signed.jws.partition('..')[0]}..{text}")


def code_of(signed: Signed, keys: dict[str, Ed25519PublicKey] | None = None) -> str:
    with pytest.raises(NotGenuine) as refused:
        signature.verify(signed, keys or pinned(KEY))
    return refused.value.code


@pytest.mark.parametrize("count", SIZES)
def test_each_is_proved_alone_with_nothing_of_the_others(count: int) -> None:
    for signed, (body, stated) in zip(signature.sign_together(statements(count), KEY), statements(count), strict=True):
        assert (signature.verify(signed, pinned(KEY)), signed.body) == (stated, body)


@pytest.mark.parametrize("count", SIZES)
def test_the_root_is_that_of_rfc_6962_as_the_log_computes_it(count: int) -> None:
    signed = signature.sign_together(statements(count), KEY)
    leaves = leaf_hashes([one.jws.partition("..")[0].encode() + b"." + one.body for one in signed])
    root = b"childhub/signed-root/v1\x00" + count.to_bytes(4) + root_of(leaves)
    KEY.private.public_key().verify(signature_of(signed[0])[8:72], root)


@given(count=st.integers(1, 40), which=st.integers(0, 39), bit=st.integers(0, 10_000))
def test_no_bit_of_the_signature_may_change(count: int, which: int, bit: int) -> None:
    signed = signature.sign_together(statements(count), KEY)[which % count]
    raw = bytearray(signature_of(signed))
    raw[bit // 8 % len(raw)] ^= 1 << bit % 8
    assert code_of(with_signature(signed, bytes(raw))).startswith("sig_")


@pytest.mark.parametrize("count", [2, 5, 8])
def test_neither_body_nor_header_nor_place_can_be_anothers(count: int) -> None:
    first, second, *_ = signature.sign_together(statements(count), KEY)
    assert code_of(replace(first, body=second.body)) == "sig_bytes"
    assert code_of(replace(first, body=first.body + b" ")) == "sig_bytes"
    assert code_of(with_signature(first, signature_of(second))) == "sig_bytes"
    other = signature.sign_together(((first.body, attributes(topic="in.school.v1")),), KEY)[0]
    assert code_of(with_signature(other, signature_of(first))) == "sig_bytes"


@pytest.mark.parametrize("change", ["short", "long", "cut", "outside", "more"])
def test_a_path_that_does_not_fit_its_place_is_refused(change: str) -> None:
    signed = signature.sign_together(statements(5), KEY)[2]
    raw = signature_of(signed)
    altered = {
        "short": raw[:-32],
        "long": raw + bytes(32),
        "cut": raw[:-1],
        "outside": (5).to_bytes(4) + raw[4:],
        "more": raw[:4] + (MOST + 1).to_bytes(4) + raw[8:],
    }[change]
    assert code_of(with_signature(signed, altered)) in {"sig_path", "sig_form"}


def test_a_single_signature_is_none_of_a_root_and_the_other_way_round() -> None:
    (together,) = signature.sign_together(statements(1), KEY)
    alone = signature.sign(*statements(1)[0], KEY)
    assert code_of(with_signature(together, signature_of(alone))) == "sig_form"
    assert code_of(with_signature(alone, signature_of(together))) == "sig_bytes"


def test_anothers_key_proves_none_of_it() -> None:
    (signed,) = signature.sign_together(statements(1), signing_key(seed=9))
    assert code_of(signed) == "sig_bytes"


def test_a_root_proved_before_proves_no_other_statement_and_no_other_key() -> None:
    proved = ProvedRoots()
    first, second = signature.sign_together(statements(2), KEY)
    signature.verify(first, pinned(KEY), proved)
    signature.verify(second, pinned(KEY), proved)
    with pytest.raises(NotGenuine):
        signature.verify(replace(second, body=b"{}"), pinned(KEY), proved)
    other = signing_key(seed=9)
    with pytest.raises(NotGenuine):
        signature.verify(second, {KEY.key_id: other.private.public_key()}, proved)


@pytest.mark.parametrize("count", [0, MOST + 1])
def test_a_root_stands_for_one_statement_at_least_and_not_for_any_number(count: int) -> None:
    with pytest.raises(ValueError, match="how many"):
        sign_root([b""] * count, KEY.private)
