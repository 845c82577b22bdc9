"""Whom does "everyone asked" stand for: those asked in what is open now, and not whoever was asked years ago?"""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from contracts.events.need import Assignee, EnquiryAssigned, EnquiryClosed, EnquiryOpened, Part
from contracts.vocabulary import Purpose
from hub.domain.enquiries import asked_in, open_enquiries
from hub.domain.requests import Request
from tests.support.given import an_actor

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
PERSON, ENQUIRY = UUID(int=1), UUID(int=2)
MASH = an_actor()
OPENED = EnquiryOpened(enquiry_id=ENQUIRY, at=NOON, person_id=PERSON, by=MASH, purpose=Purpose.SECTION_47)


def asked(source: str, at: datetime) -> Request:
    return Request(UUID(int=3), PERSON, source, "csc", Purpose.SECTION_47, ("known",), at, at + timedelta(hours=4))


REQUESTS = (asked("gp", NOON - timedelta(days=400)), asked("police", NOON), asked("health", NOON + timedelta(hours=1)))


def test_where_an_enquiry_is_open_those_asked_since_it_began_and_those_it_is_assigned_to() -> None:
    agency = Assignee(part=Part.AGENCY, name="school")
    worker = Assignee(part=Part.WORKER, name="priya")
    given = [
        EnquiryAssigned(enquiry_id=ENQUIRY, at=NOON, person_id=PERSON, by=MASH, assignee=one)
        for one in (agency, worker)
    ]
    assert asked_in(open_enquiries([OPENED, *given]), REQUESTS) == {"police", "health", "school"}


def test_where_none_is_open_everyone_who_was_ever_asked() -> None:
    closed = EnquiryClosed(enquiry_id=ENQUIRY, at=NOON, person_id=PERSON, by=MASH)
    assert asked_in(open_enquiries([OPENED, closed]), REQUESTS) == {"gp", "police", "health"}
    assert asked_in((), ()) == frozenset()
