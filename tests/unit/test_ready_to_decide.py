"""Is an enquiry ready to decide when everybody who was asked has replied, or when the time is over, and not before?"""

from datetime import timedelta

import pytest

from contracts.events.requests import Answer, Wanted
from contracts.vocabulary import Purpose
from hub.application.list_enquiries import Next, listed
from hub.domain.clocks import Clocks, Limit
from hub.domain.requests import Request
from hub.views.enquiries import OpenEnquiry
from tests.support.given import NOW, an_id

CLOCKS = Clocks(unrated=Limit(4, "hours", runs_on=True))
ENQUIRY = OpenEnquiry(an_id("e"), an_id("p"), NOW, "priya", Purpose.SECTION_47)


def asked(source: str, answer: Answer | None) -> Request:
    wanted: tuple[Wanted, ...] = ("known",)
    return Request(an_id(source), ENQUIRY.person_id, source, "mash", Purpose.SECTION_47, wanted, NOW, NOW, answer)


@pytest.mark.parametrize(
    ("answers", "hours", "wanted"),
    [
        ((), 1, Next.ASK),
        ((), 5, Next.DECIDE),
        (("not_known", None), 1, Next.CHASE),
        (("not_known", "more_time"), 1, Next.CHASE),
        (("not_known", None), 5, Next.DECIDE),
        (("not_known", "cannot_share"), 1, Next.DECIDE),
    ],
)
def test_it_is_ready_once_all_replies_are_in_or_the_time_is_over(
    answers: tuple[Answer | None, ...], hours: int, wanted: Next
) -> None:
    requests = tuple(asked(f"agency {place}", one) for place, one in enumerate(answers))
    assert listed(ENQUIRY, requests, (CLOCKS, NOW + timedelta(hours=hours)), mine=False).next is wanted
