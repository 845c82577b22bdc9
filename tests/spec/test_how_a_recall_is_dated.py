"""Until when does a recall say that something was shared, however late it leaves, and what is recalled again?"""

from datetime import timedelta
from pathlib import Path

import pytest

from contracts.event_id import event_id
from contracts.events.sharing import ShareTakenBack
from contracts.report import Change
from contracts.vocabulary import ChangeKind
from hub.application.move_report import Move, Moving, move_report
from hub.application.ports import Stream
from hub.application.take_back import take_back
from hub.domain.errors import StoreUnavailable
from tests.support.given import a_concern, an_actor
from tests.support.sharers import CHILD, FIRST, MASH, SharingHub, nothing_leaves, shared_once

PEOPLE = (an_actor("steward"), an_actor("second"))


@pytest.fixture
def hub(tmp_path: Path) -> SharingHub:
    """A hub that has just shared one concern with health."""
    return shared_once(tmp_path)


def back(hub: SharingHub) -> None:
    """What was shared is taken back."""
    take_back(hub.sharing(), MASH, CHILD, hub.decisions()[0].disclosure_id)


def kept(hub: SharingHub) -> list[ShareTakenBack]:
    return [one for one in hub.store.read_stream(Stream.access(hub.robin())) if isinstance(one, ShareTakenBack)]


def test_a_recall_says_until_when_what_was_taken_back_was_shared(hub: SharingHub) -> None:
    hub.clock.forward(timedelta(minutes=1))
    back(hub)
    (taken,) = kept(hub)
    hub.clock.forward(timedelta(hours=1))
    hub.follow()
    assert [(one.news, one.at) for one in hub.caught.sent[1:]] == [("recall", taken.at)]
    assert hub.decisions()[-1].at == hub.clock.now()


def test_a_recall_that_did_not_leave_is_not_about_what_is_shared_before_it_does(hub: SharingHub) -> None:
    back(hub)
    (taken,) = kept(hub)
    nothing_leaves(hub)
    again = hub.share(hub.asked(FIRST))
    nothing_leaves(hub)
    hub.follow()
    told = [(one.news, one.at) for one in hub.caught.sent[1:]]
    assert told == [("report", again.at), ("recall", taken.at)]
    assert hub.caught.sent[-1].handling.startswith("Taken back by whoever shared it")


def test_what_had_not_left_when_it_was_taken_back_never_does(hub: SharingHub) -> None:
    change = Change(kind=ChangeKind.CORRECTION, of=event_id(hub.police.source, FIRST), reason="mistaken")
    hub.receive(a_concern("C-2", words="The wind did", change=change))
    hub.caught.broken = True
    with pytest.raises(StoreUnavailable):
        hub.follow()
    hub.caught.broken = False
    back(hub)
    hub.follow()
    assert [one.news for one in hub.caught.sent] == ["report", "recall", "recall"]
    assert all(one.content is None for one in hub.caught.sent[1:])


def test_a_recall_of_what_is_about_another_child_is_dated_by_its_move(hub: SharingHub) -> None:
    report_id, robin = event_id(hub.police.source, FIRST), hub.robin()
    moving = Moving(hub.store, hub.index, hub.clock, hub.deciding())
    hub.clock.forward(timedelta(hours=1))
    moved_at = hub.clock.now()
    other = move_report(moving, Move(report_id, robin, None, *PEOPLE, "another child"))
    nothing_leaves(hub)
    move_report(moving, Move(report_id, other.person_id, robin, *PEOPLE, "it was"))
    again = hub.share(hub.asked(FIRST))
    hub.clock.forward(timedelta(hours=1))
    hub.follow()
    told = [(one.news, one.at) for one in hub.caught.sent[1:]]
    assert told == [("report", again.at), ("recall", moved_at)]
    assert hub.caught.sent[-1].handling.startswith("What you were sent was about another child")


def test_what_is_about_another_child_again_is_recalled_again_from_whoever_was_sent_it_again(hub: SharingHub) -> None:
    report_id, robin = event_id(hub.police.source, FIRST), hub.robin()
    moving = Moving(hub.store, hub.index, hub.clock, hub.deciding())
    hub.share(hub.asked(FIRST, to=hub.school))
    for _ in range(2):
        hub.clock.forward(timedelta(hours=1))
        other = move_report(moving, Move(report_id, robin, None, *PEOPLE, "another child"))
        hub.follow()
        assert hub.follow() == 0
        move_report(moving, Move(report_id, other.person_id, robin, *PEOPLE, "it was"))
        hub.share(hub.asked(FIRST))
    health = [one for one in hub.caught.sent if one.recipient == hub.health.source]
    school = [one for one in hub.caught.sent if one.recipient == hub.school.source]
    assert [one.news for one in health] == ["report", "recall", "report", "recall", "report"]
    assert [one.news for one in school] == ["report", "recall"]
    assert health[1].share_id != health[3].share_id
