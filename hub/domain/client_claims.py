"""What an agency's own system must say, proved by its agency's key, before it is given a token (RFC 7523 s.3)."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from contracts.strict_json import Json
from hub.domain.errors import SignInRefused

SKEW = timedelta(seconds=30)
LONGEST = timedelta(minutes=5)
_MOST = 200


def check_client(claims: Mapping[str, Json], source: str, audience: str, now: datetime) -> str:
    """The id of the assertion, which counts once.

    Raises SignInRefused with a code: issuer, audience, expired, not_yet, too_long, claim.
    """
    if claims.get("iss") != source or claims.get("sub") != source:
        raise SignInRefused("issuer")
    if claims.get("aud") not in (audience, [audience]):
        raise SignInRefused("audience")
    until, issued = _moment(claims, "exp"), _moment(claims, "iat")
    if now >= until + SKEW:
        raise SignInRefused("expired")
    if issued > now + SKEW or ("nbf" in claims and _moment(claims, "nbf") > now + SKEW):
        raise SignInRefused("not_yet")
    if until - issued > LONGEST:
        raise SignInRefused("too_long")
    token_id = claims.get("jti")
    if not isinstance(token_id, str) or not 0 < len(token_id) <= _MOST:
        raise SignInRefused("claim")
    return token_id


def _moment(claims: Mapping[str, Json], name: str) -> datetime:
    value = claims.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**33:
        raise SignInRefused("claim")
    return datetime.fromtimestamp(value, tz=UTC)
