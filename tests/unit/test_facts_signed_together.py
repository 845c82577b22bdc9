"""What the hub keeps at once it signs together, and each fact is proved by itself all the same."""

from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from contracts import signature
from contracts.errors import NotGenuine
from contracts.events.hub import SessionOpened
from contracts.signature import Attributes, Signed, SigningKey
from hub.adapters.own_hand import HUB_SOURCE, HUB_TOPIC, SIGNED_TOGETHER, signed_in_order
from hub.application.ports import Entry, Stream
from tests.support.given import StoppedClock

CLOCK = StoppedClock()
KEY = SigningKey("hub-1", Ed25519PrivateKey.generate())
KEYS = {"hub-1": KEY.private.public_key()}


def an_entry(number: int) -> Entry:
    """A fact of the hub's own to be kept."""
    fact_id = CLOCK.new_id()
    return Entry(Stream.session(fact_id), fact_id, SessionOpened(at=CLOCK.now(), effect="opened"), expected=number)


def signed(entries: tuple[Entry, ...]) -> tuple[Signed, ...]:
    """The entries as they are signed now."""
    return signed_in_order(entries, KEY, CLOCK.now())


@pytest.mark.parametrize("count", [1, 2, SIGNED_TOGETHER, SIGNED_TOGETHER + 1, 40])
def test_each_fact_is_proved_by_itself(count: int) -> None:
    """Whoever has one fact and the hub's public key needs none of the others."""
    entries = tuple(an_entry(number) for number in range(count))

    found = [signature.verify(one, KEYS) for one in signed(entries)]

    assert [one.id for one in found] == [entry.event_id for entry in entries]
    assert {(one.source, one.topic) for one in found} == {(HUB_SOURCE, HUB_TOPIC)}


def test_a_changed_fact_is_not_proved() -> None:
    """One flipped byte, under a signature that it shares with others."""
    one, *_ = signed(tuple(an_entry(number) for number in range(5)))
    signature.verify(one, KEYS)

    with pytest.raises(NotGenuine):
        signature.verify(replace(one, body=one.body[:-1] + b" "), KEYS)


def test_a_fact_is_not_proved_by_its_neighbours_signature() -> None:
    """A signature stands for a fact at its place."""
    one, other, *_ = signed(tuple(an_entry(number) for number in range(5)))
    header = one.jws.split("..")[0]

    with pytest.raises(NotGenuine):
        signature.verify(replace(one, jws=f"{header}..{other.jws.split('..')[1]}"), KEYS)


def test_a_path_is_short() -> None:
    """However many are kept at once, a row grows by no more than the few steps of its own group."""
    few, many = (signed(tuple(an_entry(number) for number in range(count))) for count in (SIGNED_TOGETHER, 400))

    assert max(len(one.jws) for one in many) <= max(len(one.jws) for one in few)
    assert len(many) == 400


def test_what_an_agency_signed_is_left_as_it_is() -> None:
    """Its bytes are its evidence; the hub's facts beside it are signed in their places."""
    attributes = Attributes(CLOCK.new_id(), "urn:childhub:agency:police", "x", "in.police.v1", CLOCK.now())
    theirs = signature.sign(b"{}", attributes, SigningKey("police-1", Ed25519PrivateKey.generate()))
    entries = (an_entry(1), replace(an_entry(2), what=theirs), an_entry(3))

    first, kept, last = signed(entries)

    assert kept is theirs
    assert [signature.verify(one, KEYS).id for one in (first, last)] == [entries[0].event_id, entries[2].event_id]
