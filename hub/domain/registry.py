"""Who is enrolled at the hub, as its own registry says: the newest enrolment of each stands."""

from collections.abc import Iterable

from contracts.event import Fact
from contracts.events.hub import AgencyEnrolled, StaffEnrolled


def agencies(facts: Iterable[Fact]) -> dict[str, AgencyEnrolled]:
    """Source to enrolment."""
    return {fact.source: fact for fact in facts if isinstance(fact, AgencyEnrolled)}


def staff(facts: Iterable[Fact]) -> dict[str, StaffEnrolled]:
    """Subject (sign-in name) to enrolment."""
    return {fact.actor.subject: fact for fact in facts if isinstance(fact, StaffEnrolled)}
