"""Every look at the record of access is decided, and on record, before anything of it is shown."""

from dataclasses import dataclass

from consent.decide import LawSettings
from contracts.events.access import ReadDecided
from contracts.events.hub import Actor
from contracts.vocabulary import Purpose
from hub.application.ports import Clock, Entry, Store, Stream, StreamKind
from hub.domain.access import Asked
from hub.domain.audit_look import CHECKING, AuditLook, decide_audit_look
from hub.domain.errors import AccessRefused


@dataclass(frozen=True, slots=True)
class Checking:
    """What a look at the record needs."""

    store: Store
    clock: Clock
    law: LawSettings


@dataclass(frozen=True, slots=True)
class OnRecord:
    """The decision that lets the look be shown, and its place in the one order of all that the hub keeps."""

    decision: ReadDecided
    position: int


def keep_audit_look(checking: Checking, actor: Actor, look: AuditLook) -> OnRecord:
    """The decision, once it is kept. Raises AccessRefused (on record all the same), StoreUnavailable."""
    asked = Asked(actor, Purpose.AUDIT, checking.clock.now())
    decided = decide_audit_look(look, asked, checking.clock.new_id(), checking.law)
    stream = Stream(StreamKind.READ, decided.decision_id.hex)
    kept = checking.store.keep((Entry(stream, decided.decision_id, decided, expected=0),))
    if decided.effect != "permitted":
        raise AccessRefused
    return OnRecord(decided, kept.positions[-1])


def refuse_others(checking: Checking, actor: Actor, look: AuditLook) -> None:
    """Nothing, for those whose work it is; anybody else's try is kept, and nothing is read for it.

    Raises AccessRefused (on record), StoreUnavailable.
    """
    if actor.role not in CHECKING:
        keep_audit_look(checking, actor, look)
        raise AccessRefused
