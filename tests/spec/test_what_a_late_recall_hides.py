"""Does a recall that left late hide only what was shared before it was decided, and not what was rightly sent since?"""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from contracts.event_id import event_id
from contracts.events.sharing import DisclosureDecided
from hub.adapters.view_rows import ViewRows
from hub.application.keep_views import keep_views
from hub.application.list_shares import list_shares
from hub.application.move_report import Move, Moving, move_report
from hub.application.take_back import take_back
from hub.domain.errors import StoreUnavailable
from hub.domain.shares import Standing
from hub.views.shares import SHARES, overdue
from tests.support.given import an_actor
from tests.support.sharers import CHILD, FIRST, MASH, SharingHub, nothing_leaves, shared_once

PEOPLE = (an_actor("steward"), an_actor("second"))


@pytest.fixture
def hub(tmp_path: Path) -> SharingHub:
    """A hub that has shared one concern with health."""
    return shared_once(tmp_path)


def standings(hub: SharingHub, fact: DisclosureDecided) -> list[Standing]:
    """Where what was decided stands."""
    found = list_shares(hub.sharing(), MASH, CHILD).shares
    return [one.standing for one in found if one.share_id == fact.items[0].share_id]


def is_late(hub: SharingHub, fact: DisclosureDecided) -> bool:
    """Whether what was decided is on the list of what nobody has read in time."""
    tables = ViewRows(hub.folder / "views.db", (SHARES,))
    keep_views(hub.store, tables)
    late = {one.share_id for one in overdue(tables.read(SHARES), hub.clock.now())}
    return fact.items[0].share_id in late


def moved(hub: SharingHub) -> None:
    """The report is about another child; what is to follow does not leave; and it was about this one after all."""
    moving = Moving(hub.store, hub.index, hub.clock, hub.deciding())
    report_id, robin = event_id(hub.police.source, FIRST), hub.robin()
    other = move_report(moving, Move(report_id, robin, None, *PEOPLE, "another child"))
    nothing_leaves(hub)
    move_report(moving, Move(report_id, other.person_id, robin, *PEOPLE, "it was"))


def back(hub: SharingHub) -> None:
    """What was shared is taken back; what is to follow does not leave."""
    take_back(hub.sharing(), MASH, CHILD, hub.decisions()[0].disclosure_id)
    nothing_leaves(hub)


@pytest.mark.parametrize("undone", [back, moved])
@pytest.mark.parametrize("times", [0, 1], ids=["left at the second try", "left at the third"])
def test_what_was_sent_again_before_the_recall_left_stands_and_is_late_by_itself(
    hub: SharingHub, undone: Callable[[SharingHub], None], times: int
) -> None:
    first = hub.decisions()[0]
    undone(hub)
    again = hub.share(hub.asked(FIRST))
    for _ in range(times):
        nothing_leaves(hub)
    hub.clock.forward(timedelta(hours=1))
    hub.follow()
    recall = hub.decisions()[-1]
    assert (recall.cause, recall.items[0].news) == ("resumed", "recall")
    assert recall.at > again.at > hub.caught.sent[-1].at
    assert standings(hub, again) == [Standing.WAITING]
    hub.clock.forward(timedelta(days=30))
    assert standings(hub, again) == [Standing.OVERDUE]
    assert is_late(hub, again)
    assert not is_late(hub, first)
    assert is_late(hub, recall)


def test_what_never_left_was_not_recalled(hub: SharingHub) -> None:
    hub.clock.forward(timedelta(minutes=1))
    asked = hub.asked(FIRST)
    hub.caught.broken = True
    with pytest.raises(StoreUnavailable):
        hub.share(asked)
    hub.caught.broken = False
    stuck = hub.decisions()[-1]
    moving = Moving(hub.store, hub.index, hub.clock, hub.deciding())
    move_report(moving, Move(event_id(hub.police.source, FIRST), hub.robin(), None, *PEOPLE, "another child"))
    hub.follow()
    assert [one.news for one in hub.caught.sent] == ["report", "recall"]
    assert standings(hub, hub.decisions()[0]) == [Standing.RECALLED]
    assert standings(hub, stuck) == [Standing.NOT_SENT]
