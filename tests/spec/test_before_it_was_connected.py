"""Promise 7, of the time before: is what an agency held before it was connected ever shown as nothing?"""

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from contracts.events.hub import Actor
from contracts.identifiers import parse_identifier
from contracts.vocabulary import AgencyKind, Purpose, StaffRole
from hub.application.read_chronology import Reading, read_chronology
from hub.commands import chronology as command
from hub.domain import registry
from hub.domain.chronology import Chronology
from hub.domain.feed import Connected, Feed, Partner
from hub.domain.moment import day_in_london
from hub.domain.silence import Silence, SilenceKind
from hub.domain.snapshot import snapshot
from tests.support.given import NOW, ROBIN, a_concern, an_actor
from tests.support.small_hub import SmallHub, a_sender

CHILD = parse_identifier(f"nhs:{ROBIN}")
MASH = an_actor()
OFFICER = an_actor("pc1", "police", AgencyKind.POLICE, StaffRole.PRACTITIONER)
GP = "urn:childhub:agency:gp"
POLICE_SINCE, HEALTH_SINCE = NOW - timedelta(days=60), NOW - timedelta(days=20)
TODAY = NOW.date()


@pytest.fixture
def hub(tmp_path: Path) -> SmallHub:
    """The police have sent a concern about something long before they were connected; health has sent nothing."""
    one = SmallHub(tmp_path)
    one.clock.at = NOW - timedelta(days=30)
    one.receive(a_concern("C-1", words="of long ago"))
    one.clock.at = NOW
    return one


def reading(hub: SmallHub, health_since: datetime | None = HEALTH_SINCE) -> Reading:
    """Police and perhaps health are connected, each since its own day; the practice is not."""
    partners = (
        Partner(hub.police.source, True, Feed(NOW), since=POLICE_SINCE),
        Partner(hub.health.source, health_since is not None, Feed(NOW), since=health_since),
        Partner(GP, False),
    )
    return replace(hub.reading(), partners=partners)


def read(hub: SmallHub, on: date | None = None, actor: Actor = MASH, **known: datetime | None) -> Chronology:
    return read_chronology(reading(hub, **known), actor, CHILD, Purpose.SECTION_47, on)


def kinds(shown: Chronology) -> dict[str, SilenceKind]:
    return {one.source: one.kind for one in shown.silences}


def test_today_each_agency_says_since_when_it_is_connected(hub: SmallHub) -> None:
    shown = read(hub)
    since = day_in_london(HEALTH_SINCE)
    assert shown.silences == (
        Silence(hub.health.source, SilenceKind.NOTHING_RECEIVED, since),
        Silence(GP, SilenceKind.NOT_CONNECTED),
    )
    assert shown.connected == (
        Connected(hub.police.source, day_in_london(POLICE_SINCE)),
        Connected(hub.health.source, since),
    )


def test_as_known_on_a_day_before_it_was_connected_an_agency_was_not_connected_then(hub: SmallHub) -> None:
    day = TODAY - timedelta(days=25)
    shown = read(hub, day)
    assert kinds(shown) == {hub.health.source: SilenceKind.NOT_CONNECTED_THEN, GP: SilenceKind.NOT_CONNECTED_THEN}
    assert [one.source for one in shown.connected] == [hub.police.source]
    assert snapshot(shown, TODAY).not_known == (hub.health.source, GP)


def test_from_its_first_day_on_an_agency_that_sent_nothing_had_sent_nothing(hub: SmallHub) -> None:
    first = day_in_london(HEALTH_SINCE)
    assert kinds(read(hub, first))[hub.health.source] is SilenceKind.AFTER_THIS_DAY
    assert kinds(read(hub, first - timedelta(days=1)))[hub.health.source] is SilenceKind.NOT_CONNECTED_THEN


def test_what_a_past_day_says_is_the_same_whoever_is_connected_later(hub: SmallHub) -> None:
    day = TODAY - timedelta(days=25)
    never, later = read(hub, day, health_since=None), read(hub, day)
    assert (never.silences, never.connected) == (later.silences, later.connected)


def test_who_is_shown_only_their_own_agency_learns_of_no_other_when_it_was_connected(hub: SmallHub) -> None:
    shown = read(hub, actor=OFFICER)
    assert shown.own_agency_only
    assert [one.source for one in shown.connected] == [hub.police.source]


def test_the_command_says_it_too(hub: SmallHub) -> None:
    since, day = day_in_london(HEALTH_SINCE), TODAY - timedelta(days=25)
    today, then = "\n".join(command.lines(read(hub), NOW.date())), "\n".join(command.lines(read(hub, day), NOW.date()))
    assert f"connected since {since.day} " in today
    assert "what it held before that is not known here" in today
    assert today.count("not connected to the hub: of that time, only what was sent since is known here") == 2
    assert then.count("was not connected to the hub by that day; what it held then is not known here") == 2
    assert "had sent nothing" not in then
    told = command.as_object(read(hub))["connected"]
    assert told == [
        {"source": hub.police.source, "since": day_in_london(POLICE_SINCE).isoformat()},
        {"source": hub.health.source, "since": since.isoformat()},
    ]


def test_an_agency_counts_as_connected_from_its_first_enrolment_whatever_keys_came_later(hub: SmallHub) -> None:
    police, health = a_sender("police", AgencyKind.POLICE), a_sender("health", AgencyKind.NHS)
    first, other = police.enrolment(hub.clock), health.enrolment(hub.clock)
    again = first.model_copy(update={"at": NOW + timedelta(days=400), "key_id": "police-2"})
    assert registry.connected_since((first, other, again)) == {first.source: NOW, other.source: NOW}
