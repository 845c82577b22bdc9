"""Is who is kept from a child kept from notes on it, from its late shares, and from moving its reports?"""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from consent.packs import LawSettings
from contracts.events.access import TieKind
from contracts.events.hub import AccessDecided, Actor
from contracts.events.need import AlarmKind, AlarmRaised, ConflictKind
from contracts.identifiers import Identifier, parse_identifier
from contracts.vocabulary import Purpose, StaffRole
from hub.adapters.view_rows import ViewRows
from hub.application.enrol import enrol_staff
from hub.application.explain_decision import Explaining, explain_decision
from hub.application.keep_apart import declare_conflict
from hub.application.keep_views import keep_views
from hub.application.list_overdue_shares import ListingShares, list_overdue_shares
from hub.application.move_report import Move, Moving, move_report
from hub.application.read_chronology import read_chronology
from hub.application.stand_to import Deciding
from hub.application.tie_staff import tie_staff
from hub.domain.errors import AccessRefused
from hub.domain.unread import NOBODY
from hub.views.shares import SHARES, Unread
from tests.support.given import ROBIN, WREN, a_child, a_concern, an_actor
from tests.support.sharers import SharingHub
from tests.support.unjudged import Unjudged

CHILD, OTHER = parse_identifier(f"nhs:{ROBIN}"), parse_identifier(f"nhs:{WREN}")
PRIYA, ROSA = an_actor(), an_actor("rosa")
CHECKS = an_actor("ivy", role=StaffRole.IG_OFFICER)


@pytest.fixture
def hub(tmp_path: Path) -> SharingHub:
    """Two children are known, a share of each waits for its answer, and somebody looked at Robin."""
    made = SharingHub(tmp_path)
    for actor in (PRIYA, ROSA, CHECKS):
        enrol_staff(made.store, made.clock, actor, "Somebody Invented", "hash")
    for number, (child, person) in enumerate(((CHILD, a_child()), (OTHER, a_child(WREN, given="Wren")))):
        concern = a_concern(f"C-{number}", person)
        made.receive(concern)
        made.share(made.asked(concern), child)
    read_chronology(made.reading(), ROSA, CHILD, Purpose.SECTION_47)
    made.clock.forward(timedelta(days=30))
    return made


def a_conflict(hub: SharingHub, who: Actor, child: Identifier = CHILD) -> None:
    declare_conflict(hub.store, hub.clock, who, child, of=who.subject, kind=ConflictKind.FRIEND)


def a_tie(hub: SharingHub, who: Actor, child: Identifier = CHILD) -> None:
    tie_staff(hub.store, hub.clock, who, who.subject, (TieKind.CHILD, f"nhs:{child.value}"))


KEPT = pytest.mark.parametrize("keep", [a_conflict, a_tie])
Keep = Callable[[SharingHub, Actor], None]


def person(hub: SharingHub, child: Identifier = CHILD) -> UUID:
    (found,) = hub.index.people_with("nhs", child.value)
    return found


def newest(hub: SharingHub, child: Identifier = CHILD) -> AccessDecided:
    return hub.store.read_access(person(hub, child))[-1]


def listed(hub: SharingHub, actor: Actor = PRIYA, deciding: Deciding | None = None) -> tuple[Unread, ...]:
    tables = ViewRows(hub.folder / "views.db", (SHARES,))
    keep_views(hub.store, tables)
    rows = tables.read(SHARES)
    may = deciding or hub.deciding()
    return list_overdue_shares(ListingShares(hub.store, hub.index, hub.clock, LawSettings(), may, rows), actor)


@KEPT
def test_the_list_of_late_shares_leaves_out_the_child_and_that_is_on_record(hub: SharingHub, keep: Keep) -> None:
    assert {one.person_id for one in listed(hub)} == {person(hub), person(hub, OTHER)}
    keep(hub, PRIYA)
    assert {one.person_id for one in listed(hub)} == {person(hub, OTHER)}
    assert [newest(hub).effect, newest(hub, OTHER).effect] == ["refused", "permitted"]
    assert {one.person_id for one in listed(hub, ROSA)} == {person(hub), person(hub, OTHER)}


def test_policies_that_cannot_be_judged_list_no_late_share_and_those_who_check_are_told(hub: SharingHub) -> None:
    with pytest.raises(AccessRefused):
        listed(hub, deciding=Deciding(Unjudged(), ()))
    assert [newest(hub).effect, newest(hub, OTHER).effect] == ["refused", "refused"]
    assert alarms_of(hub) == [AlarmKind.POLICIES]


def alarms_of(hub: SharingHub) -> list[AlarmKind]:
    facts = [hub.store.open_row(row) for row in hub.store.rows_after(0, 1000)]
    return [one.kind for one in facts if isinstance(one, AlarmRaised)]


def test_a_list_of_late_shares_with_nobody_on_it_is_on_record_too(tmp_path: Path) -> None:
    hub = SharingHub(tmp_path)
    assert listed(hub) == ()
    (look,) = hub.store.read_access(NOBODY)
    assert (look.what, look.effect, look.items_shown, look.actor) == ("shares", "permitted", 0, PRIYA)


def note(hub: SharingHub, actor: Actor) -> str:
    seen = next(one for one in hub.store.read_access(person(hub)) if one.actor.subject == "rosa")
    explaining = Explaining(hub.store, hub.store, hub.clock, LawSettings(), hub.index, hub.deciding())
    return explain_decision(explaining, actor, seen.decision_id)


@KEPT
def test_a_note_on_a_decision_about_the_child_is_refused_on_record(hub: SharingHub, keep: Keep) -> None:
    assert note(hub, CHECKS)
    keep(hub, CHECKS)
    with pytest.raises(AccessRefused):
        note(hub, CHECKS)
    assert (newest(hub).effect, newest(hub).actor.subject) == ("refused", "ivy")


def test_policies_that_cannot_be_judged_move_nothing_and_those_who_check_are_told(hub: SharingHub) -> None:
    with pytest.raises(AccessRefused):
        moved(hub, deciding=Deciding(Unjudged(), ()))
    assert len(hub.store.read_history(person(hub)).standing()) == 1
    assert alarms_of(hub) == [AlarmKind.POLICIES]


def moved(hub: SharingHub, to: Identifier | None = None, deciding: Deciding | None = None) -> UUID:
    link = hub.store.read_history(person(hub)).linked()[-1]
    where = person(hub, to) if to is not None else None
    moving = Moving(hub.store, hub.index, hub.clock, deciding or hub.deciding())
    return move_report(moving, Move(link.report_id, person(hub), where, PRIYA, ROSA, "Another child")).person_id


@KEPT
@pytest.mark.parametrize("who", [PRIYA, ROSA], ids=["asks", "agrees"])
def test_neither_who_moves_a_report_nor_who_agrees_may_be_kept_from_the_child(
    hub: SharingHub, keep: Keep, who: Actor
) -> None:
    keep(hub, who)
    with pytest.raises(AccessRefused):
        moved(hub)
    assert len(hub.store.read_history(person(hub)).standing()) == 1
    assert newest(hub).effect == "refused"


@pytest.mark.parametrize("keep", [a_conflict, a_tie])
def test_nor_from_the_child_to_whom_it_goes(
    hub: SharingHub, keep: Callable[[SharingHub, Actor, Identifier], None]
) -> None:
    keep(hub, PRIYA, OTHER)
    with pytest.raises(AccessRefused):
        moved(hub, OTHER)
    assert len(hub.store.read_history(person(hub, OTHER)).standing()) == 1


def test_somebody_else_moves_it(hub: SharingHub) -> None:
    assert moved(hub, OTHER) == person(hub, OTHER)


@pytest.mark.parametrize("place", [0, 1], ids=["asks", "agrees"])
@pytest.mark.parametrize("role", [StaffRole.MASH_RESEARCHER, StaffRole.PRACTITIONER])
def test_neither_of_the_two_moves_a_report_where_that_is_not_their_work(
    hub: SharingHub, role: StaffRole, place: int
) -> None:
    other = an_actor("tom", role=role)
    link = hub.store.read_history(person(hub)).linked()[-1]
    by, agrees = (other, ROSA) if place == 0 else (PRIYA, other)
    moving = Moving(hub.store, hub.index, hub.clock, hub.deciding())
    with pytest.raises(AccessRefused):
        move_report(moving, Move(link.report_id, person(hub), person(hub, OTHER), by, agrees, "Another child"))
    assert len(hub.store.read_history(person(hub)).standing()) == 1
    refused = hub.store.read_access(person(hub, OTHER))[-1]
    assert (refused.effect, refused.actor.subject, refused.what) == ("refused", "tom", "identity_question")
