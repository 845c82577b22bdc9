"""Is whoever reads a chronology told from which agency something may not have come, whoever the child is?"""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from contracts.events.hub import Actor
from contracts.identifiers import Scheme, identifier
from contracts.vocabulary import AgencyKind, Purpose, StaffRole
from hub.application.read_chronology import Reading, read_chronology
from hub.commands import chronology as command
from hub.domain.chronology import Chronology
from hub.domain.feed import Beat, Feed, FeedKind, LyingHere, Partner
from hub.domain.silence import SilenceKind
from tests.support.given import NOW, ROBIN, a_concern, an_actor
from tests.support.small_hub import SmallHub

CHILD = identifier(Scheme.NHS_NUMBER, ROBIN)
GP = "urn:childhub:agency:gp"
BEAT = Beat(NOW, NOW, "5f0c9d21", 7, 0, 7, (), (), NOW, 60)
WELL = Feed(last_heard=NOW, number=7, beat=BEAT)
UNREAD = replace(WELL, beat=replace(BEAT, unread=(("bad_date", 2),)))


@pytest.fixture
def hub(tmp_path: Path) -> SmallHub:
    there = SmallHub(tmp_path)
    there.receive(a_concern())
    return there


def reading(hub: SmallHub, police: Feed | None, health: Feed | None) -> Reading:
    partners = (Partner(hub.police.source, True, police), Partner(hub.health.source, True, health), Partner(GP, False))
    return replace(hub.reading(), partners=partners)


def read(
    hub: SmallHub, police: Feed | None, health: Feed | None, actor: Actor | None = None, day: date | None = None
) -> Chronology:
    return read_chronology(reading(hub, police, health), actor or an_actor(), CHILD, Purpose.SECTION_47, day)


def told(shown: Chronology) -> dict[str, list[FeedKind]]:
    assert shown.feeds is not None
    return {one.source: [each.kind for each in one.findings] for one in shown.feeds}


def test_an_agency_that_has_entries_may_have_sent_more_that_did_not_come(hub: SmallHub) -> None:
    shown = read(hub, replace(WELL, missing=2), WELL)
    assert [entry.source for entry in shown.entries] == [hub.police.source]
    assert told(shown) == {hub.police.source: [FeedKind.GAP]}


def test_a_silent_agency_is_told_and_one_that_is_well_is_not(hub: SmallHub) -> None:
    silent = replace(WELL, beat=replace(BEAT, alive_at=NOW - timedelta(hours=1)))
    assert told(read(hub, WELL, silent)) == {hub.health.source: [FeedKind.SILENT]}


def test_what_an_agency_sent_and_nobody_could_take_in_is_told(hub: SmallHub) -> None:
    plain = reading(hub, WELL, WELL)
    lying = tuple(replace(one, set_aside=LyingHere(2, NOW) if one.source != GP else None) for one in plain.partners)
    shown = read_chronology(replace(plain, partners=lying), an_actor(), CHILD, Purpose.SECTION_47)
    assert told(shown) == {hub.police.source: [FeedKind.SET_ASIDE], hub.health.source: [FeedKind.SET_ASIDE]}
    assert {one.source: one.kind for one in shown.silences}[hub.health.source] is SilenceKind.SET_ASIDE
    assert "sent nothing" not in " ".join(command.lines(shown, NOW.date()))
    own = an_actor("ola", "police", AgencyKind.POLICE, StaffRole.PRACTITIONER)
    shown = read_chronology(replace(plain, partners=lying), own, CHILD, Purpose.SECTION_47)
    assert told(shown) == {hub.police.source: [FeedKind.SET_ASIDE]}


def test_whoever_sent_a_numbered_message_that_never_came_is_not_said_to_have_sent_nothing(hub: SmallHub) -> None:
    """Passed over among those that came, or the last of those that its edge says it sent."""
    for gap in (replace(WELL, missing=1), replace(WELL, beat=replace(BEAT, sent=8, received=NOW - timedelta(hours=1)))):
        shown = read(hub, WELL, gap)
        assert {one.source: one.kind for one in shown.silences}[hub.health.source] is SilenceKind.NEVER_CAME
        lines = command.lines(shown, NOW.date())
        missing = "a message with a number is missing that it sent; it may be about this person"
        assert [missing in line for line in lines if "sent nothing" in line or missing in line] == [True]
        (road,) = [line for line in lines if "MAY BE MISSING" in line]
        assert "1 message that it numbered and sent never came: what that holds is not known here." in road


def test_records_that_an_edge_could_not_read_are_told_with_their_codes_and_when_it_was_known(hub: SmallHub) -> None:
    (one,) = read(hub, UNREAD, WELL).feeds or ()
    assert (one.findings[0].codes, one.last_heard) == ((("bad_date", 2),), NOW)


def test_a_feed_of_which_nothing_is_known_is_never_passed_over(hub: SmallHub) -> None:
    assert told(read(hub, WELL, None)) == {hub.health.source: [FeedKind.NEVER_HEARD]}


def test_what_is_told_is_the_same_for_every_child(hub: SmallHub) -> None:
    hub.receive(a_concern("C-2"), hub.health)
    assert told(read(hub, UNREAD, WELL)) == {hub.police.source: [FeedKind.UNREAD]}


def test_a_practitioner_is_told_of_the_own_agency_alone(hub: SmallHub) -> None:
    officer = an_actor("ola", "police", AgencyKind.POLICE, StaffRole.PRACTITIONER)
    assert told(read(hub, UNREAD, None, officer)) == {hub.police.source: [FeedKind.UNREAD]}


def test_for_a_past_day_it_is_said_that_it_is_not_worked_out(hub: SmallHub) -> None:
    past = read(hub, UNREAD, WELL, day=date(2026, 10, 5))
    assert past.feeds is None
    assert command.as_object(past)["feeds"] is None
    assert "is not worked out here" in command.lines(past, NOW.date())[-1]
    assert read(hub, UNREAD, WELL, day=date(2026, 10, 6)).feeds, "the day of today is today"


def test_the_command_says_it_in_words_and_as_codes(hub: SmallHub) -> None:
    shown = read(hub, UNREAD, WELL)
    assert command.lines(shown, NOW.date())[-1] == (
        "  MAY BE MISSING, Hexley Police: 2 records of its own could not be read there and never came: bad date (2). "
        "Last heard 6 October 2026, 14:20."
    )
    assert command.as_object(shown)["feeds"] == [
        {
            "source": hub.police.source,
            "alarm": False,
            "last_heard": NOW.isoformat(),
            "findings": [{"state": "unread", "since": NOW.isoformat(), "count": 2, "codes": {"bad_date": 2}}],
        }
    ]
