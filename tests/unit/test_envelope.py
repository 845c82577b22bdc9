"""Is a sealed message read by its reader alone, from the source, under the id and on the topic it was made for?

Rows 18-34 of the bad-input corpus, as far as the envelope decides them.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from contracts import envelope, signature
from contracts.envelope import CONTENT_TYPE, MAX_VALUE_BYTES, SEALED_TYPE, Cipher, PrivateKey, Sealed
from contracts.errors import ContractError, NotForUs, NotGenuine
from contracts.signature import Attributes, Signed, SigningKey
from contracts.trace_context import TRACE_HEADER
from tests.support.exchange import (
    BODY,
    EVENT_ID,
    POLICE,
    SCHOOL,
    TOPIC,
    attributes,
    pinned,
    reading_keys,
    signing_key,
)

POLICE_KEY = signing_key()
SCHOOL_KEY = signing_key("meadow-lane-2025-1", seed=2)
KEYS = {POLICE: pinned(POLICE_KEY), SCHOOL: pinned(SCHOOL_KEY)}
HUB, HYBRID_HUB = reading_keys()
OTHER_HUB, OTHER_HYBRID_HUB = reading_keys()
OTHER_ID = "6f1d4c5e-6f0b-5c3a-9d0e-3a5a0f6f7d11"

both_suites = pytest.mark.parametrize(
    ("hub", "other"), [(HUB, OTHER_HUB), (HYBRID_HUB, OTHER_HYBRID_HUB)], ids=["X25519", "ML-KEM-768 + X25519"]
)


def sealed_by(key: SigningKey, stated: Attributes, hub: PrivateKey = HUB) -> Sealed:
    return envelope.seal(BODY, stated, key, hub.public_key())


def with_header(sealed: Sealed, name: str, value: str | None) -> Sealed:
    """The message with one header set, or taken out."""
    others = tuple((key, kept) for key, kept in sealed.headers if key != name)
    return replace(sealed, headers=others if value is None else (*others, (name, value)))


def code_of(sealed: Sealed, topic: str = TOPIC, hub: PrivateKey = HUB) -> str:
    """The code with which the message is refused."""
    with pytest.raises((NotForUs, NotGenuine)) as refused:
        envelope.unseal(sealed, topic, hub, KEYS)
    return refused.value.code


@both_suites
def test_the_reader_gets_the_body_and_its_attributes(hub: PrivateKey, other: PrivateKey) -> None:
    stated, signed = envelope.unseal(sealed_by(POLICE_KEY, attributes(), hub), TOPIC, hub, KEYS)
    assert stated == attributes()
    assert signed.body == BODY
    assert code_of(sealed_by(POLICE_KEY, attributes(), other), hub=hub) == "seal_open"


@both_suites
def test_every_byte_of_the_sealed_value_counts(hub: PrivateKey, other: PrivateKey) -> None:
    sealed = sealed_by(POLICE_KEY, attributes(), hub)
    for place in (*range(0, len(sealed.value), 7), len(sealed.value) - 1):
        changed = bytearray(sealed.value)
        changed[place] ^= 0x40
        assert code_of(replace(sealed, value=bytes(changed)), hub=hub) == "seal_open"
    for length in range(0, len(sealed.value), 11):
        assert code_of(replace(sealed, value=sealed.value[:length]), hub=hub) == "seal_open"


def test_the_two_suites_do_not_open_each_other() -> None:
    assert code_of(sealed_by(POLICE_KEY, attributes(), HYBRID_HUB), hub=HUB) == "seal_open"
    assert code_of(sealed_by(POLICE_KEY, attributes(), HUB), hub=HYBRID_HUB) == "seal_open"


def test_sealing_twice_never_gives_the_same_bytes() -> None:
    assert sealed_by(POLICE_KEY, attributes()).value != sealed_by(POLICE_KEY, attributes()).value


def test_the_broker_sees_no_type_and_no_word() -> None:
    sealed = sealed_by(POLICE_KEY, attributes())
    assert dict(sealed.headers) == {
        "ce_specversion": "1.0",
        "ce_id": str(EVENT_ID),
        "ce_source": POLICE,
        "ce_type": SEALED_TYPE,
        "ce_time": "2025-11-03T05:50:12Z",
        "content-type": CONTENT_TYPE,
    }
    carried = repr(sealed.headers).encode() + sealed.value
    assert b"domestic_abuse" not in carried
    assert b"child" not in carried.replace(b"childhub", b"")


@pytest.mark.parametrize("name", ["ce_id", "ce_source", "ce_type", "ce_time", "ce_specversion", "content-type"])
def test_row_18_no_attribute_may_be_missing(name: str) -> None:
    code = "specversion" if name == "ce_specversion" else "seal_context"
    assert code_of(with_header(sealed_by(POLICE_KEY, attributes()), name, None)) == code


@pytest.mark.parametrize("version", ["0.3", "2.0", "1.0.0", "1", ""])
def test_row_19_another_specversion(version: str) -> None:
    assert code_of(with_header(sealed_by(POLICE_KEY, attributes()), "ce_specversion", version)) == "specversion"


def test_row_20_a_message_in_another_agencys_name() -> None:
    """The school signs and seals as the police: its own key does not prove it."""
    assert code_of(sealed_by(SCHOOL_KEY, attributes())) == "sig_key"
    assert code_of(sealed_by(signing_key(POLICE_KEY.key_id, seed=2), attributes())) == "sig_bytes"


def test_row_20_a_source_nobody_enrolled() -> None:
    stranger = attributes(source="urn:childhub:agency:nobody")
    assert code_of(sealed_by(POLICE_KEY, stranger)) == "source_unknown"


def _resealed(stated: Attributes, shown: Attributes, key: SigningKey = POLICE_KEY) -> Sealed:
    """A genuine signed statement put by its receiver under other attributes and sealed again to the hub."""
    signed = signature.sign(BODY, stated, key)
    binding = b"\x00".join((b"childhub/seal/v1", str(shown.id).encode(), shown.source.encode(), shown.topic.encode()))
    value = Cipher.X25519.value.encrypt(envelope.pack(signed), HUB.public_key(), info=binding)
    return replace(sealed_by(key, shown), value=value)


@pytest.mark.parametrize(
    ("stated", "code"),
    [
        (attributes(topic="in.school.v1"), "topic_forged"),
        (attributes(source=SCHOOL), "source_forged"),
        (attributes(time=datetime(2024, 1, 1, tzinfo=UTC)), "time_forged"),
    ],
)
def test_a_genuine_statement_cannot_be_shown_under_other_attributes(stated: Attributes, code: str) -> None:
    assert envelope.unseal(_resealed(attributes(), attributes()), TOPIC, HUB, KEYS)[0] == attributes()
    assert code_of(_resealed(stated, attributes())) == code


@both_suites
def test_a_sealed_message_cannot_be_moved(hub: PrivateKey, other: PrivateKey) -> None:
    sealed = sealed_by(POLICE_KEY, attributes(), hub)
    assert code_of(sealed, topic="in.school.v1", hub=hub) == "seal_open"
    assert code_of(with_header(sealed, "ce_source", SCHOOL), hub=hub) == "seal_open"
    assert code_of(with_header(sealed, "ce_id", OTHER_ID), hub=hub) == "seal_open"


def test_a_changed_time_is_seen() -> None:
    assert code_of(with_header(sealed_by(POLICE_KEY, attributes()), "ce_time", "2025-11-03T05:50:13Z")) == "time_forged"


@pytest.mark.parametrize(
    "name",
    [
        "ce_subject",
        "ce_dataschema",
        "ce_traceparent",
        "ce_partitionkey",
        "tracestate",
        "baggage",
        "ce_data_base64",
        "CE_ID",
        "name",
    ],
)
def test_rows_23_to_29_any_other_header_is_refused_unread(name: str) -> None:
    """A subject or extension could hold a name; a schema address could be fetched; none is looked at."""
    sealed = with_header(sealed_by(POLICE_KEY, attributes()), name, "nhs:9990000018")
    with pytest.raises(NotForUs) as refused:
        envelope.unseal(sealed, TOPIC, HUB, KEYS)
    assert refused.value.code == "pii_in_context"
    assert "9990000018" not in repr(refused.value)


@pytest.mark.parametrize("name", sorted(envelope.HEADER_NAMES))
def test_no_header_may_come_twice(name: str) -> None:
    sealed = sealed_by(POLICE_KEY, attributes())
    once = (*sealed.headers, (TRACE_HEADER, "")) if name == TRACE_HEADER else sealed.headers
    twice = replace(sealed, headers=(*once, (name, sealed.header(name) or "")))
    assert code_of(twice) == "pii_in_context"


@pytest.mark.parametrize(
    "time",
    [
        "2025-11-03T05:50:12",
        "2025-11-03T25:61:00Z",
        "2025-11-03T05:50:12+00:00",
        "2025-11-03 05:50:12Z",
        "2025-11-03T05:50:12Z\n",
        "2025-02-30T00:00:00Z",
        "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59Z",
        "٢025-11-03T05:50:12Z",
        "",
    ],
)
def test_row_26_a_time_that_is_none(time: str) -> None:
    assert code_of(with_header(sealed_by(POLICE_KEY, attributes()), "ce_time", time)) == "seal_context"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("content-type", "application/json"),
        ("content-type", f"{CONTENT_TYPE}; charset=utf-7"),
        ("content-type", "application/cloudevents-batch+json"),
        ("ce_type", "uk.childhub.concern.raised.v2"),
        ("ce_id", OTHER_ID.upper()),
        ("ce_id", "{" + OTHER_ID + "}"),
        ("ce_id", "9990000018"),
        ("ce_source", ""),
        ("ce_source", "nhs:9990000018"),
        ("ce_source", "urn:childhub:agency:a\x00b"),
        ("ce_source", "urn:childhub:agency:\udcff"),
        ("ce_source", "urn:childhub:agency:" + "x" * 300),
    ],
)
def test_rows_28_and_30_other_forms(name: str, value: str) -> None:
    assert code_of(with_header(sealed_by(POLICE_KEY, attributes()), name, value)) == "seal_context"


def test_row_34_a_tombstone_deletes_nothing() -> None:
    assert code_of(Sealed(headers=sealed_by(POLICE_KEY, attributes()).headers, value=b"")) == "seal_open"


def test_a_value_beyond_the_limit_is_not_opened() -> None:
    sealed = replace(sealed_by(POLICE_KEY, attributes()), value=bytes(MAX_VALUE_BYTES + 1))
    assert code_of(sealed) == "too_big"


@pytest.mark.parametrize(
    "packed", [b"", b"\x00\x00", b"\x00\x00\x00\x02a", b"\xff\xff\xff\xffabc", b"\x00\x00\x00\x01\xe9"]
)
def test_what_was_not_packed_by_us_is_refused(packed: bytes) -> None:
    with pytest.raises(NotForUs, match="seal_form"):
        envelope.unpack(packed)


def test_packing_keeps_every_byte() -> None:
    signed = Signed(jws="a..b", body=bytes(range(256)))
    assert envelope.unpack(envelope.pack(signed)) == signed


def test_a_time_in_another_zone_is_written_in_utc() -> None:
    """The header and the signature must name one instant, whatever zone the sender's clock was in."""
    local = attributes().time + timedelta(0)
    stated = attributes(time=local.astimezone(datetime.fromisoformat("2025-06-01T00:00:00+01:00").tzinfo))
    sealed = sealed_by(POLICE_KEY, stated)
    assert sealed.header("ce_time") == "2025-11-03T05:50:12Z"
    assert envelope.unseal(sealed, TOPIC, HUB, KEYS)[0] == attributes()


def _unsigned(signed: Signed) -> Signed:
    return Signed(jws="", body=signed.body)


def _other_body(signed: Signed) -> Signed:
    return Signed(jws=signed.jws, body=b"{}")


@pytest.mark.parametrize(("change", "code"), [(_unsigned, "sig_form"), (_other_body, "sig_bytes")])
def test_row_31_a_good_seal_proves_nothing_about_the_signature(change: Callable[[Signed], Signed], code: str) -> None:
    packed = envelope.pack(change(signature.sign(BODY, attributes(), POLICE_KEY)))
    binding = b"\x00".join((b"childhub/seal/v1", str(EVENT_ID).encode(), POLICE.encode(), TOPIC.encode()))
    value = Cipher.X25519.value.encrypt(packed, HUB.public_key(), info=binding)
    assert code_of(replace(sealed_by(POLICE_KEY, attributes()), value=value)) == code


def test_no_error_repeats_what_was_sent() -> None:
    with pytest.raises(ContractError) as refused:
        envelope.unseal(with_header(sealed_by(POLICE_KEY, attributes()), "ce_source", "Jane"), TOPIC, HUB, KEYS)
    assert "Jane" not in f"{refused.value!r}{refused.value.where}"


def test_the_id_the_bus_sees_may_be_another_and_the_true_one_comes_out() -> None:
    shown = UUID(OTHER_ID)
    message = envelope.seal(BODY, attributes(), POLICE_KEY, HUB.public_key(), shown)
    assert message.header("ce_id") == str(shown)
    assert str(attributes().id).encode() not in message.value
    proved, _ = envelope.unseal(message, attributes().topic, HUB, KEYS)
    assert proved.id == attributes().id


def test_a_message_put_under_another_outside_id_does_not_open() -> None:
    message = envelope.seal(BODY, attributes(), POLICE_KEY, HUB.public_key(), UUID(OTHER_ID))
    moved = tuple((name, str(attributes().id) if name == "ce_id" else value) for name, value in message.headers)
    with pytest.raises(NotForUs):
        envelope.unseal(replace(message, headers=moved), attributes().topic, HUB, KEYS)
