"""What an agency hands the hub to be enrolled: its public keys, with a proof that it holds the private one.

The proof is by the signing key over everything else in the file, so the seal key in it is the same party's. Whether
that party is the agency nothing in a file can prove: its fingerprint is read out by telephone.
"""

import hmac
import json
from hashlib import sha256

from cryptography.exceptions import InvalidSignature

from contracts import strict_json
from contracts.base64_text import from_text, to_text
from contracts.errors import ContractError
from contracts.events.hub import AgencyEnrolled
from contracts.signature import SigningKey
from hub.adapters.public_keys import NotPublicKeys, seal_key_of, signing_key_of

FORM = "childhub-enrolment/1"
_PROOF = b"childhub/enrolment/v1\x00"


class NotAnEnrolment(Exception):
    """What was read does not enrol anybody; the message is a code."""


def write_enrolment(enrolment: AgencyEnrolled, key: SigningKey) -> str:
    """The enrolment with its proof, as one JSON object; nothing in it is secret."""
    stated = enrolment.to_bytes()
    proof = key.private.sign(_PROOF + stated)
    held = {
        "form": FORM,
        "enrolment": stated.decode("utf-8"),
        "fingerprint": fingerprint(enrolment),
        "proof": to_text(proof),
    }
    return json.dumps(held)


def read_enrolment(raw: bytes, read_out: str) -> AgencyEnrolled:
    """The enrolment, proved by its own key; `read_out` is the fingerprint as it was heard. Raises NotAnEnrolment."""
    try:
        held = strict_json.read(raw)
        match held:
            case {
                "form": "childhub-enrolment/1",
                "enrolment": str(stated),
                "fingerprint": str(),
                "proof": str(proof),
                **rest,
            } if not rest:
                enrolment = AgencyEnrolled.from_bytes(stated.encode("utf-8"), AgencyEnrolled.VERSION)
            case _:
                raise NotAnEnrolment("form")
        seal_key_of(enrolment.seal_key)
        signing_key_of(enrolment.public_key).verify(from_text(proof), _PROOF + stated.encode())
    except InvalidSignature:
        raise NotAnEnrolment("proof") from None
    except NotPublicKeys as refused:
        raise NotAnEnrolment("weak_key" if str(refused) == "weak_key" else "form") from None
    except (ContractError, ValueError):
        raise NotAnEnrolment("form") from None
    if not hmac.compare_digest(fingerprint(enrolment).encode(), _plain(read_out).encode()):
        raise NotAnEnrolment("fingerprint")
    return enrolment


def fingerprint(enrolment: AgencyEnrolled) -> str:
    """SHA-256 (hex) of the raw signing key: what the agency reads out and the hub compares."""
    return sha256(from_text(enrolment.public_key)).hexdigest()


def _plain(read_out: str) -> str:
    """The fingerprint as it was heard, without the gaps and colons by which it is read out in groups."""
    return "".join(letter for letter in read_out.lower() if letter not in " :-")
