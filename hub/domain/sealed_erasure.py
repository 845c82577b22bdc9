"""What the sealed log's body says of erasing: who asked, held, agreed and did it, when, why, and how much went."""

from contracts.event import Fact
from contracts.events.erasure import (
    ErasureApproved,
    ErasureAsked,
    ErasureBegun,
    ErasureDone,
    HoldLifted,
    HoldPlaced,
)
from contracts.vocabulary import LogOperation
from hub.domain.sealed_words import Said, by_whom, when


def said_of_erasure(fact: Fact) -> Said:
    """What the body says of it; nothing where it is none of these."""
    match fact:
        case ErasureAsked():
            what = {"erasure": str(fact.erasure_id), "because": fact.ground.value}
            return {"kind": fact.TYPE, **when(fact.at), "actor": by_whom(fact.by), **what}
        case HoldPlaced():
            of = {"hold": str(fact.hold_id), "because": fact.reason.value, "everybody": fact.person_id is None}
            return {"kind": fact.TYPE, **when(fact.at), "actor": by_whom(fact.by), **of}
        case HoldLifted():
            return {"kind": fact.TYPE, **when(fact.at), "actor": by_whom(fact.by), "hold": str(fact.hold_id)}
        case ErasureApproved():
            return {"kind": fact.TYPE, **when(fact.at), "actor": by_whom(fact.by), "erasure": str(fact.erasure_id)}
        case ErasureBegun():
            agreed = {"asked": by_whom(fact.asked.by), "approved": [by_whom(one.by) for one in fact.approved]}
            who = {"kind": LogOperation.ERASURE.value, **when(fact.at), "actor": by_whom(fact.by), **agreed}
            went = {"keys": len(fact.keys), "pointers": len(fact.pointers), "reports": len(fact.taken)}
            return {**who, "erasure": str(fact.erasure_id), "because": fact.ground.value, **went}
        case ErasureDone():
            counts = {"keys": fact.keys, "pointers": fact.pointers, "rows": fact.rows}
            until = {"backups_until": fact.backups_until.isoformat(), "replayed": fact.replayed}
            return {"kind": fact.TYPE, **when(fact.at), "erasure": str(fact.erasure_id), **counts, **until}
        case _:
            return {}
