"""Does a decision on sharing by somebody at the MASH, since the enquiry began, end its clock, and nothing else?"""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from contracts.event import Fact
from contracts.events.need import EnquiryOpened
from contracts.events.sharing import DisclosureDecided, ShareTakenBack, SharingRefused
from contracts.vocabulary import AgencyKind, StaffRole
from hub.views.enquiries import open_now, project
from tests.support.facts import example
from tests.support.given import an_actor

BEGAN = datetime(2026, 11, 20, 9, 5, tzinfo=UTC)
LATER = BEGAN + timedelta(hours=1)
ROBIN, WREN = UUID(int=7), UUID(int=8)
PRIYA = an_actor()
SAM = an_actor("sam", "health", AgencyKind.NHS, StaffRole.PRACTITIONER)
OPENED = example(EnquiryOpened).model_copy(update={"person_id": ROBIN, "at": BEGAN})
REFUSED = example(SharingRefused).model_copy(update={"person_id": ROBIN, "at": LATER, "actor": PRIYA})
SHARED = example(DisclosureDecided).model_copy(
    update={"person_id": ROBIN, "at": LATER, "actor": PRIYA, "effect": "permitted"}
)
BACK = example(ShareTakenBack).model_copy(
    update={"person_id": ROBIN, "disclosure_id": SHARED.disclosure_id, "at": LATER + timedelta(minutes=3)}
)


def decided(*facts: Fact) -> datetime | None:
    """When the clock of the enquiry ended."""
    rows = {row.key: row.values for place, fact in enumerate((OPENED, *facts)) for row in project(fact, place)}
    (one,) = open_now(rows.values())
    return one.decided


@pytest.mark.parametrize("fact", [REFUSED, SHARED], ids=["not to share", "to share"])
def test_the_first_decision_of_somebody_at_the_mash_ends_it(fact: Fact) -> None:
    assert decided() is None
    assert decided(fact) == LATER
    again = SHARED.model_copy(update={"disclosure_id": UUID(int=9), "at": LATER + timedelta(days=1)})
    assert decided(again, fact) == LATER


@pytest.mark.parametrize(
    "fact",
    [
        REFUSED.model_copy(update={"actor": SAM}),
        SHARED.model_copy(update={"actor": SAM}),
        SHARED.model_copy(update={"actor": None}),
        SHARED.model_copy(update={"effect": "refused"}),
        SHARED.model_copy(update={"person_id": WREN}),
        SHARED.model_copy(update={"at": BEGAN - timedelta(minutes=1)}),
    ],
    ids=["an agency's refusal", "an agency's share", "the hub's own", "refused by law", "of another child", "before"],
)
def test_nothing_else_ends_it(fact: Fact) -> None:
    assert decided(fact) is None


def test_what_was_taken_back_was_decided_by_nobody() -> None:
    assert decided(SHARED, BACK) is None
    assert decided(SHARED, REFUSED, BACK) == LATER
