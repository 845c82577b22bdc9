"""Does whoever received something wrong learn of it, once, whatever breaks on the way?"""

from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from contracts.event_id import event_id
from contracts.events.shared import ConcernRaised, RecordRetracted
from contracts.report import Change
from contracts.vocabulary import ChangeKind, FieldClass, Purpose, SensitivityTag
from hub.application.follow_disclosures import account_of
from hub.application.move_report import Move, Moving, move_report
from hub.domain.errors import StoreUnavailable
from hub.domain.owed_news import owed
from tests.support.given import a_concern, an_actor
from tests.support.sharers import SharingHub

FIRST = a_concern("C-1", words="Broke a window")


@pytest.fixture
def hub(tmp_path: Path) -> SharingHub:
    """A hub that has shared one concern with health and with the school."""
    there = SharingHub(tmp_path)
    there.receive(FIRST)
    there.share(there.asked(FIRST, to=there.health))
    there.share(there.asked(FIRST, to=there.school))
    there.follow()
    there.caught.sent.clear()
    return there


def correcting(hub: SharingHub, kind: ChangeKind = ChangeKind.CORRECTION, of: UUID | None = None) -> ConcernRaised:
    change = Change(kind=kind, of=of or event_id(hub.police.source, FIRST), reason="mistaken")
    return a_concern("C-1c", words="The window was broken by the wind", change=change)


def news(hub: SharingHub) -> list[tuple[str, str]]:
    return [(shared.recipient, shared.news) for shared in hub.caught.sent]


def test_everybody_who_received_it_is_sent_the_correction_and_nobody_else(hub: SharingHub) -> None:
    hub.receive(correcting(hub))
    hub.follow()
    assert news(hub) == [(hub.health.source, "correction"), (hub.school.source, "correction")]
    assert {shared.of for shared in hub.caught.sent} == {event_id(hub.police.source, FIRST)}
    assert all("by the wind" in shared.to_bytes().decode() for shared in hub.caught.sent)


def test_a_correction_of_the_correction_follows_too(hub: SharingHub) -> None:
    first = correcting(hub)
    hub.receive(first)
    hub.follow()
    change = Change(kind=ChangeKind.CORRECTION, of=event_id(hub.police.source, first))
    hub.receive(a_concern("C-1d", words="It was a bird", change=change))
    hub.follow()
    assert len(hub.caught.sent) == 4


def test_a_newer_version_of_the_same_item_is_a_correction(hub: SharingHub) -> None:
    hub.receive(a_concern("C-1", words="Broke two windows", version="2"))
    hub.follow()
    assert [kind for _, kind in news(hub)] == ["correction", "correction"]


def test_a_withdrawal_that_names_only_the_record_follows(hub: SharingHub) -> None:
    nothing_we_know = UUID(int=7)
    base = a_concern("C-1", change=Change(kind=ChangeKind.RETRACTION, of=nothing_we_know, reason="entered in error"))
    gone = RecordRetracted(**{name: getattr(base, name) for name in base.model_fields_set} | {"statements": ()})
    hub.receive(gone)
    hub.follow()
    assert [kind for _, kind in news(hub)] == ["retraction", "retraction"]


def test_another_report_is_no_correction(hub: SharingHub) -> None:
    hub.receive(a_concern("C-2"))
    hub.receive(a_concern("C-1"), hub.health)
    assert hub.follow() == 0


def test_the_law_that_asks_for_it_is_on_record(hub: SharingHub) -> None:
    hub.receive(correcting(hub))
    hub.follow()
    fact = hub.decisions()[-1]
    assert (fact.cause, fact.actor, fact.effect) == ("correction", None, "permitted")
    assert "recipients-to-be-told" in {one.rule for one in fact.warnings}
    assert fact.follows in {one.disclosure_id for one in hub.decisions()[:2]}


def test_what_may_no_longer_go_is_left_out_and_the_news_goes_all_the_same(hub: SharingHub) -> None:
    shut = correcting(hub).handling.model_copy(update={"not_to_be_seen_by": (hub.school.source,)})
    hub.receive(correcting(hub).model_copy(update={"handling": shut}))
    hub.follow()
    assert len(hub.caught.sent) == 2
    to_school = hub.caught.sent[1]
    assert to_school.classes == (FieldClass.ADMINISTRATIVE,)
    assert "by the wind" not in to_school.to_bytes().decode()


def test_a_correction_does_not_carry_an_address_that_was_protected_meanwhile(hub: SharingHub) -> None:
    hub.receive(a_concern("H-1", tags=(SensitivityTag.ADDRESS_PROTECTED,)), hub.health)
    hub.receive(correcting(hub))
    hub.follow()
    assert all(FieldClass.LOCATION not in shared.classes for shared in hub.caught.sent)


def test_asked_twice_it_is_sent_once(hub: SharingHub) -> None:
    hub.receive(correcting(hub))
    assert hub.follow() == 2
    assert hub.follow() == 0
    (hub.folder / "views.db").unlink()  # the follower's own place is lost: it starts again from nothing
    assert hub.follow() == 0
    assert len(hub.caught.sent) == 2


def test_a_machine_that_stops_in_between_leaves_nothing_unsent(hub: SharingHub) -> None:
    hub.receive(correcting(hub))
    hub.caught.broken = True
    with pytest.raises(StoreUnavailable):
        hub.follow()
    hub.caught.broken = False
    hub.follow()
    assert sorted(news(hub)) == sorted([(hub.health.source, "correction"), (hub.school.source, "correction")])
    account = account_of(hub.sharing(), hub.robin())
    assert account is not None
    assert owed(account) == ()


def test_a_repeat_is_known_by_its_share_id(hub: SharingHub) -> None:
    hub.receive(correcting(hub))
    hub.caught.broken = True
    with pytest.raises(StoreUnavailable):
        hub.follow()
    hub.caught.broken = False
    hub.follow()
    _, first, again = (one for one in hub.decisions() if one.recipient == hub.health.source)
    assert (again.cause, again.items[0].share_id) == ("resumed", first.items[0].share_id)


def test_whoever_was_sent_it_about_the_wrong_child_is_told(hub: SharingHub) -> None:
    moving = Moving(hub.store, hub.index, hub.clock, hub.deciding())
    report_id = event_id(hub.police.source, FIRST)
    steward, second = an_actor("steward"), an_actor("second")
    move_report(moving, Move(report_id, hub.robin(), None, steward, second, "another child"))
    hub.follow()
    hub.follow()
    assert news(hub) == [(hub.health.source, "recall"), (hub.school.source, "recall")]
    for shared in hub.caught.sent:
        assert (shared.of, shared.content, shared.telling) == (report_id, None, ())
        assert "window" not in shared.to_bytes().decode()
    assert "recipients-to-be-told" in {one.rule for one in hub.decisions()[-1].warnings}


def test_a_report_that_was_moved_before_it_left_never_leaves(tmp_path: Path) -> None:
    hub = SharingHub(tmp_path)
    hub.receive(FIRST)
    hub.caught.broken = True
    with pytest.raises(StoreUnavailable):
        hub.share(hub.asked(FIRST))
    hub.caught.broken = False
    report_id = event_id(hub.police.source, FIRST)
    moving = Moving(hub.store, hub.index, hub.clock, hub.deciding())
    move_report(moving, Move(report_id, hub.robin(), None, an_actor("steward"), an_actor("second"), "another child"))
    hub.follow()
    assert [shared.news for shared in hub.caught.sent] == ["recall"]


def test_the_answer_to_a_correction_is_waited_for(hub: SharingHub) -> None:
    hub.receive(correcting(hub))
    hub.follow()
    fact = hub.decisions()[-1]
    assert fact.due_by is not None
    assert fact.due_by - fact.at > timedelta(days=1)
    assert fact.purpose is Purpose.SECTION_47
