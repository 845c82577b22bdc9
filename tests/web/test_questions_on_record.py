"""Is the list of children in question on record, for each child that it names, before a word of it is sent?"""

from pathlib import Path
from uuid import UUID

import pytest

from contracts.events.hub import AccessDecided
from hub.application.list_questions import ListingQuestions, list_questions
from hub.commands import staff
from hub.domain.errors import AccessRefused
from hub.views.all_views import VIEWS
from hub.web.rendering import reference
from hub.wiring import Hub
from tests.support.given import ROBIN, a_child, a_concern, an_actor
from tests.support.house import house, say
from tests.support.pages import signed_in
from tests.support.watched_store import WatchedStore
from tests.web.test_nothing_unrecorded import NotingStore


@pytest.fixture
def asked_about(tmp_path: Path) -> Hub:
    """A hub that asks whether two records are of one child."""
    hub = house(tmp_path)
    say(hub, "police", a_concern("C-1"))
    say(hub, "health", a_concern("H-1", a_child(family="Quite", given="Else", born="2015-01-02")))
    return hub


def named(hub: Hub) -> set[UUID]:
    """The children whom the list names."""
    (view,) = (view for view in VIEWS if view.name == "questions")
    (row,) = hub.view_rows.read(view)
    candidates = row["candidates"]
    assert isinstance(candidates, list)
    found = {UUID(str(row["person_id"])), *(UUID(str(one)) for one in candidates)}
    assert set(hub.index.people_with("nhs", ROBIN)) < found
    return found


def looks(hub: Hub, person_id: UUID) -> list[AccessDecided]:
    return [one for one in hub.store.read_access(person_id) if one.what == "identity_question"]


def test_a_look_at_the_list_is_on_record_for_each_child_that_it_names(asked_about: Hub) -> None:
    children = named(asked_about)
    answer = signed_in(asked_about, staff.DECISION_MAKER).get("/questions")
    assert answer.status_code == 200
    for child in children:
        assert reference(child) in answer.text
        (look,) = looks(asked_about, child)
        assert (look.effect, look.actor.subject, look.items_shown) == ("permitted", "priya", 1)


def test_when_it_cannot_be_put_on_record_nothing_is_listed(asked_about: Hub) -> None:
    store = NotingStore(asked_about.store)
    browser = signed_in(asked_about, staff.DECISION_MAKER, store)
    store.full = True
    answer = browser.get("/questions")
    assert answer.status_code == 503
    assert not [child for child in named(asked_about) if reference(child) in answer.text]


def test_somebody_whose_work_it_is_not_is_refused_on_record(asked_about: Hub) -> None:
    (view,) = (view for view in VIEWS if view.name == "questions")
    store = WatchedStore(asked_about.store)
    hub, rows = asked_about, asked_about.view_rows.read(view)
    listing = ListingQuestions(store, hub.index, hub.clock, hub.law, hub.deciding(), rows)
    for actor in (an_actor("ivy", role=staff.IG_OFFICER.role), an_actor("sam", role=staff.UNRELATED.role)):
        with pytest.raises(AccessRefused):
            list_questions(listing, actor)
    for child in named(asked_about):
        assert [one.effect for one in looks(asked_about, child)] == ["refused", "refused"]


def test_a_look_at_the_list_opens_no_report(asked_about: Hub) -> None:
    store = NotingStore(asked_about.store)
    signed_in(asked_about, staff.DECISION_MAKER, store).get("/questions")
    assert "open_reports" not in store.calls
    assert "open_signed" not in store.calls


def test_a_list_that_names_nobody_is_a_look_on_record_all_the_same(tmp_path: Path) -> None:
    hub = house(tmp_path)
    store = NotingStore(hub.store)
    browser = signed_in(hub, staff.DECISION_MAKER, store)
    store.calls.clear()
    assert browser.get("/questions").status_code == 200
    assert store.calls == ["keep", "kept permitted"]
