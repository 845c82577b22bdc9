"""A number that an agency passes over is missing until it comes; silence, a gap and a new beginning are told apart."""

from contracts.events.hub import ReceiptIssued, ReportQuarantined
from contracts.strict_json import Json
from hub.views.feeds import FEEDS, missing_of
from hub.views.view import Values
from tests.support.given import NOW, POLICE


def follow(*sequences: str) -> dict[str, Json]:
    rows: dict[str, Values] = {}
    for position, sequence in enumerate(sequences, start=1):
        fact = ReceiptIssued(
            source=POLICE, event_id="e", outcome="accepted", code="", where="", at=NOW, sequence=sequence
        )
        rows.update((row.key, row.values) for row in FEEDS.rows(fact, position, rows.get))
    return rows[POLICE]


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
