"""The page that compares two days of a child: what it asks, what it says, and to whom it says nothing."""

import re
from datetime import date, timedelta

import pytest

from hub.commands import staff
from hub.domain.moment import day_in_london
from hub.wiring import Hub
from tests.support.html import faults
from tests.support.pages import ASKING, send, signed_in
from tests.support.story import SECRETS


def boxes(name: str, day: date) -> dict[str, str]:
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}


def today(hub: Hub) -> date:
    return day_in_london(hub.clock.now())


def plain(text: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def test_the_chronology_leads_to_it_and_a_day_looked_at_is_the_first_of_the_two(hub: Hub) -> None:
    browser = signed_in(hub, staff.DECISION_MAKER)
    known_on = {**ASKING, **boxes("day", date(2026, 2, 1))}
    assert 'action="/compare"' in send(browser, "/chronology", known_on).text
    form = send(browser, "/compare", known_on).text
    assert [re.search(rf'name="from-{part}"[^>]* value="(\d+)"', form) is not None for part in ("day", "month")]
    assert not re.search(r'name="until-\w+"[^>]* value="', form)


def test_what_came_since_yesterday_is_told_in_words_and_led_to(hub: Hub) -> None:
    browser = signed_in(hub, staff.DECISION_MAKER)
    answer = send(browser, "/compare/days", {**ASKING, **boxes("from", today(hub) - timedelta(days=1))})
    said = plain(answer.text)
    assert (answer.status_code, faults(answer.text)) == (200, ())
    assert re.search(r"[1-9]\d* added", said)
    assert "This view is on record" in said
    named = re.search(r'name="report" value="([0-9a-f]{32})"', answer.text)
    assert named is not None
    assert send(browser, "/entry", {**ASKING, "report": named[1]}).status_code == 200


def test_two_days_between_which_nothing_came_do_not_say_that_nothing_happened(hub: Hub) -> None:
    browser = signed_in(hub, staff.DECISION_MAKER)
    days = {**boxes("from", date(2026, 2, 1)), **boxes("until", date(2026, 3, 1))}
    answer = send(browser, "/compare/days", {**ASKING, **days})
    assert answer.status_code == 200
    assert "Nothing was added, corrected or withdrawn between these days. This does not mean that nothing" in plain(
        answer.text
    )
    assert not [word for word in SECRETS if word in answer.text]


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ({}, "Enter the first of the two days"),
        (boxes("from", date(2026, 2, 1)) | {"until-day": "31", "until-month": "2", "until-year": "2026"}, "a real day"),
        (boxes("from", date(2026, 2, 1)) | boxes("until", date(2026, 2, 1)), "must be before the second"),
        (boxes("from", date(2026, 2, 1)) | boxes("until", date(2999, 2, 1)), "must be today or in the past"),
        (boxes("from", date(2999, 2, 1)), "must be before the second"),
    ],
)
def test_days_that_cannot_be_compared_are_asked_for_again_and_nothing_is_opened(
    hub: Hub, days: dict[str, str], said: str
) -> None:
    answer = send(signed_in(hub, staff.DECISION_MAKER), "/compare/days", {**ASKING, **days})
    assert (answer.status_code, faults(answer.text)) == (422, ())
    assert said in answer.text
    assert not [word for word in SECRETS if word in answer.text]


def test_whoever_may_not_see_the_child_is_refused_in_the_same_words(hub: Hub) -> None:
    asked = {**ASKING, **boxes("from", date(2026, 2, 1))}
    answer = send(signed_in(hub, staff.NURSERY_LEAD), "/compare/days", asked)
    assert answer.status_code == 403
    assert "You cannot see this" in answer.text
    absent = send(signed_in(hub, staff.NURSERY_LEAD), "/compare/days", {**asked, "child": "9990001375"})
    assert (absent.status_code, plain(absent.text)) == (403, plain(answer.text))
