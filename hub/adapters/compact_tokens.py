"""The outside of a signed token (JWS compact form, RFC 7515): its header and its payload, read strictly."""

import base64

from contracts import strict_json
from contracts.errors import ContractError
from contracts.strict_json import Json
from hub.domain.errors import SignInRefused

MAX_TOKEN = 16 * 1024
HEADER_FIELDS = frozenset({"alg", "kid", "typ", "x5t", "x5t#S256"})  # keys are never taken from a header


def header_of(token: str, algorithm: str, kinds: tuple[str | None, ...]) -> str:
    """The id of the key that it names. Raises SignInRefused (token_form, token_algorithm)."""
    if len(token) > MAX_TOKEN or not token.isascii():
        raise SignInRefused("token_form")
    first = token.split(".", maxsplit=1)[0]
    try:
        header = object_of(base64.urlsafe_b64decode(first + "=" * (-len(first) % 4)))
    except ValueError:
        raise SignInRefused("token_form") from None
    key_id, kind = header.get("kid"), header.get("typ")
    if header.get("alg") != algorithm:
        raise SignInRefused("token_algorithm")
    if not set(header) <= HEADER_FIELDS or not isinstance(key_id, str) or kind not in kinds:
        raise SignInRefused("token_form")
    return key_id


def object_of(raw: bytes) -> dict[str, Json]:
    """The JSON object that the bytes are. Raises SignInRefused (token_form)."""
    try:
        found = strict_json.read(raw)
    except ContractError:
        raise SignInRefused("token_form") from None
    if not isinstance(found, dict):
        raise SignInRefused("token_form")
    return found
