"""What signing in by an OpenID provider needs of the machines under it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from hub.domain.id_token import Claims
from hub.domain.issuer import Issuer


@dataclass(frozen=True, slots=True)
class Trip:
    """One round trip of a browser to an issuer: what was asked, and what the answer must fit. Used once."""

    issuer: str
    state: str = field(repr=False)
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)
    until: datetime
    afresh: bool = False


@dataclass(frozen=True, slots=True)
class Answered:
    """What the browser brought back from an issuer; empty where it brought nothing."""

    state: str = field(repr=False)
    code: str = field(repr=False)
    issuer: str = ""
    error: str = ""


class Issuers(Protocol):
    """The allow-list as it stands now."""

    def now(self) -> tuple[Issuer, ...]:
        """The issuers on it; none where the list cannot be read: whom nobody vouches for does not come in."""


class Once(Protocol):
    """What counts once: ids of tokens, remembered for as long as one of them could still be taken."""

    def is_new(self, token_id: str, now: datetime) -> bool:
        """Whether it was not seen before; it is seen now."""


class Provider(Protocol):
    """An issuer, asked over the network."""

    def address(self, issuer: Issuer, trip: Trip) -> str:
        """Where the browser is sent (authorization code, PKCE S256)."""

    def claims(self, issuer: Issuer, trip: Trip, code: str) -> Claims:
        """What the ID token says that the code is exchanged for, its signature proved.

        Raises SignInRefused with a code: issuer_away, issuer_answer, token_answer, token_form, token_algorithm,
        token_key, token_signature, token_binding.
        """

    def logout_claims(self, issuer: Issuer, token: str) -> Claims:
        """What a logout token says, its signature proved. Raises SignInRefused as `claims`."""

    def new_trip(self, issuer: Issuer, until: datetime, *, afresh: bool) -> Trip:
        """A trip with random values that nobody can guess."""
