"""Does a person who was told leave the list, is it on record by whom and how, and does a mistake come undone?"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from consent.packs import LawSettings
from consent.telling_due import Standing
from contracts.events.telling import TellingStated
from contracts.vocabulary import AgencyKind, PersonRole, Purpose, StaffRole, Telling
from hub.adapters.view_rows import ViewRows
from hub.application.enrol import enrol_staff
from hub.application.keep_views import keep_views
from hub.application.list_telling_due import ListingTelling, list_telling_due
from hub.application.ports import History, Store
from hub.application.read_chronology import read_chronology
from hub.application.state_telling import StatingTelling, state_telling, undo_telling
from hub.domain.chronology import Entry
from hub.domain.errors import AccessRefused
from hub.domain.moment import day_in_london
from hub.domain.told import NowTold, as_told
from hub.domain.unread import NOBODY
from hub.views.telling import TELLING, ToTell
from tests.support.families import ABSENT, THERE, about_father
from tests.support.given import NOW, an_actor, an_id
from tests.support.small_hub import SmallHub
from tests.support.watched_store import WatchedStore

DAY = day_in_london(NOW)
DECIDES = an_actor()


TOMORROW, YESTERDAY = DAY + timedelta(days=1), DAY - timedelta(days=1)


def not_telling(made: NowTold, approved_by: str) -> NowTold:
    """It is decided not to tell, with a review in three days."""
    return replace(
        made, state=Telling.NOT_TOLD_PREJUDICE, reason="arrest planned", approved_by=approved_by,
        review_on=DAY + timedelta(days=3),
    )  # fmt: skip


@pytest.fixture
def hub(tmp_path: Path) -> SmallHub:
    """A hub where the father is not told, for safety."""
    made = SmallHub(tmp_path)
    made.receive(about_father("C-1", Telling.NOT_TOLD_SAFETY))
    return made


def report_of(hub: SmallHub) -> UUID:
    (person_id,) = hub.index.people_with("nhs", "9990001006")
    return hub.store.read_history(person_id).standing()[0].report_id


def now_told(hub: SmallHub) -> NowTold:
    """The father was told today."""
    return NowTold(
        DECIDES, report_of(hub), "father", Telling.TOLD_AFTER, DAY, "in_person", "Allocated social worker",
        child_agrees="agrees",
    )  # fmt: skip


def silent(hub: SmallHub, days: int, approved_by: str = "MASH manager") -> NowTold:
    """It is decided afresh not to tell him."""
    return NowTold(
        DECIDES, report_of(hub), "father", Telling.NOT_TOLD_SAFETY, reason="forced marriage feared",
        approved_by=approved_by, review_on=DAY + timedelta(days=days),
    )  # fmt: skip


def stated(hub: SmallHub, made: NowTold) -> TellingStated:
    return state_telling(StatingTelling(hub.store, hub.index, hub.clock, LawSettings(), hub.deciding()), THERE, made)


def listed(hub: SmallHub, folder: Path, on: date | None = None) -> tuple[ToTell, ...]:
    tables = ViewRows(folder / "views.db", (TELLING,))
    keep_views(hub.store, tables)
    listing = ListingTelling(hub.store, hub.index, hub.clock, LawSettings(), hub.deciding(), tables.read(TELLING))
    return tuple(one for one in list_telling_due(listing, DECIDES, on) if one.label == "father")


def entry(hub: SmallHub, as_known_on: date | None = None) -> Entry:
    return read_chronology(hub.reading(), DECIDES, THERE, Purpose.SECTION_47, as_known_on).entries[0]


def test_who_was_told_leaves_the_list_and_the_chronology_says_by_whom_and_how(hub: SmallHub, tmp_path: Path) -> None:
    assert [one.state for one in listed(hub, tmp_path)] == [Telling.NOT_TOLD_SAFETY]
    fact = stated(hub, now_told(hub))
    assert (fact.stands, fact.answer, fact.role) == (True, (), PersonRole.PARENT_OR_CARER)
    assert listed(hub, tmp_path) == ()
    shown = entry(hub)
    assert [one.state for one in shown.telling if one.person == "father"] == [Telling.NOT_TOLD_SAFETY]
    (since,) = shown.told_since
    assert (since.state, since.how, since.told_by) == (Telling.TOLD_AFTER, "in_person", "Allocated social worker")
    assert (since.on, since.child_agrees, since.actor.subject) == (DAY, "agrees", "priya")


def test_what_was_stated_later_is_not_there_in_a_look_at_the_past(hub: SmallHub) -> None:
    hub.clock.forward(timedelta(days=1))
    stated(hub, now_told(hub))
    assert entry(hub).told_since
    assert entry(hub, DAY).told_since == ()


def test_a_silence_decided_afresh_has_its_new_date_and_comes_due_again(hub: SmallHub, tmp_path: Path) -> None:
    hub.clock.forward(timedelta(days=9))
    assert listed(hub, tmp_path)[0].due.standing is Standing.ESCALATED
    fact = stated(hub, silent(hub, 16))
    assert fact.stands
    (one,) = listed(hub, tmp_path)
    assert (one.due.by, one.due.standing) == (DAY + timedelta(days=16), Standing.COMING)
    hub.clock.forward(timedelta(days=40))
    assert listed(hub, tmp_path)[0].due.standing is Standing.ESCALATED


def test_a_mistake_comes_undone_and_both_stay_on_record(hub: SmallHub, tmp_path: Path) -> None:
    fact = stated(hub, now_told(hub))
    stating = StatingTelling(hub.store, hub.index, hub.clock, LawSettings(), hub.deciding())
    undo_telling(stating, THERE, DECIDES, fact.telling_id, "It was the uncle")
    assert [one.state for one in listed(hub, tmp_path)] == [Telling.NOT_TOLD_SAFETY]
    assert entry(hub).told_since == ()
    with pytest.raises(AccessRefused):
        undo_telling(stating, THERE, DECIDES, fact.telling_id, "Twice")
    facts = hub.store.read_history(fact.person_id).facts
    assert [type(one).__name__ for one in facts if "Telling" in type(one).__name__] == [
        "TellingStated", "TellingUndone",
    ]  # fmt: skip


def test_undoing_the_last_lets_the_one_before_stand_again(hub: SmallHub, tmp_path: Path) -> None:
    stated(hub, silent(hub, 10))
    last = stated(hub, now_told(hub))
    undo_telling(
        StatingTelling(hub.store, hub.index, hub.clock, LawSettings(), hub.deciding()),
        THERE,
        DECIDES,
        last.telling_id,
        "No",
    )
    assert [one.due.by for one in listed(hub, tmp_path)] == [DAY + timedelta(days=10)]


@pytest.mark.parametrize(
    ("changed", "rule"),
    [
        (lambda made: replace(made, on=None), "telling-unrecorded"),
        (lambda made: replace(made, how=None), "telling-unrecorded"),
        (lambda made: replace(made, told_by=None), "telling-unrecorded"),
        (lambda made: replace(made, on=TOMORROW), "telling-ahead"),
        (lambda made: replace(made, state=Telling.NOT_KNOWN), "telling-says-nothing"),
        (lambda made: replace(made, state=Telling.DUE), "telling-incomplete"),
        (lambda made: replace(made, state=Telling.DUE, review_on=YESTERDAY), "telling-review-behind"),
        (lambda made: replace(made, state=Telling.NOT_TOLD_SAFETY), "not-told-without-ground"),
        (lambda made: replace(not_telling(made, "Head"), reason="awkward"), "not-told-without-ground"),
        (lambda made: not_telling(made, "priya"), "telling-by-one"),
        (lambda made: not_telling(made, " PRIYA."), "telling-by-one"),
        (lambda made: not_telling(made, " "), "not-told-without-ground"),
        (lambda made: replace(not_telling(made, "Head"), reason="\u200b "), "not-told-without-ground"),
        (lambda made: replace(made, told_by=" -"), "telling-unrecorded"),
        (lambda made: replace(made, on=DAY - timedelta(days=900)), "telling-too-early"),
        (lambda made: replace(made, state=Telling.DUE, review_on=DAY + timedelta(days=32)), "telling-due-too-late"),
    ],
)
def test_a_statement_that_is_not_whole_is_kept_is_answered_and_changes_nothing(
    hub: SmallHub, tmp_path: Path, changed: Callable[[NowTold], NowTold], rule: str
) -> None:
    before = listed(hub, tmp_path)
    fact = stated(hub, changed(now_told(hub)))
    assert not fact.stands
    assert rule in [one.rule for one in fact.answer]
    assert listed(hub, tmp_path) == before
    assert entry(hub).told_since == ()
    assert fact in hub.store.read_history(fact.person_id).facts


def test_nobody_approves_their_own_silence_under_their_own_name(hub: SmallHub) -> None:
    enrol_staff(hub.store, hub.clock, DECIDES, "Priya Anand", "a hash")
    fact = stated(hub, silent(hub, 10, approved_by="priya  ANAND"))
    assert not fact.stands
    assert [one.rule for one in fact.answer] == ["telling-by-one"]
    assert stated(hub, silent(hub, 10, approved_by="Anand Priyanka")).stands


def test_telling_against_the_childs_wish_is_a_warning_that_holds_nothing_up(hub: SmallHub, tmp_path: Path) -> None:
    fact = stated(hub, replace(now_told(hub), child_agrees="does_not_agree", child_words="Not my dad"))
    assert fact.stands
    assert [one.rule for one in fact.answer] == ["telling-against-the-child"]
    assert listed(hub, tmp_path) == ()


def test_a_review_far_off_is_a_warning_and_comes_due_on_the_twenty_eighth_day(hub: SmallHub, tmp_path: Path) -> None:
    fact = stated(hub, silent(hub, 60))
    assert fact.stands
    assert [one.rule for one in fact.answer] == ["review-too-far"]
    assert [one.due.by for one in listed(hub, tmp_path)] == [DAY + timedelta(days=28)]


@pytest.mark.parametrize("role", [role for role in StaffRole if role is not StaffRole.MASH_DECISION_MAKER])
def test_nobody_else_states_it_and_their_try_is_on_record(hub: SmallHub, role: StaffRole) -> None:
    other = an_actor("x", "police", AgencyKind.POLICE, role)
    with pytest.raises(AccessRefused):
        stated(hub, replace(now_told(hub), actor=other))
    (person_id,) = hub.index.people_with("nhs", "9990001006")
    assert [(one.effect, one.what) for one in hub.store.read_access(person_id)] == [("refused", "telling")]
    assert hub.store.read_history(person_id).version == 2


def test_a_report_or_person_who_is_not_there_is_answered_as_a_refusal(hub: SmallHub) -> None:
    for made in (replace(now_told(hub), label="uncle"), replace(now_told(hub), report_id=an_id("another"))):
        with pytest.raises(AccessRefused):
            stated(hub, made)


def test_a_child_who_is_not_there_is_answered_alike_and_is_on_record_as_refused(hub: SmallHub) -> None:
    stating = StatingTelling(hub.store, hub.index, hub.clock, LawSettings(), hub.deciding())
    with pytest.raises(AccessRefused):
        state_telling(stating, ABSENT, now_told(hub))
    kept = hub.store.read_access(NOBODY)[-1]
    assert (kept.effect, kept.grounds, kept.classes) == ("refused", (), ())


class Racing(WatchedStore):
    """Something arrives just after the history is read for the first time."""

    def __init__(self, store: Store, arrives: Callable[[], object]) -> None:
        super().__init__(store)
        self._arrives = arrives

    def read_history(self, person_id: UUID) -> History:
        """See ports.Store."""
        found = super().read_history(person_id)
        if self.calls.count("read_history") == 1:
            self._arrives()
        return found


def test_what_arrives_meanwhile_is_read_before_it_is_kept(hub: SmallHub) -> None:
    store = Racing(hub.store, lambda: hub.receive(about_father("C-2", Telling.TOLD_AT)))
    fact = state_telling(
        StatingTelling(store, hub.index, hub.clock, LawSettings(), hub.deciding()), THERE, now_told(hub)
    )
    assert store.calls.count("read_history") == 2
    assert fact in hub.store.read_history(fact.person_id).facts


def test_the_law_judges_by_the_later_word(hub: SmallHub) -> None:
    stated(hub, now_told(hub))
    history = hub.store.read_history(hub.index.people_with("nhs", "9990001006")[0])
    (link,) = as_told(history.standing(), history.facts)
    assert {told.person: told.state for told in link.telling}["father"] is Telling.TOLD_AFTER
    assert [told.person for told in link.telling] == ["child", "father"]
    (bare,) = as_told((history.standing()[0].model_copy(update={"telling": ()}),), history.facts)
    assert [told.person for told in bare.telling] == ["father"]


def test_a_reader_of_dates_alone_sees_no_words_of_why(hub: SmallHub) -> None:
    stated(hub, silent(hub, 5))
    ivy = an_actor("ivy", role=StaffRole.IG_OFFICER)
    (shown,) = read_chronology(hub.reading(), ivy, THERE, Purpose.AUDIT).entries
    (since,) = shown.told_since
    assert (since.state, since.reason, since.approved_by) == (Telling.NOT_TOLD_SAFETY, None, None)


def test_a_report_that_moves_to_another_child_leaves_the_telling_behind(hub: SmallHub, tmp_path: Path) -> None:
    """It was another child's father who was told."""
    fact = stated(hub, now_told(hub))
    tables = ViewRows(tmp_path / "views.db", (TELLING,))
    keep_views(hub.store, tables)
    rows = [{**row, "person_id": str(an_id("other"))} if "kind" not in row else row for row in tables.read(TELLING)]
    found = list_telling_due(
        ListingTelling(hub.store, hub.index, hub.clock, LawSettings(), hub.deciding(), rows), DECIDES
    )
    assert "father" in [one.label for one in found]
    assert fact.stands
