"""Are witnesses asked in rounds, is what they answer proved, and is how each stands noted?"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from audit.checkpoint import parse_checkpoint
from audit.errors import Malformed
from audit.log import COSIGNED, SealedLog
from audit.note import NoteSigner
from audit.policy import cosigned_since, parse_policy
from audit.submission import Cosigned, Elsewhere, Refused, encode_request, outcome_of
from audit.verify import verify_folder
from audit.witness import SIZE_TYPE, Answer, Witness
from hub.adapters.witness_book import WitnessBook, policy_id
from hub.adapters.witness_desk import WitnessDesk
from hub.application.gather_cosignatures import AHEAD, SILENT, WENT_BACK, Gathering, Heard, Standing, key_of
from hub.domain.errors import StoreUnavailable
from hub.domain.witnessed import Limits
from tests.support.sealed_logs import cosigner, entries, log_signer, private_key, write_dishonest_log
from tests.support.witnesses import make_witness, policy_text, signer_of

START = datetime.fromtimestamp(1_795_000_100, UTC)
VKEY = log_signer().vkey
POLICY = parse_policy(policy_text((VKEY,), {"police": "bus:police", "health": "bus:health"}, 2).encode())


class Direct:
    """A road that asks the witnesses at once; `away` ones do not answer."""

    def __init__(self, witnesses: Mapping[str, Witness]) -> None:
        self.witnesses = witnesses
        self.away: set[str] = set()
        self.asked: list[str] = []
        self.now = START
        self._answers: list[Heard] = []

    def send(self, requests: Mapping[str, bytes]) -> None:
        for name, request in requests.items():
            self.asked.append(name)
            answer = self.witnesses[name].add_checkpoint(request, int(self.now.timestamp()))
            self._answers += [Heard(name, Answer(0, b"") if name in self.away else answer)]

    def late(self, answers: tuple[Heard, ...]) -> None:
        """These are heard before what was answered since."""
        self._answers = [*answers, *self._answers]

    def heard(self) -> tuple[Heard, ...]:
        given, self._answers = tuple(self._answers), []
        return given


class House:
    """A log of five entries, two witnesses and a book."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "log"
        self.book = WitnessBook(folder / "book.json", bytes(32), policy_id(POLICY))
        self.road = Direct({name: make_witness(folder, name, VKEY) for name in POLICY.witnesses})
        self.log = SealedLog.open(self.folder, log_signer())
        self.log.add(entries(0, 5))
        self.again()

    def again(self) -> None:
        """The process begins anew."""
        self.gathering = Gathering(POLICY, dict.fromkeys(POLICY.witnesses, self.road), self.book)

    def tick(self, times: int = 3, seconds: int = 1) -> None:
        for _ in range(times):
            self.road.now += timedelta(seconds=seconds)
            self.gathering.tick(self.log, self.road.now)

    def standing(self, name: str) -> Standing:
        return next(one for one in self.book.read() if one.name == name)

    def is_cosigned(self) -> bool:
        policy = self.folder.parent / "policy"
        policy.write_text(policy_text((VKEY,), {"police": "bus:police", "health": "bus:health"}, 2))
        return verify_folder(self.folder, policy=policy).ok


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


def test_both_cosign_and_the_checkpoint_that_is_published_says_so(house: House) -> None:
    house.tick()
    assert house.is_cosigned()
    assert {(one.size, one.code) for one in house.book.read()} == {(5, "")}
    assert (house.folder / COSIGNED).read_bytes() == (house.folder / "checkpoint").read_bytes()


def test_a_log_that_grows_is_followed_and_one_that_does_not_is_asked_about_again_later(house: House) -> None:
    house.tick()
    house.log.add(entries(5, 300))
    house.tick()
    assert {one.size for one in house.book.read()} == {300}
    asked = len(house.road.asked)
    house.tick(times=30)
    assert len(house.road.asked) == asked
    house.tick(times=3, seconds=60)
    assert len(house.road.asked) > asked
    since = cosigned_since(POLICY, (house.folder / COSIGNED).read_bytes(), 2**60)
    assert since is not None
    assert since > START.timestamp() + 60
    assert (house.folder / COSIGNED).read_bytes().count("\u2014 police".encode()) == 1


def test_one_that_is_away_is_noted_and_the_quorum_not_met(house: House) -> None:
    house.road.away = {"health"}
    house.tick()
    assert (house.standing("health").code, house.standing("police").code) == (SILENT, "")
    assert not (house.folder / COSIGNED).exists()
    assert not house.is_cosigned()
    house.road.away = set()
    house.tick(times=4, seconds=15)
    assert house.is_cosigned()


def test_what_was_cosigned_before_stays_proved_while_the_rest_waits(house: House) -> None:
    house.tick()
    house.road.away = {"health"}
    house.log.add(entries(5, 9))
    house.tick()
    policy = house.folder.parent / "policy"
    assert house.is_cosigned()
    assert "entries 5 to 8: signed, and not cosigned yet" in verify_folder(house.folder, policy=policy).not_checked


def test_a_process_that_begins_anew_goes_on_from_the_book(house: House) -> None:
    house.tick()
    house.log.add(entries(5, 9))
    house.again()
    house.tick()
    assert {one.size for one in house.book.read()} == {9}


def test_a_book_that_is_gone_is_made_good_by_the_witnesses_own_memory(house: House, tmp_path: Path) -> None:
    house.tick()
    (tmp_path / "book.json").unlink()
    house.again()
    house.tick()
    assert {one.size for one in house.book.read()} == {5}


def test_a_book_that_cannot_be_read_is_not_taken_for_none(house: House, tmp_path: Path) -> None:
    for held in (
        "",
        "[]",
        "{}",
        '{"since": 3, "witnesses": []}',
        '{"since": "2026-01-01T00:00:00+00:00", "witnesses": [1]}',
    ):
        (tmp_path / "book.json").write_text(held)
        with pytest.raises(StoreUnavailable):
            house.book.read()


def test_a_witness_that_has_seen_more_than_we_hold_says_that_a_backup_was_restored(
    house: House, tmp_path: Path
) -> None:
    house.tick()
    house.log.close()
    house.log = SealedLog.open(tmp_path / "restored", log_signer())
    house.log.add(entries(0, 3))
    house.again()
    house.tick()
    assert {one.code for one in house.book.read()} == {AHEAD}


def test_a_rewritten_history_is_refused_by_both_and_noted(house: House, tmp_path: Path) -> None:
    house.tick()
    house.log.close()
    write_dishonest_log(tmp_path / "rewritten", (*entries(0, 2), *entries(2, 3, act="lock"), *entries(3, 9)))
    house.log = SealedLog.open(tmp_path / "rewritten", log_signer())
    house.tick()
    assert {one.code for one in house.book.read()} == {"answer_422"}
    assert all(len(one.evidence()) == 1 for one in house.road.witnesses.values())


def put_back(house: House, tmp_path: Path) -> None:
    """The police's witness cosigned 300 entries; then an old copy of its book is put back."""
    house.tick()
    book = tmp_path / "police.json"
    old = book.read_bytes()
    house.log.add(entries(5, 300))
    house.tick()
    assert house.standing("police").size == 300
    book.write_bytes(old)
    house.road.witnesses = {**house.road.witnesses, "police": make_witness(tmp_path, "police", VKEY)}


def test_a_witness_that_forgot_what_it_cosigned_does_not_count_any_more(house: House, tmp_path: Path) -> None:
    put_back(house, tmp_path)
    cosigned = (house.folder / COSIGNED).read_bytes()
    house.log.add(entries(300, 301))
    house.tick(times=6, seconds=15)
    told = house.standing("police")
    assert (told.code, told.size, told.key) == (WENT_BACK, 300, key_of(signer_of("police").vkey))
    assert told.went_back is not None
    assert (house.standing("health").size, house.standing("health").code) == (301, "")
    asked = house.road.asked.count("police")
    house.again()
    house.tick(times=20, seconds=30)
    assert house.standing("police") == told
    assert house.road.asked.count("police") == asked
    assert (house.folder / COSIGNED).read_bytes() == cosigned


def test_one_answer_that_came_late_is_not_taken_for_a_book_put_back(house: House) -> None:
    house.tick()
    house.log.add(entries(5, 300))
    house.tick()
    late = Heard("police", Answer(409, b"5\n", SIZE_TYPE))
    for _ in range(3):
        house.road.late((late, late))
        house.log.add(entries(house.log.size, house.log.size + 1))
        house.tick(times=4, seconds=15)
        assert (house.standing("police").size, house.standing("police").code) == (house.log.size, "")


def test_a_witness_that_went_back_counts_again_under_a_new_key_or_once_it_is_readmitted(
    house: House, tmp_path: Path
) -> None:
    put_back(house, tmp_path)
    house.tick(times=20, seconds=30)
    assert house.standing("police").code == WENT_BACK
    text = policy_text((VKEY,), {"police": "bus:police", "health": "bus:health"}, 2)
    text = text.replace(signer_of("police").vkey, signer_of("school").vkey)
    desk = WitnessDesk(parse_policy(text.encode()), house.folder, house.book, Limits(timedelta(hours=4)))
    assert desk.gone_back("police", house.road.now) is None
    desk = WitnessDesk(POLICY, house.folder, house.book, Limits(timedelta(hours=4)))
    assert desk.gone_back("police", house.road.now) == house.standing("police")
    desk.readmit("police", house.road.now)
    house.tick(times=4, seconds=15)
    assert (house.standing("police").size, house.standing("police").code) == (300, "")


def test_a_log_under_a_new_origin_of_which_a_witness_knows_nothing_yet_is_no_book_put_back(
    house: House, tmp_path: Path
) -> None:
    house.tick()
    house.log.close()
    year = NoteSigner("hub.example/audit/2027", private_key(1))
    house.log = SealedLog.open(tmp_path / "next", year)
    house.log.add(entries(0, 3))
    house.road.witnesses = {name: make_witness(tmp_path, name, VKEY, year.vkey) for name in POLICY.witnesses}
    house.tick(times=8, seconds=15)
    assert {(one.size, one.code) for one in house.book.read()} == {(3, "")}


def test_only_a_cosignature_of_the_witness_itself_counts(house: House) -> None:
    note, text = house.log.checkpoint(), "hub.example/audit/2026\n5\n"
    foreign = signer_of("health").cosign(text, 1)
    for body in (b"", b"x", foreign, signer_of("police").cosign(text, 1)):
        assert outcome_of(Answer(200, body), note, signer_of("police").vkey) == Refused("cosignature_not_proved")
    of_this_checkpoint = parse_checkpoint(note)[1].text
    one, renamed = cosigner("one.example", 7), cosigner("other.example", 7)
    assert outcome_of(Answer(200, one.cosign(of_this_checkpoint, 1)), note, one.vkey) == Cosigned(
        one.cosign(of_this_checkpoint, 1)
    )
    assert outcome_of(Answer(200, renamed.cosign(of_this_checkpoint, 1)), note, one.vkey) == Refused(
        "cosignature_not_proved"
    )
    assert outcome_of(Answer(503, b""), note, signer_of("police").vkey) == Refused("answer_503")
    assert outcome_of(Answer(409, b"7\n", SIZE_TYPE), note, signer_of("police").vkey) == Elsewhere(7)
    assert outcome_of(Answer(409, b"no", SIZE_TYPE), note, signer_of("police").vkey) == Refused("answer_409")


def test_no_witness_is_sent_a_proof_longer_than_it_takes() -> None:
    assert encode_request(1, (bytes(32),) * 63, b"note").count(b"\n") == 65
    with pytest.raises(Malformed):
        encode_request(1, (bytes(32),) * 64, b"note")


def test_a_clock_that_ran_ahead_makes_nothing_fresher(house: House) -> None:
    house.tick()
    raw = (house.folder / COSIGNED).read_bytes()
    assert cosigned_since(POLICY, raw, int(START.timestamp()) - 1) is None
