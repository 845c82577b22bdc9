"""Is what is sent and done with many at a time the same as one by one, on either road?"""

import pytest

from agencies.edge import Outgoing
from hub.domain.errors import StoreUnavailable
from tests.behaviour.test_bus import a_key, a_message, consumer_of, numbers, take, take_all
from tests.support.buses import KafkaRoad, Road


def many(road: Road, count: int, children: int) -> tuple[Outgoing, ...]:
    return tuple(
        Outgoing(road.inbound_topic, a_key(number % children), a_message(number, number % children))
        for number in range(count)
    )


def test_many_sent_at_once_arrive_in_order_for_each_child(road: Road) -> None:
    road.agency().send_all(many(road, 300, 7))
    arrived = numbers(take_all(road, road.hub(), limit=500))
    assert sorted(arrived) == list(range(300))
    for child in range(7):
        assert [number for number in arrived if number % 7 == child] == list(range(child, 300, 7))


def test_nothing_sent_at_once_is_nothing(road: Road) -> None:
    road.agency().send_all(())
    assert take(road, road.hub()) == ()


def test_what_is_done_at_once_is_given_to_nobody_again(road: Road) -> None:
    road.agency().send_all(many(road, 30, 5))
    bus = road.hub()
    given = take(road, bus, limit=500)
    bus.done_all(consumer_of(road), given[:20])
    bus.done_all(consumer_of(road), ())
    assert set(take(road, bus, limit=500)) == set(given[20:])
    bus.close()
    assert set(numbers(take(road, road.hub(), limit=500))) >= set(numbers(given[20:]))


def test_big_messages_come_a_few_at_a_time_and_all_come(road: Road) -> None:
    big = tuple(Outgoing(road.inbound_topic, a_key(1), a_message(1, value=bytes(1024 * 1024))) for _ in range(24))
    road.agency().send_all(big)
    bus = road.hub()
    first = take(road, bus)
    assert 0 < len(first) < 24
    bus.done_all(consumer_of(road), first)
    assert len(first) + len(take_all(road, bus)) == 24


@pytest.mark.kafka
def test_of_many_messages_none_leaves_when_one_may_not(kafka_road: KafkaRoad) -> None:
    bad = Outgoing(kafka_road.inbound_topic, "robin exemplar", a_message(1))
    with pytest.raises(Exception, match="pii_in_context"):
        kafka_road.agency().send_all((*many(kafka_road, 3, 1), bad))
    with pytest.raises(StoreUnavailable):
        kafka_road.agency().send_all((Outgoing("in.nobody.v1", a_key(1), a_message(1)),))
    assert take(kafka_road, kafka_road.hub()) == ()
