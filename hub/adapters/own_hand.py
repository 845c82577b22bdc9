"""The hub signs its own facts: those that are kept at once are signed together, a few under one signature.

Each is proved alone all the same, for ever (see contracts.signed_root); what an agency signed is left as it is.
"""

from datetime import datetime
from typing import Final

from contracts import signature
from contracts.bundle import Statement
from contracts.catalogue import wire_type
from contracts.event import Fact
from contracts.signature import Attributes, Signed, SigningKey
from hub.adapters.row_form import as_signed
from hub.application.in_parts import InParts
from hub.application.ports import Entry

HUB_SOURCE: Final = "urn:childhub:hub"
HUB_TOPIC: Final = "hub.store"
SIGNED_TOGETHER: Final = 16  # of more, each row would carry a longer path, and signing is a small part already


def signed_in_order(entries: tuple[Entry, ...], key: SigningKey, now: datetime) -> tuple[Signed, ...]:
    """Each entry as it is signed: by its agency before, or here by the hub."""
    statements = tuple(
        (entry.what.to_bytes(), Attributes(entry.event_id, HUB_SOURCE, wire_type(type(entry.what)), HUB_TOPIC, now))
        for entry in entries
        if not isinstance(entry.what, Signed | InParts)
    )
    parts = (statements[start : start + SIGNED_TOGETHER] for start in range(0, len(statements), SIGNED_TOGETHER))
    own = iter([signed for part in parts for signed in _signed(part, key)])
    return tuple(_before(entry.what) or next(own) for entry in entries)


def _before(what: Fact | Signed | InParts) -> Signed | None:
    """What an agency signed, or as much of that as stands here; None for what the hub is to sign."""
    match what:
        case Signed():
            return what
        case InParts():
            return as_signed(what)
        case _:
            return None


def _signed(statements: tuple[Statement, ...], key: SigningKey) -> tuple[Signed, ...]:
    if len(statements) == 1:
        return (signature.sign(*statements[0], key),)
    return signature.sign_together(statements, key)
