"""When does a kept decision let content be opened: made on the history as it stands, and not a minute ago."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import get_args
from uuid import UUID

import pytest

from contracts.event import Fact
from contracts.events.compartment import CompartmentAsked
from contracts.events.printing import PrintDecided
from contracts.events.sharing import DisclosureDecided
from contracts.signature import Signed
from hub.application.permit import Act, Permit, Whole
from hub.application.ports import Entry, Kept, Stream
from hub.domain.errors import NotPermitted
from tests.support.facts import example
from tests.support.given import ROBIN, a_concern, a_decision, an_id
from tests.support.small_hub import SmallHub

WHOLE: tuple[Whole, ...] = get_args(Whole)


@pytest.fixture
def hub(tmp_path: Path) -> SmallHub:
    made = SmallHub(tmp_path)
    made.receive(a_concern())
    return made


def robin(hub: SmallHub) -> UUID:
    (person_id,) = hub.index.people_with("nhs", ROBIN)
    return person_id


def kept(hub: SmallHub, states: int, *seen: int) -> Kept:
    decision = a_decision(robin(hub), states)
    entry = Entry(Stream.access(robin(hub)), decision.decision_id, decision)
    return hub.store.keep((entry,), seen=tuple((Stream.history(robin(hub)), version) for version in seen))


def test_a_decision_on_the_version_that_was_checked_as_it_was_kept_gives_a_permit(hub: SmallHub) -> None:
    history = hub.store.read_history(robin(hub))
    assert len(hub.store.open_reports(history, kept(hub, history.version, history.version).permit, Act.SHOW)) == 1


def test_a_decision_whose_version_nobody_checked_gives_none(hub: SmallHub) -> None:
    assert kept(hub, hub.store.history_version(robin(hub))).permit is None


@pytest.mark.parametrize("more", [1, -1, 10**9])
def test_a_decision_that_states_another_version_than_was_checked_gives_none(hub: SmallHub, more: int) -> None:
    version = hub.store.history_version(robin(hub))
    assert kept(hub, version + more, version).permit is None


def test_a_permit_opens_for_a_minute_and_no_longer(hub: SmallHub) -> None:
    history = hub.store.read_history(robin(hub))
    permit = kept(hub, history.version, history.version).permit
    hub.clock.forward(timedelta(seconds=60))
    assert hub.store.open_reports(history, permit, Act.SHOW)
    hub.clock.forward(timedelta(microseconds=1))
    with pytest.raises(NotPermitted):
        hub.store.open_reports(history, permit, Act.SHOW)


def test_the_minute_of_a_permit_cannot_be_put_off(hub: SmallHub) -> None:
    history = hub.store.read_history(robin(hub))
    permit = kept(hub, history.version, history.version).permit
    assert permit is not None
    hub.clock.forward(timedelta(hours=1))
    later = int.from_bytes(permit.proof[:8]) + 3_600_000_000
    with pytest.raises(NotPermitted):
        hub.store.open_reports(history, replace(permit, proof=later.to_bytes(8) + permit.proof[8:]), Act.SHOW)


def test_another_stores_permit_opens_nothing_here(hub: SmallHub, tmp_path: Path) -> None:
    history = hub.store.read_history(robin(hub))
    permit = kept(hub, history.version, history.version).permit
    with pytest.raises(NotPermitted):
        SmallHub(tmp_path).store.open_reports(history, permit, Act.SHOW)


def test_a_permit_made_by_hand_this_minute_opens_nothing(hub: SmallHub) -> None:
    history = hub.store.read_history(robin(hub))
    permit = kept(hub, history.version, history.version).permit
    assert permit is not None
    for forged in (
        replace(permit, proof=permit.proof[:8] + b"x" * 32),
        replace(permit, decision_id=an_id("another")),
        replace(permit, position=permit.position + 1),
        replace(permit, history_version=permit.history_version + 1),
        replace(permit, purpose="s17"),
        replace(permit, proof=b""),
    ):
        with pytest.raises(NotPermitted):
            hub.store.open_reports(history, forged, Act.SHOW)


def permit_to(hub: SmallHub, act: Act) -> Permit:
    """The permit that a decision for this act gives, made now on the history as it stands."""
    person, version = robin(hub), hub.store.history_version(robin(hub))
    looked = a_decision(person, version).model_copy(update={"decision_id": hub.clock.new_id()})
    about = {"person_id": person, "history_version": version, "effect": "permitted"}
    facts: dict[Act, tuple[Fact, ...]] = {
        Act.SHOW: (looked,),
        Act.MOVE: (looked.model_copy(update={"what": "identity_question"}),),
        Act.PRINT: (looked, example(PrintDecided).model_copy(update={"person_id": person})),
        Act.SHARE: (example(DisclosureDecided).model_copy(update=about),),
        Act.APART: (example(CompartmentAsked).model_copy(update=about),),
    }
    entries = tuple(Entry(Stream.access(person), hub.clock.new_id(), fact) for fact in facts[act])
    permit = hub.store.keep(entries, seen=((Stream.history(person), version),)).permit
    assert permit is not None
    return permit


def opens(hub: SmallHub, permit: Permit, act: Whole) -> bool:
    history = hub.store.read_history(robin(hub))
    try:
        return len(hub.store.open_reports(history, permit, act)) == 1
    except NotPermitted:
        return False


@pytest.mark.parametrize("made_for", Act, ids=lambda act: act.value)
def test_what_was_decided_for_one_act_opens_for_no_other(hub: SmallHub, made_for: Act) -> None:
    permit = permit_to(hub, made_for)
    assert [act for act in WHOLE if opens(hub, permit, act)] == [act for act in WHOLE if act is made_for]


@pytest.mark.parametrize("made_for", Act, ids=lambda act: act.value)
def test_the_act_of_a_permit_cannot_be_changed(hub: SmallHub, made_for: Act) -> None:
    permit = permit_to(hub, made_for)
    assert not [act for act in WHOLE if act is not made_for and opens(hub, replace(permit, act=act), act)]


@pytest.mark.parametrize("made_for", [act for act in Act if act is not Act.MOVE], ids=lambda act: act.value)
def test_only_a_decision_to_move_a_report_opens_it_as_it_was_signed(hub: SmallHub, made_for: Act) -> None:
    history = hub.store.read_history(robin(hub))
    report_id = history.linked()[0].report_id
    assert isinstance(hub.store.open_signed(history, permit_to(hub, Act.MOVE), report_id), Signed)
    with pytest.raises(NotPermitted):
        hub.store.open_signed(history, permit_to(hub, made_for), report_id)


@pytest.mark.parametrize("what", ["access_record", "telling", "shares", "family_answer", "enquiry"])
def test_what_lists_and_opens_nothing_gives_no_permit(hub: SmallHub, what: str) -> None:
    version = hub.store.history_version(robin(hub))
    listed = a_decision(robin(hub), version).model_copy(update={"what": what})
    entry = Entry(Stream.access(robin(hub)), listed.decision_id, listed)
    assert hub.store.keep((entry,), seen=((Stream.history(robin(hub)), version),)).permit is None
