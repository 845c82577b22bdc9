"""How an agency's feed stands: heard, silent, with a gap, waiting, unread, never heard: none is told as another."""

from dataclasses import replace
from datetime import timedelta

import pytest

from hub.domain import feed_words
from hub.domain.feed import (
    ALARMS,
    MAY_BE_MISSING,
    Beat,
    Feed,
    FeedKind,
    Finding,
    LyingHere,
    Partner,
    may_be_missing,
    standing,
)
from tests.support.given import NOW, POLICE

SECOND = timedelta(seconds=1)
WELL = Beat(
    received=NOW,
    alive_at=NOW,
    epoch="5f0c9d21",
    sent=7,
    waiting=0,
    accepted=7,
    ignored=(("not_safeguarding", 2),),
    unread=(),
    last_file=NOW,
    every_seconds=60,
)
HEARD = Feed(last_heard=NOW, number=7, beat=WELL)


def kinds(feed: Feed | None, after: timedelta = SECOND, *, connected: bool = True) -> list[FeedKind]:
    return [one.kind for one in standing(Partner(POLICE, connected, feed), NOW + after).findings]


def finding(feed: Feed, kind: FeedKind, after: timedelta = SECOND) -> Finding:
    return next(one for one in standing(Partner(POLICE, True, feed), NOW + after).findings if one.kind is kind)


def test_an_agency_that_was_heard_and_has_nothing_to_say_is_told_as_that_alone() -> None:
    assert kinds(HEARD) == [FeedKind.HEARD]
    assert not standing(Partner(POLICE, True, HEARD), NOW).alarm


def test_an_agency_that_does_not_send_yet_is_not_told_as_silent() -> None:
    assert kinds(None, connected=False) == [FeedKind.NOT_CONNECTED]


def test_an_enrolled_agency_that_was_never_heard_is_told_as_that() -> None:
    assert kinds(None) == [FeedKind.NEVER_HEARD]


@pytest.mark.parametrize(("seconds", "silent"), [(119, False), (120, False), (121, True), (3600, True)])
def test_a_feed_is_silent_after_two_of_its_own_intervals(seconds: int, silent: bool) -> None:
    assert (FeedKind.SILENT in kinds(HEARD, seconds * SECOND)) is silent


def test_silence_counts_from_when_the_edge_was_alive_and_not_from_when_an_old_heartbeat_came() -> None:
    late = replace(HEARD, beat=replace(WELL, alive_at=NOW - timedelta(hours=3)))
    assert finding(late, FeedKind.SILENT).since == NOW - timedelta(hours=3)


def test_a_report_that_comes_does_not_make_a_dead_heart_beat() -> None:
    """Somebody who replays old messages cannot make a feed that is silent look alive."""
    assert FeedKind.SILENT in kinds(replace(HEARD, last_heard=NOW + timedelta(hours=1)), timedelta(hours=1))


def test_an_edge_that_speaks_only_when_it_sends_is_neither_silent_nor_well() -> None:
    assert kinds(replace(HEARD, beat=replace(WELL, every_seconds=None)), timedelta(days=9)) == [FeedKind.UNTIMED]
    assert kinds(replace(HEARD, beat=None), timedelta(days=9)) == [FeedKind.UNTIMED]


def test_the_last_messages_that_were_sent_and_did_not_come_are_a_gap() -> None:
    behind = replace(HEARD, number=5)
    assert finding(behind, FeedKind.GAP, 30 * SECOND).count == 2
    assert kinds(behind, 29 * SECOND) == [FeedKind.HEARD], "it may be on its way"


def test_what_still_waits_at_the_edge_is_waiting_and_no_gap() -> None:
    waiting = replace(HEARD, number=5, beat=replace(WELL, sent=5, waiting=2))
    assert kinds(waiting, 60 * SECOND) == [FeedKind.WAITING]
    assert finding(waiting, FeedKind.WAITING).count == 2


def test_numbers_passed_over_are_a_gap_with_or_without_a_heartbeat() -> None:
    assert finding(replace(HEARD, missing=3), FeedKind.GAP).count == 3
    assert finding(replace(HEARD, missing=3, beat=None), FeedKind.GAP).count == 3


def test_records_that_its_own_edge_could_not_read_are_told_by_code() -> None:
    unread = replace(HEARD, beat=replace(WELL, unread=(("bad_date", 2), ("too_big", 1))))
    told = finding(unread, FeedKind.UNREAD)
    assert (told.count, told.codes) == (3, (("bad_date", 2), ("too_big", 1)))
    assert (
        feed_words.said(told)
        == "3 records of its own could not be read there and never came: bad date (2), too big (1)."
    )


def test_files_that_its_own_edge_could_not_take_in_are_told_by_code() -> None:
    left = replace(HEARD, beat=replace(WELL, left=(("no_plain_file", 1), ("too_big", 1))))
    assert kinds(left) == [FeedKind.LEFT]
    assert feed_words.said(finding(left, FeedKind.LEFT)) == (
        "2 files at its own edge could not be taken in there, and nothing of them came: no plain file (1), too big (1)."
    )
    assert kinds(replace(HEARD, beat=replace(WELL, left=()))) == [FeedKind.HEARD]


def test_messages_that_lie_set_aside_here_are_told_as_not_known() -> None:
    one = Partner(POLICE, True, HEARD, LyingHere(1, NOW))
    told, *_ = standing(one, NOW).findings
    assert (told.kind, told.count, told.kind in MAY_BE_MISSING) == (FeedKind.SET_ASIDE, 1, True)
    assert FeedKind.HEARD not in {each.kind for each in standing(one, NOW).findings}
    assert feed_words.said(told) == (
        "1 message that came could not be taken in and lies set aside at the hub since 6 October 2026, 14:20: what "
        "that holds is not known here."
    )
    many = standing(replace(one, set_aside=LyingHere(3, NOW)), NOW)
    assert feed_words.said(many.findings[0]).startswith("3 messages that came could not be taken in and lie set aside")


def test_what_nobody_has_taken_off_the_road_is_an_alarm() -> None:
    for feed in (HEARD, None):
        stands = standing(Partner(POLICE, True, feed, not_read=LyingHere(2, NOW)), NOW)
        (told,) = (one for one in stands.findings if one.kind is FeedKind.NOT_READ)
        assert (stands.alarm, told.kind in MAY_BE_MISSING) == (True, True)
        assert feed_words.said(told) == (
            "2 messages that it sent lie unread on the way to the hub since 6 October 2026, 14:20: what that holds is "
            "not known here."
        )


def test_numbers_that_went_back_are_an_alarm_until_the_edge_begins_again() -> None:
    back = replace(HEARD, went_back_at=NOW)
    assert kinds(back) == [FeedKind.WENT_BACK]
    assert kinds(replace(back, begun_again_at=NOW - SECOND)) == [FeedKind.WENT_BACK, FeedKind.BEGUN_AGAIN]
    assert kinds(replace(back, begun_again_at=NOW + SECOND)) == [FeedKind.BEGUN_AGAIN, FeedKind.HEARD]


def test_more_than_one_thing_may_hold_and_none_hides_another() -> None:
    bad = replace(HEARD, missing=1, beat=replace(WELL, unread=(("bad_date", 1),), waiting=1))
    every = [FeedKind.SILENT, FeedKind.GAP, FeedKind.WAITING, FeedKind.UNREAD]
    assert kinds(bad, timedelta(hours=1)) == every
    assert standing(Partner(POLICE, True, bad), NOW).alarm


def test_whoever_reads_a_chronology_is_told_only_what_may_make_it_less_than_whole() -> None:
    trouble = replace(HEARD, missing=1, begun_again_at=NOW)
    other = "urn:childhub:agency:gp"
    told = may_be_missing((Partner(POLICE, True, trouble), Partner(other, True, HEARD), Partner("x", False)), NOW)
    assert [(one.source, [each.kind for each in one.findings]) for one in told] == [(POLICE, [FeedKind.GAP])]
    assert told[0].last_heard == NOW


def test_every_kind_has_its_own_words_and_every_alarm_reaches_the_reader() -> None:
    assert set(feed_words.SAID) == set(FeedKind)
    assert len(set(feed_words.SAID.values())) == len(FeedKind)
    assert ALARMS <= MAY_BE_MISSING
    for kind in FeedKind:
        assert "{" not in feed_words.said(Finding(kind, NOW, 1, (("bad_date", 1),)))
