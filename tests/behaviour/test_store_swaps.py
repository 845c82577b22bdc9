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
from hub.adapters.sealing_mapper import Part, Place, Row, SealingMapper, Stored
from hub.adapters.xaes import Xaes256Gcm
from hub.application.ports import Entry, Stream
from hub.domain.errors import Unreadable
from tests.support.engines import Engine
from tests.support.given import ROBIN, WREN, a_child, a_concern, a_decision, an_id
from tests.support.small_hub import SmallHub
from tests.support.unlisted import BY_A_TEST, unlisted

OWNER = "person/any"
PLACE = Place(an_id("stream"), 7, "k02")
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
    [replace(PLACE, stream_id=an_id("other stream")), replace(PLACE, version=8), replace(PLACE, code="k03")],
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
MEMBERS = ("label", "form", "key id", "stream", "version", "event id", "code", "compartment", "field")


def bound(keys: Keyring) -> Bound:
    """What is bound, spelled out: a stored row must open with exactly this, years from now."""
    version = struct.pack(">Q", PLACE.version)
    place = (PLACE.stream_id.bytes, version, an_id("event").bytes, PLACE.code.encode())
    return [b"childhub/record/v2", b"\x02", keys.key_of(OWNER).kid, *place, b"standard", b"row"]


def opened_with(keys: Keyring, state: bytes, members: Bound) -> bytes:
    said = b"".join(struct.pack(">H", len(member)) + member for member in members)
    return Xaes256Gcm(keys.key_of(OWNER).secret).decrypt(state[33:57], state[57:], said)


def test_what_is_bound_is_exactly_this(keys: Keyring, state: bytes) -> None:
    assert state[0] == 2
    assert opened_with(keys, state, bound(keys)) == SIGNED


@pytest.mark.parametrize("member", range(len(MEMBERS)), ids=MEMBERS)
@pytest.mark.parametrize(
    "change", [lambda _: b"", lambda said: said[:-1] + bytes((said[-1] ^ 1,))], ids=["left out", "another"]
)
def test_each_member_of_it_counts(keys: Keyring, state: bytes, member: int, change: Callable[[bytes], bytes]) -> None:
    members = bound(keys)
    members[member] = change(members[member])
    with pytest.raises(InvalidTag):
        opened_with(keys, state, members)


def test_a_row_of_an_earlier_release_opens_in_its_place_and_no_other(keys: Keyring) -> None:
    key, event_id, nonce = keys.key_of(OWNER), an_id("event").bytes, b"n" * 12
    place = (PLACE.stream_id.bytes, struct.pack(">Q", PLACE.version), event_id, PLACE.code.encode())
    said = b"\x1f".join((b"childhub/record/v1", *place, b"standard", key.kid))
    state = b"\x01" + key.kid + event_id + nonce + AESGCM(key.secret).encrypt(nonce, SIGNED, said)
    assert SealingMapper(keys).open(PLACE, state, 1) == SIGNED
    with pytest.raises(Unreadable):
        SealingMapper(keys).open(replace(PLACE, version=8), state, 1)


def test_a_row_that_says_it_is_of_an_earlier_form_opens_nowhere(keys: Keyring, state: bytes) -> None:
    for form in (0, 1, 3, 4):
        with pytest.raises(Unreadable):
            SealingMapper(keys).open(PLACE, bytes((form,)) + state[1:], 1)


def in_parts(keys: Keyring, names: tuple[str, ...] = ("refuge", "source")) -> bytes:
    parts = tuple(Part(name, f"held in {name}".encode()) for name in names)
    return bytes(SealingMapper(keys).seal(Row(PLACE, an_id("event"), OWNER, SIGNED, parts)).state)


def test_parts_lie_under_keys_of_their_own_and_open_one_by_one(tmp_path: Path) -> None:
    keys = Keyring(tmp_path / "keys")
    mapper, state = unlisted(keys), in_parts(keys)
    assert mapper.open(PLACE, state, 1) == SIGNED
    for name in ("refuge", "source"):
        assert mapper.open_part(BY_A_TEST, Stored(PLACE, state, 1), name) == f"held in {name}".encode()
    assert len({keys.key_of(OWNER, name).kid for name in ("standard", "refuge", "source")}) == 3
    with pytest.raises(Unreadable) as refused:
        mapper.open_part(BY_A_TEST, Stored(PLACE, state, 1), "adoption")
    assert refused.value.code == "not_held_apart"


def test_a_part_taken_off_put_in_another_order_or_renamed_is_found(tmp_path: Path) -> None:
    keys = Keyring(tmp_path / "keys")
    mapper, both = unlisted(keys), in_parts(keys)
    first = both.index(b"\x06refuge")
    second = both.index(b"\x06source")
    for altered in (
        both[:first],
        both[:second],
        both[:first] + both[second:] + both[first:second],
        both.replace(b"\x06refuge", b"\x06refuga"),
        both[:first] + both[first:second] + both[first:second],
        both + b"\x00",
        both[:-1],
    ):
        with pytest.raises(Unreadable):
            mapper.check(PLACE, altered, 1)


@pytest.mark.parametrize("where", ["stream", "version", "code", "event id"])
def test_a_part_opens_in_no_other_place(tmp_path: Path, where: str) -> None:
    keys = Keyring(tmp_path / "keys")
    state, place = in_parts(keys), PLACE
    match where:
        case "stream":
            place = replace(PLACE, stream_id=an_id("other stream"))
        case "version":
            place = replace(PLACE, version=8)
        case "code":
            place = replace(PLACE, code="k03")
        case _:
            state = state[:17] + an_id("another").bytes + state[33:]
    with pytest.raises(Unreadable) as refused:
        unlisted(keys).open_part(BY_A_TEST, Stored(place, state, 1), "refuge")
    assert refused.value.code == "record_altered_or_moved"
