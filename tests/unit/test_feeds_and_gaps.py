"""A number that an agency passes over is missing until it comes; silence, a gap and a new beginning are told apart."""

import json
from datetime import timedelta

from contracts.events.feed import HeartbeatKept
from contracts.events.hub import ReceiptIssued, ReportQuarantined
from contracts.strict_json import Json
from hub.domain.feed import Feed
from hub.views.feeds import FEEDS, MOST_GAPS, feeds_of, missing_of
from hub.views.view import Values
from tests.support.given import NOW, POLICE
from tests.support.heartbeats import a_heartbeat, a_kept_heartbeat

MINUTE = timedelta(minutes=1)


def follow(*what: str | HeartbeatKept) -> dict[str, Json]:
    """The row of the police after these numbers and heartbeats, as a table gives it back."""
    rows: dict[str, Values] = {}
    for position, each in enumerate(what, start=1):
        fact = each if isinstance(each, HeartbeatKept) else a_receipt(each)
        rows.update((row.key, row.values) for row in FEEDS.rows(fact, position, rows.get))
        rows = {key: json.loads(json.dumps(values, sort_keys=True)) for key, values in rows.items()}
    return rows[POLICE]


def a_receipt(sequence: str) -> ReceiptIssued:
    return ReceiptIssued(source=POLICE, event_id="e", outcome="accepted", code="", where="", at=NOW, sequence=sequence)


def beat(last: int, minute: int = 0, epoch: str = "00000001", waiting: int = 0, unread: int = 0) -> HeartbeatKept:
    return a_kept_heartbeat(a_heartbeat(last, NOW + minute * MINUTE, epoch=epoch, waiting=waiting, unread=unread))


def known(*what: str | HeartbeatKept) -> Feed:
    return feeds_of((follow(*what),))[POLICE]


def test_numbers_in_turn_leave_nothing_missing() -> None:
    assert missing_of(follow("00000001.1", "00000001.2", "00000001.3")) == 0


def test_a_number_passed_over_is_missing_until_it_comes() -> None:
    assert follow("00000001.1", "00000001.4")["missing"] == [["00000001", 2, 3]]
    assert follow("00000001.1", "00000001.4", "00000001.3")["missing"] == [["00000001", 2, 2]]
    late = follow("00000001.1", "00000001.4", "00000001.3", "00000001.2")
    assert (late["missing"], late["out_of_turn"]) == ([], 0)


def test_a_first_message_that_is_not_the_first_says_what_is_missing() -> None:
    assert missing_of(follow("00000001.5")) == 4


def test_going_backwards_is_counted() -> None:
    assert follow("00000001.1", "00000001.2", "00000001.1")["out_of_turn"] == 1


def test_a_new_epoch_is_a_new_beginning_and_the_old_gaps_stay() -> None:
    row = follow("00000001.1", "00000001.3", "00000002.1")
    assert (row["epochs"], row["number"], row["missing"]) == (2, 1, [["00000001", 2, 2]])


def test_a_message_without_a_number_is_heard_all_the_same() -> None:
    assert follow("")["last_heard"] == NOW.isoformat()


def nothing(_: str) -> Values | None:
    return None


def test_what_is_only_claimed_to_come_from_an_agency_is_not_heard_of_it() -> None:
    claimed = ReportQuarantined(
        topic="t", source=POLICE, event_id=None, received=NOW, code="sig_bytes", where="", alarm=True, held=""
    )
    assert FEEDS.rows(claimed, 1, nothing) == ()
    proved = claimed.model_copy(update={"proved": True, "sequence": "00000001.1"})
    assert len(FEEDS.rows(proved, 1, nothing)) == 1


def test_a_message_of_an_epoch_before_fills_its_own_gap_and_begins_nothing() -> None:
    row = follow("00000001.1", "00000001.3", "00000002.1", "00000001.2", "00000002.2")
    assert (row["epochs"], row["epoch"], row["number"], row["missing"]) == (2, "00000002", 2, [])


def test_a_heartbeat_says_what_was_sent_and_what_its_edge_could_not_read() -> None:
    feed = known("00000001.1", beat(3, waiting=1, unread=2))
    assert feed.beat is not None
    assert (feed.number, feed.beat.sent, feed.beat.waiting, feed.beat.unread) == (1, 2, 1, (("bad_date", 2),))
    assert (feed.missing, feed.last_heard, feed.begun_again_at) == (0, NOW, None)


def test_what_one_heartbeat_said_was_sent_is_missing_when_the_next_one_comes() -> None:
    assert missing_of(follow("00000001.1", beat(3))) == 0
    lost = follow("00000001.1", beat(3), beat(3, 1))
    assert lost["missing"] == [["00000001", 2, 3]]
    assert follow("00000001.1", beat(3), beat(3, 1), beat(3, 2))["missing"] == lost["missing"], "counted once"
    assert missing_of(follow("00000001.1", beat(3), beat(3, 1), "00000001.2")) == 1


def test_a_heartbeat_close_on_the_one_before_does_not_count_what_may_be_on_its_way() -> None:
    soon = a_kept_heartbeat(a_heartbeat(3, NOW + timedelta(seconds=29)))
    assert missing_of(follow("00000001.1", beat(3), soon)) == 0


def test_the_last_messages_of_an_epoch_are_missed_when_another_begins() -> None:
    row = follow("00000001.1", beat(3), a_kept_heartbeat(a_heartbeat(0, NOW + timedelta(seconds=1), epoch="00000002")))
    assert (row["missing"], row["epochs"]) == ([["00000001", 2, 3]], 2)
    assert known(beat(3), beat(0, 1, epoch="00000002")).begun_again_at == NOW + MINUTE


def test_numbers_that_went_back_are_known_with_their_time() -> None:
    back = a_kept_heartbeat(a_heartbeat(2, NOW + MINUTE), went_back=True)
    assert known(beat(9), back).went_back_at == NOW + MINUTE
    assert known(beat(9), beat(9, 1)).went_back_at is None


def test_gaps_past_the_most_that_are_named_are_still_counted() -> None:
    row = follow(*(f"00000001.{number}" for number in range(2, 2 * MOST_GAPS + 20, 2)))
    assert missing_of(row) == MOST_GAPS + 9
    assert len(json.dumps(row["missing"])) < 30 * MOST_GAPS


def test_a_row_written_before_there_were_heartbeats_reads_as_one_without() -> None:
    old: Values = {"source": POLICE, "last_heard": NOW.isoformat(), "epoch": "00000001", "number": 3, "missing": []}
    assert feeds_of((old,))[POLICE] == Feed(last_heard=NOW, number=3)
