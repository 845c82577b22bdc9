"""Many signed statements in one seal: each comes out as it went in, and one that is bad stops no other."""

from dataclasses import replace
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from contracts import bundle, envelope, signature
from contracts.envelope import BUNDLE_TYPE, SEALED_TYPE, Sealed
from contracts.errors import NotForUs
from contracts.signature import Signed
from tests.support.exchange import TOPIC, attributes, pinned, reading_keys, signing_key

KEY, OUTSIDE = signing_key(), UUID("7b1c8d2e-54a0-4a8e-9f6e-0d9c1b2a3f44")
HUB = X25519PrivateKey.generate()


def statements(count: int, size: int = 20) -> tuple[bundle.Statement, ...]:
    return tuple((f"{number}".encode().ljust(size), attributes()) for number in range(count))


def sealed(count: int) -> Sealed:
    return bundle.seal_together(statements(count), KEY, HUB.public_key(), OUTSIDE)


def code_of(message: Sealed, topic: str = TOPIC) -> str:
    with pytest.raises(NotForUs) as refused:
        bundle.open_bundle(message, topic, HUB)
    return refused.value.code


@pytest.mark.parametrize("private", reading_keys())
def test_every_statement_comes_out_in_order_in_either_suite(private: envelope.PrivateKey) -> None:
    message = bundle.seal_together(statements(7), KEY, private.public_key(), OUTSIDE)
    opened = bundle.open_all(message, TOPIC, private)
    assert [(one.body, signature.verify(one, pinned(KEY))) for one in opened] == list(statements(7))


def test_one_statement_goes_as_a_message_of_its_own() -> None:
    message = sealed(1)
    assert message.header("ce_type") == SEALED_TYPE
    assert envelope.open_seal(message, TOPIC, HUB).body == statements(1)[0][0]


def test_a_bundle_shows_the_bus_no_more_than_a_message_does() -> None:
    headers = dict(sealed(3).headers)
    assert set(headers) == set(dict(sealed(1).headers))
    assert (headers["ce_id"], headers["ce_type"]) == (str(OUTSIDE), BUNDLE_TYPE)


@pytest.mark.parametrize("name", ["ce_id", "ce_source", "ce_type"])
def test_what_stands_outside_is_bound_to_what_is_inside(name: str) -> None:
    instead = {"ce_id": str(UUID(int=9)), "ce_source": "urn:childhub:agency:other", "ce_type": SEALED_TYPE}
    headers = tuple((key, instead[name] if key == name else value) for key, value in sealed(3).headers)
    with pytest.raises(NotForUs):
        bundle.open_all(replace(sealed(3), headers=headers), TOPIC, HUB)


def test_a_bundle_opens_on_its_own_topic_alone() -> None:
    assert code_of(sealed(3), "in.school.v1") == "seal_open"


def test_a_bundle_is_not_read_as_a_message_nor_a_message_as_a_bundle() -> None:
    with pytest.raises(NotForUs):
        envelope.open_seal(sealed(3), TOPIC, HUB)
    assert code_of(sealed(1)) == "seal_context"


@pytest.mark.parametrize("packed", [b"", b"\x00", b"\x00\x00\x00\x09abc", b"\x00\x00\x00\x00" * 1025])
def test_what_cannot_be_told_apart_is_refused_whole(packed: bytes) -> None:
    assert code_of(envelope.locked(BUNDLE_TYPE, packed, attributes(), HUB.public_key(), OUTSIDE)) == "seal_form"


def test_what_is_no_signed_statement_stops_no_other() -> None:
    good = signature.sign_together(statements(2), KEY)
    frames = [envelope.pack(good[0]), b"\xff\xff\xff\xff nonsense", envelope.pack(good[1])]
    packed = b"".join(len(one).to_bytes(4) + one for one in frames)
    message = envelope.locked(BUNDLE_TYPE, packed, attributes(), HUB.public_key(), OUTSIDE)
    assert bundle.open_bundle(message, TOPIC, HUB) == (good[0], Signed("", frames[1]), good[1])


def test_a_statement_taken_out_of_a_bundle_is_the_message_that_it_would_have_been() -> None:
    one = bundle.open_bundle(sealed(3), TOPIC, HUB)[1]
    alone = bundle.seal_out_of(sealed(3), TOPIC, one, HUB.public_key())
    keys = {attributes().source: pinned(KEY)}
    assert envelope.unseal(alone, TOPIC, HUB, keys) == (attributes(), one)


def test_many_are_cut_into_bundles_that_pass_easily_and_lose_nothing() -> None:
    many = (*statements(3000), *statements(40, size=200_000), *statements(1, size=1024 * 1024))
    parts = tuple(bundle.parts(many))
    assert tuple(one for part in parts for one in part) == many
    assert max(len(part) for part in parts) <= bundle.MOST_IN_BUNDLE
    values = [len(bundle.seal_together(part, KEY, HUB.public_key(), OUTSIDE).value) for part in parts]
    assert all(size <= bundle.BUNDLE_BYTES for size in values[:-1])
    assert values[-1] <= envelope.MAX_VALUE_BYTES


def test_nothing_makes_no_bundle() -> None:
    assert tuple(bundle.parts(())) == ()
    with pytest.raises(ValueError, match="how much"):
        bundle.seal_bundle((), attributes(), HUB.public_key(), OUTSIDE)
