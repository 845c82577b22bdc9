"""While witnesses have been silent for too long nothing but emergencies is read, and each refusal says why."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from audit.log import COSIGNED, SealedLog
from audit.policy import parse_policy
from contracts.identifiers import parse_identifier
from contracts.vocabulary import Purpose
from hub.adapters.witness_book import WitnessBook, policy_id
from hub.adapters.witness_desk import WitnessDesk
from hub.application.gather_cosignatures import Standing
from hub.application.read_chronology import read_chronology
from hub.domain.chronology import Chronology
from hub.domain.errors import WaitsForWitnesses
from hub.domain.witnessed import Limits, WitnessState, state_of
from tests.support.given import NOW, ROBIN, WREN, a_concern, an_actor
from tests.support.sealed_logs import entries, log_signer
from tests.support.small_hub import SmallHub
from tests.support.unwitnessed import waiting
from tests.support.witnesses import policy_text, signer_of

CHILD = parse_identifier(f"nhs:{ROBIN}")
HOURS = Limits(timedelta(hours=4))
POLICY = parse_policy(policy_text((log_signer().vkey,), {"police": "bus:police"}, 1).encode())


@pytest.fixture
def hub(tmp_path: Path) -> SmallHub:
    made = SmallHub(tmp_path)
    made.receive(a_concern("C-1"))
    return made


def a_book(folder: Path) -> WitnessBook:
    return WitnessBook(folder / "book", bytes(32), policy_id(POLICY))


def a_desk(folder: Path, confirmed: datetime | None) -> WitnessDesk:
    """The desk of a hub whose one witness confirmed the log then."""
    with SealedLog.open(folder / "log", log_signer()) as log:
        log.add(entries(0, 3))
        if confirmed is not None:
            line = signer_of("police").cosign(
                log.checkpoint().partition(b"\n\n")[0].decode() + "\n", int(confirmed.timestamp())
            )
            log.attach(log.checkpoint(), line, enough=True)
    return WitnessDesk(POLICY, folder / "log", a_book(folder), HOURS)


def read(hub: SmallHub, desk: WitnessDesk, purpose: Purpose) -> Chronology:
    return read_chronology(hub.reading(waiting(hub, lambda: desk.state(hub.clock.now()))), an_actor(), CHILD, purpose)


@pytest.mark.parametrize(
    ("age", "state"),
    [
        (timedelta(0), WitnessState.FRESH),
        (timedelta(minutes=15), WitnessState.FRESH),
        (timedelta(minutes=15, seconds=1), WitnessState.AMBER),
        (timedelta(hours=4), WitnessState.AMBER),
        (timedelta(hours=4, seconds=1), WitnessState.REFUSE),
    ],
)
def test_the_state_turns_amber_after_15_minutes_and_refuses_after_4_hours(
    tmp_path: Path, age: timedelta, state: WitnessState
) -> None:
    assert state_of(NOW - age, NOW, HOURS) is state
    assert a_desk(tmp_path, NOW - age).state(NOW) is state


def test_a_fresh_word_of_the_witnesses_lets_everything_be_read(hub: SmallHub, tmp_path: Path) -> None:
    assert read(hub, a_desk(tmp_path, NOW), Purpose.SECTION_47).entries


def test_a_word_that_is_amber_still_lets_everything_be_read(hub: SmallHub, tmp_path: Path) -> None:
    assert read(hub, a_desk(tmp_path, NOW - timedelta(hours=1)), Purpose.SECTION_47).entries


def test_after_too_long_the_refusal_is_kept_with_its_reason(hub: SmallHub, tmp_path: Path) -> None:
    desk = a_desk(tmp_path, NOW - timedelta(hours=5))
    with pytest.raises(WaitsForWitnesses):
        read(hub, desk, Purpose.SECTION_47)
    kept = hub.store.read_access(hub.index.people_with("nhs", ROBIN)[0])[-1]
    assert (kept.effect, kept.bars[-1].rule, kept.items_shown, kept.classes) == ("refused", "log-not-witnessed", 0, ())


def test_an_emergency_is_read_all_the_same(hub: SmallHub, tmp_path: Path) -> None:
    assert read(hub, a_desk(tmp_path, NOW - timedelta(days=5)), Purpose.EMERGENCY).entries


def test_a_child_who_is_not_there_is_answered_alike(hub: SmallHub, tmp_path: Path) -> None:
    desk = a_desk(tmp_path, NOW - timedelta(hours=5))
    reading = hub.reading(waiting(hub, lambda: desk.state(hub.clock.now())))
    with pytest.raises(WaitsForWitnesses):
        read_chronology(reading, an_actor(), parse_identifier(f"nhs:{WREN}"), Purpose.SECTION_47)


def test_a_hub_without_witnesses_is_off_and_reads(hub: SmallHub, tmp_path: Path) -> None:
    desk = WitnessDesk(None, tmp_path / "log", a_book(tmp_path), HOURS)
    assert desk.state(NOW) is WitnessState.OFF
    assert read(hub, desk, Purpose.SECTION_47).entries


def test_witnesses_that_never_answered_are_waited_for_from_when_they_were_first_asked(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, None)
    assert desk.state(NOW) is WitnessState.AMBER
    a_book(tmp_path).write((Standing("police", code="no_answer"),), NOW)
    a_book(tmp_path).write((Standing("police", code="answer_422"),), NOW + timedelta(hours=9))
    assert desk.state(NOW + timedelta(minutes=15)) is WitnessState.FRESH
    assert desk.state(NOW + timedelta(hours=5)) is WitnessState.REFUSE


def test_a_cosignature_from_the_far_future_is_no_fresher(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, datetime(2100, 1, 1, tzinfo=UTC))
    assert desk.state(NOW) is WitnessState.AMBER


def test_a_cosigned_file_that_somebody_made_up_counts_for_nothing(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, NOW)
    held = (tmp_path / "log" / COSIGNED).read_bytes()
    (tmp_path / "log" / COSIGNED).write_bytes(held[:-6] + b"AAA=\n")
    assert desk.state(NOW) is WitnessState.AMBER
