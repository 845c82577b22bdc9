"""Is an emergency that nobody reviewed within its working day raised by itself, once, until somebody reviews it?"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from uuid import UUID

import pytest

from contracts.event import Fact
from contracts.events.access import AccessReviewed, BreakGlassAsked, EmergencyReason, Finding, ReviewEscalated
from contracts.events.hub import Actor
from contracts.identifiers import parse_identifier
from contracts.vocabulary import AgencyKind, StaffRole
from hub.adapters.view_rows import ViewRows
from hub.application.break_glass import break_glass
from hub.application.escalate_reviews import escalate_reviews
from hub.application.keep_views import keep_views
from hub.application.list_enquiries import ListingEnquiries, list_alarms
from hub.application.ports import Store, Stream
from hub.application.read_worklist import WorklistViews, read_worklist
from hub.application.review_access import Reviewing, review_access
from hub.domain.emergency import Opening, how_late
from hub.domain.errors import AccessRefused, Unreadable
from hub.domain.school_day import end_of_working_day, working_days_over
from hub.views.accesses import ACCESSES
from hub.views.enquiries import ENQUIRIES, Escalated
from hub.views.looks import LOOKS
from tests.support.given import ROBIN, WREN, a_child, a_concern, an_actor
from tests.support.small_hub import SmallHub, a_sender
from tests.support.watched_store import WatchedStore

SAM = an_actor("sam", "school", AgencyKind.MAINTAINED_SCHOOL, StaffRole.PRACTITIONER)
IVY = an_actor("ivy", role=StaffRole.IG_OFFICER)
CARE = a_sender("care", AgencyKind.LOCAL_AUTHORITY)
PRIYA = an_actor("priya", "care")
Seen = Callable[[], ViewRows]


class Torn(WatchedStore):
    """A store in which one stream cannot be read."""

    def __init__(self, store: Store, stream: Stream) -> None:
        super().__init__(store)
        self._stream = stream

    def read_stream(self, stream: Stream) -> tuple[Fact, ...]:
        """See ports.Store."""
        if stream == self._stream:
            raise Unreadable(1, "record_missing")
        return super().read_stream(stream)


@pytest.fixture
def hub(tmp_path: Path) -> SmallHub:
    """Two children, one of them the local authority's."""
    made = SmallHub(tmp_path)
    made.senders = (*made.senders, CARE)
    made.receive(a_concern("C-2", words="Visit agreed"), CARE)
    made.receive(a_concern("C-3", a_child(WREN, "Other", "Wren")))
    return made


@pytest.fixture
def seen(hub: SmallHub, tmp_path: Path) -> Seen:
    """The views as they stand now."""
    views = ViewRows(tmp_path / "views.db", (LOOKS, ACCESSES, ENQUIRIES))

    def followed() -> ViewRows:
        keep_views(hub.store, views)
        return views

    return followed


def opened(hub: SmallHub, actor: Actor = SAM, nhs: str = ROBIN) -> BreakGlassAsked:
    """One opening, now."""
    asked = Opening(actor, EmergencyReason.URGENT_CALL, hub.clock.now())
    return break_glass(hub.reading(), asked, parse_identifier(f"nhs:{nhs}")).opening


def to_the_end_of(hub: SmallHub, opening: BreakGlassAsked, more: timedelta = timedelta()) -> None:
    """The clock goes on to when the review is due, and some more."""
    assert opening.review_by is not None
    hub.clock.forward(opening.review_by - hub.clock.now() + more)


def raised(hub: SmallHub, seen: Seen) -> int:
    """How many are raised now."""
    return escalate_reviews(hub.store, hub.clock, partial(seen().rows_of, ACCESSES))


def alarming(hub: SmallHub, seen: Seen) -> tuple[Escalated, ...]:
    """What those who check are told, after whoever keeps time has looked."""
    raised(hub, seen)
    return list_alarms(ListingEnquiries(hub.store, hub.clock, seen().read(ENQUIRIES)), IVY)[0]


def on_record(hub: SmallHub) -> list[ReviewEscalated]:
    kept = (hub.store.open_row(row) for row in hub.store.rows_after(0, 500))
    return [one for one in kept if isinstance(one, ReviewEscalated)]


def review(hub: SmallHub, seen: Seen, decision_id: UUID, actor: Actor = IVY) -> AccessReviewed:
    rows_under = partial(seen().rows_of, LOOKS)
    return review_access(
        Reviewing(hub.store, hub.index, hub.clock, hub.deciding(), rows_under), actor, decision_id, Finding.CONFIRM
    )


def test_until_the_working_day_is_over_nothing_is_raised(hub: SmallHub, seen: Seen) -> None:
    opening = opened(hub)
    to_the_end_of(hub, opening, timedelta(microseconds=-1))
    assert (alarming(hub, seen), on_record(hub)) == ((), [])


def test_when_it_is_over_those_who_check_are_told_which_and_how_late(hub: SmallHub, seen: Seen) -> None:
    opening = opened(hub)
    to_the_end_of(hub, opening)
    (told,) = alarming(hub, seen)
    assert (told.decision_id, told.review_by, told.subject) == (opening.decision_id, opening.review_by, "sam")
    assert how_late(told.review_by, hub.clock.now()) == "less than a working day late"
    hub.clock.forward(timedelta(days=1))
    assert how_late(told.review_by, hub.clock.now()) == "1 working day late"
    (fact,) = on_record(hub)
    assert (fact.decision_id, fact.person_id, fact.actor) == (opening.decision_id, opening.person_id, SAM)
    assert (fact.review_by, fact.owners) == (opening.review_by, (CARE.source,))


def test_it_is_raised_once_however_often_anybody_looks(hub: SmallHub, seen: Seen) -> None:
    first, second = opened(hub), opened(hub, nhs=WREN)
    to_the_end_of(hub, first)
    assert [raised(hub, seen), raised(hub, seen)] == [2, 0]
    hub.clock.forward(timedelta(days=30))
    assert raised(hub, seen) == 0
    assert {one.decision_id for one in on_record(hub)} == {first.decision_id, second.decision_id}


def test_two_processes_that_look_at_once_raise_it_once(hub: SmallHub, seen: Seen) -> None:
    to_the_end_of(hub, opened(hub))
    rows_under = partial(seen().rows_of, ACCESSES)
    both: list[int] = []
    store = WatchedStore(hub.store, lambda: both.append(escalate_reviews(hub.store, hub.clock, rows_under)))
    both.append(escalate_reviews(store, hub.clock, rows_under))
    assert (both, len(on_record(hub))) == ([1, 0], 1)


def test_whoever_reviewed_it_in_time_ends_it(hub: SmallHub, seen: Seen) -> None:
    opening = opened(hub)
    review(hub, seen, opening.decision_id)
    to_the_end_of(hub, opening, timedelta(days=9))
    assert (alarming(hub, seen), on_record(hub)) == ((), [])


def test_a_review_that_the_views_have_not_seen_yet_counts(hub: SmallHub, seen: Seen, tmp_path: Path) -> None:
    opening = opened(hub)
    to_the_end_of(hub, opening)
    behind = ViewRows(tmp_path / "behind.db", (ACCESSES,))
    keep_views(hub.store, behind)
    review(hub, seen, opening.decision_id)
    assert escalate_reviews(hub.store, hub.clock, partial(behind.rows_of, ACCESSES)) == 0
    assert on_record(hub) == []


def test_a_late_review_ends_the_alarm_and_not_the_record_of_it(hub: SmallHub, seen: Seen) -> None:
    opening = opened(hub)
    to_the_end_of(hub, opening)
    assert len(alarming(hub, seen)) == 1
    review(hub, seen, opening.decision_id, PRIYA)
    assert alarming(hub, seen) == ()
    assert len(on_record(hub)) == 1


def test_what_was_refused_is_never_raised(hub: SmallHub, seen: Seen) -> None:
    with pytest.raises(AccessRefused):
        opened(hub, IVY)
    hub.clock.forward(timedelta(days=30))
    assert alarming(hub, seen) == ()


def test_over_a_weekend_no_working_day_passes(hub: SmallHub, seen: Seen) -> None:
    friday = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
    due = end_of_working_day(datetime(2026, 11, 19, 15, 0, tzinfo=UTC), 1)
    assert due == datetime(2026, 11, 21, tzinfo=UTC)
    assert friday < due
    assert working_days_over(due, datetime(2026, 11, 23, 23, 59, tzinfo=UTC)) == 0
    assert working_days_over(due, datetime(2026, 11, 24, tzinfo=UTC)) == 1
    over_christmas = end_of_working_day(datetime(2026, 12, 23, 9, 0, tzinfo=UTC), 1)
    assert working_days_over(over_christmas, datetime(2026, 12, 29, 23, 0, tzinfo=UTC)) == 0
    assert working_days_over(over_christmas, datetime(2026, 12, 30, tzinfo=UTC)) == 1


@pytest.mark.parametrize(
    ("actor", "count"),
    [(PRIYA, 1), (an_actor("dora", "elsewhere"), 0), (an_actor("sam", "care"), 0)],
    ids=["owner", "another agency", "whoever opened it"],
)
def test_the_agency_whose_child_it_is_is_told_on_its_worklist(
    hub: SmallHub, seen: Seen, actor: Actor, count: int
) -> None:
    to_the_end_of(hub, opened(hub))
    alarming(hub, seen)
    views = WorklistViews((), (), (), (), (), seen().read(ENQUIRIES), (), (), ())
    assert read_worklist(hub.store, hub.clock, actor, views).escalated == count


def test_a_record_that_cannot_be_read_keeps_no_other_from_being_raised(hub: SmallHub, seen: Seen) -> None:
    first, second = opened(hub), opened(hub, nhs=WREN)
    to_the_end_of(hub, first)

    with pytest.raises(Unreadable):
        escalate_reviews(Torn(hub.store, Stream.access(first.person_id)), hub.clock, partial(seen().rows_of, ACCESSES))
    assert [one.decision_id for one in on_record(hub)] == [second.decision_id]
