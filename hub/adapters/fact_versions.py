"""Under which version a fact of the hub's own was written: an older one is brought up to today, a newer one refused."""

import base64
from functools import cache

from contracts import strict_json
from contracts.catalogue import parse_wire_type, wire_type
from contracts.errors import NotGenuine, NotReadable, UnknownType
from contracts.event import Fact


def version_written(fact: type[Fact], jws: str) -> int:
    """The version that its signed header states; the header was opened with the row, which binds it.

    An edition that signed with fewer fields in the header is read as well: its version is all that is asked here.
    Raises UnknownType (`version`: written by a newer edition than this; `type`: of another kind), NotGenuine.
    """
    header = _header(jws)
    if _of_today(fact) in header:
        return fact.VERSION
    kind, version = parse_wire_type(_stated(header))
    if kind is not fact:
        raise UnknownType("type")
    return version


def _header(jws: str) -> bytes:
    """The header as it was signed, not read: reading each would make a long history half as slow again."""
    protected = jws.split("..", maxsplit=1)[0]
    return base64.urlsafe_b64decode(protected + "=" * (-len(protected) % 4))


def _stated(header: bytes) -> str:
    """The type that it states. Raises NotGenuine."""
    try:
        fields = strict_json.read(header)
    except NotReadable:
        raise NotGenuine("sig_header") from None
    stated = fields.get("ety") if isinstance(fields, dict) else None
    if not isinstance(stated, str):
        raise NotGenuine("sig_header")
    return stated


@cache
def _of_today(fact: type[Fact]) -> bytes:
    return f'"ety":"{wire_type(fact)}"'.encode()
