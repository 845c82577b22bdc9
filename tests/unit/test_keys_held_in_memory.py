"""Does a worker that meets more and more people hold no more keys, and still open everything?"""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import UUID

import pytest

from hub.adapters.keys import Keyring
from hub.adapters.recent import Recent
from hub.adapters.sealing_mapper import Place, Row, SealingMapper

PEOPLE, MOST = 300, 40


def a_row(number: int) -> Row:
    place = Place(UUID(int=number), 1, "k02")
    return Row(place, UUID(int=number), f"person/{number}", b"packed %d" % number)


@pytest.fixture
def keyring(tmp_path: Path) -> Keyring:
    return Keyring(tmp_path / "keys", most_keys=MOST)


def test_the_one_longest_unused_goes_first() -> None:
    recent: Recent[str, int] = Recent(2)
    recent.put("a", 1)
    recent.put("b", 2)
    assert recent.get("a") == 1
    recent.put("c", 3)
    assert (recent.get("a"), recent.get("b"), recent.get("c"), len(recent)) == (1, None, 3, 2)
    recent.put("c", 4)
    assert (recent.get("c"), len(recent)) == (4, 2)


def test_keys_and_ciphers_of_many_people_stay_within_bounds_and_open_all(keyring: Keyring) -> None:
    mapper = SealingMapper(keyring, most_ciphers=MOST)
    states = {}
    for number in range(PEOPLE):
        row = a_row(number)
        states[number] = mapper.seal(row).state
        assert keyring.held() <= MOST
        assert mapper.held() <= MOST
    for number in (0, PEOPLE - 1, 1, 0):
        row = a_row(number)
        assert mapper.open(row.place, states[number], 1) == row.packed
    assert (keyring.held(), mapper.held()) == (MOST, MOST)


def test_a_key_that_is_no_longer_held_is_the_same_when_it_is_wanted_again(keyring: Keyring) -> None:
    first, secret = keyring.key_of("person/0"), keyring.secret("signing")
    for number in range(PEOPLE):
        keyring.key_of(f"person/{number}")
    assert keyring.key_of("person/0") == first
    assert keyring.key_by_id(first.kid, 1) == first
    assert keyring.secret("signing") == secret


def test_many_threads_find_each_key_the_same(keyring: Keyring) -> None:
    def kids(_: int) -> list[bytes]:
        return [keyring.key_by_id(keyring.key_of(f"person/{number % 60}").kid, 1).kid for number in range(240)]

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(kids, range(8)))
    assert all(one == found[0] for one in found)
    assert keyring.held() <= MOST
