"""Who decides at the MASH opens an enquiry about a child, assigns it, says how pressing it is, and closes it.

With it ends what others may see. Nothing is opened of the child's record. A child who is not there, and one from whom
the reader is kept, are answered alike.
"""

from dataclasses import dataclass
from uuid import UUID

from contracts.event import Fact
from contracts.events.hub import AccessDecided, Actor
from contracts.events.need import Assignee, EnquiryAssigned, EnquiryClosed, EnquiryOpened, EnquiryRated, Part
from contracts.identifiers import Identifier
from contracts.vocabulary import LogOperation, Purpose
from hub.application.find_person import Finding
from hub.application.ports import Entry, Stream, Term, marks_of
from hub.application.read_chronology import Reading, keep_refusal
from hub.application.search_budget import find_within_budget, keep_searched
from hub.application.stand_to import Footing, alarms, enquiries_of, footing
from hub.domain import registry
from hub.domain.access import Asked
from hub.domain.enquiries import ENQUIRED, Enquiry, key_of, open_enquiries
from hub.domain.errors import AccessRefused, NotEnrolled, NotOnRecord, OpenedMeanwhile, RatedOtherwise
from hub.domain.need_to_know import Action, stamped
from hub.domain.unread import NOBODY, decided_unread, of_nobody


@dataclass(frozen=True, slots=True)
class Rated:
    """A rating, by the area's own word, and the one that it takes the place of (empty: none).

    `enquiry_id`: of which enquiry; None: of the newest about the child that is open.
    """

    rating: str
    instead_of: str = ""
    enquiry_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class OfChild:
    """A child, and the enquiries about them that are open, in the order in which they were opened."""

    person_id: UUID
    enquiries: tuple[Enquiry, ...]


@dataclass(frozen=True, slots=True)
class _Led:
    """What was decided before anything changes: about whom, what is open, and what is kept beside the change."""

    person_id: UUID
    enquiries: tuple[Enquiry, ...]
    version: int
    found: Finding
    beside: tuple[Entry, ...]


def open_enquiry(
    reading: Reading, actor: Actor, child: Identifier, purpose: Purpose, *, beside: frozenset[UUID] | None = None
) -> EnquiryOpened:
    """The enquiry, opened and on record.

    `beside`: which of the child's are known to be open (None: whichever are). Raises OpenedMeanwhile (another is),
    AccessRefused (on record), Conflict (somebody changed the child's enquiries meanwhile), StoreUnavailable.
    """
    led = _lead(reading, actor, child, purpose)
    if beside is not None and any(one.opened.enquiry_id not in beside for one in led.enquiries):
        keep_refusal(reading, led.found, led.beside)
        raise OpenedMeanwhile
    fact = EnquiryOpened(
        enquiry_id=reading.clock.new_id(), at=reading.clock.now(), person_id=led.person_id, by=actor, purpose=purpose
    )
    _keep(reading, led, fact)
    return fact


def assign_enquiry(
    reading: Reading,
    actor: Actor,
    child: Identifier,
    purpose: Purpose,
    assignee: Assignee,
    *,
    enquiry_id: UUID | None = None,
) -> EnquiryAssigned:
    """The open enquiry (None: the newest about the child) is somebody's too; they may look while it is open.

    Raises NotEnrolled (no such member of staff or agency), NotOnRecord (no enquiry is open), and as opening one.
    """
    whom = _enrolled(reading.deciding.registered, assignee)
    led = _lead(reading, actor, child, purpose)
    newest = _open(reading, led, enquiry_id)
    term = reading.index.pointer(ENQUIRED, key_of(whom, led.person_id), led.person_id)
    fact = EnquiryAssigned(
        enquiry_id=newest.opened.enquiry_id,
        at=reading.clock.now(),
        person_id=led.person_id,
        by=actor,
        assignee=whom,
        terms=marks_of((term,)),
    )
    _keep(reading, led, fact, (term,))
    return fact


def look_at_enquiries(reading: Reading, actor: Actor, child: Identifier, purpose: Purpose) -> OfChild:
    """The open enquiries about the child, on record as looked at.

    Raises AccessRefused (on record), StoreUnavailable, WaitsForWitnesses.
    """
    led = _lead(reading, actor, child, purpose, LogOperation.CONSULTATION)
    keep_refusal(reading, led.found, led.beside)
    return OfChild(led.person_id, led.enquiries)


def look_at_enquiry(
    reading: Reading, actor: Actor, child: Identifier, purpose: Purpose, enquiry_id: UUID | None = None
) -> Enquiry:
    """The open enquiry (None: the newest about the child), on record as looked at.

    Raises AccessRefused (on record), NotOnRecord (it is not open), StoreUnavailable, WaitsForWitnesses.
    """
    led = _lead(reading, actor, child, purpose, LogOperation.CONSULTATION)
    found = _open(reading, led, enquiry_id)
    keep_refusal(reading, led.found, led.beside)
    return found


def rate_enquiry(reading: Reading, actor: Actor, child: Identifier, purpose: Purpose, rated: Rated) -> EnquiryRated:
    """How pressing the open enquiry is from now on; rated so by the same person already, it stands as it is.

    Raises RatedOtherwise (it is not rated as it was when that was asked), NotOnRecord, and as opening one.
    """
    led = _lead(reading, actor, child, purpose)
    found = _open(reading, led, rated.enquiry_id)
    last = found.rated
    if last is not None and (last.rating, last.by.issuer, last.by.subject) == (
        rated.rating,
        actor.issuer,
        actor.subject,
    ):
        keep_refusal(reading, led.found, led.beside)
        return last
    if found.rating != rated.instead_of:
        keep_refusal(reading, led.found, led.beside)
        raise RatedOtherwise
    fact = EnquiryRated(
        enquiry_id=found.opened.enquiry_id,
        at=reading.clock.now(),
        person_id=led.person_id,
        by=actor,
        rating=rated.rating,
    )
    _keep(reading, led, fact)
    return fact


def close_enquiry(
    reading: Reading, actor: Actor, child: Identifier, purpose: Purpose, *, enquiry_id: UUID | None = None
) -> EnquiryClosed:
    """The open enquiry (None: the newest about the child), closed.

    Raises NotOnRecord (it is not open), AccessRefused (on record), Conflict, StoreUnavailable.
    """
    led = _lead(reading, actor, child, purpose)
    newest = _open(reading, led, enquiry_id)
    fact = EnquiryClosed(enquiry_id=newest.opened.enquiry_id, at=reading.clock.now(), person_id=led.person_id, by=actor)
    _keep(reading, led, fact)
    return fact


def _lead(
    reading: Reading,
    actor: Actor,
    child: Identifier,
    purpose: Purpose,
    operation: LogOperation = LogOperation.ALTERATION,
) -> _Led:
    now = reading.clock.now()
    found = find_within_budget(reading, child, actor, purpose)
    places = (reading.store, reading.index)
    stands = footing(reading.deciding, places, actor, (Action.LEAD, purpose), found.person_id)
    decision = _decision(reading, Asked(actor, purpose, now), found, stands)
    decision = decision.model_copy(update={"operation": operation})
    beside = (Entry(Stream.access(decision.person_id), decision.decision_id, decision),)
    if decision.effect != "permitted" or found.person_id is None:
        keep_refusal(reading, found, (*beside, *alarms(stands.ruling, actor, reading.clock)))
        raise AccessRefused
    facts = reading.store.read_stream(enquiries_of(found.person_id))
    return _Led(found.person_id, open_enquiries(facts), len(facts), found, beside)


def _decision(reading: Reading, asked: Asked, found: Finding, stands: Footing) -> AccessDecided:
    person_id = found.person_id or NOBODY
    version = reading.store.history_version(person_id)
    unread = decided_unread(asked, person_id, version, reading.clock.new_id(), reading.law)
    own = unread.model_copy(update={"what": "enquiry"})
    fact = stamped(own, stands.ruling, stands.relations)
    return of_nobody(fact) if found.person_id is None else fact


def _open(reading: Reading, led: _Led, enquiry_id: UUID | None = None) -> Enquiry:
    """The enquiry, which is open (None: the newest). Raises NotOnRecord (that it was asked for is on record)."""
    found = [one for one in led.enquiries if enquiry_id in (None, one.opened.enquiry_id)]
    if not found:
        keep_refusal(reading, led.found, led.beside)
        raise NotOnRecord("enquiry")
    return found[-1]


def _keep(
    reading: Reading,
    led: _Led,
    fact: EnquiryOpened | EnquiryAssigned | EnquiryRated | EnquiryClosed,
    terms: tuple[Term, ...] = (),
) -> None:
    entry = Entry(enquiries_of(led.person_id), reading.clock.new_id(), fact, expected=led.version)
    keep_searched(reading, led.found, lambda search: reading.store.keep((search, *led.beside, entry), terms))


def _enrolled(registered: tuple[Fact, ...], assignee: Assignee) -> Assignee:
    """The assignee as the registry knows it. Raises NotEnrolled."""
    match assignee.part:
        case Part.WORKER | Part.HOLDER:
            staff = registry.staff(registered).get(assignee.name)
            if staff is None:
                raise NotEnrolled("staff")
            return assignee.model_copy(update={"issuer": staff.actor.issuer})
        case Part.AGENCY:
            if assignee.name not in registry.agencies(registered):
                raise NotEnrolled("agency")
            return assignee
        case Part.TEAM:
            return assignee
