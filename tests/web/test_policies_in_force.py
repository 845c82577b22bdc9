"""Does an officer read each policy that answers here, its set and since when it stands, and nobody else read it?"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from contracts.events.access import ReadDecided, SettingsStated
from hub.application.ports import Entry, Stream
from hub.application.read_policies import stated_policies
from hub.commands import staff
from hub.domain import words
from hub.web.app import create_app
from hub.wiring import Hub
from tests.support.house import house
from tests.support.pages import browsing, parts_of, sign_in, signed_in

OTHER = "ab" * 32
THEN = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Hub]:
    made = house(tmp_path)
    made.follow()
    yield made
    made.close()


def text_of(browser: TestClient) -> str:
    """The page, with what stands between its marks and one space between words."""
    answer = browser.get("/audit/policies")
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]*>", " ", answer.text).replace("&#39;", "'").split())


def stated(hub: Hub) -> SettingsStated:
    """What was stated last."""
    facts = hub.store.read_stream(Stream.registry())
    return [one for one in facts if isinstance(one, SettingsStated)][-1]


def state(hub: Hub, fact: SettingsStated) -> None:
    hub.store.keep((Entry(Stream.registry(), hub.clock.new_id(), fact),))


def test_each_policy_is_shown_with_what_it_says_and_its_set_with_the_day_from_which_it_stands(hub: Hub) -> None:
    page = text_of(signed_in(hub, staff.IG_OFFICER))
    for one in hub.policies.read:
        effect = {"permit": "Permits.", "forbid": "Forbids."}[one.effect]
        assert f"{one.title} {effect} {one.says}" in page
        assert one.id in page
    assert f"On record since {words.moment(stated(hub).at)}" in page
    assert hub.policies.sha256 == stated(hub).policies
    assert hub.policies.sha256 in page


def test_what_was_shown_is_on_record_with_its_set(hub: Hub) -> None:
    signed_in(hub, staff.IG_OFFICER).get("/audit/policies")
    rows = hub.store.rows_after(0, 100_000)
    reads = [fact for fact in map(hub.store.open_row, rows) if isinstance(fact, ReadDecided)]
    (look,) = (one for one in reads if one.what == "policies")
    assert (look.effect, look.items, look.sha256) == ("permitted", len(hub.policies.read), hub.policies.sha256)


def test_a_process_that_answers_by_another_set_than_is_on_record_says_so(hub: Hub) -> None:
    state(hub, stated(hub).model_copy(update={"at": THEN, "policies": OTHER}))
    page = text_of(signed_in(hub, staff.IG_OFFICER))
    assert f"Another set stands on record , since {words.moment(THEN)}" in page
    assert OTHER in page


def test_a_hub_that_never_stated_its_set_does_not_name_a_day(tmp_path: Path) -> None:
    made = house(tmp_path / "new")
    page = text_of(signed_in(made, staff.IG_OFFICER))
    assert "On record since Not yet" in page
    made.close()


def test_the_page_shows_the_policies_that_it_was_given(hub: Hub) -> None:
    class One:
        """A set of one."""

        read = (replace(hub.policies.read[0], title="A made-up title", says="A made-up sentence."),)
        sha256 = OTHER

    browser = browsing(create_app(replace(parts_of(hub), policies=One())))
    sign_in(browser, hub, staff.IG_OFFICER)
    page = text_of(browser)
    assert "A made-up title Permits. A made-up sentence." in page
    assert hub.policies.read[1].says not in page


def test_a_set_stands_from_the_first_of_the_statements_that_name_it_one_after_another(hub: Hub) -> None:
    first = stated(hub).model_copy(update={"at": THEN, "policies": OTHER})
    before = first.model_copy(update={"policies": ""})
    day = THEN.replace(day=9)
    again = first.model_copy(update={"at": day, "witness_refuse_after_minutes": 7})
    own = again.model_copy(update={"at": day.replace(month=2), "policies": "cd" * 32})
    back = own.model_copy(update={"at": day.replace(month=3), "policies": OTHER})
    sets = stated_policies((before, first, again, own, back))
    assert [(one.sha256[:2], one.since) for one in sets] == [("ab", back.at), ("cd", own.at), ("ab", first.at)]
