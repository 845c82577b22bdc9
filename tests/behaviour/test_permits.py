"""When does a kept decision let content be opened: made on the history as it stands, and not a minute ago."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from hub.application.ports import Entry, Kept, Stream
from hub.domain.errors import NotPermitted
from tests.support.given import ROBIN, a_concern, a_decision, an_id
from tests.support.small_hub import SmallHub


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
    return hub.store.keep((entry,), seen=tuple((robin(hub), version) for version in seen))


def test_a_decision_on_the_version_that_was_checked_as_it_was_kept_gives_a_permit(hub: SmallHub) -> None:
    history = hub.store.read_history(robin(hub))
    assert len(hub.store.open_reports(history, kept(hub, history.version, history.version).permit)) == 1


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
    assert hub.store.open_reports(history, permit)
    hub.clock.forward(timedelta(microseconds=1))
    with pytest.raises(NotPermitted):
        hub.store.open_reports(history, permit)
    with pytest.raises(NotPermitted):
        hub.store.open_signed(history, permit, history.linked()[0].report_id)


def test_the_minute_of_a_permit_cannot_be_put_off(hub: SmallHub) -> None:
    history = hub.store.read_history(robin(hub))
    permit = kept(hub, history.version, history.version).permit
    assert permit is not None
    hub.clock.forward(timedelta(hours=1))
    later = int.from_bytes(permit.proof[:8]) + 3_600_000_000
    with pytest.raises(NotPermitted):
        hub.store.open_reports(history, replace(permit, proof=later.to_bytes(8) + permit.proof[8:]))


def test_another_stores_permit_opens_nothing_here(hub: SmallHub, tmp_path: Path) -> None:
    history = hub.store.read_history(robin(hub))
    permit = kept(hub, history.version, history.version).permit
    with pytest.raises(NotPermitted):
        SmallHub(tmp_path).store.open_reports(history, permit)


def test_a_permit_made_by_hand_this_minute_opens_nothing(hub: SmallHub) -> None:
    history = hub.store.read_history(robin(hub))
    permit = kept(hub, history.version, history.version).permit
    assert permit is not None
    for forged in (
        replace(permit, proof=permit.proof[:8] + b"x" * 32),
        replace(permit, decision_id=an_id("another")),
        replace(permit, position=permit.position + 1),
        replace(permit, history_version=permit.history_version + 1),
        replace(permit, proof=b""),
    ):
        with pytest.raises(NotPermitted):
            hub.store.open_reports(history, forged)
