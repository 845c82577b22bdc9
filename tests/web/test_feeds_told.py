"""Do the pages and the command say how each feed stands, in words, to those whose work it is?"""

import argparse
import json
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from hub.adapters.known_roads import known_roads
from hub.application.read_chronology import Reading
from hub.commands import feeds, send, staff
from hub.domain.errors import AccessRefused
from hub.domain.feed import Beat, Feed, LyingHere, Partner
from hub.web.app import create_app
from hub.wiring import Hub
from tests.support.given import a_concern
from tests.support.house import house, say
from tests.support.pages import ASKING, browsing, parts_of, sign_in
from tests.support.pages import send as ask
from tests.web.test_chronology_page import words_of


def parsed(*words: str) -> argparse.Namespace:
    """The words of a command line, as its command gets them."""
    parser = argparse.ArgumentParser()
    feeds.add(parser.add_subparsers(dest="command"))
    return parser.parse_args(words)


POLICE = "urn:childhub:agency:police"


def page_of(hub: Hub, member: staff.Member, police: Feed | None, path: str, others: Feed | None = None) -> str:
    """The page as read aloud, where that was last known of the feed of the police, and of every other."""

    def partners() -> tuple[Partner, ...]:
        return tuple(replace(one, feed=police if one.source == POLICE else others) for one in hub.reading().partners)

    parts = replace(parts_of(hub), reading=lambda: replace(hub.reading(), partners=partners()))
    browser = browsing(create_app(parts))
    sign_in(browser, hub, member)
    return words_of((browser.get(path) if path in ("/feeds", "/") else ask(browser, path, ASKING)).text)


def a_feed(hub: Hub, *, minutes_ago: int = 0, missing: int = 0, unread: int = 0) -> Feed:
    at = hub.clock.now() - timedelta(minutes=minutes_ago)
    beat = Beat(
        at, at, "5f0c9d21", 7, 0, 7, (("not_safeguarding", 4),), (("bad_date", unread),) if unread else (), at, 60
    )
    return Feed(last_heard=at, missing=missing, number=7, beat=beat)


def test_whose_silence_says_nothing_is_counted_beside_those_not_known_in_full(hub: Hub) -> None:
    """The worklist's count of what is missing, and the words of the feeds page, say the same of them."""
    timed = a_feed(hub)
    assert timed.beat is not None
    quiet = replace(timed, beat=replace(timed.beat, every_seconds=None))
    desk = page_of(hub, staff.DECISION_MAKER, quiet, "/", quiet)
    (number,) = re.findall(r"0 Agencies not known in full (\d+) heard only when they send", desk)
    said = page_of(hub, staff.DECISION_MAKER, quiet, "/feeds", quiet)
    assert f"{number} agencies are heard only when they send. Nothing that they sent is known to be missing" in said
    assert "heard only when" not in page_of(hub, staff.DECISION_MAKER, timed, "/", timed)
    one = page_of(hub, staff.DECISION_MAKER, quiet, "/feeds", replace(timed, missing=1))
    assert "1 agency is heard only when it sends. Nothing that it sent is known to be missing, so it is not" in one


def test_the_feeds_page_tells_well_from_silent_and_gap_and_says_alarm_in_words(hub: Hub) -> None:
    well = page_of(hub, staff.IG_OFFICER, a_feed(hub), "/feeds")
    assert "Heard and well" in well
    assert "7 records taken in, 4 left alone as not for sharing, 0 not readable." in well
    assert "Alarm." not in well
    bad = page_of(hub, staff.IG_OFFICER, a_feed(hub, minutes_ago=3, missing=2, unread=1), "/feeds")
    assert "1 agency needs somebody to look now." in bad
    assert "Alarm. Silent: no sign of life since" in bad
    assert "Alarm. 2 messages that it numbered and sent never came: what that holds is not known here." in bad
    assert "1 record of its own could not be read there and never came: bad date (1)." in bad


def test_what_was_mended_at_an_edge_is_counted_apart(hub: Hub) -> None:
    feed = a_feed(hub, unread=1)
    assert feed.beat is not None
    said = page_of(hub, staff.IG_OFFICER, replace(feed, beat=replace(feed.beat, unread_ever=3)), "/feeds")
    assert "1 not readable (2 more since mended or sent again)." in said


def test_the_feeds_page_tells_never_heard_from_not_connected(hub: Hub) -> None:
    said = page_of(hub, staff.IG_OFFICER, None, "/feeds")
    assert "Northborough Probation Sends nothing to the hub yet" in said
    assert "Hexley Police Enrolled, and nothing from it has ever come" in said


def test_the_chronology_says_what_may_be_missing_and_when_that_was_known(hub: Hub) -> None:
    said = page_of(hub, staff.DECISION_MAKER, a_feed(hub, missing=2), "/chronology")
    assert "Something may be missing here." in said
    told = said.partition("What may be missing This is about")[2]
    assert (
        "Hexley Police 2 messages that it numbered and sent never came: what that holds is not known here. Last heard "
        in told
    )
    assert "Northborough Probation" not in told.partition("Look at this chronology")[0]


def test_where_no_trouble_is_known_the_chronology_says_that_and_no_more(hub: Hub) -> None:
    said = page_of(hub, staff.DECISION_MAKER, a_feed(hub), "/chronology", a_feed(hub))
    assert (
        "The hub knows of no message that did not come, and of no agency that fell silent. When the child was" in said
    )
    assert "Something may be missing here." not in said


def test_what_the_hub_has_not_taken_in_for_a_minute_is_told_to_whoever_reads(hub: Hub) -> None:
    unread = {POLICE: LyingHere(2, hub.clock.now())}

    def reading() -> Reading:
        plain = hub.reading()
        sources = tuple(one.source for one in plain.partners)
        since = {one.source: one.since for one in plain.partners if one.since is not None}
        return replace(plain, partners=known_roads(sources, since, hub.view_rows, unread))

    browser = browsing(create_app(replace(parts_of(hub), reading=reading)))
    sign_in(browser, hub, staff.DECISION_MAKER)
    said = words_of(ask(browser, "/chronology", ASKING).text)
    assert "2 messages that it sent lie unread on the way to the hub since" in said
    assert "Something may be missing here." in said


@pytest.fixture
def lived(tmp_path: Path) -> Hub:
    """A hub to which the police sent a file that its own edge could not read."""
    there = house(tmp_path)
    broken = tmp_path / "broken.json"
    broken.write_bytes(b"{")
    send.send(there, "police", [broken])
    there.follow()
    return there


def test_what_an_edge_could_not_read_is_known_at_the_hub_after_one_send(
    lived: Hub, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["feeds", "--as", staff.IG_OFFICER.subject]
    assert feeds.run(lived.settings, parsed(*arguments, "--json")) == 0
    told = {one["source"]: one for one in json.loads(capsys.readouterr().out)["feeds"]}
    (unread, untimed) = told[POLICE]["findings"]
    assert (unread["state"], sum(unread["codes"].values())) == ("unread", 1)
    assert untimed["state"] == "untimed"
    assert told[POLICE]["edge"]["quarantined"] == unread["codes"]
    assert [one["state"] for one in told["urn:childhub:agency:probation"]["findings"]] == ["not_connected"]
    assert feeds.run(lived.settings, parsed(*arguments)) == 0
    said = capsys.readouterr().out
    assert "1 record of its own could not be read there and never came" in said
    assert "silence cannot be told from nothing to say" in said


def test_the_edge_keeps_no_answer_to_a_heartbeat(lived: Hub) -> None:
    assert lived.edge("police").receipts() == ()
    lived.edge("police").beat()
    lived.work()
    assert lived.edge("police").receipts() == ()


def test_it_is_for_those_whose_work_it_is(lived: Hub) -> None:
    with pytest.raises(AccessRefused):
        feeds.listed(lived, staff.UNRELATED.subject)


def test_what_lies_set_aside_at_the_hub_is_told_to_whoever_reads(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    there = house(tmp_path)
    say(there, "police", a_concern())
    say(there, "probation", a_concern("P-1"))  # of a type that its agreement does not name
    there.follow()
    assert feeds.run(there.settings, parsed("feeds", "--as", staff.IG_OFFICER.subject)) == 0
    told = "1 message that came could not be taken in and lies set aside at the hub since"
    assert told in capsys.readouterr().out
    browser = browsing(create_app(parts_of(there)))
    sign_in(browser, there, staff.DECISION_MAKER)
    said = words_of(ask(browser, "/chronology", ASKING).text)
    assert f"Northborough Probation {told}" in said
    assert "Something that Northborough Probation sent was not taken in since" in said
