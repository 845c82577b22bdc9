"""Is every part of a row's place bound to its bytes: stream, version, code, event id, key and compartment?"""

import struct
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from hub.adapters.keys import DataKey, Keyring
from hub.adapters.sealing_mapper import Place, Row, SealingMapper
from hub.application.ports import Entry, Stream
from hub.domain.errors import Unreadable
from tests.support.engines import Engine
from tests.support.given import ROBIN, WREN, a_child, a_concern, a_decision, an_id
from tests.support.small_hub import SmallHub

OWNER = "person/any"
PLACE = Place(an_id("stream"), 7, "k01")
SIGNED = b"the signed bytes"


class OneSecret(Keyring):
    """A key ring on which every key id leads to the one secret, as if somebody had wrapped it again under another."""

    def key_by_id(self, kid: bytes, position: int) -> DataKey:
        """The one secret, under the id asked for."""
        return DataKey(kid, self.key_of(OWNER).secret)


@pytest.fixture
def keys(tmp_path: Path) -> Keyring:
    return OneSecret(tmp_path / "keys")


@pytest.fixture
def state(keys: Keyring) -> bytes:
    return bytes(SealingMapper(keys).seal(Row(PLACE, an_id("event"), OWNER, SIGNED)).state)


def person_of(hub: SmallHub, nhs: str) -> UUID:
    (person_id,) = hub.index.people_with("nhs", nhs)
    return person_id


def test_two_childrens_whole_streams_exchanged_are_found(tmp_path: Path, engine: Engine) -> None:
    hub = SmallHub(tmp_path, recorder=engine.recorder())
    hub.receive(a_concern(words="lives at the first address"))
    hub.receive(a_concern("C-2", a_child(WREN, given="Wren", born="2026-02-02"), words="lives at the refuge"))
    robin, wren = person_of(hub, ROBIN), person_of(hub, WREN)
    one, other = (hub.store.stream_id(Stream.history(person)) for person in (robin, wren))
    engine.exchange(one, other)
    for person in (robin, wren):
        with pytest.raises(Unreadable):
            hub.store.read_history(person)


def test_two_childrens_records_of_access_exchanged_are_found(tmp_path: Path, engine: Engine) -> None:
    hub = SmallHub(tmp_path, recorder=engine.recorder())
    people = (an_id("robin"), an_id("wren"))
    for person in people:
        decision = a_decision(person, 0, effect="refused")
        hub.store.keep((Entry(Stream.access(person), decision.decision_id, decision),))
    one, other = (hub.store.stream_id(Stream.access(person)) for person in people)
    engine.exchange(one, other)
    for person in people:
        with pytest.raises(Unreadable):
            hub.store.read_access(person)


def test_a_row_opens_in_its_own_place(keys: Keyring, state: bytes) -> None:
    assert SealingMapper(keys).open(PLACE, state, 1) == SIGNED


@pytest.mark.parametrize(
    "elsewhere",
    [replace(PLACE, stream_id=an_id("other stream")), replace(PLACE, version=8), replace(PLACE, code="k02")],
    ids=["stream", "version", "code"],
)
def test_a_row_opens_in_no_other_place(keys: Keyring, state: bytes, elsewhere: Place) -> None:
    with pytest.raises(Unreadable) as refused:
        SealingMapper(keys).open(elsewhere, state, 1)
    assert refused.value.code == "record_altered_or_moved"


@pytest.mark.parametrize("place", [slice(1, 17), slice(17, 33)], ids=["key id", "event id"])
def test_a_row_opens_under_no_other_id(keys: Keyring, state: bytes, place: slice) -> None:
    altered = bytearray(state)
    altered[place] = an_id("another").bytes
    with pytest.raises(Unreadable) as refused:
        SealingMapper(keys).open(PLACE, bytes(altered), 1)
    assert refused.value.code == "record_altered_or_moved"


Bound = list[bytes]


def bound(keys: Keyring) -> Bound:
    """What is bound, spelled out: a stored row must open with exactly this, years from now."""
    return [
        b"childhub/record/v1",
        PLACE.stream_id.bytes,
        struct.pack(">Q", PLACE.version),
        an_id("event").bytes,
        PLACE.code.encode(),
        b"standard",
        keys.key_of(OWNER).kid,
    ]


def opened_with(keys: Keyring, state: bytes, parts: Bound) -> bytes:
    return AESGCM(keys.key_of(OWNER).secret).decrypt(state[33:45], state[45:], b"\x1f".join(parts))


def test_what_is_bound_is_exactly_this(keys: Keyring, state: bytes) -> None:
    assert opened_with(keys, state, bound(keys)) == SIGNED


@pytest.mark.parametrize("part", range(7))
@pytest.mark.parametrize(
    "change", [lambda _: b"", lambda said: said[:-1] + bytes((said[-1] ^ 1,))], ids=["left out", "another"]
)
def test_each_part_of_it_counts(keys: Keyring, state: bytes, part: int, change: Callable[[bytes], bytes]) -> None:
    parts = bound(keys)
    parts[part] = change(parts[part])
    with pytest.raises(InvalidTag):
        opened_with(keys, state, parts)
