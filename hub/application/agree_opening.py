"""A second person agrees that somebody else opens what is held apart: they see what is asked, and nothing of it.

Each look at what waits, and each try to agree, is on record; whoever is kept from the child agrees to nothing of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from contracts.events.compartment import OpeningAgreed, OpeningProposed
from contracts.events.hub import Actor, Cited
from contracts.strict_json import Json
from contracts.vocabulary import Purpose, StaffRole
from hub.application.keep_read import keep_read
from hub.application.ports import Entry, Stream
from hub.application.read_chronology import Reading
from hub.application.stand_to import acting, alarms
from hub.domain.compartment_access import SECONDS, check_agree
from hub.domain.errors import AccessRefused
from hub.views.openings import ToAgree, person_of, to_agree


@dataclass(frozen=True, slots=True)
class Second:
    """Who may be the second person, and when they last proved who they are."""

    actor: Actor
    stepped_up_at: datetime | None


def list_to_agree(reading: Reading, rows: Iterable[dict[str, Json]], actor: Actor) -> tuple[ToAgree, ...]:
    """What waits for a second person, less what is about a child from whom the reader is kept.

    `rows` are those of the view of openings. Raises AccessRefused (on record), StoreUnavailable, Unreadable.
    """
    waiting = to_agree(actor, rows, reading.clock.now())
    found = tuple(one for one in waiting if not _bars(reading, actor, one.person_id))
    people = tuple(dict.fromkeys(one.person_id for one in found))
    store, clock = reading.store, reading.clock
    keep_read(store, clock, actor, ("list", "openings_to_agree"), SECONDS, items=len(found), subjects=people)
    return found


def agree_opening(
    reading: Reading, rows: Iterable[dict[str, Json]], second: Second, proposal_id: UUID
) -> tuple[OpeningProposed, OpeningAgreed]:
    """What was proposed, and the agreement, on record.

    Raises AccessRefused (on record; there is no such proposal, or one is kept from the child: answered alike),
    AgreementRefused (the try is on record), StoreUnavailable, Unreadable.
    """
    actor, person_id = second.actor, person_of(proposal_id, rows)
    bars = _bars(reading, actor, person_id)
    roles, subjects = (SECONDS, (person_id,)) if person_id is not None else (frozenset[StaffRole](), ())
    store, clock = reading.store, reading.clock
    keep_read(store, clock, actor, ("page", "opening_agreed"), roles, subjects=subjects, kept_from=bars)
    access = store.read_stream(Stream.access(person_id)) if person_id is not None else ()
    named = (one for one in access if isinstance(one, OpeningProposed) and one.proposal_id == proposal_id)
    proposed = next(named, None)
    if proposed is None:
        raise AccessRefused
    now = clock.now()
    proved = check_agree(proposed, access, second.actor, second.stepped_up_at, now)
    agreed = OpeningAgreed(
        proposal_id=proposal_id, at=now, person_id=proposed.person_id, by=actor, stepped_up_at=proved
    )
    store.keep((Entry(Stream.access(proposed.person_id), clock.new_id(), agreed, expected=len(access)),))
    return proposed, agreed


def _bars(reading: Reading, actor: Actor, person_id: UUID | None) -> tuple[Cited, ...]:
    """Why this person is kept from the child; what the policies could not judge is an alarm."""
    stands = acting(reading, actor, Purpose.AUDIT, person_id)
    if stands.ruling.alarm:
        reading.store.keep(alarms(stands.ruling, actor, reading.clock))
    return stands.ruling.bars
