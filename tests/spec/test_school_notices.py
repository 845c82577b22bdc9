"""Does the child's school know of domestic abuse before its next day begins, and is a nursery noticed?"""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from contracts.events.police import DomesticAbuseNotified
from contracts.events.school import SchoolEnrolled, SchoolLeft
from contracts.report import Handling, Person, Place, Report, Statement, Told
from contracts.vocabulary import (
    Article6,
    FieldClass,
    Gateway,
    PersonRole,
    Purpose,
    StatementKind,
    Telling,
)
from hub.application.list_shares import list_shares
from hub.domain.relied_basis import Relied
from hub.domain.school_day import SchoolCalendar, end_of_working_day
from hub.domain.shares import Standing
from tests.support.given import a_child, a_concern, a_sound_basis
from tests.support.sharers import CHILD, MASH, SharingHub
from tests.support.small_hub import Sender

NIGHT = datetime(2026, 9, 15, 3, 5, tzinfo=UTC)  # 04:05 on a Tuesday in England
STREET = "14 Fen Row"


@pytest.fixture
def hub(tmp_path: Path) -> SharingHub:
    there = SharingHub(tmp_path)
    there.clock.at = NIGHT
    return there


def reshaped(kind: type[Report], record: str, *said: Statement, handling: Handling | None = None) -> Report:
    base = a_concern(record)
    parts = {name: getattr(base, name) for name in base.model_fields_set} | {"statements": said}
    return kind(**(parts | ({"handling": handling} if handling is not None else {})))


def enrolled(hub: SharingHub, by: Sender) -> None:
    school = Statement(field="school", kind=StatementKind.FACT_RECORDED, value="Made-up Primary")
    hub.receive(reshaped(SchoolEnrolled, "S-1", school), by)


def notice(record: str = "HX-1") -> DomesticAbuseNotified:
    said = (
        Statement(field="what_happened", kind=StatementKind.OBSERVATION, value="Two adults shouting"),
        Statement(field="child_present", kind=StatementKind.FACT_RECORDED, value="In bed, upstairs", about="child"),
        Statement(field="nature", kind=StatementKind.FACT_RECORDED, value="Domestic, verbal"),
        Statement(field="reported_by", kind=StatementKind.THIRD_PARTY, value="A neighbour"),
        Statement(field="professional_view", kind=StatementKind.PROFESSIONAL_OPINION, value="She was worried"),
        Statement(field="handling_note", kind=StatementKind.FACT_RECORDED, value="Do not approach the parents."),
    )
    base = a_concern(record)
    mother = Person(ref="mother", role=PersonRole.PARENT_OR_CARER)
    parts = {name: getattr(base, name) for name in base.model_fields_set}
    basis = a_sound_basis()
    return DomesticAbuseNotified(
        **parts
        | {
            "people": (a_child(), mother),
            "statements": said,
            "place": Place(text=STREET),
            "handling": Handling(purpose=Purpose.SECTION_17),
            "bases": (basis, basis.model_copy(update={"person": "mother"})),
            "telling": (Told(person="mother", state=Telling.TOLD_AT),),
        }
    )


def test_the_school_is_told_by_itself_before_its_day_begins(hub: SharingHub) -> None:
    enrolled(hub, hub.school)
    hub.receive(notice())
    hub.follow()
    (shared,) = hub.caught.sent
    assert (shared.recipient, shared.sharer) == (hub.school.source, hub.police.source)
    assert shared.due_by == datetime(2026, 9, 15, 7, 45, tzinfo=UTC)  # 08:45 in England
    (fact,) = hub.decisions()
    assert (fact.cause, fact.actor) == ("duty", None)
    assert "school-notice" in {one.rule for one in fact.grounds}
    assert {(one.article6, one.gateway) for one in fact.items[0].bases} == {("6c", "daa21_s49a")}


def test_the_notice_carries_the_least(hub: SharingHub) -> None:
    enrolled(hub, hub.school)
    hub.receive(notice())
    hub.follow()
    (shared,) = hub.caught.sent
    said = shared.to_bytes().decode()
    assert set(shared.classes) == {FieldClass.ADMINISTRATIVE, FieldClass.IDENTITY, FieldClass.NARRATIVE}
    assert shared.content is not None
    assert [one.ref for one in shared.content.people] == ["child"]
    assert "In bed, upstairs" in said
    assert "Do not approach the parents." in shared.handling
    for left_out in (STREET, "neighbour", "She was worried", "Domestic, verbal"):
        assert left_out not in said


def test_told_once_for_one_notice_however_often_it_is_followed(hub: SharingHub) -> None:
    enrolled(hub, hub.school)
    hub.receive(notice())
    hub.follow()
    (hub.folder / "views.db").unlink()
    assert hub.follow() == 0
    hub.receive(notice("HX-2"))
    hub.follow()
    assert len(hub.caught.sent) == 2


def test_a_school_that_the_child_has_left_is_not_told(hub: SharingHub) -> None:
    enrolled(hub, hub.school)
    hub.receive(reshaped(SchoolLeft, "S-2"), hub.school)
    hub.receive(notice())
    assert hub.follow() == 0
    assert not hub.caught.sent


def test_a_nursery_is_not_covered_and_the_hub_says_so_and_how_else(hub: SharingHub) -> None:
    hub.receive(a_concern("N-1"), hub.nursery)
    hub.receive(notice())
    hub.follow()
    assert not hub.caught.sent
    (fact,) = hub.decisions()
    (fix,) = (one for one in fact.fixes if one.rule == "school-notice-not-covered")
    assert (fact.effect, fact.cause, fact.recipient) == ("refused", "duty", hub.nursery.source)
    assert fix.propose
    assert fact.withheld


def test_the_way_that_is_proposed_for_a_nursery_is_open(hub: SharingHub) -> None:
    hub.receive(a_concern("N-1"), hub.nursery)
    hub.receive(notice())
    hub.follow()
    way = Relied(Article6.PUBLIC_TASK, Gateway.CA04_S10)
    fact = hub.share(hub.asked(notice(), to=hub.nursery, purpose=Purpose.SECTION_17, basis=way))
    assert fact.effect == "permitted"
    assert [shared.recipient for shared in hub.caught.sent] == [hub.nursery.source]


def test_no_ordinary_concern_sets_it_off(hub: SharingHub) -> None:
    enrolled(hub, hub.school)
    hub.receive(a_concern())
    assert hub.follow() == 0


def test_a_notice_nobody_has_read_in_time_is_shown_as_overdue(hub: SharingHub) -> None:
    enrolled(hub, hub.school)
    hub.receive(notice())
    hub.follow()
    assert [one.standing for one in list_shares(hub.sharing(), MASH, CHILD).shares] == [Standing.WAITING]
    hub.clock.forward(timedelta(hours=5))
    assert [one.standing for one in list_shares(hub.sharing(), MASH, CHILD).shares] == [Standing.OVERDUE]


HALF_TERM = frozenset(date(2026, 10, day) for day in range(26, 31))


@pytest.mark.parametrize(
    ("moment", "start"),
    [
        ("2026-09-15T03:05:00+00:00", "2026-09-15T07:45:00+00:00"),
        ("2026-09-15T07:45:00+00:00", "2026-09-16T07:45:00+00:00"),
        ("2026-09-18T20:00:00+00:00", "2026-09-21T07:45:00+00:00"),
        ("2026-10-23T20:00:00+00:00", "2026-11-02T08:45:00+00:00"),
        ("2026-10-25T00:30:00+00:00", "2026-11-02T08:45:00+00:00"),
    ],
)
def test_the_next_school_day_skips_nights_weekends_and_holidays(moment: str, start: str) -> None:
    calendar = SchoolCalendar(time(8, 45), HALF_TERM)
    assert calendar.next_start(datetime.fromisoformat(moment)) == datetime.fromisoformat(start)


def test_a_calendar_without_a_school_day_is_no_calendar() -> None:
    closed = frozenset(date(2026, 1, 1) + timedelta(days=day) for day in range(800))
    with pytest.raises(ValueError, match="no school day"):
        SchoolCalendar(closed=closed).next_start(NIGHT)


def test_a_working_day_is_no_weekend() -> None:
    assert end_of_working_day(datetime(2026, 9, 18, 10, tzinfo=UTC), 2) == datetime(2026, 9, 22, 23, tzinfo=UTC)
