"""May somebody whose role does not open a record read it in an emergency, and does somebody else look at it after?"""

from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from uuid import UUID

import pytest

from contracts.events.access import AccessReviewed, BreakGlassAsked, EmergencyReason, Finding
from contracts.events.hub import AccessDecided, Actor
from contracts.events.need import AlarmKind, AlarmRaised, ConflictKind
from contracts.identifiers import parse_identifier
from contracts.strict_json import Json
from contracts.vocabulary import AgencyKind, Purpose, SensitivityTag, StaffRole
from hub.adapters.view_rows import ViewRows
from hub.application.break_glass import Opened, break_glass
from hub.application.enrol import enrol_staff
from hub.application.explain_decision import Explaining, explain_decision
from hub.application.keep_apart import declare_conflict
from hub.application.keep_views import keep_views
from hub.application.ports import Stream
from hub.application.read_chronology import read_chronology
from hub.application.review_access import Reviewing, list_reviews, review_access
from hub.application.stand_to import Deciding
from hub.domain.emergency import Opening
from hub.domain.errors import AccessRefused, StoreUnavailable
from hub.views.looks import LOOKS
from tests.support.given import ROBIN, WREN, a_concern, an_actor
from tests.support.small_hub import SmallHub, a_sender
from tests.support.unjudged import Unjudged
from tests.support.watched_store import FailingStore

CHILD, ABSENT = parse_identifier(f"nhs:{ROBIN}"), parse_identifier(f"nhs:{WREN}")
SAM = an_actor("sam", "school", AgencyKind.MAINTAINED_SCHOOL, StaffRole.PRACTITIONER)
IVY = an_actor("ivy", role=StaffRole.IG_OFFICER)
CARE = a_sender("care", AgencyKind.LOCAL_AUTHORITY)
PRIYA = an_actor("priya", "care")


@pytest.fixture
def hub(tmp_path: Path) -> SmallHub:
    made = SmallHub(tmp_path)
    made.senders = (*made.senders, CARE)
    made.receive(a_concern(words="Shouting through the wall", tags=(SensitivityTag.ADDRESS_PROTECTED,)))
    made.receive(a_concern("C-2", words="Visit agreed"), CARE)
    return made


def open_it(hub: SmallHub, actor: Actor = SAM, child: object = CHILD) -> Opened:
    opening = Opening(actor, EmergencyReason.URGENT_CALL, hub.clock.now())
    return break_glass(hub.reading(), opening, ABSENT if child is ABSENT else CHILD)


def person(hub: SmallHub) -> UUID:
    (person_id,) = hub.index.people_with("nhs", ROBIN)
    return person_id


def views_of(hub: SmallHub, folder: Path) -> ViewRows:
    views = ViewRows(folder / "views.db", (LOOKS,))
    keep_views(hub.store, views)
    return views


def rows(hub: SmallHub, folder: Path) -> tuple[dict[str, Json], ...]:
    return views_of(hub, folder).read(LOOKS)


def reviewing(hub: SmallHub, folder: Path) -> Reviewing:
    return Reviewing(hub.store, hub.index, hub.clock, hub.deciding(), partial(views_of(hub, folder).rows_of, LOOKS))


def test_what_the_role_does_not_open_is_opened_for_an_hour_and_both_are_on_record(hub: SmallHub) -> None:
    with pytest.raises(AccessRefused):
        read_chronology(hub.reading(), SAM, CHILD, Purpose.SECTION_17)
    shown = open_it(hub)
    assert len(shown.chronology.entries) == 2
    assert not shown.chronology.own_agency_only
    assert shown.opening.until == hub.clock.now() + timedelta(hours=1)
    *_, decided, opened = hub.store.read_stream(Stream.access(person(hub)))
    assert isinstance(decided, AccessDecided)
    assert isinstance(opened, BreakGlassAsked)
    assert (decided.actor, decided.purpose, decided.effect) == (SAM, Purpose.EMERGENCY, "permitted")
    assert decided.grounds[0].rule == "break-glass"
    assert opened.decision_id == decided.decision_id
    assert opened.owners == (CARE.source,)


def test_it_is_read_again_under_the_same_opening_until_the_hour_is_over(hub: SmallHub) -> None:
    first = open_it(hub).opening
    hub.clock.forward(timedelta(minutes=59))
    assert open_it(hub).opening == first
    hub.clock.forward(timedelta(minutes=2))
    assert open_it(hub).opening != first
    kept = hub.store.read_stream(Stream.access(person(hub)))
    assert sum(isinstance(one, AccessDecided) for one in kept) == 3
    assert sum(isinstance(one, BreakGlassAsked) for one in kept) == 2


def test_an_opening_of_one_reader_serves_no_other(hub: SmallHub) -> None:
    first = open_it(hub).opening
    other = an_actor("kim", "school", AgencyKind.MAINTAINED_SCHOOL, StaffRole.PRACTITIONER)
    assert open_it(hub, other).opening != first


def test_a_child_who_is_not_there_is_refused_and_that_is_on_record(hub: SmallHub) -> None:
    with pytest.raises(AccessRefused):
        open_it(hub, child=ABSENT)
    kept = [hub.store.open_row(row) for row in hub.store.rows_after(0, 500)]
    asked = [one for one in kept if isinstance(one, BreakGlassAsked)]
    assert [(one.effect, one.until, one.owners) for one in asked] == [("refused", None, ())]


def test_whoever_checks_opens_no_record(hub: SmallHub) -> None:
    with pytest.raises(AccessRefused):
        open_it(hub, IVY)


def test_when_it_cannot_be_kept_nothing_is_opened(hub: SmallHub) -> None:
    store = FailingStore(hub.store)
    reading = replace(hub.reading(), store=store)
    with pytest.raises(StoreUnavailable):
        break_glass(reading, Opening(SAM, EmergencyReason.HURT, hub.clock.now()), CHILD)
    assert "open_reports" not in store.calls


def test_whose_child_it_is_and_whoever_checks_find_it_on_a_list_at_once(hub: SmallHub, tmp_path: Path) -> None:
    opened = open_it(hub).opening
    for actor in (IVY, PRIYA):
        (one,) = list_reviews(reviewing(hub, tmp_path), rows(hub, tmp_path), actor)
        assert (one.decision_id, one.review_by, one.finding) == (opened.decision_id, opened.review_by, None)
    elsewhere = an_actor("dora", "elsewhere")
    assert list_reviews(reviewing(hub, tmp_path), rows(hub, tmp_path), elsewhere) == ()
    with pytest.raises(AccessRefused):
        list_reviews(reviewing(hub, tmp_path), rows(hub, tmp_path), SAM)


@pytest.mark.parametrize("who", [IVY, PRIYA])
def test_whoever_is_kept_from_the_child_finds_it_on_no_list_and_reviews_it_not(
    hub: SmallHub, tmp_path: Path, who: Actor
) -> None:
    opened = open_it(hub).opening
    enrol_staff(hub.store, hub.clock, who, "Invented Name", "")
    declare_conflict(hub.store, hub.clock, who, CHILD, of=who.subject, kind=ConflictKind.FRIEND)
    assert list_reviews(reviewing(hub, tmp_path), rows(hub, tmp_path), who) == ()
    with pytest.raises(AccessRefused):
        review_access(reviewing(hub, tmp_path), who, opened.decision_id, Finding.CONFIRM)
    other = PRIYA if who == IVY else IVY
    (one,) = list_reviews(reviewing(hub, tmp_path), rows(hub, tmp_path), other)
    assert one.finding is None
    assert review_access(reviewing(hub, tmp_path), other, opened.decision_id, Finding.CONFIRM).by == other


def test_policies_that_cannot_be_judged_list_and_review_nothing_and_those_who_check_are_told(
    hub: SmallHub, tmp_path: Path
) -> None:
    opened = open_it(hub).opening
    unjudged = replace(reviewing(hub, tmp_path), deciding=Deciding(Unjudged(), ()))
    with pytest.raises(AccessRefused):
        list_reviews(unjudged, rows(hub, tmp_path), PRIYA)
    with pytest.raises(AccessRefused):
        review_access(unjudged, PRIYA, opened.decision_id, Finding.CONFIRM)
    kept = (hub.store.open_row(row) for row in hub.store.rows_after(0, 500))
    assert [one.kind for one in kept if isinstance(one, AlarmRaised)] == [AlarmKind.POLICIES] * 2


def test_the_review_is_due_by_the_end_of_the_next_working_day(hub: SmallHub) -> None:
    hub.clock.forward(timedelta(days=3))  # a Friday
    opened = open_it(hub).opening
    assert opened.review_by is not None
    assert (opened.review_by - opened.at) > timedelta(days=3)  # over the weekend
    assert (opened.review_by - opened.at) < timedelta(days=4)


def test_nobody_reviews_their_own_look(hub: SmallHub, tmp_path: Path) -> None:
    opened = open_it(hub, PRIYA).opening
    assert list_reviews(reviewing(hub, tmp_path), rows(hub, tmp_path), PRIYA) == ()
    with pytest.raises(AccessRefused):
        review_access(reviewing(hub, tmp_path), PRIYA, opened.decision_id, Finding.CONFIRM)
    assert review_access(reviewing(hub, tmp_path), IVY, opened.decision_id, Finding.CONFIRM).of == "break_glass"


def test_what_is_asked_about_is_shut_and_what_is_referred_stays_shut(hub: SmallHub, tmp_path: Path) -> None:
    opened = open_it(hub).opening
    review_access(reviewing(hub, tmp_path), IVY, opened.decision_id, Finding.ASK)
    again = open_it(hub).opening
    assert again != opened
    review_access(reviewing(hub, tmp_path), IVY, again.decision_id, Finding.REFER)
    with pytest.raises(AccessRefused):
        open_it(hub)


def test_a_review_of_what_is_not_there_is_refused(hub: SmallHub, tmp_path: Path) -> None:
    with pytest.raises(AccessRefused):
        review_access(reviewing(hub, tmp_path), IVY, UUID(int=7), Finding.CONFIRM)
    kept = hub.store.read_stream(Stream.access(person(hub)))
    assert not any(isinstance(one, AccessReviewed) for one in kept)


def test_why_it_came_out_so_is_explained_as_it_was_decided(hub: SmallHub) -> None:
    opened = open_it(hub).opening
    explaining = Explaining(hub.store, hub.store, hub.clock, hub.reading().law, hub.index, hub.deciding())
    note = explain_decision(explaining, IVY, opened.decision_id)
    assert "the answer and the law are the same" in note
