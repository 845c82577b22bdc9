"""What the sealed log's body says of enquiries, teams, conflicts of interest and alarms: who, when, of what kind."""

from contracts.event import Fact
from contracts.events.need import (
    AlarmRaised,
    ConflictDeclared,
    ConflictWithdrawn,
    EnquiryAssigned,
    EnquiryClosed,
    EnquiryOpened,
    EnquiryRated,
    TeamChanged,
)
from hub.domain.sealed_words import Said, by_whom, when


def said_of_need(fact: Fact) -> Said:
    """What the body says of it; nothing where it is none of these."""
    match fact:
        case EnquiryOpened():
            who = {**when(fact.at), "actor": by_whom(fact.by), "purpose": fact.purpose.value}
            return {"kind": fact.TYPE, **who, "enquiry": str(fact.enquiry_id)}
        case EnquiryAssigned():
            what = {"enquiry": str(fact.enquiry_id), "part": fact.assignee.part.value}
            return {"kind": fact.TYPE, **when(fact.at), "actor": by_whom(fact.by), **what}
        case EnquiryClosed() | EnquiryRated():
            return {"kind": fact.TYPE, **when(fact.at), "actor": by_whom(fact.by), "enquiry": str(fact.enquiry_id)}
        case TeamChanged():
            changed = {"change": fact.change, "to": {"iss": fact.issuer, "sub": fact.subject}}
            return {"kind": fact.TYPE, **when(fact.at), "actor": by_whom(fact.by)} | changed
        case ConflictDeclared():
            declared = {"conflict": str(fact.conflict_id), "to": {"iss": fact.issuer, "sub": fact.subject}}
            return {"kind": fact.TYPE, **when(fact.at), "actor": by_whom(fact.by), "why": fact.kind.value} | declared
        case ConflictWithdrawn():
            return {"kind": fact.TYPE, **when(fact.at), "actor": by_whom(fact.by), "conflict": str(fact.conflict_id)}
        case AlarmRaised():
            raised = {"alarm": fact.kind.value, "count": fact.count}
            return {"kind": fact.TYPE, **when(fact.at), "actor": by_whom(fact.actor)} | raised
        case _:
            return {}
