"""Does what somebody says about an entry reach everybody who was sent the entry, once, and nobody else?"""

import json
from pathlib import Path
from uuid import UUID

import pytest

from agencies.school.accept import accept
from contracts.event_id import event_id
from hub.application.move_report import Move, Moving, move_report
from hub.application.take_back import take_back
from tests.support.given import a_concern, an_actor
from tests.support.replies import CHILD, DECIDES, SAID, a_reply, attach, protect
from tests.support.sharers import SharingHub

FIRST = a_concern("C-1", words="Refused twice")


@pytest.fixture
def hub(tmp_path: Path) -> SharingHub:
    """A hub that has one concern of the police about Robin."""
    made = SharingHub(tmp_path)
    made.receive(FIRST)
    return made


def of(hub: SharingHub) -> UUID:
    return event_id(hub.police.source, FIRST)


def share(hub: SharingHub) -> None:
    """Health and the school are sent the concern."""
    for partner in (hub.health, hub.school):
        hub.share(hub.asked(FIRST, to=partner))
    hub.follow()
    hub.caught.sent.clear()


def texts(hub: SharingHub) -> list[tuple[str, str, object]]:
    """Who was sent news of which report, and its words."""
    found: list[tuple[str, str, object]] = []
    for one in hub.caught.sent:
        assert one.content is not None
        (words,) = (said.value for said in one.content.statements if said.field == "reply")
        found.append((one.recipient, one.news, words))
        assert (one.of, one.origin.report_id) == (of(hub), of(hub))
    return found


def test_everybody_who_was_sent_the_entry_is_sent_the_reply_once_and_nobody_else(hub: SharingHub) -> None:
    share(hub)
    attach(hub, a_reply(of(hub)))
    assert hub.follow() == 2
    assert texts(hub) == [(one.source, "correction", SAID) for one in (hub.health, hub.school)]
    assert all("Refused twice" not in one.to_bytes().decode() for one in hub.caught.sent)
    (hub.folder / "views.db").unlink()  # the follower's own place is lost: it starts again from nothing
    assert hub.follow() == 0


def test_whoever_is_sent_the_entry_later_is_sent_the_reply_after_it(hub: SharingHub) -> None:
    attach(hub, a_reply(of(hub)))
    hub.follow()
    assert hub.caught.sent == []
    hub.share(hub.asked(FIRST))
    del hub.caught.sent[0]
    hub.follow()
    assert texts(hub) == [(hub.health.source, "correction", SAID)]


def test_a_recipient_who_may_no_longer_have_the_entry_learns_that_there_is_a_reply_and_not_what_it_says(
    hub: SharingHub,
) -> None:
    share(hub)
    protect(hub)
    attach(hub, a_reply(of(hub), "They came to 12 Acacia Avenue"))
    hub.follow()
    assert {words for _, _, words in texts(hub)} == {"The words of the reply are not sent here: ask the hub."}
    assert all("Acacia" not in one.to_bytes().decode() for one in hub.caught.sent)


def test_a_share_that_is_taken_back_is_recalled_though_a_reply_followed_it_and_the_reply_goes_with_it_again(
    hub: SharingHub,
) -> None:
    attach(hub, a_reply(of(hub)))
    sent = hub.share(hub.asked(FIRST))
    hub.follow()
    hub.caught.sent.clear()
    take_back(hub.sharing(), DECIDES, CHILD, sent.disclosure_id)
    attach(hub, a_reply(of(hub), "And not at night"))
    hub.follow()
    assert [one.news for one in hub.caught.sent] == ["recall"]
    hub.share(hub.asked(FIRST))
    hub.caught.sent.clear()
    hub.follow()
    assert [words for _, _, words in texts(hub)] == [SAID, "And not at night"]
    assert hub.follow() == 0


def test_the_reply_to_an_entry_that_was_moved_away_is_not_sent(hub: SharingHub) -> None:
    attach(hub, a_reply(of(hub)))
    share(hub)
    moving = Moving(hub.store, hub.index, hub.clock, hub.deciding())
    move_report(moving, Move(of(hub), hub.robin(), None, an_actor("ste"), an_actor("sec"), "another child"))
    hub.follow()
    assert {one.news for one in hub.caught.sent} == {"recall"}


def test_an_agency_is_given_a_reply_as_one_and_told_to_keep_it_beside_its_record(hub: SharingHub) -> None:
    share(hub)
    attach(hub, a_reply(of(hub)))
    hub.follow()
    for shared in hub.caught.sent:
        notice = json.loads(accept(shared).raw)
        assert (notice["heading"], notice["about_reference"]) == ("Reply to something you were sent", str(of(hub)))
        assert notice["what_to_do"].startswith("Keep it with your record")
        said = {one["field"]: one["text"] for one in notice["what_is_said"]}
        assert (said["reply"], said["reply_disputes"], said["reply_said_on"]) == (SAID, "What happened", "2026-10-06")
        assert said["reply_whose"] == "Parent, or person with care of the child"
