"""By which keys each agency's statements are proved, as the hub's own registry says; never by what a message brings."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from contracts.event import Fact
from contracts.events.agency_keys import KeyChangeApproved, KeyChangeProposed
from contracts.events.hub import Actor, AgencyEnrolled, Mark, ReportLinked
from hub.domain.moment import day_in_london

OVERLAP: Final = timedelta(days=30)
# Long enough for a second person who is off until next week; short enough that whoever agrees can still ask the agency
# about a fingerprint that it read out.
PROPOSED_FOR: Final = timedelta(days=7)
IN_DOUBT: Final = Mark(
    code="key_in_doubt",
    says="When this came, its agency's signing key may have been in other hands. Ask the agency before you rely on it.",
)


@dataclass(frozen=True, slots=True)
class PinnedKey:
    """One key of an agency. `until` (UTC): from when on it proves nothing that comes; `revoked`: it was taken back."""

    source: str
    key_id: str
    public_key: str
    until: datetime | None = None
    revoked: bool = False

    def stands(self, now: datetime) -> bool:
        """Whether it proves what comes now."""
        return self.until is None or now < self.until


@dataclass(frozen=True, slots=True)
class Doubt:
    """A time (UTC) in which what came from a source is looked at again, and since when the hub knows of it."""

    source: str
    since: datetime
    until: datetime
    known: datetime

    def covers(self, link: ReportLinked) -> bool:
        """Whether the report came in that time."""
        return link.source == self.source and self.since <= link.received < self.until


def pinned(facts: Iterable[Fact]) -> tuple[PinnedKey, ...]:
    """Every key ever pinned. One that was replaced stands for 30 days more, so that what is on the way arrives."""
    kept = tuple(facts)
    taken_back: dict[tuple[str, str], datetime] = {}
    for one, _ in _stand(kept):
        if one.act == "revoke" and one.effective_from is not None:
            place = (one.source, one.key_id)
            taken_back[place] = min(one.effective_from, taken_back.get(place, one.effective_from))
    enrolled = [fact for fact in kept if isinstance(fact, AgencyEnrolled)]
    found: list[PinnedKey] = []
    for number, fact in enumerate(enrolled):
        later = (one.at for one in enrolled[number + 1 :] if one.source == fact.source)
        replaced = next(later, None)
        ends = replaced + OVERLAP if replaced is not None else None
        gone = taken_back.get((fact.source, fact.key_id))
        revoked = gone is not None and (ends is None or gone < ends)
        found.append(PinnedKey(fact.source, fact.key_id, fact.public_key, gone if revoked else ends, revoked))
    return tuple(found)


def doubts(facts: Iterable[Fact]) -> tuple[Doubt, ...]:
    """The times of which something is doubtful: from when a key may have been in other hands until it was refused.

    It was refused when the change took effect, or when it was agreed, whichever was later.
    """
    found: list[Doubt] = []
    for proposed, approved in _stand(tuple(facts)):
        since = proposed.doubtful_from or proposed.effective_from
        if proposed.act == "revoke" and since is not None and proposed.effective_from is not None:
            until = max(proposed.effective_from, approved.at)
            found.append(Doubt(proposed.source, since, until, approved.at))
    return tuple(found)


def with_doubt(link: ReportLinked, known: Iterable[Doubt], day: date | None) -> ReportLinked:
    """What the hub states of the report, marked where it came in a doubtful time that was known of by that day."""
    of_then = (one for one in known if day is None or day_in_london(one.known) <= day)
    if not any(one.covers(link) for one in of_then):
        return link
    return link.model_copy(update={"marks": (*link.marks, IN_DOUBT)})


def waiting(facts: Iterable[Fact]) -> tuple[KeyChangeProposed, ...]:
    """The changes that nobody has agreed to yet."""
    kept = tuple(facts)
    agreed = {one.change_id for one in kept if isinstance(one, KeyChangeApproved)}
    return tuple(one for one in kept if isinstance(one, KeyChangeProposed) and one.change_id not in agreed)


def lapses(change: KeyChangeProposed) -> datetime:
    """From when on (UTC) nobody can agree to it any more: it is proposed afresh."""
    return change.at + PROPOSED_FOR


def is_other_person(one: Actor, other: Actor) -> bool:
    """Whether they are two people; one sign-in name under two issuers is taken for one person."""
    return one.subject != other.subject


def _stand(facts: tuple[Fact, ...]) -> tuple[tuple[KeyChangeProposed, KeyChangeApproved], ...]:
    """The changes to which a second person agreed, each with the agreement."""
    proposed: dict[UUID, KeyChangeProposed] = {}
    found: list[tuple[KeyChangeProposed, KeyChangeApproved]] = []
    for fact in facts:
        if isinstance(fact, KeyChangeProposed):
            proposed[fact.change_id] = fact
        elif isinstance(fact, KeyChangeApproved):
            change = proposed.pop(fact.change_id, None)
            if change is not None and is_other_person(change.by, fact.by):
                found.append((change, fact))
    return tuple(found)
