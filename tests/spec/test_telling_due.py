"""Does every silence come due, go up when it is neglected, and stay on the list until somebody is told?"""

import json
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consent.packs import LawSettings
from consent.periods import months_after
from consent.telling_due import Due, Matter, Standing, Untold, due, standing
from consent.transparency import LONGEST_REVIEW, WITHHELD
from contracts.events.hub import Actor
from contracts.events.shared import ConcernRaised
from contracts.report import Change, Person, Told
from contracts.vocabulary import AgencyKind, ChangeKind, PersonRole, StaffRole, Telling
from contracts.when import on_day
from hub.adapters.view_rows import ViewRows
from hub.application.keep_views import keep_views
from hub.application.list_telling_due import ListingTelling, list_telling_due
from hub.commands import telling
from hub.domain.errors import AccessRefused
from hub.domain.moment import day_in_london
from hub.views.telling import TELLING, ToTell, project
from tests.support.given import NOW, a_child, a_concern, an_actor, an_id
from tests.support.house import house, say
from tests.support.small_hub import SmallHub

DAY = day_in_london(NOW)
PARENT, CHILD = PersonRole.PARENT_OR_CARER, PersonRole.CHILD
UNSETTLED = [state for state in Telling if state not in (Telling.TOLD_BEFORE, Telling.TOLD_AT, Telling.TOLD_AFTER)]
DECIDES, CHECKS = an_actor(), an_actor("ivy", role=StaffRole.IG_OFFICER)
SECRET = "He said that he would take her abroad"


def told(state: Telling, review: date | None = None, person: str = "child") -> Told:
    """What an agency says of telling a person."""
    review_on = on_day(review) if review is not None else None
    return Told(person=person, state=state, reason=SECRET, decided_by="DSL", approved_by="Head", review_on=review_on)


def listing(hub: SmallHub, folder: Path) -> ListingTelling:
    tables = ViewRows(folder / "views.db", (TELLING,))
    keep_views(hub.store, tables)
    return ListingTelling(hub.store, hub.index, hub.clock, LawSettings(), hub.deciding(), tables.read(TELLING))


def listed(hub: SmallHub, folder: Path, on: date | None = None) -> tuple[ToTell, ...]:
    return list_telling_due(listing(hub, folder), DECIDES, on)


@pytest.fixture
def hub(tmp_path: Path) -> SmallHub:
    """A hub on the day of the story."""
    return SmallHub(tmp_path)


@pytest.mark.parametrize(
    ("state", "review", "expected"),
    [
        (Telling.DUE, DAY + timedelta(days=3), Due(Matter.TELL, DAY + timedelta(days=3), Standing.COMING)),
        (Telling.DUE, None, Due(Matter.TELL, DAY, Standing.TODAY)),
        (Telling.NOT_TOLD_SAFETY, DAY, Due(Matter.REVIEW, DAY, Standing.TODAY)),
        (Telling.NOT_TOLD_PREJUDICE, None, Due(Matter.REVIEW, DAY, Standing.TODAY)),
        (
            Telling.NOT_TOLD_SAFETY,
            DAY + timedelta(days=29),
            Due(Matter.REVIEW, DAY + timedelta(days=28), Standing.COMING, capped=True),
        ),
        (
            Telling.NOT_TOLD_SAFETY,
            DAY + timedelta(days=28),
            Due(Matter.REVIEW, DAY + timedelta(days=28), Standing.COMING, capped=False),
        ),
        (Telling.NOT_CONTACTABLE, None, Due(Matter.TRY_AGAIN, DAY + timedelta(days=28), Standing.COMING)),
        (
            Telling.NOT_CONTACTABLE,
            DAY + timedelta(days=90),
            Due(Matter.TRY_AGAIN, DAY + timedelta(days=28), Standing.COMING, capped=True),
        ),
        (
            Telling.NOT_CONTACTABLE,
            DAY + timedelta(days=28),
            Due(Matter.TRY_AGAIN, DAY + timedelta(days=28), Standing.COMING),
        ),
        (Telling.NOT_CONTACTABLE, DAY, Due(Matter.TRY_AGAIN, DAY, Standing.TODAY)),
        (Telling.DUE, date(2026, 11, 6), Due(Matter.TELL, date(2026, 11, 6), Standing.COMING)),
        (Telling.DUE, date(2099, 1, 1), Due(Matter.TELL, date(2026, 11, 6), Standing.COMING, capped=True)),
        (Telling.NOT_KNOWN, None, Due(Matter.FIND_OUT, date(2026, 11, 6), Standing.COMING)),
        (Telling.TOLD_AT, None, None),
        (Telling.TOLD_BEFORE, DAY, None),
        (Telling.TOLD_AFTER, None, None),
    ],
)
def test_what_is_due_and_when(state: Telling, review: date | None, expected: Due | None) -> None:
    assert due(Untold(PARENT, state, DAY, review), DAY) == expected


@pytest.mark.parametrize("state", Telling)
def test_a_person_in_an_official_role_is_not_on_the_list(state: Telling) -> None:
    assert due(Untold(PersonRole.PROFESSIONAL, state, DAY), DAY) is None


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (-1, Standing.COMING), (0, Standing.TODAY), (1, Standing.OVERDUE), (2, Standing.OVERDUE),
        (3, Standing.ESCALATED), (400, Standing.ESCALATED),
    ],
)  # fmt: skip
def test_a_matter_that_is_left_goes_up(days: int, expected: Standing) -> None:
    assert standing(DAY, DAY + timedelta(days=days)) is expected


@given(
    st.sampled_from(UNSETTLED),
    st.one_of(st.none(), st.integers(-400, 4000)),
    st.lists(st.integers(0, 40), min_size=1, max_size=60),
)
def test_no_silence_lapses_while_the_clock_moves(state: Telling, review: int | None, steps: list[int]) -> None:
    """Whatever date was given, the matter is listed on every day, its date never moves, and it only ever goes up."""
    untold = Untold(PARENT, state, DAY, DAY + timedelta(days=review) if review is not None else None)
    clock, before = DAY, Standing.COMING
    by = set()
    order = tuple(Standing)
    for step in steps:
        clock += timedelta(days=step)
        seen = due(untold, clock)
        assert seen is not None
        assert order.index(seen.standing) >= order.index(before)
        before = seen.standing
        by.add(seen.by)
        if clock > (DAY + LONGEST_REVIEW if state in WITHHELD else months_after(DAY, 1)):
            assert seen.standing in (Standing.OVERDUE, Standing.ESCALATED)
    assert len(by) == 1


@pytest.mark.parametrize("state", UNSETTLED)
def test_every_state_that_is_not_told_is_listed_for_the_child_it_is_about(
    hub: SmallHub, tmp_path: Path, state: Telling
) -> None:
    hub.receive(a_concern(telling=(told(state, DAY),)))
    (one,) = listed(hub, tmp_path)
    assert (one.state, one.role, one.label, one.source) == (state, CHILD, "child", hub.police.source)
    assert one.person_id == hub.index.people_with("nhs", "9990001006")[0]


@pytest.mark.parametrize("state", [Telling.TOLD_BEFORE, Telling.TOLD_AT, Telling.TOLD_AFTER])
def test_who_was_told_is_not_listed(hub: SmallHub, tmp_path: Path, state: Telling) -> None:
    hub.receive(a_concern(telling=(told(state),)))
    assert listed(hub, tmp_path) == ()


def test_somebody_of_whom_nothing_is_said_is_not_known_to_be_told(hub: SmallHub, tmp_path: Path) -> None:
    hub.receive(a_concern(telling=()))
    (one,) = listed(hub, tmp_path)
    assert (one.state, one.due.matter) == (Telling.NOT_KNOWN, Matter.FIND_OUT)


def test_a_silence_stays_listed_day_after_day_until_the_agency_says_that_the_person_was_told(
    hub: SmallHub, tmp_path: Path
) -> None:
    receipt = hub.receive(a_concern(telling=(told(Telling.NOT_TOLD_SAFETY, DAY + timedelta(days=7)),)))
    seen = []
    for _ in range(12):
        seen.append(listed(hub, tmp_path)[0].due.standing)
        hub.clock.forward(timedelta(days=1))
    assert seen == [*[Standing.COMING] * 7, Standing.TODAY, *[Standing.OVERDUE] * 2, *[Standing.ESCALATED] * 2]
    hub.receive(_again(receipt.event_id, Telling.TOLD_AFTER))
    assert listed(hub, tmp_path) == ()


def test_a_correction_that_says_nothing_of_telling_ends_no_silence(hub: SmallHub, tmp_path: Path) -> None:
    receipt = hub.receive(a_concern(telling=(told(Telling.NOT_TOLD_SAFETY, DAY),)))
    hub.receive(_again(receipt.event_id, None))
    states = [one.state for one in listed(hub, tmp_path)]
    assert Telling.NOT_TOLD_SAFETY in states


def test_another_agency_cannot_end_a_silence(hub: SmallHub, tmp_path: Path) -> None:
    receipt = hub.receive(a_concern(telling=(told(Telling.NOT_TOLD_SAFETY, DAY),)))
    hub.receive(_again(receipt.event_id, Telling.TOLD_AFTER), hub.health)
    assert [one.state for one in listed(hub, tmp_path)] == [Telling.NOT_TOLD_SAFETY]


def test_a_silence_decided_afresh_has_its_new_date(hub: SmallHub, tmp_path: Path) -> None:
    receipt = hub.receive(a_concern(telling=(told(Telling.NOT_TOLD_SAFETY, DAY),)))
    hub.clock.forward(timedelta(days=3))
    assert listed(hub, tmp_path)[0].due.standing is Standing.ESCALATED
    hub.receive(_again(receipt.event_id, Telling.NOT_TOLD_SAFETY, DAY + timedelta(days=9)))
    (one,) = listed(hub, tmp_path)
    assert (one.due.standing, one.due.by) == (Standing.COMING, DAY + timedelta(days=9))


def test_the_longest_neglected_comes_first(hub: SmallHub, tmp_path: Path) -> None:
    for number, days in enumerate((5, -9, 0, -1)):
        review = DAY + timedelta(days=days)
        hub.receive(a_concern(record=f"C-{number}", telling=(told(Telling.NOT_TOLD_SAFETY, review),)))
    assert [one.due.standing for one in listed(hub, tmp_path)] == [
        Standing.ESCALATED, Standing.OVERDUE, Standing.TODAY, Standing.COMING,
    ]  # fmt: skip


def test_the_list_can_be_seen_as_of_a_day(hub: SmallHub, tmp_path: Path) -> None:
    hub.receive(a_concern(telling=(told(Telling.NOT_TOLD_SAFETY, DAY + timedelta(days=1)),)))
    assert listed(hub, tmp_path)[0].due.standing is Standing.COMING
    assert listed(hub, tmp_path, DAY + timedelta(days=2))[0].due.standing is Standing.OVERDUE


def test_the_view_holds_pointers_codes_and_dates_and_no_reason_or_name(hub: SmallHub, tmp_path: Path) -> None:
    hub.receive(a_concern(telling=(told(Telling.NOT_TOLD_SAFETY, DAY),)))
    kept = json.dumps(listing(hub, tmp_path).rows)
    for secret in (SECRET, "DSL", "Head", "Exemplar", "9990001006"):
        assert secret not in kept


@pytest.mark.parametrize("actor", [DECIDES, CHECKS], ids=["decides", "checks"])
def test_the_look_is_on_record_for_every_child_on_the_list(hub: SmallHub, tmp_path: Path, actor: Actor) -> None:
    hub.receive(a_concern(telling=(told(Telling.NOT_TOLD_SAFETY, DAY),)))
    hub.receive(a_concern(record="C-2", telling=(told(Telling.DUE, DAY),)))
    hub.receive(a_concern(record="C-3", child=_wren(), telling=(told(Telling.NOT_KNOWN),)))
    found = list_telling_due(listing(hub, tmp_path), actor)
    assert len({one.person_id for one in found}) == 2
    for person_id in {one.person_id for one in found}:
        (decision,) = hub.store.read_access(person_id)
        assert (decision.what, decision.effect, decision.actor) == ("telling", "permitted", actor)
        assert decision.items_shown == sum(one.person_id == person_id for one in found)
        assert decision.grounds


@pytest.mark.parametrize("role", [StaffRole.PRACTITIONER, StaffRole.MASH_RESEARCHER])
def test_nobody_else_sees_the_list_and_their_asking_is_on_record(
    hub: SmallHub, tmp_path: Path, role: StaffRole
) -> None:
    hub.receive(a_concern(telling=(told(Telling.NOT_TOLD_SAFETY, DAY),)))
    person_id = hub.index.people_with("nhs", "9990001006")[0]
    with pytest.raises(AccessRefused):
        list_telling_due(listing(hub, tmp_path), an_actor("x", "police", AgencyKind.POLICE, role))
    (decision,) = hub.store.read_access(person_id)
    assert (decision.effect, decision.items_shown) == ("refused", 0)


def test_an_empty_list_too_is_only_for_those_whose_work_it_is(hub: SmallHub, tmp_path: Path) -> None:
    assert listed(hub, tmp_path) == ()
    with pytest.raises(AccessRefused):
        list_telling_due(listing(hub, tmp_path), an_actor(role=StaffRole.PRACTITIONER))


def test_a_report_that_is_moved_takes_its_silences_along(hub: SmallHub, tmp_path: Path) -> None:
    hub.receive(a_concern(telling=(told(Telling.NOT_TOLD_SAFETY, DAY),)))
    person_id = hub.index.people_with("nhs", "9990001006")[0]
    link = hub.store.read_history(person_id).linked()[0]
    (before,) = project(link, 1)
    (after,) = project(link.model_copy(update={"person_id": an_id("other")}), 2)
    assert after.key == before.key
    assert after.values["person_id"] == str(an_id("other"))


def test_the_command_prints_the_list(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    there = house(tmp_path)
    late = day_in_london(there.clock.now()) - timedelta(days=9)
    say(there, "police", a_concern(telling=(told(Telling.NOT_TOLD_SAFETY, late),)))
    assert telling.run(there.settings, "priya", None, as_json=False) == 0
    said = capsys.readouterr().out
    assert "ESCALATED" in said
    assert "decide afresh" in said
    assert SECRET not in said
    assert telling.run(there.settings, "ivy", None, as_json=True) == 0
    (one,) = json.loads(capsys.readouterr().out)["telling"]
    assert (one["standing"], one["state"]) == ("escalated", "not_told_safety")


def _wren() -> Person:
    return a_child("9990001375", given="Wren", born="2026-02-02")


def _again(event_id: str, state: Telling | None, review: date | None = None) -> ConcernRaised:
    """The agency's correction of its own report; None says nothing of telling."""
    change = Change(kind=ChangeKind.CORRECTION, of=UUID(event_id), reason="Telling")
    return a_concern(telling=(told(state, review),) if state is not None else (), change=change, version="2")
