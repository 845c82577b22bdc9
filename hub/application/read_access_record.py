"""An information-governance officer asks who looked at a child; that too is on record before it is shown."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from contracts.events.hub import AccessDecided, Actor, SearchMade
from contracts.identifiers import Identifier
from contracts.vocabulary import Purpose
from hub.application.find_person import find_person
from hub.application.ports import Clock, Entry, Stream
from hub.application.search_budget import Searching
from hub.application.stand_to import acting, alarms
from hub.domain.access import Asked
from hub.domain.access_line import AccessLine, line_of
from hub.domain.errors import AccessRefused
from hub.domain.need_to_know import stamped
from hub.domain.unopened import decide_access_record


@dataclass(frozen=True, slots=True)
class AccessRecord:
    """Every decision about one person's chronology, newest first, where each is on record, and what let it be read.

    `others` is what else was done: shared, recalled, not shared, opened in an emergency. `left_out` is how much was not
    asked for.
    """

    person_id: UUID
    decision_id: UUID
    position: int
    decisions: tuple[AccessDecided, ...]
    positions: tuple[int, ...]
    others: tuple[AccessLine, ...] = ()
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Which of the looks are wanted: those of one agency (source), for one purpose, since a moment (None: all)."""

    agency: str | None = None
    purpose: Purpose | None = None
    since: datetime | None = None

    def fits(self, agency: str, purpose: Purpose | None, at: datetime) -> bool:
        """Whether a look is one of those wanted."""
        since = self.since is None or at >= self.since
        return since and self.agency in (None, agency) and self.purpose in (None, purpose)


ALL: Final = Narrowed()


def read_access_record(reading: Searching, actor: Actor, child: Identifier, *, wanted: Narrowed = ALL) -> AccessRecord:
    """Who asked to see the child, for what, and what was decided; nobody checks on a child they are kept from.

    Raises AccessRefused (on record; a child who is not there is answered alike), StoreUnavailable, Unreadable.
    """
    store, clock = reading.store, reading.clock
    asked = Asked(actor, Purpose.AUDIT, clock.now())
    found = find_person(reading.index, child, actor, asked.purpose, asked.at)
    stands = acting(reading, actor, asked.purpose, found.person_id, child)
    search = _search(clock, found.fact)
    if found.person_id is None:
        store.keep((search,))
        raise AccessRefused
    version = store.history_version(found.person_id)
    judged = decide_access_record(asked, found.person_id, version, clock.new_id())
    decision = stamped(judged, stands.ruling, stands.relations)
    access = Entry(Stream.access(found.person_id), decision.decision_id, decision)
    kept = store.keep((search, access, *alarms(stands.ruling, actor, clock)))
    if decision.effect != "permitted":
        raise AccessRefused
    stream = Stream.access(found.person_id)
    facts = tuple(zip(store.read_stream(stream), store.positions(stream), strict=False))[::-1]
    every = [(fact, position) for fact, position in facts if isinstance(fact, AccessDecided)]
    decisions = [one for one in every if wanted.fits(one[0].actor.agency, one[0].purpose, one[0].at)]
    lines = [line_of(fact, position) for fact, position in facts if not isinstance(fact, AccessDecided)]
    rest = [line for line in lines if line is not None and line.of_people]
    others = tuple(line for line in rest if wanted.fits(line.agency, line.purpose, line.at))
    return AccessRecord(
        person_id=found.person_id,
        decision_id=decision.decision_id,
        position=kept.positions[1],
        decisions=tuple(fact for fact, _ in decisions),
        positions=tuple(position for _, position in decisions),
        others=others,
        left_out=len(every) + len(rest) - len(decisions) - len(others),
    )


def _search(clock: Clock, fact: SearchMade) -> Entry:
    search_id = clock.new_id()
    return Entry(Stream.search(search_id), search_id, fact, expected=0)
