"""An OpenID provider on the hub's allow-list: where it is, what it may vouch for, and how its tokens are to look."""

from collections.abc import Mapping
from dataclasses import dataclass, field

ALGORITHMS = ("RS256", "PS256", "ES256", "Ed25519")  # each proved by a public key; a shared secret proves nobody


@dataclass(frozen=True, slots=True)
class Issuer:
    """One provider, as whoever runs the hub wrote it down. Nothing here is ever learnt from the provider itself.

    `name` stands in addresses, `title` on the page. `issuer` and `client_id` as the provider states them. `sources`:
    the agencies for whose staff it speaks. `algorithm`: the only one that its ID tokens may be signed with.
    `authorize`, `token`, `keys`: its addresses. `client_secret`, or `client_key` (PEM) with its id: how the hub proves
    itself. `ask_for`: acr values to ask for at any sign-in; `step_up`: one of these must be met before the riskiest
    actions (none: that somebody signed in afresh is enough). `subject_claim`: what the person is known by (Entra: oid).
    `must_say`: claims that must have these very values (Entra: tid). `names_itself`: it always adds `iss` to its
    answers (RFC 9207). `binds_tokens`: its ID tokens always carry at_hash.
    """

    name: str
    title: str
    issuer: str
    client_id: str
    sources: frozenset[str]
    algorithm: str
    authorize: str
    token: str
    keys: str
    client_secret: str = field(default="", repr=False)
    client_key: bytes = field(default=b"", repr=False)
    client_key_id: str = ""
    client_algorithm: str = "RS256"
    ask_for: str = ""
    step_up: tuple[str, ...] = ()
    scope: str = "openid"
    subject_claim: str = "sub"
    must_say: Mapping[str, str] = field(default_factory=dict)
    names_itself: bool = True
    binds_tokens: bool = True
