"""Is each thing that somebody may ask to see or do about a child called by its own name on the record of access?"""

import re
from typing import get_args

import pytest

from contracts.events.hub import AccessDecided
from contracts.identifiers import parse_identifier
from contracts.vocabulary import Purpose
from hub.application.lead_enquiry import open_enquiry
from hub.application.ports import Stream
from hub.commands import staff
from hub.domain import access_words, registry
from hub.domain.errors import AccessRefused
from hub.wiring import Hub
from tests.support.given import ROBIN
from tests.support.pages import ASKING, send, signed_in

CALLED = {
    "chronology": "Chronology",
    "access_record": "Who looked at a child",
    "identity_question": "Identity questions",
    "telling": "Who is still to be told",
    "shares": "What was shared",
    "family_answer": "Answer to a family",
    "enquiry": "Enquiry (opening, assigning, rating or closing one)",
}


def test_each_kind_has_a_name_of_its_own() -> None:
    kinds = get_args(AccessDecided.model_fields["what"].annotation)
    assert {kind: access_words.what(kind) for kind in kinds} == CALLED
    assert len(set(CALLED.values())) == len(kinds)


def test_who_looked_calls_each_by_its_name(hub: Hub) -> None:
    lena = registry.staff(hub.store.read_stream(Stream.registry()))[staff.NURSERY_LEAD.subject].actor
    with pytest.raises(AccessRefused):
        open_enquiry(hub.reading(), lena, parse_identifier(f"nhs:{ROBIN}"), Purpose.SECTION_47)
    priya = signed_in(hub, staff.DECISION_MAKER)
    early = {"day-day": "1", "day-month": "2", "day-year": "2026"}
    for path, fields in (("/shares", ASKING), ("/chronology", {**ASKING, **early})):
        assert send(priya, path, fields).status_code == 200
    page = send(signed_in(hub, staff.IG_OFFICER), "/who-looked", {"child": ROBIN}).text
    cells = re.findall(r'data-label="What">(.*?)</td>', page)
    past = f"{CALLED['chronology']}, as known on 1 February 2026"
    assert cells[:4] == [CALLED["access_record"], past, CALLED["shares"], CALLED["enquiry"]]
