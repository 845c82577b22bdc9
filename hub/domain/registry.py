"""Who is enrolled at the hub, as its own registry says: the newest enrolment of each stands."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from contracts.event import Fact
from contracts.events.hub import Actor, AgencyEnrolled, StaffEnrolled, StaffLeft
from contracts.events.phrases import PhraseChanged, PhraseGiven


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


@dataclass(frozen=True, slots=True)
class Held:
    """Who may sign in, and how their pass phrase came to be.

    `until`: when a phrase that the hub gave lapses (UTC; None: it is their own, or was made to stay). `chosen`: when
    they chose it last. `given`: the hashes of those that the hub ever gave them.
    """

    enrolled: StaffEnrolled
    until: datetime | None = None
    chosen: datetime | None = None
    given: tuple[str, ...] = ()

    @property
    def must_choose(self) -> bool:
        """Whether they have a phrase that the hub gave them and must replace."""
        return self.until is not None and bool(self.enrolled.pass_hash)


def staff(facts: Iterable[Fact]) -> dict[str, StaffEnrolled]:
    """Subject (sign-in name) to enrolment, of those who may sign in; `pass_hash` is that of their phrase of today."""
    return {subject: held.enrolled for subject, held in holders(facts).items()}


def holders(facts: Iterable[Fact]) -> dict[str, Held]:
    """Subject (sign-in name) to enrolment and pass phrase, of those who may sign in."""
    found: dict[str, Held] = {}
    for fact in facts:
        match fact:
            case StaffEnrolled():
                here = found.get(fact.actor.subject)
                stays = here is not None and here.enrolled.pass_hash == fact.pass_hash
                found[fact.actor.subject] = replace(here, enrolled=fact) if here is not None and stays else Held(fact)
            case PhraseGiven() if here := _here(found, fact.issuer, fact.subject):
                given = (*here.given, fact.pass_hash)
                found[fact.subject] = replace(_with(here, fact.pass_hash), until=fact.until, given=given)
            case PhraseChanged() if here := _here(found, fact.actor.issuer, fact.actor.subject):
                changed = _with(here, fact.pass_hash)
                chosen = replace(changed, until=None, chosen=fact.at)
                found[fact.actor.subject] = chosen if fact.why == "chosen" else changed
            case StaffLeft() if _here(found, fact.issuer, fact.subject):
                del found[fact.subject]
            case _:
                pass
    return found


def _here(found: dict[str, Held], issuer: str, subject: str) -> Held | None:
    here = found.get(subject)
    return here if here is not None and here.enrolled.actor.issuer == issuer else None


def _with(here: Held, pass_hash: str) -> Held:
    return replace(here, enrolled=here.enrolled.model_copy(update={"pass_hash": pass_hash}))


def ever_staff(facts: Iterable[Fact]) -> dict[str, StaffEnrolled]:
    """Subject to enrolment, those who left included: what they did is still theirs."""
    return {fact.actor.subject: fact for fact in facts if isinstance(fact, StaffEnrolled)}


def is_changed(actor: Actor, facts: Iterable[Fact]) -> bool:
    """Whether somebody who was enrolled when they acted has left since, or has another role or agency."""
    kept = tuple(facts)
    here = staff(kept).get(actor.subject)
    if here is None:
        return actor.subject in ever_staff(kept)
    return (here.actor.issuer, here.actor.agency, here.actor.role) != (actor.issuer, actor.agency, actor.role)


def names(facts: Iterable[Fact]) -> dict[tuple[str, str], str]:
    """Issuer and subject (sign-in name) to the name of whoever was ever enrolled so, by the newest enrolment."""
    return {(one.actor.issuer, one.actor.subject): one.name for one in ever_staff(facts).values()}
