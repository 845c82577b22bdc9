"""Who decides at the MASH opens an enquiry about a child, assigns it and closes it; with it ends what others may see.

Nothing is opened of the child's record. A child who is not there, and one from whom the reader is kept, are answered
alike.
"""

from dataclasses import dataclass
from uuid import UUID

from contracts.event import Fact
from contracts.events.hub import AccessDecided, Actor
from contracts.events.need import Assignee, EnquiryAssigned, EnquiryClosed, EnquiryOpened, Part
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
from hub.domain.errors import AccessRefused, NotEnrolled, NotOnRecord
from hub.domain.need_to_know import Action, stamped
from hub.domain.unread import NOBODY, decided_unread, of_nobody


@dataclass(frozen=True, slots=True)
class _Led:
    """What was decided before anything changes: about whom, what is open, and what is kept beside the change."""

    person_id: UUID
    enquiries: tuple[Enquiry, ...]
    version: int
    found: Finding
    beside: tuple[Entry, ...]


def open_enquiry(reading: Reading, actor: Actor, child: Identifier, purpose: Purpose) -> EnquiryOpened:
    """The enquiry, opened and on record.

    Raises AccessRefused (on record), Conflict (somebody changed the child's enquiries meanwhile), StoreUnavailable.
    """
    led = _lead(reading, actor, child, purpose)
    fact = EnquiryOpened(
        enquiry_id=reading.clock.new_id(), at=reading.clock.now(), person_id=led.person_id, by=actor, purpose=purpose
    )
    _keep(reading, led, fact)
    return fact


def assign_enquiry(
    reading: Reading, actor: Actor, child: Identifier, purpose: Purpose, assignee: Assignee
) -> EnquiryAssigned:
    """The newest open enquiry about the child is somebody's too; they may look while it is open.

    Raises NotEnrolled (no such member of staff or agency), NotOnRecord (no enquiry is open), and as opening one.
    """
    whom = _enrolled(reading.deciding.registered, assignee)
    led = _lead(reading, actor, child, purpose)
    newest = _newest(reading, led)
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


def close_enquiry(reading: Reading, actor: Actor, child: Identifier, purpose: Purpose) -> EnquiryClosed:
    """The newest open enquiry about the child, closed. Raises NotOnRecord (none is open), and as opening one."""
    led = _lead(reading, actor, child, purpose)
    newest = _newest(reading, led)
    fact = EnquiryClosed(enquiry_id=newest.opened.enquiry_id, at=reading.clock.now(), person_id=led.person_id, by=actor)
    _keep(reading, led, fact)
    return fact


def _lead(reading: Reading, actor: Actor, child: Identifier, purpose: Purpose) -> _Led:
    now = reading.clock.now()
    found = find_within_budget(reading, child, actor, purpose)
    places = (reading.store, reading.index)
    stands = footing(reading.deciding, places, actor, (Action.LEAD, purpose), found.person_id)
    decision = _decision(reading, Asked(actor, purpose, now), found, stands)
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
    own = unread.model_copy(update={"what": "enquiry", "operation": LogOperation.ALTERATION})
    fact = stamped(own, stands.ruling, stands.relations)
    return of_nobody(fact) if found.person_id is None else fact


def _newest(reading: Reading, led: _Led) -> Enquiry:
    if not led.enquiries:
        keep_refusal(reading, led.found, led.beside)
        raise NotOnRecord("enquiry")
    return led.enquiries[-1]


def _keep(
    reading: Reading, led: _Led, fact: EnquiryOpened | EnquiryAssigned | EnquiryClosed, terms: tuple[Term, ...] = ()
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
