"""What the road between agencies and hub promises, whoever carries it: durable, in order for a child, at least once."""

import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid5

import pytest

from agencies.edge import Outgoing
from contracts.envelope import CONTENT_TYPE, MAX_VALUE_BYTES, SEALED_TYPE, Sealed
from hub.application.bus_port import Arrived, Bus
from tests.support.buses import OpenBus, Road

_SPACE = UUID("0c9bd0f2-7b42-5a29-9d0b-0d1d5a1d7c11")


def a_message(number: int, child: int = 0, value: bytes | None = None) -> Sealed:
    headers = (
        ("ce_specversion", "1.0"),
        ("ce_id", str(uuid5(_SPACE, str(number)))),
        ("ce_source", "urn:childhub:agency:police"),
        ("ce_type", SEALED_TYPE),
        ("ce_time", "2026-11-02T09:00:00Z"),
        ("content-type", CONTENT_TYPE),
    )
    return Sealed(headers, f"{child} {number}".encode() if value is None else value)


def a_key(child: int) -> str:
    return str(uuid5(_SPACE, f"child {child}"))


def consumer_of(road: Road) -> str:
    return "hub-receive-" + road.inbound_topic.split(".")[1]


def publish(road: Road, *numbers: int, children: int = 1) -> None:
    """Put a message for each number on the road, each for one of so many children."""
    bus = road.agency()
    for number in numbers:
        child = number % children
        bus.publish(Outgoing(road.inbound_topic, a_key(child), a_message(number, child)))


def take(road: Road, bus: Bus, limit: int = 100) -> tuple[Arrived, ...]:
    return bus.poll(consumer_of(road), (road.inbound_topic,), limit)


def take_all(road: Road, bus: OpenBus, limit: int = 100) -> list[Arrived]:
    """Everything that waits, each done with."""
    found: list[Arrived] = []
    while batch := take(road, bus, limit):
        for arrived in batch:
            bus.done(consumer_of(road), arrived)
        found += batch
    return found


def numbers(arrived: Iterable[Arrived]) -> list[int]:
    return [int(one.message.value.split()[1]) for one in arrived]


def test_a_message_arrives_as_it_was_sent(road: Road) -> None:
    message = a_message(1, value=bytes(range(256)) * 40)
    road.agency().send(road.inbound_topic, a_key(1), message)
    (arrived,) = take(road, road.hub())
    assert (arrived.topic, arrived.message) == (road.inbound_topic, message)


def test_a_message_of_the_greatest_size_arrives(road: Road) -> None:
    message = a_message(1, value=b"\xff" * MAX_VALUE_BYTES)
    road.agency().send(road.inbound_topic, a_key(1), message)
    (arrived,) = take(road, road.hub())
    assert arrived.message.value == message.value


def test_nothing_waits_on_an_empty_road(road: Road) -> None:
    assert take(road, road.hub()) == ()


def test_messages_about_one_child_arrive_in_order(road: Road) -> None:
    publish(road, *range(60), children=7)
    arrived = take_all(road, road.hub(), limit=13)
    assert sorted(numbers(arrived)) == list(range(60))
    for child in range(7):
        assert [number for number in numbers(arrived) if number % 7 == child] == list(range(child, 60, 7))


def test_each_message_has_a_place_of_its_own(road: Road) -> None:
    publish(road, *range(40), children=9)
    arrived = take_all(road, road.hub())
    assert len({one.position for one in arrived}) == 40


def test_a_message_is_given_again_until_it_is_done(road: Road) -> None:
    publish(road, 1, 2, 3)
    bus = road.hub()
    first = take(road, bus)
    assert take(road, bus) == first
    bus.done(consumer_of(road), first[0])
    assert take(road, bus) == first[1:]


def test_what_rests_is_given_after_it_in_its_order_and_no_message_of_it_is_done_with(road: Road) -> None:
    publish(road, 1, 2, 3)
    bus, resting = road.hub(), frozenset({road.inbound_topic})
    first, *_ = take(road, bus)
    bus.done(consumer_of(road), first)
    bus.rest(consumer_of(road), resting, 3600)
    publish(road, 4)
    assert take(road, bus) == ()
    bus.rest(consumer_of(road), resting, 0)
    assert take_until(road, bus, 3) == [2, 3, 4]


def test_what_rests_is_given_to_the_next_process_at_once(road: Road) -> None:
    publish(road, 1, 2)
    bus = road.hub()
    take(road, bus)
    bus.rest(consumer_of(road), frozenset({road.inbound_topic}), 3600)
    bus.close()
    assert numbers(take(road, road.hub())) == [1, 2]


def test_no_more_is_given_than_was_asked_for(road: Road) -> None:
    publish(road, *range(10))
    bus = road.hub()
    assert numbers(take(road, bus, limit=4)) == [0, 1, 2, 3]
    assert numbers(take(road, bus, limit=6)) == [0, 1, 2, 3, 4, 5]


def test_what_is_done_is_not_given_to_the_next_process(road: Road) -> None:
    publish(road, 1, 2, 3)
    bus = road.hub()
    for arrived in take(road, bus)[:2]:
        bus.done(consumer_of(road), arrived)
    bus.close()
    assert numbers(take(road, road.hub())) == [3]


def test_what_is_not_done_is_given_to_the_next_process(road: Road) -> None:
    publish(road, 1, 2, 3)
    bus = road.hub()
    assert numbers(take(road, bus)) == [1, 2, 3]
    bus.close()
    assert numbers(take(road, road.hub())) == [1, 2, 3]


def test_what_is_sent_while_it_reads_arrives_too(road: Road) -> None:
    publish(road, 1, 2)
    bus = road.hub()
    assert numbers(take_all(road, bus)) == [1, 2]
    publish(road, 3)
    assert numbers(take_all(road, bus)) == [3]


def test_a_worker_that_is_closed_leaves_its_share_to_the_others(road: Road) -> None:
    publish(road, *range(40), children=20)
    one, other = road.hub(), road.hub()
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda bus: take(road, bus), (one, other)))
    one.close()
    assert set(take_until(road, other, 40)) == set(range(40))


def test_several_workers_together_miss_nothing(road: Road) -> None:
    publish(road, *range(80), children=20)
    workers = [road.hub() for _ in range(3)]
    with ThreadPoolExecutor(3) as pool:
        found = list(pool.map(lambda bus: numbers(take_all(road, bus, limit=5)), workers))
    for bus in workers:
        bus.close()
    together = {number for part in found for number in part}
    assert together | set(take_until(road, road.hub(), 80 - len(together))) == set(range(80))


def take_until(road: Road, bus: OpenBus, count: int) -> list[int]:
    """Everything that comes, until so many different ones came: a share changes hands in its own time."""
    found: list[int] = []
    until = time.monotonic() + 60
    while len(set(found)) < count:
        assert time.monotonic() < until, f"{len(set(found))} of {count} came"
        found += numbers(take_all(road, bus))
    return found


@pytest.mark.parametrize("value", [b"", b"\x00", "Zoë".encode()])
def test_any_bytes_may_be_carried(road: Road, value: bytes) -> None:
    road.agency().send(road.inbound_topic, a_key(1), a_message(1, value=value))
    (arrived,) = take(road, road.hub())
    assert arrived.message.value == value
