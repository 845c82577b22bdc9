"""Can whoever shared something take it back, for ten minutes and while it is unread, and is its recipient told?"""

from datetime import timedelta
from pathlib import Path

import pytest

from contracts.event_id import event_id
from contracts.events.sharing import AcknowledgementKept, DisclosureDecided, Reached, ShareTakenBack
from contracts.report import Change
from contracts.vocabulary import ChangeKind
from hub.adapters.view_rows import ViewRows
from hub.application.follow_disclosures import account_of
from hub.application.keep_views import keep_views
from hub.application.list_shares import list_shares
from hub.application.move_report import Move, Moving, move_report
from hub.application.ports import Entry, Stream
from hub.application.take_back import TakenBack, take_back
from hub.domain.errors import StoreUnavailable
from hub.domain.owed_news import owed
from hub.domain.shares import Standing
from hub.domain.taking_back import TAKEN_BACK_WITHIN, WhyNot
from hub.views.shares import SHARES, overdue
from tests.support.given import a_concern, an_actor
from tests.support.sharers import CHILD, FIRST, MASH, SharingHub, shared_once


@pytest.fixture
def hub(tmp_path: Path) -> SharingHub:
    """A hub that has just shared one concern with health."""
    return shared_once(tmp_path)


def back(hub: SharingHub, fact: DisclosureDecided) -> TakenBack:
    return take_back(hub.sharing(), MASH, CHILD, fact.disclosure_id)


def answered(hub: SharingHub, fact: DisclosureDecided, state: Reached) -> None:
    kept = AcknowledgementKept(
        share_id=fact.items[0].share_id, disclosure_id=fact.disclosure_id, person_id=fact.person_id,
        source=fact.recipient, received=hub.clock.now(), at=hub.clock.now(), state=state, by="nurse", jws="", body="",
    )  # fmt: skip
    hub.store.keep((Entry(Stream.access(fact.person_id), hub.clock.new_id(), kept),))


def kept(hub: SharingHub) -> list[ShareTakenBack]:
    return [one for one in hub.store.read_stream(Stream.access(hub.robin())) if isinstance(one, ShareTakenBack)]


def test_it_is_on_record_and_the_recipient_is_told_once_without_a_word_of_it(hub: SharingHub) -> None:
    (fact,) = hub.decisions()
    answered(hub, fact, "delivered")
    came = back(hub, fact)
    assert (came.why_not, came.recipient) == (None, hub.health.source)
    (taken,) = kept(hub)
    assert (taken.disclosure_id, taken.actor, taken.recipient) == (fact.disclosure_id, MASH, fact.recipient)
    hub.follow()
    hub.follow()
    _, told = hub.caught.sent
    assert (told.news, told.recipient, told.of) == ("recall", fact.recipient, fact.items[0].report_id)
    assert told.handling.startswith("Taken back by whoever shared it: it was not meant for you.")
    assert (told.content, told.telling) == (None, ())
    assert "window" not in told.to_bytes().decode()
    assert (hub.decisions()[-1].cause, hub.decisions()[-1].follows) == ("taken_back", fact.disclosure_id)
    account = account_of(hub.sharing(), hub.robin())
    assert account is not None
    assert owed(account) == ()


def test_it_stands_as_taken_back_and_is_never_late(hub: SharingHub) -> None:
    (fact,) = hub.decisions()
    assert [one.standing for one in back(hub, fact).shares.shares] == [Standing.TAKEN_BACK]
    later = hub.clock.now() + timedelta(days=30)
    hub.clock.forward(timedelta(days=30))
    assert [one.standing for one in list_shares(hub.sharing(), MASH, CHILD).shares] == [Standing.TAKEN_BACK]
    tables = ViewRows(hub.folder / "views.db", (SHARES,))
    keep_views(hub.store, tables)
    assert overdue(tables.read(SHARES), later) == ()


def test_what_is_read_all_the_same_is_said_beside_it(hub: SharingHub) -> None:
    (fact,) = hub.decisions()
    back(hub, fact)
    answered(hub, fact, "read")
    (one,) = list_shares(hub.sharing(), MASH, CHILD).shares
    assert (one.standing, one.read_by) == (Standing.TAKEN_BACK, "nurse")


def test_after_ten_minutes_it_is_not(hub: SharingHub) -> None:
    (fact,) = hub.decisions()
    hub.clock.forward(TAKEN_BACK_WITHIN)
    assert [one.disclosure_id for one in list_shares(hub.sharing(), MASH, CHILD).within_reach] == [fact.disclosure_id]
    hub.clock.forward(timedelta(microseconds=1))
    assert list_shares(hub.sharing(), MASH, CHILD).within_reach == ()
    assert back(hub, fact).why_not is WhyNot.TOO_LATE
    assert kept(hub) == []


def test_what_somebody_has_read_is_not(hub: SharingHub) -> None:
    (fact,) = hub.decisions()
    answered(hub, fact, "read")
    assert back(hub, fact).why_not is WhyNot.READ
    assert kept(hub) == []


def test_twice_is_once(hub: SharingHub) -> None:
    (fact,) = hub.decisions()
    back(hub, fact)
    assert back(hub, fact).why_not is WhyNot.TAKEN_BACK
    assert len(kept(hub)) == 1


def test_nobody_takes_back_what_another_decided(hub: SharingHub) -> None:
    (fact,) = hub.decisions()
    came = take_back(hub.sharing(), an_actor("other"), CHILD, fact.disclosure_id)
    assert (came.why_not, came.recipient) == (WhyNot.NOT_YOURS, "")
    assert kept(hub) == []


def test_what_has_not_left_is_not_and_goes_by_another_decision(tmp_path: Path) -> None:
    hub = SharingHub(tmp_path)
    hub.receive(FIRST)
    hub.caught.broken = True
    with pytest.raises(StoreUnavailable):
        hub.share(hub.asked(FIRST))
    hub.caught.broken = False
    assert back(hub, hub.decisions()[0]).why_not is WhyNot.NOT_SENT


def test_no_correction_follows_to_whoever_gave_it_back_until_they_are_sent_it_again(hub: SharingHub) -> None:
    (fact,) = hub.decisions()
    back(hub, fact)
    hub.follow()
    change = Change(kind=ChangeKind.CORRECTION, of=event_id(hub.police.source, FIRST), reason="mistaken")
    hub.receive(a_concern("C-2", words="The wind did", change=change))
    hub.follow()
    assert [one.news for one in hub.caught.sent] == ["report", "recall"]
    hub.share(hub.asked(FIRST))
    hub.follow()
    assert [one.news for one in hub.caught.sent] == ["report", "recall", "report", "correction"]


def test_what_its_recipient_has_by_another_share_is_not_recalled(hub: SharingHub) -> None:
    again = hub.share(hub.asked(FIRST))
    back(hub, again)
    hub.follow()
    assert [one.news for one in hub.caught.sent] == ["report", "report"]
    back(hub, hub.decisions()[0])
    hub.follow()
    assert [one.news for one in hub.caught.sent] == ["report", "report", "recall", "recall"]


def test_what_was_taken_back_and_sent_again_is_recalled_if_it_was_about_another_child(hub: SharingHub) -> None:
    back(hub, hub.decisions()[0])
    hub.follow()
    hub.share(hub.asked(FIRST))
    moving = Moving(hub.store, hub.index, hub.clock, hub.deciding())
    report_id = event_id(hub.police.source, FIRST)
    move_report(moving, Move(report_id, hub.robin(), None, an_actor("steward"), an_actor("second"), "another child"))
    hub.follow()
    assert [one.news for one in hub.caught.sent] == ["report", "recall", "report", "recall"]
    assert "about another child" in hub.caught.sent[-1].handling
