"""Does a signature prove who stated exactly these bytes under these attributes, and does every forgery fail?"""

import base64
import hmac
import json
from collections.abc import Callable, Mapping
from datetime import datetime
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from joserfc import jws
from joserfc.errors import BadSignatureError
from joserfc.jwk import OKPKey
from joserfc.registry import HeaderParameter

from contracts import signature
from contracts.errors import NotGenuine
from contracts.signature import Signed, SigningKey
from contracts.strict_json import Json
from tests.support.exchange import BODY, attributes, pinned, signing_key

KEY = signing_key()
OTHER_AGENCY = signing_key(seed=2)
OUR_HEADERS = ("top", "src", "eid", "ety", "iat", "seq")


def b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")


def unb64(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def header_of(signed: Signed) -> dict[str, Json]:
    header: dict[str, Json] = json.loads(unb64(signed.jws.split("..", maxsplit=1)[0]))
    return header


def forged(change: Mapping[str, Json], without: str = "", key: SigningKey = KEY) -> Signed:
    """What the key's own holder would get by signing a header changed in this way: only the header is wrong."""
    header = {**header_of(signature.sign(BODY, attributes(), key)), **change}
    header.pop(without, None)
    protected = b64(json.dumps(header).encode())
    return Signed(jws=f"{protected}..{b64(key.private.sign(protected.encode() + b'.' + BODY))}", body=BODY)


def code_of(signed: Signed) -> str:
    """The code with which the signature is refused."""
    with pytest.raises(NotGenuine) as refused:
        signature.verify(signed, pinned(KEY))
    return refused.value.code


def test_what_was_signed_is_proved_with_its_attributes() -> None:
    signed = signature.sign(BODY, attributes(), KEY)
    assert signature.verify(signed, pinned(KEY)) == attributes()
    assert signature.claimed(signed.jws) == attributes()


def test_the_signature_is_over_the_exact_bytes() -> None:
    """RFC 7797: the signing input is the protected header, a full stop, and the body as it is."""
    signed = signature.sign(BODY, attributes(), KEY)
    protected, _, sealed = signed.jws.partition("..")
    KEY.private.public_key().verify(unb64(sealed), protected.encode() + b"." + BODY)
    assert header_of(signed)["alg"] == "Ed25519"
    assert (header_of(signed)["b64"], header_of(signed)["crit"]) == (False, ["b64"])


def test_keys_are_those_of_rfc_8037() -> None:
    """RFC 8037 appendix A: this private key has this public half and gives this signature."""
    private = Ed25519PrivateKey.from_private_bytes(unb64("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"))
    public = private.public_key()
    raw = public.public_bytes(Encoding.Raw, PublicFormat.Raw)
    assert b64(raw) == "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"
    input_ = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc"
    given = "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg"
    assert b64(private.sign(input_.encode())) == given
    theirs = Signed(jws=f"{input_.partition('.')[0]}..{given}", body=b"Example of Ed25519 signing")
    with pytest.raises(NotGenuine, match="sig_header"):
        signature.verify(theirs, {"": public})


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"alg": "none"}, "sig_algorithm"),
        ({"alg": "EdDSA"}, "sig_algorithm"),
        ({"alg": "HS256"}, "sig_algorithm"),
        ({"alg": "ES256"}, "sig_algorithm"),
        ({"alg": "ed25519"}, "sig_algorithm"),
        ({"alg": None}, "sig_algorithm"),
        ({"jku": "https://keys.example/jwks"}, "sig_header"),
        ({"jwk": {"kty": "OKP", "crv": "Ed25519"}}, "sig_header"),
        ({"x5u": "https://keys.example/chain"}, "sig_header"),
        ({"x5c": []}, "sig_header"),
        ({"crit": []}, "sig_header"),
        ({"crit": ["b64", "exp"]}, "sig_header"),
        ({"crit": "b64"}, "sig_header"),
        ({"b64": True}, "sig_header"),
        ({"b64": 0}, "sig_header"),
        ({"typ": "JWT"}, "sig_header"),
        ({"kid": "../../etc/key"}, "sig_key"),
        ({"kid": ""}, "sig_header"),
        ({"kid": ["northmoor-police-2025-1"]}, "sig_header"),
        ({"src": 1}, "sig_header"),
        ({"eid": "not-a-uuid"}, "sig_header"),
        ({"eid": "{0c6a4cf2-2f0e-5b60-9f55-0d2a7e5b0a11}"}, "sig_header"),
        ({"iat": True}, "sig_header"),
        ({"seq": "1"}, "sig_header"),
        ({"seq": "0000000G.1"}, "sig_header"),
        ({"seq": "00000001.0"}, "sig_header"),
        ({"seq": 7}, "sig_header"),
        ({"iat": 1.5}, "sig_header"),
        ({"iat": -1}, "sig_header"),
        ({"iat": 2**33}, "sig_header"),
        ({"top": "x" * 5000}, "sig_form"),
    ],
)
def test_a_header_of_another_making_is_refused(change: Mapping[str, Json], code: str) -> None:
    assert code_of(forged(change)) == code


@pytest.mark.parametrize("name", ["alg", "kid", "b64", "crit", "typ", "top", "src", "eid", "ety", "iat", "seq"])
def test_no_part_of_the_header_may_be_missing(name: str) -> None:
    assert code_of(forged({}, without=name)) == "sig_header"


def test_a_key_used_as_a_shared_secret_proves_nothing() -> None:
    """The old trick: HS256 with the public key, which everybody knows, as the secret."""
    header = {**header_of(signature.sign(BODY, attributes(), KEY)), "alg": "HS256"}
    protected = b64(json.dumps(header).encode())
    secret = KEY.private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    mac = hmac.digest(secret, protected.encode() + b"." + BODY, sha256)
    assert code_of(Signed(jws=f"{protected}..{b64(mac)}", body=BODY)) == "sig_algorithm"


def _no_signature(signed: Signed) -> str:
    return signed.jws.partition("..")[0] + ".."


def _attached(signed: Signed) -> str:
    protected, _, sealed = signed.jws.partition("..")
    return f"{protected}.{b64(BODY)}.{sealed}"


def _padded(signed: Signed) -> str:
    return signed.jws + "=="


def _loose_bits(signed: Signed) -> str:
    """The last letter holds four unused bits; setting one gives other text for the same signature."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    return signed.jws[:-1] + letters[letters.index(signed.jws[-1]) + 1]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (_no_signature, "sig_bytes"),
        (_attached, "sig_form"),
        (_padded, "sig_form"),
        (_loose_bits, "sig_form"),
        (lambda _: "", "sig_form"),
        (lambda _: "..", "sig_header"),
        (lambda signed: signed.jws + ".." + signed.jws, "sig_form"),
        (lambda signed: signed.jws[:-6], "sig_bytes"),
        (lambda signed: signed.jws[:-1] + "é", "sig_form"),
        (lambda signed: "\n" + signed.jws, "sig_form"),
    ],
)
def test_a_token_of_another_form_is_refused(change: Callable[[Signed], str], code: str) -> None:
    signed = signature.sign(BODY, attributes(), KEY)
    assert code_of(Signed(jws=change(signed), body=BODY)) == code


def test_another_agencys_key_under_this_ones_name_is_refused() -> None:
    assert code_of(signature.sign(BODY, attributes(), OTHER_AGENCY)) == "sig_bytes"


def test_a_key_that_is_not_pinned_is_refused() -> None:
    assert code_of(signature.sign(BODY, attributes(), signing_key("somebody-else", seed=1))) == "sig_key"


def test_any_flipped_byte_is_refused() -> None:
    signed = signature.sign(BODY, attributes(), KEY)
    for place in range(len(BODY)):
        changed = bytearray(BODY)
        changed[place] ^= 0x01
        assert code_of(Signed(jws=signed.jws, body=bytes(changed))) == "sig_bytes"


def test_the_same_object_written_again_is_not_the_same_statement() -> None:
    signed = signature.sign(BODY, attributes(), KEY)
    again = json.dumps(json.loads(BODY)).encode()
    assert json.loads(again) == json.loads(BODY)
    assert code_of(Signed(jws=signed.jws, body=again)) == "sig_bytes"


def test_a_time_without_its_zone_is_not_signed() -> None:
    with pytest.raises(ValueError, match="no zone"):
        attributes(time=datetime.fromisoformat("2025-11-03T05:50:12"))


def test_an_independent_library_verifies_ours_and_we_verify_its() -> None:
    registry = jws.JWSRegistry(
        {name: HeaderParameter(name, "str" if name != "iat" else "int") for name in OUR_HEADERS},
        algorithms=["Ed25519"],
    )
    theirs = OKPKey.import_key({"kty": "OKP", "crv": "Ed25519", "d": b64(b"\x01" * 32), "x": _public()})
    signed = signature.sign(BODY, attributes(), KEY)
    assert jws.deserialize_compact(signed.jws, theirs, registry=registry, payload=BODY).headers() == header_of(signed)
    with pytest.raises(BadSignatureError):
        jws.deserialize_compact(signed.jws, theirs, registry=registry, payload=BODY + b" ")
    ascii_body = b'{"about":"child"}'
    made = jws.serialize_compact(header_of(signed), ascii_body, theirs, registry=registry)
    detached = f"{made.split('.')[0]}..{made.split('.')[-1]}"
    assert signature.verify(Signed(jws=detached, body=ascii_body), pinned(KEY)) == attributes()


def _public() -> str:
    return b64(KEY.private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw))
