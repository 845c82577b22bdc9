"""Client assertions of agencies' systems (private_key_jwt, RFC 7523), signed by Ed25519 and nothing else."""

import base64
from collections.abc import Mapping

from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey

from contracts.strict_json import Json
from hub.adapters.compact_tokens import header_of, object_of
from hub.adapters.public_keys import NotPublicKeys, signing_key_of
from hub.domain.errors import SignInRefused

ALGORITHM = "Ed25519"
KINDS = ("client-authentication+jwt", "JWT", None)


class ClientAssertions:
    """See let_machine_in.Assertions."""

    def key_id(self, assertion: str) -> str:
        """See let_machine_in.Assertions."""
        return header_of(assertion, ALGORITHM, KINDS)

    def claims(self, assertion: str, public_key: str) -> Mapping[str, Json]:
        """See let_machine_in.Assertions."""
        try:
            raw = signing_key_of(public_key).public_bytes_raw()
            x = base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")
            key = OKPKey.import_key({"kty": "OKP", "crv": "Ed25519", "x": x})
            payload = jws.deserialize_compact(assertion, key, [ALGORITHM]).payload
        except (JoseError, NotPublicKeys, ValueError):
            raise SignInRefused("token_signature") from None
        return object_of(payload)
