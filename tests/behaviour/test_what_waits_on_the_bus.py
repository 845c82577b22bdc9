"""How much waits on the road, as telemetry asks it, whoever carries it; and does the trace cross it?"""

from agencies.edge import Outgoing
from contracts.envelope import Sealed
from contracts.trace_context import TRACE_HEADER, read_trace
from hub.adapters.telemetry import Telemetry
from hub.adapters.watched import WatchedBus
from tests.behaviour.test_bus import a_key, a_message, consumer_of, publish
from tests.support.buses import Road
from tests.support.heard import hearing


def test_what_waits_is_counted_and_what_is_done_with_is_not(road: Road) -> None:
    publish(road, *range(6), children=3)
    bus, topics = road.hub(), (road.inbound_topic,)
    beside = road.hub()
    (*_, first) = bus.poll(consumer_of(road), topics, 1)
    for asked in (bus, beside):
        (begun,) = asked.lag(consumer_of(road), topics)
        assert (begun.topic, begun.count, begun.ends_at > begun.done_to) == (road.inbound_topic, 6, True)
    bus.done(consumer_of(road), first)
    assert [one.count for one in bus.lag(consumer_of(road), topics)] == [5]
    while batch := bus.poll(consumer_of(road), topics, 100):
        bus.done_all(consumer_of(road), batch)
    for asked in (bus, beside):
        (done,) = asked.lag(consumer_of(road), topics)
        assert (done.count, done.done_to) == (0, done.ends_at)
        assert done.done_to >= begun.ends_at


def test_all_that_waits_is_told_by_each_who_reads_a_part_of_it(road: Road) -> None:
    publish(road, *range(6), children=6)
    readers, topics = (road.hub(), road.hub()), (road.inbound_topic,)
    for reader in readers:
        reader.poll(consumer_of(road), topics, 1)
    assert [sum(one.count for one in reader.lag(consumer_of(road), topics)) for reader in readers] == [6, 6]


def test_the_trace_crosses_the_road_and_is_taken_off_at_its_end(road: Road) -> None:
    with hearing() as heard:
        message = a_message(1)
        WatchedBus(road.agency(), heard.telemetry).publish(Outgoing(road.inbound_topic, a_key(0), message))
        hub = WatchedBus(road.hub(), heard.telemetry)
        (arrived,) = hub.poll(consumer_of(road), (road.inbound_topic,), 10)
        assert arrived.message == message
        hub.done_all(consumer_of(road), (arrived,))
        (published,), (answered,) = heard.named("publish"), heard.named("answer")
        there, here = published.get_span_context(), answered.get_span_context()
        assert there is not None
        assert here is not None
        assert answered.parent is not None
        assert (here.trace_id, answered.parent.span_id) == (there.trace_id, there.span_id)


def test_on_the_road_it_is_a_plain_header_and_nothing_when_nobody_watches(road: Road) -> None:
    with hearing() as heard:
        WatchedBus(road.agency(), heard.telemetry).send(road.inbound_topic, a_key(0), a_message(1))
        WatchedBus(road.agency(), Telemetry()).send(road.inbound_topic, a_key(0), a_message(2))
    found: list[Sealed] = []
    bus = road.hub()
    while batch := bus.poll(consumer_of(road), (road.inbound_topic,), 10):
        found += [arrived.message for arrived in batch]
        bus.done_all(consumer_of(road), batch)
    traced, plain = found
    assert read_trace(traced.header(TRACE_HEADER)) is not None
    assert plain.header(TRACE_HEADER) is None
