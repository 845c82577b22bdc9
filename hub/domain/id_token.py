"""What an ID token whose signature was proved must say before it tells the hub who somebody is.

OpenID Connect Core 1.0 s3.1.3.7; for logout tokens OpenID Connect Back-Channel Logout 1.0 s2.6.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hmac import compare_digest

from contracts.strict_json import Json
from hub.domain.errors import SignInRefused
from hub.domain.issuer import Issuer

Claims = Mapping[str, Json]
SKEW = timedelta(seconds=60)
OLDEST = timedelta(minutes=10)
FRESH = timedelta(minutes=5)
LOGOUT_EVENT = "http://schemas.openid.net/event/backchannel-logout"
_PLAIN = re.compile(r"[\x21-\x7e]{1,200}")


@dataclass(frozen=True, slots=True)
class Vouched:
    """Whom an issuer vouches for: by which subject, how surely (acr, amr), proved when, in which session of its own."""

    issuer: str
    subject: str
    acr: str = ""
    amr: tuple[str, ...] = ()
    auth_time: datetime | None = None
    session: str = ""


@dataclass(frozen=True, slots=True)
class Ended:
    """Whose sessions an issuer says are over: everything of a subject, or one session. `token_id` counts once."""

    subject: str
    session: str
    token_id: str


def vouched(claims: Claims, issuer: Issuer, nonce: str, now: datetime, *, afresh: bool) -> Vouched:
    """Whom the token vouches for. `afresh`: that they proved it just now, as surely as a step-up wants.

    Raises SignInRefused with a code: issuer, audience, expired, not_yet, issued, nonce, claim, subject, auth_time, acr.
    """
    _check_frame(claims, issuer, now)
    said = claims.get("nonce")
    if (
        not nonce
        or not isinstance(said, str)
        or not compare_digest(said.encode("utf-8", "surrogatepass"), nonce.encode())
    ):
        raise SignInRefused("nonce")
    if any(claims.get(name) != value for name, value in issuer.must_say.items()):
        raise SignInRefused("claim")
    acr, amr = claims.get("acr", ""), claims.get("amr", [])
    auth_time = _moment(claims, "auth_time") if "auth_time" in claims else None
    if auth_time is not None and auth_time > now + SKEW:
        raise SignInRefused("auth_time")
    if afresh:
        _check_afresh(issuer, acr, auth_time, now)
    methods = tuple(one for one in amr if isinstance(one, str)) if isinstance(amr, list) else ()
    return Vouched(
        issuer.issuer,
        _text(claims, issuer.subject_claim, "subject"),
        acr if isinstance(acr, str) and _PLAIN.fullmatch(acr) else "",
        tuple(one for one in methods if _PLAIN.fullmatch(one)),
        auth_time,
        _text(claims, "sid", "claim") if "sid" in claims else "",
    )


def ended(claims: Claims, issuer: Issuer, now: datetime) -> Ended:
    """Whose sessions a logout token ends. Raises SignInRefused with a code."""
    _check_frame(claims, issuer, now)
    events = claims.get("events")
    if not isinstance(events, dict) or not isinstance(events.get(LOGOUT_EVENT), dict) or "nonce" in claims:
        raise SignInRefused("claim")  # an ID token says who somebody is; it never ends anything
    subject = _text(claims, issuer.subject_claim, "subject") if issuer.subject_claim in claims else ""
    session = _text(claims, "sid", "claim") if "sid" in claims else ""
    if not subject and not session:
        raise SignInRefused("subject")
    return Ended(subject, session, _text(claims, "jti", "claim"))


def _check_frame(claims: Claims, issuer: Issuer, now: datetime) -> None:
    if claims.get("iss") != issuer.issuer:
        raise SignInRefused("issuer")
    audience, party = claims.get("aud"), claims.get("azp", issuer.client_id)
    named = audience if isinstance(audience, list) else [audience]
    if named != [issuer.client_id] or party != issuer.client_id:
        raise SignInRefused("audience")
    if now >= _moment(claims, "exp") + SKEW:
        raise SignInRefused("expired")
    issued = _moment(claims, "iat")
    if issued > now + SKEW or ("nbf" in claims and _moment(claims, "nbf") > now + SKEW):
        raise SignInRefused("not_yet")
    if now - issued > OLDEST:
        raise SignInRefused("issued")


def _check_afresh(issuer: Issuer, acr: Json, auth_time: datetime | None, now: datetime) -> None:
    if auth_time is None or now - auth_time >= FRESH:
        raise SignInRefused("auth_time")
    if issuer.step_up and acr not in issuer.step_up:
        raise SignInRefused("acr")


def _moment(claims: Claims, name: str) -> datetime:
    value = claims.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**33:
        raise SignInRefused("claim")
    return datetime.fromtimestamp(value, tz=UTC)


def _text(claims: Claims, name: str, code: str) -> str:
    value = claims.get(name)
    if not isinstance(value, str) or not _PLAIN.fullmatch(value):
        raise SignInRefused(code)
    return value
