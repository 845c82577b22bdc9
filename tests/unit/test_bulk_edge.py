"""Does an edge send a big file in bundles, a small one message by message, and lose or reorder nothing?"""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from agencies.agency import Agency, Outcome, Stated, accepted, stated
from agencies.edge import BULK_FROM, LANES, EdgeKeys, NativeFile, Outgoing, publish_waiting, routing_key, take_in
from agencies.police import AGENCY
from contracts import bundle, signature
from contracts.signature import Attributes
from hub.adapters.bus_embedded import EmbeddedBus
from hub.adapters.outbox import SqliteOutbox
from tests.support.exchange import pinned, signing_key
from tests.support.given import NOW, a_child, a_concern

HUB = X25519PrivateKey.generate()
KEYS = EdgeKeys(signing_key(), b"r" * 32, HUB.public_key())


def an_agency(count: int, children: int = 40) -> Agency:
    """One whose every file holds so many facts about so many children."""

    def translate(raw: bytes, file_name: str) -> tuple[Outcome, ...]:
        return tuple(accepted(f"{file_name}[{len(raw)}]", (fact,)) for fact in facts(count, children))

    return replace(AGENCY, translate=translate)


def facts(count: int, children: int) -> tuple[Stated, ...]:
    found = (a_concern(f"C-{number}", a_child(None, given=f"N{number % children}")) for number in range(count))
    return tuple(stated(AGENCY.source, report) for report in found)


def taken_in(outbox: SqliteOutbox, agency: Agency) -> tuple[Outgoing, ...]:
    take_in(agency, NativeFile("file.json", b"{}"), KEYS, NOW, outbox)
    return tuple(outgoing for _, outgoing in outbox.waiting(10_000))


def opened(outgoing: Outgoing) -> list[Attributes]:
    inside = bundle.open_all(outgoing.message, outgoing.topic, HUB)
    return [signature.verify(signed, pinned(KEYS.signing)) for signed in inside]


@pytest.fixture
def outbox(tmp_path: Path) -> SqliteOutbox:
    return SqliteOutbox(tmp_path / "outbox.db", b"s" * 32)


def test_a_small_file_goes_message_by_message(outbox: SqliteOutbox) -> None:
    waiting = taken_in(outbox, an_agency(BULK_FROM - 1))
    assert [len(opened(outgoing)) for outgoing in waiting] == [1] * (BULK_FROM - 1)


def test_a_big_file_goes_in_bundles_that_hold_every_fact_and_every_number_once(outbox: SqliteOutbox) -> None:
    waiting = taken_in(outbox, an_agency(400))
    assert len(waiting) <= LANES
    inside = [attributes for outgoing in waiting for attributes in opened(outgoing)]
    assert {attributes.id for attributes in inside} == {fact.event_id for fact in facts(400, 40)}
    numbers = sorted(int(attributes.sequence.partition(".")[2]) for attributes in inside)
    assert numbers == list(range(1, 401))
    assert outbox.so_far().waiting == 400


def test_facts_about_one_person_stay_in_order_under_one_routing_key(outbox: SqliteOutbox) -> None:
    waiting = taken_in(outbox, an_agency(300))
    keys = {fact.event_id: routing_key(KEYS.routing_secret, fact.report) for fact in facts(300, 40)}
    for outgoing in waiting:
        inside = opened(outgoing)
        assert {keys[attributes.id] for attributes in inside} == {outgoing.key}
        numbers = [int(attributes.sequence.partition(".")[2]) for attributes in inside]
        assert numbers == sorted(numbers)


def test_one_person_has_one_routing_key_and_shares_it_with_others() -> None:
    one = [routing_key(KEYS.routing_secret, a_concern(f"C-{number}")) for number in range(20)]
    assert len(set(one)) == 1
    people = (a_concern("C-1", a_child(f"{number:010d}", given="X")) for number in range(5))
    many = Counter(routing_key(KEYS.routing_secret, a_concern(f"R-{number}", a_child(None))) for number in range(5000))
    assert len(many) == LANES
    assert min(many.values()) > 20
    assert {routing_key(b"o" * 32, report) for report in people}.isdisjoint(many)


def test_what_waits_is_published_and_marked_together(outbox: SqliteOutbox, tmp_path: Path) -> None:
    agency = an_agency(400)
    waiting = taken_in(outbox, agency)
    bus = EmbeddedBus(tmp_path / "bus.db")
    assert publish_waiting(outbox, bus) == len(waiting)
    assert (publish_waiting(outbox, bus), outbox.so_far().waiting) == (0, 0)
    arrived = bus.poll("hub-receive", (agency.inbound_topic,), 1000)
    assert [one.message for one in arrived] == [outgoing.message for outgoing in waiting]
    bus.close()
