"""The keys of the closed compartments: public ones, to which the hub seals, and private ones, in a folder of their own.

HPKE (RFC 9180, base mode, X25519, HKDF-SHA-256, AES-256-GCM). A sealed part: 8 bytes id of the key, then the HPKE
message; sealed to several compartments, it is sealed to one after the other. Compartment, kind of part and report are
bound to each.
"""

import json
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from contracts import strict_json
from contracts.base64_text import to_text
from contracts.compartment import Compartment
from contracts.envelope import Cipher
from contracts.errors import ContractError
from hub.adapters.keys import Keyring
from hub.adapters.private_file import write_once, write_through
from hub.adapters.public_keys import NotPublicKeys, seal_key_of
from hub.domain.compartments import CLOSED
from hub.domain.errors import StoreUnavailable, Unreadable

FORM = "childhub-compartments/1"
FIRST = (Compartment.REFUGE, Compartment.SOURCE)  # those that every release had that had any
_LABEL = b"childhub/compartment/v1"
_ID_BYTES = 8


class PublicCompartments:
    """See application.in_parts.SealsApart."""

    def __init__(self, keys: Mapping[Compartment, X25519PublicKey]) -> None:
        """Seal to these."""
        self._keys = dict(keys)

    def seal(self, compartments: tuple[Compartment, ...], what: str, report_id: UUID, content: bytes) -> bytes:
        """See application.in_parts.SealsApart."""
        for name in sorted(compartments):
            key = self._keys[name]
            content = _id_of(key) + Cipher.X25519.value.encrypt(content, key, _bound(name, what, report_id))
        return content

    def agrees_with(self, keys: Mapping[Compartment, X25519PublicKey]) -> bool:
        """Whether each of these is the key that is held here."""
        return all(self._keys[name].public_bytes_raw() == key.public_bytes_raw() for name, key in keys.items())

    def written(self) -> bytes:
        """The keys as one JSON object, raw 32-byte keys in base64."""
        held = {name.value: to_text(key.public_bytes_raw()) for name, key in self._keys.items()}
        return json.dumps({"form": FORM, **held}).encode()


class CompartmentKeys:
    """The private keys, in the folder of the process that opens compartments."""

    def __init__(self, folder: Path) -> None:
        """Open the folder, making the keys on first use. Raises StoreUnavailable."""
        self.keyring = Keyring(folder)
        self._keys = {
            name: X25519PrivateKey.from_private_bytes(self.keyring.secret(f"compartment/{name.value}"))
            for name in CLOSED
        }

    @property
    def public(self) -> PublicCompartments:
        """What the hub may hold of them."""
        return PublicCompartments({name: key.public_key() for name, key in self._keys.items()})

    def open(self, compartments: tuple[Compartment, ...], what: str, report_id: UUID, sealed: bytes) -> bytes:
        """What was sealed. Raises Unreadable: for another compartment, part or report, or altered."""
        for name in sorted(compartments, reverse=True):
            key = self._keys[name]
            if sealed[:_ID_BYTES] != _id_of(key.public_key()):
                raise Unreadable(0, "compartment_key")
            try:
                sealed = Cipher.X25519.value.decrypt(sealed[_ID_BYTES:], key, info=_bound(name, what, report_id))
            except (InvalidTag, ValueError):
                raise Unreadable(0, "compartment_part") from None
        return sealed


def public_compartments(home: Path) -> PublicCompartments:
    """The public keys in `compartments.json`; where there is none, keys are made beside it, for a hub on one machine.

    There, keys that an older release did not have are added. Raises StoreUnavailable: compartment_keys (the file is not
    what was written), compartment_keys_older (the process that opens them has to print its keys again).
    """
    path, own = home / "compartments.json", home / "compartments"
    if not path.exists():
        write_once(path, CompartmentKeys(own).public.written())
    try:
        found = _read(path)
        if len(found) < len(CLOSED) and own.exists():
            ours = CompartmentKeys(own).public
            if ours.agrees_with(found):
                write_through(path, ours.written())
                return ours
    except (OSError, ContractError, NotPublicKeys) as refused:
        raise StoreUnavailable("compartment_keys") from refused
    if len(found) < len(CLOSED):
        raise StoreUnavailable("compartment_keys_older")
    return PublicCompartments(found)


def _read(path: Path) -> dict[Compartment, X25519PublicKey]:
    held = strict_json.read(path.read_bytes())
    if not isinstance(held, dict) or held.get("form") != FORM:
        raise StoreUnavailable("compartment_keys")
    names = (name for name in CLOSED if name in FIRST or name.value in held)
    return {name: seal_key_of(str(held.get(name.value))) for name in names}


def _id_of(key: X25519PublicKey) -> bytes:
    return sha256(key.public_bytes_raw()).digest()[:_ID_BYTES]


def _bound(name: Compartment, what: str, report_id: UUID) -> bytes:
    return b"\x00".join((_LABEL, name.value.encode(), what.encode(), report_id.bytes))
