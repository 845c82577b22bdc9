"""Is how each answer ended on record, with its size and a keyed hash of its bytes, and kept with what comes next?"""

from pathlib import Path
from uuid import UUID

import pytest

from contracts.events.access import Ended, OutcomesKept, SettingsStated
from contracts.events.hub import AccessDecided
from hub.adapters.cedar_policies import own_policies
from hub.application.keep_outcome import Outcomes, answering
from hub.application.ports import Entry, Stream
from hub.commands import staff
from hub.settings import Settings
from hub.wiring import Hub
from tests.support.given import StoppedClock, a_decision, an_id
from tests.support.house import house
from tests.support.pages import ASKING, send, signed_in
from tests.support.story import tell_story

PERSON = an_id("somebody")


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Hub:
    made = house(tmp_path_factory.mktemp("ended"))
    tell_story(made)
    return made


def ended(hub: Hub) -> list[Ended]:
    """Every outcome on record, in order."""
    facts = [hub.store.open_row(row) for row in hub.store.rows_after(0, 5_000)]
    return [one for fact in facts if isinstance(fact, OutcomesKept) for one in fact.outcomes]


def decided(hub: Hub) -> AccessDecided:
    """The last decision about Robin."""
    (person_id,) = {one.person_id for one in _decisions(hub) if one.what == "chronology" and one.effect == "permitted"}
    return hub.store.read_access(person_id)[-1]


def _decisions(hub: Hub) -> list[AccessDecided]:
    facts = [hub.store.open_row(row) for row in hub.store.rows_after(0, 5_000)]
    return [fact for fact in facts if isinstance(fact, AccessDecided)]


def test_the_very_bytes_of_a_page_can_be_told_from_any_others(hub: Hub) -> None:
    browser = signed_in(hub, staff.DECISION_MAKER)
    answer = send(browser, "/chronology", ASKING)
    hub.store.keep_outcomes()
    one = ended(hub)[-1]
    assert one.decisions == (decided(hub).decision_id,)
    assert (one.ended, one.size_bytes) == ("completed", len(answer.content))
    assert hub.store.outcomes.is_of(answer.content, one.mac)
    assert not hub.store.outcomes.is_of(answer.content.replace(b"Robin", b"Wren"), one.mac)


def test_it_costs_no_keep_of_its_own_but_goes_with_the_next(hub: Hub) -> None:
    hub.store.keep_outcomes()
    before = len(ended(hub))
    browser = signed_in(hub, staff.DECISION_MAKER)
    send(browser, "/chronology", ASKING)
    assert len(ended(hub)) == before
    send(browser, "/chronology", ASKING)
    assert len(ended(hub)) == before + 1


def test_a_refusal_is_an_answer_too(hub: Hub) -> None:
    browser = signed_in(hub, staff.NURSERY_LEAD)
    answer = send(browser, "/chronology", ASKING)
    assert answer.status_code == 403
    hub.store.keep_outcomes()
    assert ended(hub)[-1].size_bytes == len(answer.content)


def test_an_answer_that_breaks_off_is_said_to_be_aborted(hub: Hub) -> None:
    def break_off() -> None:
        with answering() as answer:
            keep_one(hub, an_id("broken off"))
            answer.gave(b"half")
            raise ConnectionError

    with pytest.raises(ConnectionError):
        break_off()
    hub.store.keep_outcomes()
    one = ended(hub)[-1]
    assert (one.decisions, one.ended, one.size_bytes) == ((an_id("broken off"),), "aborted", 4)


def test_what_is_decided_for_no_answer_has_none(hub: Hub) -> None:
    hub.store.keep_outcomes()
    before = ended(hub)
    keep_one(hub, an_id("nobody's answer"))
    hub.store.keep_outcomes()
    assert ended(hub) == before


def test_outcomes_that_cannot_be_kept_wait(hub: Hub) -> None:
    outcomes = Outcomes(b"k" * 32, StoppedClock(), lambda text: text)
    outcomes.end((an_id("one"),), b"d" * 32, 3, "completed")
    taken = outcomes.take()
    assert outcomes.take() == ()
    outcomes.put_back(taken)
    (again,) = outcomes.take()
    assert isinstance(again.what, OutcomesKept)
    assert [one.decisions for one in again.what.outcomes] == [(an_id("one"),)]


def test_settings_are_stated_once_and_again_when_one_is_another(tmp_path: Path) -> None:
    def stated(settings: Settings) -> list[SettingsStated]:
        made = Hub(settings)
        made.follow()
        made.follow()
        found = [one for one in made.store.read_stream(Stream.registry()) if isinstance(one, SettingsStated)]
        made.close()
        return found

    first = Settings(home=tmp_path / "hub")
    assert len(stated(first)) == 1
    assert len(stated(first)) == 1
    *_, last = stated(Settings(home=tmp_path / "hub", access_rules_off=frozenset({"evening_run"})))
    assert last.access_rules_off == ("evening_run",)
    assert last.policies == own_policies().sha256
    assert {one.agency for one in last.agreements} >= {"police", "health", "school"}
    assert {one.name for one in last.keys} == {"log", "seal", "signing hub-1"}


def keep_one(hub: Hub, decision_id: UUID) -> None:
    decision = a_decision(PERSON, 0).model_copy(update={"decision_id": decision_id})
    hub.store.keep((Entry(Stream.access(PERSON), decision_id, decision),))
