"""Is who is kept from a child kept from sharing, telling, asking and answering about the child too?"""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from consent.packs import LawSettings
from consent.refusals import Reason
from contracts.event_id import event_id
from contracts.events.access import ReadDecided, TieKind
from contracts.events.hub import AccessDecided
from contracts.events.need import AlarmRaised, ConflictKind
from contracts.events.sharing import SharingRefused
from contracts.identifiers import Identifier, parse_identifier
from contracts.report import Change
from contracts.vocabulary import AgencyKind, ChangeKind, Purpose, StaffRole, Telling
from hub.adapters.view_rows import ViewRows
from hub.application.answer_request import Made, answer_request
from hub.application.ask_agencies import ToAsk, ask_agencies
from hub.application.enrol import enrol_staff
from hub.application.keep_apart import declare_conflict
from hub.application.keep_views import keep_views
from hub.application.list_shares import list_shares
from hub.application.list_telling_due import ListingTelling, list_telling_due
from hub.application.open_request import open_request
from hub.application.ports import Stream
from hub.application.read_access_record import read_access_record
from hub.application.refuse_to_share import RefusingToShare, refuse_to_share
from hub.application.report_to_subject import ReportingToSubjects, propose_report
from hub.application.share_reports import share_reports
from hub.application.stand_to import Deciding
from hub.application.state_telling import StatingTelling, state_telling, undo_telling
from hub.application.tie_staff import tie_staff
from hub.domain.errors import AccessRefused, StoreUnavailable
from hub.domain.moment import day_in_london
from hub.domain.need_to_know import Ruling, Situation
from hub.domain.refusal import Asker, NotShared
from hub.domain.told import NowTold
from hub.views.telling import TELLING, ToTell
from tests.support.families import FATHER, about_father, asked
from tests.support.given import NOW, ROBIN, WREN, a_concern, an_actor, an_id
from tests.support.sharers import SharingHub

CHILD, ABSENT = parse_identifier(f"nhs:{ROBIN}"), parse_identifier(f"nhs:{WREN}")
PRIYA, ROSA = an_actor(), an_actor("rosa")
Kept = Callable[[SharingHub], None]


def in_conflict(hub: SharingHub, child: Identifier = CHILD) -> None:
    declare_conflict(hub.store, hub.clock, PRIYA, child, of="priya", kind=ConflictKind.FRIEND)


def a_relative(hub: SharingHub) -> None:
    tie_staff(hub.store, hub.clock, PRIYA, "priya", (TieKind.CHILD, f"nhs:{ROBIN}"))


def their_own(hub: SharingHub) -> None:
    tie_staff(hub.store, hub.clock, PRIYA, "priya", (TieKind.OWN_RECORD, f"nhs:{ROBIN}"))


WAYS = [(in_conflict, "conflict-of-interest"), (a_relative, "relative"), (their_own, "own-record")]
each_way = pytest.mark.parametrize(("keep_from", "rule"), WAYS)


@pytest.fixture
def hub(tmp_path: Path) -> SharingHub:
    """A child whom the police reported, whose father is not told; Priya and Rosa decide at the MASH."""
    made = SharingHub(tmp_path)
    made.receive(about_father("C-1", Telling.NOT_TOLD_SAFETY))
    for actor in (PRIYA, ROSA):
        enrol_staff(made.store, made.clock, actor, f"{actor.subject.title()} Invented", "hash")
    return made


def looks(hub: SharingHub) -> tuple[AccessDecided, ...]:
    return hub.store.read_access(hub.robin())


def refused_by(hub: SharingHub, what: str) -> list[str]:
    """By which rules the newest decision refused; it is about this and says how Priya stands to the child."""
    newest = looks(hub)[-1]
    assert (newest.what, newest.effect, newest.actor.subject, newest.items_shown) == (what, "refused", "priya", 0)
    assert newest.policies
    assert newest.relations
    return [one.rule for one in newest.bars]


@each_way
def test_nothing_is_shared_by_who_is_kept_from_the_child(hub: SharingHub, keep_from: Kept, rule: str) -> None:
    concern = about_father("C-1", Telling.NOT_TOLD_SAFETY)
    keep_from(hub)
    with pytest.raises(AccessRefused):
        hub.share(hub.asked(concern, urgent=True))
    (fact,) = hub.decisions()
    assert (fact.effect, fact.items, [one.rule for one in fact.bars]) == (
        "refused",
        (),
        [rule, "not-theirs-to-share"],
    )
    assert not hub.caught.sent
    with pytest.raises(AccessRefused):
        list_shares(hub.sharing(), PRIYA, CHILD)
    assert refused_by(hub, "shares") == [rule]
    assert hub.share(hub.asked(concern, actor=ROSA, urgent=True)).effect == "permitted"


@each_way
def test_who_looked_is_not_read_by_who_is_kept_from_the_child(hub: SharingHub, keep_from: Kept, rule: str) -> None:
    checks = PRIYA.model_copy(update={"role": StaffRole.IG_OFFICER})
    assert read_access_record(hub.sharing(), checks, CHILD).decisions
    keep_from(hub)
    with pytest.raises(AccessRefused):
        read_access_record(hub.sharing(), checks, CHILD)
    assert rule in refused_by(hub, "access_record")


def test_a_share_that_was_cut_short_is_not_resumed_once_who_shared_is_kept_from_the_child(hub: SharingHub) -> None:
    hub.caught.broken = True
    with pytest.raises(StoreUnavailable):
        hub.share(hub.asked(about_father("C-1", Telling.NOT_TOLD_SAFETY), urgent=True))
    hub.caught.broken = False
    in_conflict(hub)
    hub.follow()
    assert [one.effect for one in hub.decisions()] == ["permitted", "refused"]
    assert not hub.caught.sent
    hub.follow()
    assert len(hub.decisions()) == 2


def test_what_the_hub_owes_by_itself_goes_whoever_is_kept_from_the_child(hub: SharingHub) -> None:
    hub.receive(a_concern("C-2"))
    hub.share(hub.asked(a_concern("C-2"), urgent=True))
    in_conflict(hub)
    change = Change(kind=ChangeKind.CORRECTION, of=event_id(hub.police.source, a_concern("C-2")), reason="mistaken")
    hub.receive(a_concern("C-2c", words="It was the wind", change=change))
    hub.follow()
    assert [one.effect for one in hub.decisions()] == ["permitted", "permitted"]
    assert hub.decisions()[-1].actor is None


def refuse(hub: SharingHub, child: Identifier = CHILD) -> SharingRefused:
    """Priya decides not to share what the police ask for."""
    asker, on = Asker("urn:childhub:agency:police", AgencyKind.POLICE), NOW.date()
    made = NotShared(PRIYA, asker, "Who reported it", Purpose.SECTION_17, Reason.NO_CONSENT, "", "Lead", on)
    refusing = RefusingToShare(hub.store, hub.index, hub.clock, LawSettings(), hub.deciding())
    return refuse_to_share(refusing, made, child)


@each_way
def test_nobody_kept_from_the_child_decides_that_nothing_is_shared(hub: SharingHub, keep_from: Kept, rule: str) -> None:
    assert refuse(hub).person_id == hub.robin()
    keep_from(hub)
    with pytest.raises(AccessRefused):
        refuse(hub)
    assert rule in refused_by(hub, "shares")
    facts = hub.store.read_stream(Stream.access(hub.robin()))
    assert sum(isinstance(one, SharingRefused) for one in facts) == 1


def test_whether_the_hub_knows_the_child_is_not_told_by_the_refusal(hub: SharingHub) -> None:
    in_conflict(hub, ABSENT)
    with pytest.raises(AccessRefused):
        refuse(hub, ABSENT)
    in_conflict(hub)
    with pytest.raises(AccessRefused):
        refuse(hub)


@each_way
def test_who_is_kept_from_the_child_states_nothing_of_telling(hub: SharingHub, keep_from: Kept, rule: str) -> None:
    day, (link,) = day_in_london(NOW), hub.store.read_history(hub.robin()).standing()
    told = NowTold(
        PRIYA, link.report_id, "father", Telling.TOLD_AFTER, day, "in_person", "A worker", child_agrees="agrees"
    )
    keep_from(hub)
    stating = StatingTelling(hub.store, hub.index, hub.clock, LawSettings(), hub.deciding())
    before = hub.store.read_history(hub.robin()).version
    with pytest.raises(AccessRefused):
        state_telling(stating, CHILD, told)
    assert rule in refused_by(hub, "telling")
    with pytest.raises(AccessRefused):
        undo_telling(stating, CHILD, PRIYA, an_id("telling"), "wrong")
    assert hub.store.read_history(hub.robin()).version == before
    assert state_telling(stating, CHILD, replace(told, actor=ROSA)).stands


@each_way
def test_a_family_is_not_answered_by_who_is_kept_from_the_child(hub: SharingHub, keep_from: Kept, rule: str) -> None:
    checks = PRIYA.model_copy(update={"role": StaffRole.IG_OFFICER})
    assert asked(hub, actor=checks).letter
    keep_from(hub)
    with pytest.raises(AccessRefused):
        asked(hub, actor=checks)
    assert rule in refused_by(hub, "family_answer")
    reporting = ReportingToSubjects(hub.store, hub.index, hub.clock, LawSettings(), {}, hub.deciding())
    with pytest.raises(AccessRefused):
        propose_report(reporting, checks, CHILD, FATHER)
    assert rule in refused_by(hub, "family_answer")


def test_what_is_left_out_of_a_list_is_on_record_as_refused(hub: SharingHub, tmp_path: Path) -> None:
    assert len(telling_due(hub, tmp_path)) == 1
    in_conflict(hub)
    assert telling_due(hub, tmp_path) == ()
    assert "conflict-of-interest" in refused_by(hub, "telling")
    with pytest.raises(AccessRefused):
        telling_due(hub, tmp_path, Deciding(Unjudged(), ()))


def telling_due(hub: SharingHub, folder: Path, deciding: Deciding | None = None) -> tuple[ToTell, ...]:
    """Who is still to be told, as Priya sees the list."""
    tables = ViewRows(folder / "told.db", (TELLING,))
    keep_views(hub.store, tables)
    may, rows = deciding or hub.deciding(), tables.read(TELLING)
    return list_telling_due(ListingTelling(hub.store, hub.index, hub.clock, LawSettings(), may, rows), PRIYA)


@each_way
def test_nobody_kept_from_the_child_asks_or_answers_about_it(hub: SharingHub, keep_from: Kept, rule: str) -> None:
    wanted = ToAsk((PRIYA.agency,), Purpose.SECTION_47, ("known",), NOW + timedelta(days=1))
    (one,) = ask_agencies(hub.reading(), PRIYA, hub.robin(), wanted)
    made = Made(one.request_id, hub.robin(), "not_known")
    keep_from(hub)
    for act in (
        lambda: ask_agencies(hub.reading(), PRIYA, hub.robin(), replace(wanted, agencies=(hub.health.source,))),
        lambda: open_request(hub.reading(), PRIYA, one.request_id, hub.robin()),
        lambda: answer_request(hub.reading(), PRIYA, made),
    ):
        with pytest.raises(AccessRefused):
            act()
        assert rule in newest_read(hub)
    assert open_request(hub.reading(), ROSA, one.request_id, hub.robin()).meant.names == ("Robin Exemplar",)
    assert answer_request(hub.reading(), ROSA, made).fact.answer == "not_known"


def newest_read(hub: SharingHub) -> list[str]:
    """By which rules the newest look at a page was refused."""
    facts = (hub.store.open_row(row) for row in hub.store.rows_after(0, 1000))
    return [bar.rule for bar in [one for one in facts if isinstance(one, ReadDecided)][-1].bars]


def alarms_of(hub: SharingHub) -> int:
    """How many alarms are on record."""
    facts = (hub.store.open_row(row) for row in hub.store.rows_after(0, 1000))
    return sum(isinstance(one, AlarmRaised) for one in facts)


class Unjudged:
    """Policies that fail while they are judged."""

    def judge(self, situation: Situation) -> Ruling:
        """See application.need_port.Policies."""
        return Ruling(False, (), "0" * 64, alarm="error")


def test_policies_that_cannot_be_judged_let_nothing_go_and_those_who_check_are_told(hub: SharingHub) -> None:
    unjudged = Deciding(Unjudged(), ())
    with pytest.raises(AccessRefused):
        share_reports(replace(hub.sharing(), deciding=unjudged), CHILD, hub.asked(a_concern(), urgent=True))
    (fact,) = hub.decisions()
    assert [one.rule for one in fact.bars] == ["need-to-know-alarm", "not-theirs-to-share"]
    assert alarms_of(hub) == 1
