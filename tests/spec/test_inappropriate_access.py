"""Somebody looks at a child of their own life, at night: is it refused, opened on record, noticed, and found out?"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from consent.packs import LawSettings
from contracts.events.access import AccessReviewed, EmergencyReason, Finding, ReadDecided, TieKind
from contracts.events.hub import AccessDecided, Actor
from contracts.events.need import ConflictKind
from contracts.identifiers import parse_identifier
from contracts.report import Place
from contracts.strict_json import Json
from contracts.vocabulary import AgencyKind, Purpose, StaffRole
from hub.adapters.view_rows import ViewRows
from hub.application.break_glass import Opened, break_glass
from hub.application.enrol import enrol_staff
from hub.application.keep_apart import declare_conflict, withdraw_conflict
from hub.application.keep_views import keep_views
from hub.application.list_unexplained import ListingUnexplained, list_unexplained
from hub.application.look_at_audit import Checking
from hub.application.ports import Stream
from hub.application.read_chronology import read_chronology
from hub.application.review_access import Reviewing, list_reviews, review_access
from hub.application.tie_staff import NotATie, tie_staff
from hub.commands import unexplained as command
from hub.domain.emergency import Opening
from hub.domain.errors import AccessRefused, StoreUnavailable
from hub.domain.explained import Unexplained
from hub.views.looks import LOOKS
from tests.support.given import StoppedClock, a_child, a_concern, an_actor
from tests.support.small_hub import SmallHub
from tests.support.watched_store import FailingStore

THEO, NOT_HERE = "9990004331", "9990001375"
NIGHT = datetime(2026, 11, 3, 22, 41, tzinfo=UTC)  # a Tuesday
SCHOOL = AgencyKind.MAINTAINED_SCHOOL
READER = an_actor("s-4471", "school", SCHOOL, StaffRole.PRACTITIONER)
IVY = an_actor("ivy", role=StaffRole.IG_OFFICER)
HOME = "ZZ99 3CZ, 14 Hazel Lane"


class Story:
    """The hub on that night, with what an IG officer asks of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.hub = SmallHub(folder, StoppedClock(NIGHT))
        theo = a_child(THEO, family="Exemplar", given="Theo", born="2017-03-02")
        theo = theo.model_copy(update={"address": Place(text="14 Hazel Lane, Northborough", postcode="zz99 3cz")})
        self.hub.receive(a_concern("C-1", theo, words="Seen crying at the gate"))
        for actor, name in ((READER, "Jo Parr"), (IVY, "Ivy Castell")):
            enrol_staff(self.hub.store, self.hub.clock, actor, name, "hash")

    def views(self) -> ViewRows:
        views = ViewRows(self.folder / "views.db", (LOOKS,))
        keep_views(self.hub.store, views)
        return views

    def rows(self) -> tuple[dict[str, Json], ...]:
        return self.views().read(LOOKS)

    def look(self, number: str, actor: Actor = READER) -> None:
        read_chronology(self.hub.reading(), actor, parse_identifier(f"nhs:{number}"), Purpose.SECTION_17)

    def open_it(self) -> Opened:
        opening = Opening(READER, EmergencyReason.URGENT_CALL, self.hub.clock.now())
        return break_glass(self.hub.reading(), opening, parse_identifier(f"nhs:{THEO}"))

    def unexplained(self, actor: Actor = IVY, off: frozenset[str] = frozenset()) -> tuple[Unexplained, ...]:
        checking = Checking(self.hub.store, self.hub.clock, LawSettings())
        return list_unexplained(ListingUnexplained(checking, self.hub.index, self.rows(), off), actor)

    def reviewing(self) -> Reviewing:
        return Reviewing(
            self.hub.store,
            self.hub.index,
            self.hub.clock,
            self.hub.deciding(),
            partial(self.views().rows_of, LOOKS),
        )

    def tie(self, kind: TieKind, value: str, actor: Actor = READER, of: str = "s-4471") -> None:
        tie_staff(self.hub.store, self.hub.clock, actor, of, (kind, value))

    def reasons(self) -> set[str]:
        (one,) = self.unexplained()
        return {rule.code for rule in one.reasons}


@pytest.fixture
def story(tmp_path: Path) -> Story:
    return Story(tmp_path)


def refusal(story: Story, number: str) -> tuple[str, type[AccessRefused]]:
    with pytest.raises(AccessRefused) as refused:
        story.look(number)
    return str(refused.value), type(refused.value)


def test_from_the_look_at_night_to_the_finding(story: Story) -> None:
    story.tie(TieKind.ADDRESS, HOME)
    # 22:41 refused, on record, and no different from a child who is not there
    assert refusal(story, THEO) == refusal(story, NOT_HERE)
    # 22:43 opened in an emergency: shown, kept, due for review by the end of the next working day
    story.hub.clock.forward(timedelta(minutes=2))
    opened = story.open_it()
    assert len(opened.chronology.entries) == 1
    assert opened.opening.review_by == datetime(2026, 11, 5, 0, 0, tzinfo=UTC)
    # 22:44 whoever checks finds it at once, with neutral reasons and nothing about the child
    story.hub.clock.forward(timedelta(minutes=1))
    (waiting,) = list_reviews(story.reviewing(), story.rows(), IVY)
    assert (waiting.decision_id, waiting.finding) == (opened.opening.decision_id, None)
    (asked,) = story.unexplained()
    assert [rule.code for rule in asked.reasons] == ["same_address", "no_link"]
    told = "\n".join(command.lines((asked,)))
    assert not [word for word in ("Theo", "Exemplar", "Hazel", "ZZ99", THEO, "crying") if word in told]
    # the next day somebody else finds that no such call was logged
    story.hub.clock.forward(timedelta(hours=15, minutes=41))
    signs = tuple(rule.code for rule in asked.reasons)
    review_access(story.reviewing(), IVY, opened.opening.decision_id, Finding.REFER, signs)
    assert story.unexplained() == ()
    with pytest.raises(AccessRefused):
        story.open_it()
    access = story.hub.store.read_stream(Stream.access(opened.opening.person_id))
    assert [one.finding for one in access if isinstance(one, AccessReviewed)] == [Finding.REFER]
    assert [one.effect for one in access if isinstance(one, AccessDecided)] == ["refused", "permitted", "refused"]


def test_the_officers_own_looks_are_on_record_too(story: Story) -> None:
    story.open_it()
    story.unexplained()
    with pytest.raises(AccessRefused):
        story.unexplained(READER)
    kept = [story.hub.store.open_row(row) for row in story.hub.store.rows_after(0, 500)]
    reads = [(one.actor.subject, one.what, one.effect) for one in kept if isinstance(one, ReadDecided)]
    assert reads == [("ivy", "unexplained", "permitted"), ("s-4471", "unexplained", "refused")]


def test_when_the_record_is_down_nothing_is_opened_however_urgent(story: Story) -> None:
    store = FailingStore(story.hub.store)
    opening = Opening(READER, EmergencyReason.URGENT_CALL, NIGHT)
    with pytest.raises(StoreUnavailable):
        break_glass(replace(story.hub.reading(), store=store), opening, parse_identifier(f"nhs:{THEO}"))
    assert "open_reports" not in store.calls


@pytest.mark.parametrize(
    ("kind", "value", "code"),
    [
        (TieKind.ADDRESS, "zz993cz,14 hazel lane", "same_address"),
        (TieKind.FAMILY_NAME, "Exémplar", "family_name"),
        (TieKind.CHILD, f"nhs:{THEO}", "tied_child"),
    ],
)
def test_each_tie_is_a_reason_however_it_is_written(story: Story, kind: TieKind, value: str, code: str) -> None:
    story.open_it()
    assert code not in story.reasons()
    story.tie(kind, value)
    assert code in story.reasons()


def test_a_conflict_declared_after_the_look_is_a_reason_until_it_is_withdrawn(story: Story) -> None:
    store, clock, child = story.hub.store, story.hub.clock, parse_identifier(f"nhs:{THEO}")
    story.open_it()
    other = parse_identifier(f"nhs:{NOT_HERE}")
    declare_conflict(store, clock, READER, other, of="s-4471", kind=ConflictKind.FRIEND)
    declare_conflict(store, clock, IVY, child, of="ivy", kind=ConflictKind.FRIEND)
    assert "declared_conflict" not in story.reasons()
    own = declare_conflict(store, clock, READER, child, of="s-4471", kind=ConflictKind.DISPUTE)
    (one,) = story.unexplained()
    assert one.reasons[0].code == "declared_conflict"
    assert not [word for word in ("Theo", THEO, "dispute") if word in "\n".join(command.lines((one,)))]
    withdraw_conflict(store, clock, IVY, own.conflict_id)
    assert "declared_conflict" not in story.reasons()


def test_a_look_before_which_a_conflict_was_declared_is_asked_about_though_work_accounts_for_it(story: Story) -> None:
    reader = an_actor("p-1")
    enrol_staff(story.hub.store, story.hub.clock, reader, "Pat Reed", "hash")
    story.look(THEO, reader)
    assert story.unexplained() == ()
    child = parse_identifier(f"nhs:{THEO}")
    declare_conflict(story.hub.store, story.hub.clock, IVY, child, of="p-1", kind=ConflictKind.FAMILY)
    assert story.reasons() == {"declared_conflict"}


def test_a_colleagues_tie_is_a_reason(story: Story) -> None:
    kim = an_actor("kim", "school", SCHOOL, StaffRole.PRACTITIONER)
    enrol_staff(story.hub.store, story.hub.clock, kim, "Kim Lowe", "hash")
    story.open_it()
    story.tie(TieKind.CHILD, f"nhs:{THEO}", kim, "kim")
    assert "colleague" in story.reasons()


def test_a_rule_that_is_switched_off_gives_no_reason(story: Story) -> None:
    story.tie(TieKind.ADDRESS, HOME)
    story.open_it()
    (one,) = story.unexplained(off=frozenset({"same_address"}))
    assert [rule.code for rule in one.reasons] == ["no_link"]


def test_a_look_that_was_found_to_be_for_the_work_leaves_the_list(story: Story) -> None:
    opened = story.open_it()
    review_access(story.reviewing(), IVY, opened.opening.decision_id, Finding.CONFIRM)
    assert story.unexplained() == ()


def test_nobody_but_who_checks_tells_the_ties_of_another(story: Story) -> None:
    story.tie(TieKind.FAMILY_NAME, "Parr", IVY)
    with pytest.raises(AccessRefused):
        story.tie(TieKind.FAMILY_NAME, "Castell", READER, "ivy")


@pytest.mark.parametrize(
    ("kind", "value"), [(TieKind.CHILD, "Theo"), (TieKind.ADDRESS, "Hazel"), (TieKind.FAMILY_NAME, "7")]
)
def test_what_is_no_tie_is_refused_without_repeating_it(story: Story, kind: TieKind, value: str) -> None:
    with pytest.raises(NotATie) as wrong:
        story.tie(kind, value)
    assert str(wrong.value) == kind.value


def test_nobody_reviews_their_own_look_under_another_issuer_either(story: Story) -> None:
    reader = an_actor("p-1")
    enrol_staff(story.hub.store, story.hub.clock, reader, "Pat Reed", "hash")
    story.look(THEO, reader)
    (person_id,) = story.hub.index.people_with("nhs", THEO)
    look = story.hub.store.read_access(person_id)[-1]
    assert (look.effect, look.actor.subject) == ("permitted", "p-1")
    oneself = an_actor("p-1", role=StaffRole.IG_OFFICER).model_copy(update={"issuer": "urn:childhub:elsewhere"})
    with pytest.raises(AccessRefused):
        review_access(story.reviewing(), oneself, look.decision_id, Finding.CONFIRM)
    assert review_access(story.reviewing(), IVY, look.decision_id, Finding.CONFIRM).of == "unexplained"
