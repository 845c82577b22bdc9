"""Under which version a fact of the hub's own was written: an older one is brought up to today, a newer one refused."""

import base64
from functools import cache

from contracts.catalogue import parse_wire_type, wire_type
from contracts.errors import UnknownType
from contracts.event import Fact
from contracts.signature import claimed


def version_written(fact: type[Fact], jws: str) -> int:
    """The version that its signed header states; the header was opened with the row, which binds it.

    Raises UnknownType (`version`: written by a newer edition than this; `type`: of another kind), NotGenuine.
    """
    if _of_today(fact) in _header(jws):
        return fact.VERSION
    kind, version = parse_wire_type(claimed(jws).type)
    if kind is not fact:
        raise UnknownType("type")
    return version


def _header(jws: str) -> bytes:
    """The header as it was signed, not read: reading each would make a long history half as slow again."""
    protected = jws.split("..", maxsplit=1)[0]
    return base64.urlsafe_b64decode(protected + "=" * (-len(protected) % 4))


@cache
def _of_today(fact: type[Fact]) -> bytes:
    return f'"ety":"{wire_type(fact)}"'.encode()
