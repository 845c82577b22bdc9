"""Is what an agency did send, and nobody could take in, counted for readers of a chronology, and no longer than so?"""

from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from contracts.signature import SigningKey
from hub.application.replay_quarantined import replay_quarantined
from hub.domain.feed import LyingHere
from hub.views.waiting_here import WAITING_HERE, lying_here
from tests.support.given import NOW, a_concern
from tests.support.set_aside import OFFICER, Ward


@pytest.fixture
def ward(tmp_path: Path) -> Ward:
    return Ward(tmp_path)


def here(ward: Ward) -> LyingHere | None:
    """What lies here of the police; of nobody else anything ever does in these tests."""
    ward.follow()
    sources = tuple(sender.source for sender in ward.hub.senders)
    found = lying_here(ward.tables.rows_of(WAITING_HERE, sources))
    assert set(found) <= {ward.hub.police.source}
    return found.get(ward.hub.police.source)


def counted(ward: Ward) -> int:
    found = here(ward)
    return found.count if found is not None else 0


def test_what_came_and_was_set_aside_is_counted_from_when_it_came(ward: Ward) -> None:
    assert here(ward) is None
    ward.aside("C-1")
    ward.hub.clock.forward(timedelta(hours=1))
    ward.aside("C-2")
    assert here(ward) == LyingHere(2, NOW)


def test_once_taken_in_it_is_counted_no_more_however_often_it_is_tried(ward: Ward) -> None:
    first, _ = ward.aside("C-1"), ward.aside("C-2")
    for _ in range(3):
        replay_quarantined(ward.replaying(), OFFICER, (first,))
        assert counted(ward) == 1


def test_a_try_that_changes_nothing_leaves_it_counted(ward: Ward) -> None:
    ward.take(ward.message(a_concern(), body=b"{}"))
    replay_quarantined(ward.replaying(), OFFICER, code="schema")
    assert counted(ward) == 1


def test_what_its_sender_sent_again_mended_is_settled_with_all_that_bore_its_id(ward: Ward) -> None:
    for words in (b"{}", b'{"a":1}'):
        ward.take(ward.message(a_concern("C-1"), body=words))
    ward.take(ward.message(a_concern("C-2"), body=b"{}"))
    assert counted(ward) == 3
    ward.take(ward.message(a_concern("C-1")))
    assert counted(ward) == 1


def test_what_nobody_is_proved_to_have_sent_is_not_told_of_that_agency(ward: Ward) -> None:
    ward.take(ward.message(a_concern(), key=SigningKey("police-1", Ed25519PrivateKey.generate())))
    assert here(ward) is None


def test_what_lies_here_again_lies_here_from_then_on(ward: Ward) -> None:
    number = ward.aside("C-1")
    replay_quarantined(ward.replaying(), OFFICER, (number,))
    assert here(ward) is None
    ward.hub.clock.forward(timedelta(hours=1))
    ward.aside("C-2")
    assert here(ward) == LyingHere(1, NOW + timedelta(hours=1))


def test_the_count_agrees_with_the_list(ward: Ward) -> None:
    numbers = [ward.aside(f"C-{number}") for number in range(5)]
    replay_quarantined(ward.replaying(), OFFICER, tuple(numbers[:2]))
    ward.take(ward.message(a_concern("C-4")))
    assert counted(ward) == sum(one.state == "open" and one.proved for one in ward.messages()) == 2
