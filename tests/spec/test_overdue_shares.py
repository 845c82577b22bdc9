"""Is what nobody has acknowledged in time on one list, is the look on record, and does an answer take it off?"""

from datetime import timedelta
from pathlib import Path

import pytest

from consent.packs import LawSettings
from contracts.event_id import event_id
from contracts.events.hub import Actor
from contracts.events.sharing import AcknowledgementKept, DisclosureDecided
from contracts.identifiers import parse_identifier
from contracts.vocabulary import AgencyKind, StaffRole
from hub.adapters.view_rows import ViewRows
from hub.application.keep_views import keep_views
from hub.application.list_overdue_shares import ListingShares, list_overdue_shares
from hub.application.list_shares import Shares, list_shares
from hub.application.move_report import Move, Moving, move_report
from hub.application.ports import Entry, Stream
from hub.application.take_back import take_back
from hub.cli import main
from hub.commands import overdue_shares, share
from hub.domain.errors import AccessRefused, StoreUnavailable
from hub.domain.shares import Standing
from hub.views.shares import SHARES, Unread
from tests.support.given import WREN, a_child, a_concern, an_actor
from tests.support.house import house
from tests.support.sharers import CHILD, MASH, SharingHub

CHECKS = an_actor("ivy", role=StaffRole.IG_OFFICER)


@pytest.fixture
def hub(tmp_path: Path) -> SharingHub:
    """A hub that has shared one concern with health, due in two days."""
    made = SharingHub(tmp_path)
    concern = a_concern()
    made.receive(concern)
    made.share(made.asked(concern))
    return made


def listed(hub: SharingHub, actor: Actor = MASH) -> tuple[Unread, ...]:
    tables = ViewRows(hub.folder / "views.db", (SHARES,))
    keep_views(hub.store, tables)
    return list_overdue_shares(
        ListingShares(hub.store, hub.index, hub.clock, LawSettings(), hub.deciding(), tables.read(SHARES)), actor
    )


def test_a_share_is_overdue_from_the_moment_after_its_time_until_it_is_acknowledged(hub: SharingHub) -> None:
    (fact,) = hub.decisions()
    hub.clock.forward(timedelta(days=2))
    assert listed(hub) == ()
    hub.clock.forward(timedelta(microseconds=1))
    (one,) = listed(hub)
    assert (one.share_id, one.recipient, one.sent) == (fact.items[0].share_id, hub.health.source, True)
    kept = AcknowledgementKept(
        share_id=one.share_id, disclosure_id=fact.disclosure_id, person_id=one.person_id, source=hub.health.source,
        received=hub.clock.now(), at=hub.clock.now(), state="read", by="named_nurse", jws="", body="",
    )  # fmt: skip
    hub.store.keep((Entry(Stream.access(one.person_id), hub.clock.new_id(), kept),))
    assert listed(hub) == ()


def test_what_was_delivered_and_nobody_read_is_overdue_and_says_so(hub: SharingHub) -> None:
    hub.clock.forward(timedelta(days=2, microseconds=1))
    (one,) = listed(hub)
    (fact,) = hub.decisions()
    kept = AcknowledgementKept(
        share_id=one.share_id, disclosure_id=fact.disclosure_id, person_id=one.person_id, source=hub.health.source,
        received=hub.clock.now(), at=hub.clock.now(), state="delivered", by="edge_process", jws="", body="",
    )  # fmt: skip
    hub.store.keep((Entry(Stream.access(one.person_id), hub.clock.new_id(), kept),))
    (now,) = listed(hub)
    assert (now.share_id, now.sent, now.delivered_at) == (one.share_id, True, hub.clock.now())
    (line,) = overdue_shares.lines((now,))
    assert "delivered" in line
    assert "nobody has said that it was read" in line


def test_what_was_decided_and_never_left_is_listed_as_such(tmp_path: Path) -> None:
    hub = SharingHub(tmp_path)
    concern = a_concern()
    hub.receive(concern)
    hub.caught.broken = True
    with pytest.raises(StoreUnavailable):
        hub.share(hub.asked(concern))
    hub.clock.forward(timedelta(days=3))
    assert [one.sent for one in listed(hub)] == [False]


@pytest.mark.parametrize("actor", [MASH, CHECKS], ids=["decides", "checks"])
def test_the_look_is_on_record_for_every_child_on_the_list(hub: SharingHub, actor: Actor) -> None:
    other = a_concern("C-2", child=a_child(WREN, given="Wren", born="2026-02-02"))
    hub.receive(other)
    hub.clock.forward(timedelta(hours=1))
    asked = hub.asked(other)
    hub.share(asked, parse_identifier(f"nhs:{WREN}"))
    hub.clock.forward(timedelta(days=3))
    found = listed(hub, actor)
    assert [one.due_by for one in found] == sorted(one.due_by for one in found)
    assert len({one.person_id for one in found}) == 2
    for one in found:
        last = hub.store.read_access(one.person_id)[-1]
        assert (last.what, last.effect, last.actor, last.items_shown) == ("shares", "permitted", actor, 1)


@pytest.mark.parametrize("role", [StaffRole.PRACTITIONER, StaffRole.MASH_RESEARCHER])
def test_nobody_else_sees_it_and_their_asking_is_on_record(hub: SharingHub, role: StaffRole) -> None:
    other = an_actor("x", "police", AgencyKind.POLICE, role)
    with pytest.raises(AccessRefused):
        listed(hub, other)
    hub.clock.forward(timedelta(days=3))
    with pytest.raises(AccessRefused):
        listed(hub, other)
    last = hub.store.read_access(hub.robin())[-1]
    assert (last.effect, last.items_shown) == ("refused", 0)


def test_a_refused_share_is_on_no_list(tmp_path: Path) -> None:
    hub = SharingHub(tmp_path)
    concern = a_concern()
    hub.receive(concern)
    fact = hub.share(hub.asked(a_concern("not here")))
    assert fact.effect == "refused"
    hub.clock.forward(timedelta(days=30))
    assert listed(hub) == ()


def moved(hub: SharingHub) -> None:
    """The one report was about another child, so that whoever was sent it is sent a recall."""
    moving = Moving(hub.store, hub.index, hub.clock, hub.deciding())
    report_id = event_id(hub.police.source, a_concern())
    move_report(moving, Move(report_id, hub.robin(), None, an_actor("steward"), an_actor("second"), "another child"))
    hub.follow()


def acknowledged(hub: SharingHub, decided: DisclosureDecided) -> None:
    """Its recipient says that somebody read it."""
    (item,) = decided.items
    kept = AcknowledgementKept(
        share_id=item.share_id, disclosure_id=decided.disclosure_id, person_id=decided.person_id,
        source=decided.recipient, received=hub.clock.now(), at=hub.clock.now(), state="read", by="named_nurse", jws="",
        body="",
    )  # fmt: skip
    hub.store.keep((Entry(Stream.access(decided.person_id), hub.clock.new_id(), kept),))


def test_what_was_recalled_before_it_was_read_is_late_no_more_and_its_recall_is(hub: SharingHub) -> None:
    hub.clock.forward(timedelta(minutes=1))
    moved(hub)
    sent, recall = hub.decisions()
    assert recall.items[0].news == "recall"
    hub.clock.forward(timedelta(days=30))
    assert [one.share_id for one in listed(hub)] == [recall.items[0].share_id]
    found = list_shares(hub.sharing(), MASH, CHILD).shares
    assert [one.standing for one in found] == [Standing.RECALLED, Standing.OVERDUE]
    first, _ = share.list_lines(Shares(hub.robin(), found, ()))
    assert first.endswith(": recalled before anybody said that it was read")
    acknowledged(hub, recall)
    assert listed(hub) == ()
    acknowledged(hub, sent)
    assert {one.standing for one in list_shares(hub.sharing(), MASH, CHILD).shares} == {Standing.READ}


def test_what_was_recalled_from_one_agency_is_late_still_where_another_was_sent_it(hub: SharingHub) -> None:
    hub.clock.forward(timedelta(minutes=1))
    other = hub.share(hub.asked(a_concern(), to=hub.care))
    hub.clock.forward(timedelta(minutes=1))
    take_back(hub.sharing(), MASH, CHILD, hub.decisions()[0].disclosure_id)
    hub.follow()
    recall = hub.decisions()[-1]
    assert (recall.recipient, recall.items[0].news) == (hub.health.source, "recall")
    hub.clock.forward(timedelta(days=30))
    late = {other.items[0].share_id, recall.items[0].share_id}
    assert {one.share_id for one in listed(hub)} == late


def test_what_is_sent_again_after_a_recall_is_late_by_itself(hub: SharingHub) -> None:
    hub.clock.forward(timedelta(minutes=1))
    take_back(hub.sharing(), MASH, CHILD, hub.decisions()[0].disclosure_id)
    hub.follow()
    acknowledged(hub, hub.decisions()[-1])
    hub.clock.forward(timedelta(minutes=1))
    again = hub.share(hub.asked(a_concern()))
    hub.clock.forward(timedelta(days=30))
    assert [one.share_id for one in listed(hub)] == [again.items[0].share_id]
    found = list_shares(hub.sharing(), MASH, CHILD).shares
    assert [one.standing for one in found] == [Standing.TAKEN_BACK, Standing.READ, Standing.OVERDUE]


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    there = house(tmp_path)
    capsys.readouterr()
    assert overdue_shares.run(there.settings, "priya", as_json=False) == 0
    assert "Nothing is overdue" in capsys.readouterr().out
    assert overdue_shares.run(there.settings, "ivy", as_json=True) == 0
    assert capsys.readouterr().out == '{"overdue": []}\n'
    assert main(["shares", "--as", "priya"]) == 2
    assert main(["shares", "nhs:9990001006", "--overdue", "--as", "priya"]) == 2


def test_a_line_says_who_since_when_and_about_which_report(hub: SharingHub) -> None:
    hub.clock.forward(timedelta(days=3))
    found = listed(hub)
    (line,) = overdue_shares.lines(found)
    assert str(found[0].report_id) in line
    assert "nobody has said that it was read" in line
    assert overdue_shares.as_object(found[0])["recipient"] == hub.health.source
