"""Who is enrolled at the hub, as its own registry says: the newest enrolment of each stands."""

from collections.abc import Iterable
from datetime import datetime

from contracts.event import Fact
from contracts.events.hub import AgencyEnrolled, StaffEnrolled, StaffLeft


def agencies(facts: Iterable[Fact]) -> dict[str, AgencyEnrolled]:
    """Source to enrolment."""
    return {fact.source: fact for fact in facts if isinstance(fact, AgencyEnrolled)}


def connected_since(facts: Iterable[Fact]) -> dict[str, datetime]:
    """Source to when (UTC) it was enrolled first: a later enrolment is one of new keys."""
    found: dict[str, datetime] = {}
    for fact in facts:
        if isinstance(fact, AgencyEnrolled):
            found[fact.source] = min(fact.at, found.get(fact.source, fact.at))
    return found


def staff(facts: Iterable[Fact]) -> dict[str, StaffEnrolled]:
    """Subject (sign-in name) to enrolment, of those who may sign in."""
    found: dict[str, StaffEnrolled] = {}
    for fact in facts:
        if isinstance(fact, StaffEnrolled):
            found[fact.actor.subject] = fact
        elif isinstance(fact, StaffLeft) and (here := found.get(fact.subject)) and here.actor.issuer == fact.issuer:
            del found[fact.subject]
    return found


def ever_staff(facts: Iterable[Fact]) -> dict[str, StaffEnrolled]:
    """Subject to enrolment, those who left included: what they did is still theirs."""
    return {fact.actor.subject: fact for fact in facts if isinstance(fact, StaffEnrolled)}
