"""What the sealed log's body says of a fact, beside where its row stands: who, when, for what, decided how, how much.

Codes, ids and counts. No name, address, narrative or number of anybody, and nothing that somebody wrote freely: the
body pins the row by its hash, and the row holds the rest, encrypted under keys that are destroyed with the child.
What must be logged of each operation: Data Protection Act 2018 s62(1) to (3).
"""

from typing import Final

from contracts.event import Fact
from contracts.events.access import OutcomesKept, ReadDecided
from contracts.events.hub import AccessDecided, SearchMade, SessionEnded, SessionOpened
from contracts.events.printing import PrintDecided
from contracts.events.quarantine import QuarantineAsked
from contracts.events.sharing import (
    AcknowledgementKept,
    DisclosureDecided,
    SharePrepared,
    ShareSent,
    ShareTakenBack,
    SharingRefused,
)
from contracts.vocabulary import LogOperation, Purpose
from hub.domain.sealed_erasure import said_of_erasure
from hub.domain.sealed_need import said_of_need
from hub.domain.sealed_steps import said_of_a_step
from hub.domain.sealed_words import Said, by_whom, decision, plain, rules, unless_refused, when

_REPORT: Final[Said] = {"kind": LogOperation.COLLECTION.value}


def said_of(fact: Fact | None) -> Said:
    """What the body says of a fact of the hub's; of an agency's report, which nothing here opens (None), its kind."""
    if fact is None:
        return _REPORT
    said = _looked(fact) or _shared(fact) or said_of_a_step(fact) or said_of_need(fact) or said_of_erasure(fact)
    said = said or {"kind": fact.TYPE}
    return {key: plain(value) for key, value in said.items()}


def _looked(fact: Fact) -> Said:
    """Who looked, searched or signed in, or tried to, and how answers ended."""
    match fact:
        case AccessDecided():
            return _chronology(fact)
        case ReadDecided():
            return _listed(fact, unless_refused(fact.kind, fact.effect), fact.what)
        case QuarantineAsked():
            kind = unless_refused("list" if fact.act == "list" else LogOperation.CONSULTATION.value, fact.effect)
            return _listed(fact, kind, f"quarantine_{fact.act}")
        case SearchMade():
            who = {**when(fact.at), "actor": by_whom(fact.actor), "purpose": _code(fact.purpose)}
            return {"kind": "search", **who, "scheme": fact.scheme, "hits": len(fact.hits)}
        case SessionOpened():
            who = {"actor": by_whom(fact.actor)} if fact.actor is not None else {}
            kind = "step_up" if fact.why == "step_up" else "login"
            return {"kind": kind, **when(fact.at), **who, "effect": fact.effect, "because": fact.why}
        case SessionEnded():
            return {"kind": "logout", **when(fact.at), "actor": by_whom(fact.actor), "because": fact.why}
        case OutcomesKept():
            return _ended(fact)
        case _:
            return {}


def _chronology(fact: AccessDecided) -> Said:
    cited = fact.grounds if fact.effect == "permitted" else fact.bars
    resource = {
        "version": fact.history_version,
        "fields": [one.value for one in fact.classes],
        "withheld": len(fact.withheld),
        "not_shown": len(fact.not_shown),
    }
    return {
        "kind": unless_refused(fact.operation.value, fact.effect),
        **when(fact.at),
        "actor": by_whom(fact.actor),
        "purpose": _code(fact.purpose),
        **decision(fact.decision_id, fact.effect, what=str(fact.what), law=fact.law, rules=rules(cited)),
        "policies": {"ids": list(fact.policies), "sha256": fact.policy_sha256},
        "resource": resource,
        "shown": fact.items_shown,
    }


def _listed(fact: ReadDecided | QuarantineAsked, kind: str, what: str) -> Said:
    cited = fact.grounds if fact.effect == "permitted" else fact.bars
    subjects = {"subjects": len(fact.subjects), "sha256_given": fact.sha256} if isinstance(fact, ReadDecided) else {}
    return {
        "kind": kind,
        **when(fact.at),
        "actor": by_whom(fact.actor),
        "purpose": _code(fact.purpose),
        **decision(fact.decision_id, fact.effect, what=what, law=fact.law, rules=rules(cited)),
        **subjects,
        "shown": fact.items,
    }


def _ended(fact: OutcomesKept) -> Said:
    """Each answer by its first decision and how many it has: many more than two hundred would not fit in a body."""
    responses = [
        {
            "intent": str(one.decisions[0]) if one.decisions else "",
            "decisions": len(one.decisions),
            "ended": one.ended,
            "bytes": one.size_bytes,
            "mac": one.mac,
        }
        for one in fact.outcomes
    ]
    return {"kind": fact.TYPE, "phase": "outcome", **when(fact.at), "responses": responses}


def _shared(fact: Fact) -> Said:
    """Who disclosed what to whom, or would not, and how far it came."""
    match fact:
        case SharingRefused():
            made = {"id": str(fact.refusal_id), "reason": fact.reason, "myth": fact.myth, "law": fact.law}
            who = {**when(fact.at), "actor": by_whom(fact.actor), "purpose": fact.purpose.value}
            return {"kind": "not_shared", **who, "decision": made, "asked_by": fact.asked_by}
        case DisclosureDecided():
            return _disclosed(fact)
        case PrintDecided():
            made = decision(fact.decision_id, fact.effect, what=fact.product, reason=fact.reason.value)
            who = {**when(fact.at), "actor": by_whom(fact.actor), "purpose": fact.purpose.value}
            out = {"recipient": fact.recipient, "copy": fact.copy_number, "shown": fact.items}
            return {"kind": unless_refused("print", fact.effect), **who, **made, **out}
        case SharePrepared():
            what = {"disclosure": str(fact.disclosure_id), "sent": len(fact.shares)}
            return {"kind": fact.TYPE, **when(fact.at), "recipient": fact.recipient, **what}
        case ShareSent():
            return {"kind": fact.TYPE, "phase": "outcome", **when(fact.at), "disclosure": str(fact.disclosure_id)}
        case ShareTakenBack():
            who = {**when(fact.at), "actor": by_whom(fact.actor)}
            return {"kind": fact.TYPE, **who, "recipient": fact.recipient, "disclosure": str(fact.disclosure_id)}
        case AcknowledgementKept():
            what = {"disclosure": str(fact.disclosure_id), "share": str(fact.share_id), "by": fact.by}
            return {"kind": "acknowledged", **when(fact.at), "recipient": fact.source, fact.state: what}
        case _:
            return {}


def _disclosed(fact: DisclosureDecided) -> Said:
    cited = fact.grounds if fact.effect == "permitted" else fact.bars
    fields = sorted({one.value for item in fact.items for one in item.classes})
    return {
        "kind": unless_refused(fact.operation.value, fact.effect),
        **when(fact.at),
        "actor": by_whom(fact.actor) if fact.actor is not None else {"iss": "hub", "org": fact.sharer},
        "recipient": fact.recipient,
        "purpose": fact.purpose.value,
        **decision(fact.disclosure_id, fact.effect, cause=fact.cause, law=fact.law, rules=rules(cited)),
        "resource": {"version": fact.history_version, "fields": fields, "withheld": len(fact.withheld)},
        "sent": len(fact.items),
    }


def _code(purpose: Purpose | None) -> str:
    return purpose.value if purpose is not None else ""
