"""Is it said how far the recall of what was taken back has come, and is it no second share on the record of access?"""

from pathlib import Path

import pytest

from contracts.events.sharing import DisclosureDecided, Reached
from hub.application.list_shares import list_shares
from hub.application.share_reports import NotSentYet
from hub.domain import access_words
from hub.domain.access_line import line_of
from hub.domain.errors import StoreUnavailable
from hub.domain.shares import Recall
from tests.spec.test_taking_back import answered, back
from tests.support.sharers import CHILD, FIRST, MASH, SharingHub, shared_once


@pytest.fixture
def hub(tmp_path: Path) -> SharingHub:
    """A hub that has just shared one concern with health."""
    return shared_once(tmp_path)


def recalls(hub: SharingHub) -> list[Recall | None]:
    return [one.recall for one in list_shares(hub.sharing(), MASH, CHILD).shares]


def said_of(fact: DisclosureDecided) -> str:
    line = line_of(fact, 1)
    assert line is not None
    return access_words.done(line)


@pytest.mark.parametrize("state", ["delivered", "read"])
def test_its_recall_has_reached_nobody_before_its_recipient_says_so(hub: SharingHub, state: Reached) -> None:
    (fact,) = hub.decisions()
    answered(hub, fact, "delivered")
    assert [one.recall for one in back(hub, fact).shares.shares] == [Recall.WAITS]
    hub.follow()
    assert recalls(hub) == [Recall.WAITS, None]
    answered(hub, hub.decisions()[-1], state)
    assert recalls(hub) == [Recall.REACHED, None]


def test_none_is_recalled_that_they_have_by_another_share(hub: SharingHub) -> None:
    first, second = hub.decisions()[0], hub.share(hub.asked(FIRST))
    back(hub, first)
    hub.follow()
    assert recalls(hub) == [Recall.NOT_OWED, None]
    back(hub, second)
    assert recalls(hub) == [Recall.WAITS, Recall.WAITS]


def test_what_left_late_is_no_other_share_than_the_one_that_could_not_leave(tmp_path: Path) -> None:
    hub = SharingHub(tmp_path)
    hub.receive(FIRST)
    hub.caught.broken = True
    with pytest.raises(NotSentYet):
        hub.share(hub.asked(FIRST))
    hub.caught.broken = False
    hub.follow()
    back(hub, hub.decisions()[-1])
    assert recalls(hub) == [Recall.WAITS]


def test_its_recall_is_no_second_share_on_the_record_of_access(hub: SharingHub) -> None:
    (fact,) = hub.decisions()
    assert said_of(fact) == "Shared: somebody decided it"
    back(hub, fact)
    hub.caught.broken = True
    with pytest.raises(StoreUnavailable):
        hub.follow()
    hub.caught.broken = False
    hub.follow()
    _, unsent, late = hub.decisions()
    assert said_of(unsent) == "Recalled: whoever decided to share it took it back"
    assert said_of(late) == "Recalled: decided earlier, and it had not left"
