"""What the sealed log's body says of the steps around looking and sharing: telling, families, reviews, intake, keys."""

import re
from collections import Counter
from hashlib import sha256
from typing import Final

from contracts.event import Fact
from contracts.events.access import AccessReviewed, BreakGlassAsked, ReviewEscalated, SettingsStated, StaffTied
from contracts.events.agency_keys import KeyChangeApproved, KeyChangeProposed, MachineLetIn
from contracts.events.compartment import (
    AddressNotProtected,
    CompartmentAsked,
    OpeningAgreed,
    OpeningProposed,
    WordsReviewed,
)
from contracts.events.feed import HeartbeatKept
from contracts.events.hub import (
    AgencyEnrolled,
    IdentityQuestioned,
    ReceiptIssued,
    ReportLinked,
    ReportQuarantined,
    ReportUnlinked,
    StaffEnrolled,
    StaffLeft,
)
from contracts.events.keys import KeysRotated
from contracts.events.log import WitnessesAsked, WitnessReadmitted
from contracts.events.matching import MoveProposed, QuestionAnswered, ReadersNamed
from contracts.events.phrases import PhraseChanged, PhraseGiven
from contracts.events.quarantine import QuarantineReplayed
from contracts.events.reply import ReplyAttached
from contracts.events.requests import InformationAnswered, InformationRequested
from contracts.events.subject_report import SubjectReportProposed, SubjectReportReviewed
from contracts.events.telling import FamilyAsked, TellingStated, TellingUndone
from contracts.vocabulary import ChangeKind, LogOperation, Purpose
from hub.domain.sealed_words import Said, by_whom, decision, unless_refused, when

_ALTERED: Final = LogOperation.ALTERATION.value
_PARTNER: Final = re.compile(r"urn:childhub:agency:[a-z0-9-]{2,60}")


def said_of_a_step(fact: Fact) -> Said:
    """What the body says of it; nothing where it is none of these."""
    around = _told(fact) or _asked(fact) or _reviewed(fact) or _set_up(fact) or _keys(fact)
    return around or _taken_in(fact) or _apart(fact) or _whose(fact) or _not_protected(fact)


def _asked(fact: Fact) -> Said:
    """Who asked which agency for what kind of thing, and what kind of answer came."""
    match fact:
        case InformationRequested():
            who = {**when(fact.at), "actor": by_whom(fact.actor), "purpose": fact.purpose.value}
            return {
                **{"kind": fact.TYPE, **who, "request": str(fact.request_id), "recipient": _partner(fact.agency)},
                **{"resource": {"wanted": list(fact.wanted)}, "due_by": fact.due_by.isoformat()},
            }
        case InformationAnswered():
            made = {"request": str(fact.request_id), "answer": fact.answer, "reason": fact.reason or ""}
            return {"kind": fact.TYPE, **when(fact.at), "actor": by_whom(fact.actor), **made}
        case _:
            return {}


def _told(fact: Fact) -> Said:
    """Who stated what of telling somebody, wrote down a reply, or answered a family, and about how many looks."""
    match fact:
        case TellingStated():
            stands = "stands" if fact.stands else "changes_nothing"
            made = decision(fact.telling_id, stands, what="telling", law=fact.law)
            whom = {"report": str(fact.report_id), "role": fact.role.value, "state": fact.state.value}
            return {"kind": _ALTERED, **when(fact.at), "actor": by_whom(fact.actor), **made, "resource": whom}
        case TellingUndone():
            made = decision(fact.telling_id, "undone", what="telling")
            return {"kind": _ALTERED, **when(fact.at), "actor": by_whom(fact.actor), **made}
        case ReplyAttached():
            whose = {"whose": fact.whose.value, "source": _partner(fact.agency), "disputes": fact.disputes.value}
            of = {"report": str(fact.report_id), "reply": str(fact.reply_id)}
            return {"kind": _ALTERED, **when(fact.at), "actor": by_whom(fact.actor), **of, "resource": whose}
        case FamilyAsked():
            who = {**when(fact.at), "actor": by_whom(fact.actor), "purpose": Purpose.SUBJECT_ACCESS.value}
            asker = {"kind": fact.asker_kind, "proof": fact.proof}
            return {"kind": fact.TYPE, **who, "decision": {"id": str(fact.decision_id)}, "asker": asker}
        case SubjectReportProposed():
            who = {**when(fact.at), "actor": by_whom(fact.by), "purpose": Purpose.SUBJECT_ACCESS.value}
            held = Counter(one.held.value for one in fact.looks if one.held is not None)
            what = {"looks": len(fact.looks), "held": dict(held), "warnings": [one.value for one in fact.warnings]}
            asker = {"kind": fact.asker_kind, "proof": fact.proof}
            return {"kind": fact.TYPE, **who, "report": str(fact.report_id), "asker": asker, "resource": what}
        case SubjectReportReviewed():
            return _letter(fact)
        case _:
            return {}


def _letter(fact: SubjectReportReviewed) -> Said:
    held = Counter(one.reason.value for one in fact.held)
    what = {"listed": len(fact.listed), "held": dict(held), "names_staff": fact.names_staff}
    left = {"recipient": "subject", "sha256_given": fact.sha256} if fact.sha256 else {}
    return {
        "kind": LogOperation.DISCLOSURE.value if fact.outcome == "released" else fact.TYPE,
        **when(fact.at),
        "actor": by_whom(fact.by),
        "purpose": Purpose.SUBJECT_ACCESS.value,
        **decision(
            fact.report_id, fact.outcome, what="subject_report", reason=fact.reason.value if fact.reason else ""
        ),
        "resource": what,
        **left,
    }


def _reviewed(fact: Fact) -> Said:
    """Who opened in an emergency, who looked at a look, and who told the hub of a tie."""
    match fact:
        case BreakGlassAsked():
            who = {**when(fact.at), "actor": by_whom(fact.actor), "purpose": Purpose.EMERGENCY.value}
            made = decision(fact.decision_id, fact.effect, what=fact.reason.value)
            days = {"until": fact.until, "review_by": fact.review_by}
            times = {name: at.isoformat() for name, at in days.items() if at is not None}
            return {"kind": unless_refused("break_glass", fact.effect), **who, **made, **times, "told": fact.owners}
        case AccessReviewed():
            made = decision(fact.decision_id, fact.finding.value, what=fact.of)
            return {"kind": "review", **when(fact.at), "actor": by_whom(fact.by), **made, "signs": list(fact.signs)}
        case ReviewEscalated():
            who = {**when(fact.at), "actor": by_whom(fact.actor), "review_by": fact.review_by.isoformat()}
            made = decision(fact.decision_id, "unreviewed", what="break_glass")
            return {"kind": fact.TYPE, **who, **made, "told": fact.owners}
        case StaffTied():
            of = {"iss": fact.issuer, "sub": fact.subject}
            return {"kind": fact.TYPE, **when(fact.at), "actor": by_whom(fact.by), "of": of, "tie": fact.kind.value}
        case _:
            return {}


def _apart(fact: Fact) -> Said:
    """Who asked to open what is held apart, who agreed to it, and who looked at words that waited."""
    match fact:
        case CompartmentAsked():
            who = {**when(fact.at), "actor": by_whom(fact.actor), "purpose": fact.purpose.value}
            made = decision(fact.decision_id, fact.effect, what=fact.compartment.value, law=fact.law)
            whom = {"report": str(fact.report_id), "told": fact.owner}
            agreed = {"approved": by_whom(fact.agreed.by)} if fact.agreed is not None else {}
            return {"kind": unless_refused(fact.operation.value, fact.effect), **who, **made, **whom, **agreed}
        case OpeningProposed():
            who = {**when(fact.at), "actor": by_whom(fact.by), "purpose": fact.purpose.value}
            of = {"what": fact.compartment.value, "report": str(fact.report_id), "told": fact.owner}
            return {"kind": fact.TYPE, **who, "proposal": str(fact.proposal_id), **of}
        case OpeningAgreed():
            who = {**when(fact.at), "actor": by_whom(fact.by)}
            return {"kind": fact.TYPE, **who, "proposal": str(fact.proposal_id)}
        case WordsReviewed():
            made = decision(fact.decision_id, fact.outcome, what="words")
            what = {"report": str(fact.report_id), "resource": {"statements": len(fact.statements)}}
            return {"kind": _ALTERED, **when(fact.at), "actor": by_whom(fact.by), **made, **what}
        case _:
            return {}


def _taken_in(fact: Fact) -> Said:
    """Whose report was linked, set aside or answered."""
    match fact:
        case ReportLinked():
            return _linked(fact)
        case ReportQuarantined():
            what = {"answer": fact.code, "proved": fact.proved, "source": _partner(fact.source) if fact.proved else ""}
            return {"kind": fact.TYPE, **when(fact.received), **what}
        case ReceiptIssued():
            what = {"recipient": _partner(fact.source), "outcome": fact.outcome, "answer": fact.code}
            return {"kind": fact.TYPE, **when(fact.at), **what, "body_sha256": fact.body_sha256 or ""}
        case QuarantineReplayed():
            who = {"actor": by_whom(fact.by)} if fact.by is not None else {"actor": {"iss": "hub"}}
            what = {"number": fact.number, "outcome": fact.outcome, "answer": fact.code, "settles": fact.settles}
            made = {"decision": {"id": str(fact.decision_id)}} if fact.decision_id is not None else {}
            return {"kind": fact.TYPE, **when(fact.at), **who, **what, **made}
        case HeartbeatKept():
            return {"kind": fact.TYPE, **when(fact.received), "source": fact.source, "went_back": fact.went_back}
        case _:
            return {}


def _not_protected(fact: Fact) -> Said:
    """By which report an address should be protected that nobody here could read."""
    if not isinstance(fact, AddressNotProtected):
        return {}
    what = {"alarm": str(fact.alarm_id), "source": _partner(fact.source), "report": str(fact.report_id)}
    return {"kind": fact.TYPE, **when(fact.at), **what}


def _whose(fact: Fact) -> Said:
    """Whose a report is: asked, answered, and moved by two people; who is told of it, as a number."""
    match fact:
        case ReportUnlinked():
            who = {"actor": {"sub": fact.by}, "approved": {"sub": fact.approved_by}}
            return {"kind": _ALTERED, **when(fact.at), **who, "report": str(fact.report_id)}
        case IdentityQuestioned():
            what = {"source": fact.source, "report": str(fact.report_id), "candidates": len(fact.candidates)}
            return {"kind": fact.TYPE, **when(fact.at), **what}
        case QuestionAnswered():
            what = {"report": str(fact.report_id), "answer": fact.answer, "candidates": len(fact.candidates)}
            return {"kind": fact.TYPE, **when(fact.at), "actor": by_whom(fact.by), **what}
        case MoveProposed():
            what = {"report": str(fact.report_id), "move": str(fact.move_id)}
            return {"kind": fact.TYPE, **when(fact.at), "actor": by_whom(fact.by), **what}
        case ReadersNamed():
            what = {"report": str(fact.report_id), "readers": len(fact.readers)}
            return {"kind": fact.TYPE, **when(fact.at), **what}
        case _:
            return {}


def _linked(fact: ReportLinked) -> Said:
    operation = LogOperation.COLLECTION if fact.change is ChangeKind.NEW else LogOperation.ALTERATION
    operation = LogOperation.COMBINATION if fact.linked_at is not None else operation
    what = {"type": fact.report_type, "version": fact.report_version, "fields": [one.value for one in fact.classes]}
    who = {**when(fact.linked_at or fact.received), "source": fact.source, "purpose": fact.purpose.value}
    return {"kind": operation.value, **who, "report": str(fact.report_id), "resource": what}


def _set_up(fact: Fact) -> Said:
    """Who was given a role, whose keys are trusted, and by what the hub decides from here on."""
    match fact:
        case StaffEnrolled():
            return {"kind": "grant", **when(fact.at), "to": by_whom(fact.actor)}
        case StaffLeft():
            return {"kind": "revoke", **when(fact.at), "of": {"iss": fact.issuer, "sub": fact.subject}}
        case PhraseGiven():
            of = {"iss": fact.issuer, "sub": fact.subject}
            return {"kind": fact.TYPE, **when(fact.at), "of": of, "until": fact.until.isoformat()}
        case PhraseChanged():
            return {"kind": fact.TYPE, **when(fact.at), "actor": by_whom(fact.actor), "why": fact.why}
        case AgencyEnrolled():
            key = {"id": fact.key_id, "sha256": sha256(fact.public_key.encode()).hexdigest()}
            return {"kind": "key_op", **when(fact.at), "source": fact.source, "key": key}
        case SettingsStated():
            agreed = [{"agency": one.agency, "version": one.version, "sha256": one.sha256} for one in fact.agreements]
            keys_held = [{"name": one.name, "sha256": one.sha256} for one in fact.keys]
            said = {"edition": fact.edition, "rulebook": fact.rulebook, "witnesses": fact.witnesses}
            said |= {"policies": fact.policies} if fact.policies else {}
            return {"kind": "config", **when(fact.at), **said, "agreements": agreed, "keys": keys_held}
        case KeysRotated():
            return {"kind": "key_op", **when(fact.at), "compartments": fact.compartments, "keys": fact.keys}
        case _:
            return {}


def _keys(fact: Fact) -> Said:
    """Who asked that a key be changed, who agreed, which system came in by one, which witness's counts again."""
    match fact:
        case WitnessReadmitted():
            who = {**when(fact.at), "actor": by_whom(fact.by), "key": {"id": fact.key_id}}
            return {"kind": "witness", **who, "effect": "readmitted", "because": fact.why}
        case WitnessesAsked():
            who = {**when(fact.at), **({"actor": by_whom(fact.by)} if fact.by is not None else {})}
            return {"kind": "witness", **who, "effect": "asked", "because": fact.why, "key": {"id": fact.policy}}
        case KeyChangeProposed():
            key = {"id": fact.key_id, "sha256": sha256(fact.public_key.encode()).hexdigest()}
            made = decision(fact.change_id, "proposed", what=fact.act)
            days = {"from": fact.effective_from, "doubtful_from": fact.doubtful_from}
            times = {name: at.isoformat() for name, at in days.items() if at is not None}
            who = {**when(fact.at), "actor": by_whom(fact.by), "source": _partner(fact.source)}
            return {"kind": "key_op", **who, **made, "key": key, **times}
        case KeyChangeApproved():
            made = decision(fact.change_id, "approved", what="key_change")
            return {"kind": "key_op", **when(fact.at), "actor": by_whom(fact.by), **made}
        case MachineLetIn():
            # Whoever was refused may have made up the name of its key.
            key = {"id": fact.key_id if fact.effect == "opened" else ""}
            who = {**when(fact.at), "source": _partner(fact.source), "key": key}
            return {"kind": "login", **who, "effect": fact.effect, "because": fact.why}
        case _:
            return {}


def _partner(source: str | None) -> str:
    """The source, where it has the form of a partner's: what an unproved message claims is somebody's own words."""
    return source if source is not None and _PARTNER.fullmatch(source) else ""
