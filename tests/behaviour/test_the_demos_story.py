"""Does the demonstration play the three years that the README shows, each file on its day, and say so first?"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from contracts.vocabulary import Purpose, StaffRole
from hub.application.ports import Stream
from hub.application.sign_in import act_as
from hub.cli import commands_parser
from hub.commands import chronology, demo, enquiry, send, staff, staff_add
from hub.commands.audit_log import check
from hub.commands.demo_story import FIRST_DAY, ROBIN, STORY, StoryClock, StoryHub, Told
from hub.domain import registry
from hub.domain.chronology import Chronology
from hub.domain.moment import day_in_london
from hub.domain.telling_clash import ClashKind, clashes
from hub.settings import BadSetting, Settings
from hub.views import quarantine, questions
from hub.wiring import Hub
from tests.support.given import StoppedClock
from tests.support.house import house
from tests.support.pages import parts_of, signed_in
from tests.support.screens import TOUR_DAY, a_told_story

THREE_YEARS = timedelta(days=3 * 365 - 30)
BEFORE_THE_NURSERY = date(2026, 1, 31)
ON_PAGES_AND_TERMINAL = ("health_visiting", "health", "police", "social_care", "gp", "housing", "nursery")


class NotPlayed(Exception):
    """The first file was asked for."""


class Silent(StoryHub):
    """A hub at which the playing ends before the first file."""

    def receive_story(self) -> Iterator[tuple[Told, tuple[send.Item, ...]]]:
        raise NotPlayed


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> StoryHub:
    """The hub of which the README's pictures are drawn."""
    return a_told_story(tmp_path_factory.mktemp("told"))


def read(hub: StoryHub, known_on: date | None = None) -> Chronology:
    asking = chronology.Asking(ROBIN, staff.DECISION_MAKER.subject, Purpose.SECTION_47, known_on)
    return chronology.read(hub, asking)


def days(shown: Chronology) -> list[date]:
    return [day for one in shown.entries if (day := one.happened.day()) is not None]


def test_it_is_three_years_of_one_childs_life_told_by_seven_agencies(told: StoryHub) -> None:
    shown = read(told)
    assert {one.source for one in shown.entries} == {told.edge(name).agency.source for name in ON_PAGES_AND_TERMINAL}
    assert (len(shown.entries), len([one for one in shown.entries if one.child_words])) == (26, 10)
    assert day_in_london(TOUR_DAY) - min(days(shown)) > THREE_YEARS
    by_year = {year: sum(day.year == year for day in days(shown)) for year in (2023, 2024, 2025, 2026)}
    assert min(by_year.values()) >= 1
    assert max(by_year.values()) < len(shown.entries) / 2 + 1  # not five weeks in a picture of years


def test_each_file_is_received_on_its_own_day_and_a_past_day_shows_what_was_known_then(told: StoryHub) -> None:
    today, then = read(told), read(told, BEFORE_THE_NURSERY)
    nursery = told.edge("nursery").agency.source
    assert all(day_in_london(one.received) in {day_in_london(each.received) for each in STORY} for one in today.entries)
    assert nursery not in {one.source for one in then.entries}
    assert [day for day in days(today) if day < BEFORE_THE_NURSERY] != days(then)
    assert (len(then.entries), len([one for one in today.entries if one.source == nursery])) == (9, 8)


def test_nothing_of_the_story_is_set_aside_and_its_logs_of_four_years_verify(told: StoryHub) -> None:
    found = check(told)
    assert found.ok
    assert {path.name for path in told.settings.home.glob("log-20*")} == {"log-2023", "log-2024", "log-2025"}
    assert quarantine.in_order(parts_of(told).rows_of("quarantine")) == ()


def test_who_was_not_told_is_known_but_of_those_who_may_not_be(told: StoryHub) -> None:
    page = signed_in(told, staff.DECISION_MAKER).get("/").text
    assert "Telling is late in 17 matters, about 4 children" in " ".join(page.split())


def test_no_baby_is_told_and_one_contradiction_of_the_story_is_said(told: StoryHub) -> None:
    """Police told the mother of a notice on which they ask that nobody approach the parents: whom is one to believe?"""
    shown = read(told)
    wren = [one for entry in shown.entries for one in entry.told_since if one.label == "child2"]
    (clash,) = (one for every in clashes(shown.entries).values() for one in every)
    assert wren == []
    assert (clash.kind, clash.ask) == (ClashKind.HANDLING, (told.edge("police").agency.source,))


def test_after_the_story_it_is_today_and_no_moment_of_it_lies_ahead_of_the_machine(tmp_path: Path) -> None:
    machine = StoppedClock(datetime(2026, 9, 1, tzinfo=UTC), "early")
    clock = StoryClock(machine)
    clock.at = STORY[-1].received
    assert clock.now() == machine.at
    hub = StoryHub(Settings(home=tmp_path), clock)
    assert (hub.is_new, hub.clock.now()) == (True, FIRST_DAY)
    clock.at = None
    assert hub.clock.now() == machine.at


def test_where_something_was_kept_before_all_of_it_is_received_today(tmp_path: Path) -> None:
    before = house(tmp_path)
    hub = demo.enrolled(before.settings)
    assert not hub.is_new
    told, items = next(hub.receive_story())
    assert (told, sum(len(one.events) for one in items)) == (STORY[0], 2)
    entry = read(hub).entries[0]
    assert day_in_london(entry.received) == day_in_london(datetime.now(UTC)) != day_in_london(told.received)


@pytest.mark.parametrize("is_new", [True, False])
def test_what_it_does_is_said_before_the_first_file_is_sent(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], is_new: bool
) -> None:
    hub = Silent(Settings(home=tmp_path) if is_new else house(tmp_path).settings)
    with pytest.raises(NotPlayed):
        demo.play(hub)
    said = " ".join(capsys.readouterr().out.split())
    assert ("December 2023 to October 2026, are received each on its own day" in said) is is_new
    assert ("Sending" in said and "again, which may take a minute" in said) is not is_new


def test_each_year_is_said_before_its_files_are_sent(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    class Hearing(StoryHub):
        """A hub that notes what was said by when a file was sent."""

        def receive_story(self) -> Iterator[tuple[Told, tuple[send.Item, ...]]]:
            for told in STORY:
                assert f"  {told.received.year}: " in capsys.readouterr().out or told.received.year == self.year
                self.year = told.received.year
                yield told, ()
            raise NotPlayed

        year = 0

    with pytest.raises(NotPlayed):
        demo.play(Hearing(Settings(home=tmp_path)))


def test_invented_people_are_enrolled_in_no_hub_of_others(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    real = Settings(home=tmp_path / "real")
    add = ["staff", "add", "ana", "--name", "Ana Reed", "--agency", "social_care", "--role", "mash_decision_maker"]
    assert staff_add.run(real, commands_parser().parse_args(add)) == 0
    with pytest.raises(BadSetting, match="holds a hub that the demonstration did not begin"):
        demo.run(real, once=True)
    assert "invented members of staff" in capsys.readouterr().out
    assert set(registry.staff(Hub(real).store.read_stream(Stream.registry()))) == {"ana"}
    assert not (real.home / "duty-number-of-the-demo").exists()


def test_nor_in_one_in_which_an_agency_was_enrolled_before_anybody(tmp_path: Path) -> None:
    before = Hub(Settings(home=tmp_path))
    before.edge("police")
    with pytest.raises(BadSetting, match="holds a hub that the demonstration did not begin"):
        demo.enrolled(before.settings)


def test_a_hub_of_the_demonstrations_own_stays_one_when_somebody_is_added_to_it(tmp_path: Path) -> None:
    own = demo.enrolled(Settings(home=tmp_path)).settings
    add = ["staff", "add", "ana", "--name", "Ana Reed", "--agency", "social_care", "--role", "mash_decision_maker"]
    assert staff_add.run(own, commands_parser().parse_args(add)) == 0
    assert not demo.enrolled(own).is_new


def test_one_report_of_the_story_is_in_question_and_two_people_decide(told: StoryHub) -> None:
    """Can a newcomer try what takes two people: is there a question to settle, and somebody else who agrees?"""
    (found,) = questions.in_order(parts_of(told).rows_of("questions"))
    assert (found.why, len(found.candidates)) == ("birth_date_differs", 1)
    deciding = tuple(one for one in demo.EVERYBODY if one.role is StaffRole.MASH_DECISION_MAKER)
    assert [one.subject for one in deciding] == ["priya", "noor"]
    second = signed_in(told, staff.SECOND_DECISION_MAKER)
    assert "1 report may be about a child the hub knows" in second.get("/").text
    assert [line.split()[0] for line in demo.people(told)] == [one.subject for one in demo.EVERYBODY]


def test_one_enquiry_is_open_and_whoever_decides_leads_it(told: StoryHub) -> None:
    found = enquiry.listed(told, act_as(told.store, staff.DECISION_MAKER.subject))
    (robin,) = told.index.people_with(ROBIN.scheme, ROBIN.value)
    assert [(one.enquiry.person_id, one.mine) for one in found.shown] == [(robin, True)]
