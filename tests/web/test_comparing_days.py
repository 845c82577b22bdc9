"""The page that compares two days of a child: what it asks, what it says, and to whom it says nothing."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from fastapi.testclient import TestClient

from contracts.event_id import event_id
from contracts.report import Change
from contracts.vocabulary import ChangeKind
from hub.commands import staff
from hub.domain.moment import day_in_london
from hub.web.app import create_app
from hub.wiring import Hub
from tests.support.house import house
from tests.support.html import faults
from tests.support.long_life import TODAY, a_house, life, parts_over, report
from tests.support.pages import ASKING, browsing, send, sign_in, signed_in
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
    assert (
        "Nothing was added, corrected, withdrawn or replied to between these days. This does not mean that nothing"
        in plain(answer.text)
    )
    assert not [word for word in SECRETS if word in answer.text]


def test_the_days_compared_stand_in_the_boxes_for_other_days_and_after_an_error(hub: Hub) -> None:
    browser = signed_in(hub, staff.DECISION_MAKER)
    days = {**boxes("from", date(2026, 2, 1)), **boxes("until", date(2026, 3, 17))}
    for sent, status in ((days, 200), ({**days, "until-month": "13"}, 422)):
        answer = send(browser, "/compare/days", {**ASKING, **sent})
        assert answer.status_code == status
        for name, value in sent.items():
            assert re.search(rf'id="{name}"[^>]* value="{value}"', answer.text), name


@pytest.fixture(scope="module")
def put_right(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """A decision-maker before three years of a child; in June 2026 two entries were put right and one taken back."""
    folder = tmp_path_factory.mktemp("put right")
    for name in ("house", "life"):
        (folder / name).mkdir()
    home, small, told = house(folder / "house"), a_house(folder / "life", life()), life()
    senders = {sender.name: sender for sender in small.senders}
    corrected = replace(told[2], what="Argument two doors away; neighbours called.")
    viewed = replace(told[6], view="Medium risk, third call in a year.")
    right, gone = ChangeKind.CORRECTION, ChangeKind.RETRACTION
    for number, new, kind, why in (
        (2, corrected, right, "Another house"), (6, viewed, right, "Put right"), (9, told[9], gone, "Another pupil")
    ):  # fmt: skip
        sender, first = senders[new.agency], report(number, told[number])
        later = report(number, new)
        change = Change(kind=kind, of=event_id(sender.source, first), reason=why)
        record = later.record.model_copy(update={"record_version": "2"})
        small.clock.at = datetime(2026, 6, 1 + number, 11, tzinfo=UTC)
        small.receive(later.model_copy(update={"change": change, "record": record}), sender)
    small.clock.at = TODAY
    browser = browsing(create_app(parts_over(home, small)))
    assert sign_in(browser, home, staff.DECISION_MAKER).status_code == 303
    return browser


def test_what_was_put_right_stands_beside_what_was_said_before(put_right: TestClient) -> None:
    days = {**boxes("from", date(2026, 5, 31)), **boxes("until", date(2026, 6, 20))}
    answer = send(put_right, "/compare/days", {**ASKING, **days})
    said = plain(answer.text)
    assert (answer.status_code, faults(answer.text)) == (200, ())
    assert "0 added 2 corrected or stated again 1 withdrawn by its agency" in said
    before = said.index("Said on 31 May 2026, and not since Argument at the address")
    assert before < said.index("Said on 20 June 2026, and not before Argument two doors away")
    assert "High risk, third call in a year." in said
    assert "Reason: Another house" in said
    assert said.index("Withdrawn ") < said.index("Reason: Another pupil")
    alone = re.findall(r'name="day-(?:day|month|year)" value="(\d+)"', answer.text)
    assert alone == ["20", "6", "2026"], "an entry is opened as it was known on the second day"


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
