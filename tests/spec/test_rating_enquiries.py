"""Does who decides at the MASH say how pressing an enquiry is, on record, and never over the head of somebody else?"""

from pathlib import Path

import pytest

from contracts.events.hub import Actor
from contracts.events.need import ConflictKind, EnquiryRated
from contracts.identifiers import parse_identifier
from contracts.vocabulary import AgencyKind, LogOperation, Purpose, StaffRole
from hub.application.enrol import enrol_staff
from hub.application.keep_apart import declare_conflict
from hub.application.lead_enquiry import Rated, close_enquiry, look_at_enquiry, open_enquiry, rate_enquiry
from hub.application.stand_to import enquiries_of
from hub.domain.errors import AccessRefused, NotOnRecord, RatedOtherwise
from hub.views.enquiries import open_now, project
from tests.support.given import ROBIN, a_concern, an_actor
from tests.support.small_hub import SmallHub

CHILD, WHY = parse_identifier(f"nhs:{ROBIN}"), Purpose.SECTION_47
PRIYA, KIT = an_actor(), an_actor("kit")
TOM = an_actor("tom", "health", AgencyKind.NHS, StaffRole.MASH_RESEARCHER)


@pytest.fixture
def hub(tmp_path: Path) -> SmallHub:
    """A child about whom an enquiry is open."""
    made = SmallHub(tmp_path)
    made.receive(a_concern())
    for actor in (PRIYA, KIT):
        enrol_staff(made.store, made.clock, actor, f"{actor.subject.title()} Invented", "hash")
    open_enquiry(made.reading(), PRIYA, CHILD, WHY)
    return made


def rate(hub: SmallHub, actor: Actor, rating: str, instead_of: str = "") -> EnquiryRated:
    return rate_enquiry(hub.reading(), actor, CHILD, WHY, Rated(rating, instead_of))


def rating(hub: SmallHub) -> str:
    return look_at_enquiry(hub.reading(), PRIYA, CHILD, WHY).rating


def listed(hub: SmallHub) -> list[str]:
    """What the list of open enquiries makes of the facts."""
    (person_id,) = hub.index.people_with("nhs", ROBIN)
    facts = hub.store.read_stream(enquiries_of(person_id))
    rows = {row.key: row.values for place, fact in enumerate(facts) for row in project(fact, place)}
    return [one.rating for one in open_now(rows.values())]


def test_the_last_rating_counts_and_each_stays_on_record(hub: SmallHub) -> None:
    assert (rating(hub), listed(hub)) == ("", [""])
    rate(hub, PRIYA, "Amber")
    rate(hub, KIT, "Red", "Amber")
    assert (rating(hub), listed(hub)) == ("Red", ["Red"])
    (person_id,) = hub.index.people_with("nhs", ROBIN)
    kept = [one for one in hub.store.read_stream(enquiries_of(person_id)) if isinstance(one, EnquiryRated)]
    assert [(one.rating, one.by.subject) for one in kept] == [("Amber", "priya"), ("Red", "kit")]


def test_a_rating_that_somebody_else_gave_meanwhile_is_not_written_over(hub: SmallHub) -> None:
    rate(hub, KIT, "Red")
    for seen in ("", "Amber"):
        with pytest.raises(RatedOtherwise):
            rate(hub, PRIYA, "Green", seen)
    assert rating(hub) == "Red"


def test_looking_and_rating_are_on_record_as_what_they_are(hub: SmallHub) -> None:
    (person_id,) = hub.index.people_with("nhs", ROBIN)
    before = len(hub.store.read_access(person_id))
    rating(hub)
    rate(hub, PRIYA, "Red")
    kept = hub.store.read_access(person_id)[before:]
    assert [(one.what, one.operation, one.effect) for one in kept] == [
        ("enquiry", LogOperation.CONSULTATION, "permitted"),
        ("enquiry", LogOperation.ALTERATION, "permitted"),
    ]


def test_whoever_is_kept_from_the_child_neither_sees_it_nor_rates_it(hub: SmallHub) -> None:
    rate(hub, PRIYA, "Red")
    declare_conflict(hub.store, hub.clock, KIT, CHILD, of="kit", kind=ConflictKind.FRIEND)
    for actor in (KIT, TOM):
        with pytest.raises(AccessRefused):
            look_at_enquiry(hub.reading(), actor, CHILD, WHY)
        with pytest.raises(AccessRefused):
            rate(hub, actor, "Green", "Red")
    assert rating(hub) == "Red"


def test_a_closed_enquiry_is_not_rated(hub: SmallHub) -> None:
    close_enquiry(hub.reading(), PRIYA, CHILD, WHY)
    with pytest.raises(NotOnRecord):
        rate(hub, PRIYA, "Red")
