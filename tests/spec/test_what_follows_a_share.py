"""Does what follows a share go to whom it may, and only there, when something on the way is wrong or was undone?"""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from contracts.event_id import event_id
from contracts.events.reply import REPLY
from contracts.identifiers import Identifier, parse_identifier
from contracts.report import Change, Place
from contracts.vocabulary import ChangeKind, FieldClass, Purpose
from hub.adapters.rested import Rested
from hub.application.follow_disclosures import follow_disclosures
from hub.application.kept_rows import KeptRows
from hub.application.move_report import Move, Moving, move_report
from hub.application.read_chronology import read_chronology
from hub.application.take_back import take_back
from hub.domain.errors import StoreUnavailable, TopicRefuses
from hub.domain.shared_reply import HELD_BACK
from tests.support.given import a_child, a_concern, an_actor
from tests.support.replies import DECIDES, a_reply, attach, protect
from tests.support.sharers import CHILD, MASH, SharingHub

SAID = a_concern("C-1", words="Broke a window", said="He shouts")
WHERE = "We have left him and stay at 4 Mill Road with my aunt"


@pytest.fixture
def hub(tmp_path: Path) -> SharingHub:
    """A hub with one concern of the police, shared with nobody."""
    there = SharingHub(tmp_path)
    there.receive(SAID)
    return there


def said_of(hub: SharingHub) -> list[str]:
    """The words of every reply that was sent, as they were sent."""
    contents = (one.content for one in hub.caught.sent if one.content is not None)
    return [str(each.value) for content in contents for each in content.statements if each.field == REPLY]


def replies(hub: SharingHub, child: Identifier) -> list[tuple[bool, bool]]:
    """Whether the words of each reply are held back, and whether it came with an entry that was moved."""
    entries = read_chronology(hub.reading(), DECIDES, child, Purpose.SECTION_47).entries
    return [(bool(reply.held), reply.moved) for entry in entries for reply in entry.replies]


def moved(hub: SharingHub, start: UUID, to: UUID | None = None) -> UUID:
    """The entry stands with another child now (None: one whom the hub did not know): with whom."""
    hub.clock.forward(timedelta(hours=1))
    moving = Moving(hub.store, hub.index, hub.clock, hub.deciding())
    report_id = event_id(hub.police.source, SAID)
    wanted = Move(report_id, start, to, an_actor("ste"), an_actor("sec"), "wrong child")
    return move_report(moving, wanted).person_id


def test_what_was_taken_back_takes_its_corrections_with_it(hub: SharingHub) -> None:
    corrects = Change(kind=ChangeKind.CORRECTION, of=event_id(hub.police.source, SAID), reason="read again")
    second = a_concern("C-2", words="The wind did", change=corrects)
    hub.receive(second)
    shared = hub.share(hub.asked(SAID))
    hub.follow()
    assert take_back(hub.sharing(), MASH, CHILD, shared.disclosure_id).why_not is None
    hub.follow()
    assert [one.news for one in hub.caught.sent] == ["report", "correction", "recall", "recall"]
    again = Change(kind=ChangeKind.CORRECTION, of=event_id(hub.police.source, second), reason="and again")
    hub.receive(a_concern("C-3", words="Nobody knows", change=again))
    hub.follow()
    assert len(hub.caught.sent) == 4


def test_a_recipient_that_refuses_holds_up_no_other(hub: SharingHub) -> None:
    for one in (hub.school, hub.nursery):
        hub.share(hub.asked(SAID, to=one))
    hub.follow()
    hub.caught.refuses = hub.school.source
    attach(hub, a_reply(event_id(hub.police.source, SAID)))
    for _ in range(2):
        with pytest.raises(TopicRefuses):
            hub.follow()
    assert [one.recipient for one in hub.caught.sent[2:]] == [hub.nursery.source]
    hub.caught.refuses = ""
    hub.follow()
    assert {one.recipient for one in hub.caught.sent[2:]} == {hub.school.source, hub.nursery.source}


def test_what_was_refused_is_not_tried_again_at_once(hub: SharingHub) -> None:
    tried: list[KeptRows] = []

    def refused(rows: KeptRows) -> None:
        tried.append(rows)
        raise TopicRefuses("TopicAuthorizationFailedError")

    rested = Rested(refused, seconds=3600)
    with pytest.raises(TopicRefuses, match=r"^TopicAuthorizationFailedError$") as told:
        rested.follow(hub.store)
    rested.follow(hub.store)
    assert (len(tried), told.value.rests) == (1, 3600)


def test_the_place_in_a_reply_is_held_back_wherever_its_entry_is_moved(hub: SharingHub) -> None:
    protect(hub)
    attach(hub, a_reply(event_id(hub.police.source, SAID), "We are at 12 Acacia Avenue with my aunt"))
    assert replies(hub, CHILD) == [(True, False)]
    robin = hub.robin()
    other = moved(hub, robin)
    child = parse_identifier(f"hub:{other.hex}")
    assert replies(hub, child) == [(True, True)]
    hub.share(hub.asked(SAID), child)
    hub.follow()
    assert said_of(hub) == [HELD_BACK]
    moved(hub, other, robin)
    assert replies(hub, CHILD) == [(True, False)]


def test_an_agreement_that_keeps_a_part_back_keeps_the_reply_back(hub: SharingHub) -> None:
    classes = (FieldClass.ADMINISTRATIVE, FieldClass.IDENTITY, FieldClass.NARRATIVE)
    whole = hub.school.agreement()
    narrow = whole.model_copy(update={"receives": whole.receives.model_copy(update={"classes": classes})})
    attach(hub, a_reply(event_id(hub.police.source, SAID), "I never shouted at him, he lies to you"))
    hub.share(replace(hub.asked(SAID, to=hub.school, purpose=Purpose.SECTION_17), agreement=narrow))
    following = hub.following()
    follow_disclosures(replace(following, agreements={**following.agreements, hub.school.source: narrow}))
    assert said_of(hub) == [HELD_BACK]


def test_a_reply_tells_no_place_to_whom_an_alleged_abuser_can_reach(tmp_path: Path) -> None:
    lives = Place(text="12 Acacia Avenue, Northborough", postcode="NB1 4QT")
    hub = SharingHub(tmp_path)
    fact = a_concern("C-1", words="Broke a window", child=a_child().model_copy(update={"address": lives}))
    hub.receive(fact)
    attach(hub, a_reply(event_id(hub.police.source, fact), WHERE))
    hub.share(replace(hub.asked(fact, to=hub.school), abuser_in_reach=True))
    hub.follow()
    assert said_of(hub) == [HELD_BACK]


def test_what_left_at_the_second_try_can_be_taken_back(hub: SharingHub) -> None:
    hub.caught.broken = True
    with pytest.raises(StoreUnavailable):
        hub.share(hub.asked(SAID))
    hub.caught.broken = False
    hub.follow()
    *_, resumed = hub.decisions()
    assert take_back(hub.sharing(), MASH, CHILD, resumed.disclosure_id).why_not is None
