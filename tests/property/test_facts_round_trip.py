"""Are a fact's bytes read back as the same fact and the same bytes, whatever it holds, and is a changed bit refused?"""

import json
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker

from contracts import catalogue, export, signature
from contracts.errors import ContractError, NotGenuine
from contracts.event import Fact
from contracts.events.hub import AccessDecided
from contracts.events.shared import ConcernRaised
from contracts.signature import Signed
from tests.support.exchange import attributes, pinned, signing_key
from tests.support.facts import facts, reports

KEY = signing_key()
SCHEMAS = export.schemas()
every_fact = pytest.mark.parametrize("kind", catalogue.EVENTS, ids=lambda kind: kind.TYPE)
# Reports are slow to draw and differ only in their statements: one is searched well, the rest a little each.
patient = [HealthCheck.too_slow, HealthCheck.data_too_large]
few = settings(max_examples=4, suppress_health_check=patient)
many = settings(max_examples=60, suppress_health_check=patient)


def comes_back(fact: Fact) -> None:
    """The fact's bytes give the same fact and the same bytes, and the published schema takes them."""
    kind, body = type(fact), fact.to_bytes()
    read = kind.from_bytes(body, kind.VERSION)
    assert read == fact
    assert read.to_bytes() == body
    assert kind.from_kept_bytes(body, kind.VERSION) == fact
    checker = Draft202012Validator(SCHEMAS[f"{kind.TYPE}.v{kind.VERSION}"], format_checker=FormatChecker())
    assert not list(checker.iter_errors(json.loads(body)))


@every_fact
@few
@given(drawn=st.data())
def test_bytes_to_fact_to_bytes(kind: type[Fact], drawn: st.DataObject) -> None:
    comes_back(drawn.draw(facts(kind)))


@many
@given(fact=reports(ConcernRaised) | facts(AccessDecided))
def test_bytes_to_fact_to_bytes_searched_well(fact: Fact) -> None:
    comes_back(fact)


@settings(max_examples=40, suppress_health_check=patient)
@given(drawn=st.data())
def test_any_flipped_bit_of_what_was_signed_is_refused(drawn: st.DataObject) -> None:
    kind = drawn.draw(st.sampled_from(catalogue.REPORTS))
    signed = signature.sign(drawn.draw(reports(kind)).to_bytes(), attributes(), KEY)
    place = drawn.draw(st.integers(0, len(signed.body) * 8 - 1))
    changed = bytearray(signed.body)
    changed[place // 8] ^= 1 << place % 8
    with pytest.raises(NotGenuine, match="sig_bytes"):
        signature.verify(Signed(jws=signed.jws, body=bytes(changed)), pinned(KEY))


@given(drawn=st.data())
def test_any_changed_letter_of_the_signature_is_refused(drawn: st.DataObject) -> None:
    signed = signature.sign(b"{}", attributes(), KEY)
    place = drawn.draw(st.integers(0, len(signed.jws) - 1))
    letter = drawn.draw(st.characters().filter(lambda drawn_letter: drawn_letter != signed.jws[place]))
    with pytest.raises(NotGenuine):
        signature.verify(Signed(jws=signed.jws[:place] + letter + signed.jws[place + 1 :], body=b"{}"), pinned(KEY))


@given(body=st.binary(max_size=200), version=st.integers(-1, 3))
def test_bytes_that_are_no_fact_are_refused_with_a_code(body: bytes, version: int) -> None:
    with pytest.raises(ContractError):
        ConcernRaised.from_bytes(body, version)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(drawn=st.data(), value=JSON)
def test_a_part_of_another_shape_is_refused_with_a_code_or_read(drawn: st.DataObject, value: object) -> None:
    """Nothing that a partner may put in the place of a part makes reading fail in any other way."""
    part = drawn.draw(st.sampled_from(sorted(ConcernRaised.model_fields)))
    body = json.loads(EXAMPLE) | {part: value}
    for version in (1, 2):
        with suppress(ContractError):
            ConcernRaised.from_bytes(json.dumps(body).encode(), version).to_bytes()


EXAMPLE = (
    b'{"record":{"system":"s","record_id":"1"},"happened":{"precision":"unknown"},"recorded":{"precision":"unknown"},'
    b'"about":"child","people":[{"ref":"child","role":"child"}],"handling":{"purpose":"s47"},"family_told":"no",'
    b'"provenance":{"native_sha256":"' + b"0" * 64 + b'","adapter":"a","adapter_version":"1"}}'
)
