"""Can telemetry say anything but the allowed words, and does it say those?"""

from collections.abc import Callable
from time import monotonic

import pytest
from opentelemetry import trace
from opentelemetry.sdk.resources import Resource
from opentelemetry.trace.span import TraceState

from contracts.trace_context import TraceContext
from hub.adapters.telemetry import Telemetry
from hub.adapters.telemetry_otlp import OtlpSink, current_trace, resource_of, start
from hub.adapters.telemetry_words import OTHER, Attribute, Doing, Measure, Words
from hub.domain.errors import Conflict
from tests.support.crowding import alone
from tests.support.heard import Heard, Metrics, Spans, hearing

CANARY = "Robin CANARY Exemplar"
REMOTE = TraceContext(0x1A2B3C4D5E6F708192A3B4C5D6E7F809, 0x1A2B3C4D5E6F7081)


def everything(heard: Heard) -> str:
    """All that left, as text."""
    heard.sink.flush()
    return repr([span.to_json() for span in heard.spans.all]) + repr(heard.metrics.points)


def test_switched_off_nothing_is_said_and_nothing_breaks() -> None:
    silent = start(None, "work")
    assert not silent.on
    with silent.doing(Doing.KEEP) as task, silent.asked():
        assert task.context is None
    silent.arrived("in.police.v1", 1, REMOTE)
    assert silent.continued("in.police.v1", 1) is None
    assert not silent.due("bus")
    silent.close()


def test_no_function_lets_a_word_of_ones_own_through() -> None:
    with hearing("/chronology") as heard:
        said = heard.telemetry
        with said.doing(Doing.TAKE_IN, CANARY):
            pass
        with pytest.raises(ZeroDivisionError), said.doing(Doing.KEEP):
            raise ZeroDivisionError(CANARY)
        said.arrived(CANARY, 1, None)
        said.answered(CANARY, 1, CANARY, CANARY, CANARY)
        said.done(CANARY, 1)
        said.decided(CANARY, CANARY)
        said.page(CANARY, CANARY, 999_000_1006, 0.1)
        with said.asked() as asked:
            asked.route = asked.method = CANARY
        said.lag(CANARY, 1)
        said.waiting(CANARY, 1)
        said.behind(CANARY, 1)
        said.quarantined(1)
        text = everything(heard)
        assert heard.sink.dropped == 0
        assert len(heard.spans.all) == 4
    assert "CANARY" not in text
    assert "9990001006" not in text
    assert text.count(OTHER) > 5


def test_an_error_is_said_by_its_type_alone() -> None:
    with hearing() as heard:
        with pytest.raises(Conflict), heard.telemetry.doing(Doing.KEEP):
            raise Conflict(CANARY)
        (span,) = heard.named("keep")
        assert span.attributes == {"error.type": "Conflict"}
        assert not span.events
        assert span.status.description is None
        assert not span.status.is_ok


def test_a_class_that_somebody_named_after_a_person_is_not_said() -> None:
    odd = type("RobinExemplar", (Exception,), {})
    with hearing() as heard:
        with pytest.raises(odd), heard.telemetry.doing(Doing.KEEP):
            raise odd
        assert "Robin" not in everything(heard)


def with_attribute(sink: OtlpSink) -> None:
    sink.tracer.start_span("keep", attributes={"hub.child": CANARY}).end()


def with_value(sink: OtlpSink) -> None:
    sink.tracer.start_span("keep", attributes={"hub.agency": CANARY}).end()


def with_number(sink: OtlpSink) -> None:
    sink.tracer.start_span("keep", attributes={"hub.count": 9990001006}).end()


def with_name(sink: OtlpSink) -> None:
    sink.tracer.start_span(CANARY).end()


def with_event(sink: OtlpSink) -> None:
    span = sink.tracer.start_span("keep")
    span.record_exception(ValueError(CANARY))
    span.end()


def with_status(sink: OtlpSink) -> None:
    span = sink.tracer.start_span("keep")
    span.set_status(trace.StatusCode.ERROR, CANARY)
    span.end()


def with_link(sink: OtlpSink) -> None:
    context = trace.SpanContext(1, 1, False)
    sink.tracer.start_span("keep", links=[trace.Link(context, {"who": CANARY})]).end()


def with_trace_state(sink: OtlpSink) -> None:
    remote = trace.SpanContext(7, 7, True, trace.TraceFlags(1), TraceState([("who", "robin-canary")]))
    context = trace.set_span_in_context(trace.NonRecordingSpan(remote))
    sink.tracer.start_span("keep", context).end()


LEAKS: tuple[Callable[[OtlpSink], None], ...] = (
    with_attribute,
    with_value,
    with_number,
    with_name,
    with_event,
    with_status,
    with_link,
    with_trace_state,
)


@pytest.mark.parametrize("leak", LEAKS)
def test_what_goes_round_the_functions_is_held_back_and_counted(leak: Callable[[OtlpSink], None]) -> None:
    with hearing() as heard:
        leak(heard.sink)
        assert not heard.named("keep")
        heard.sink.flush()
        assert not heard.spans.all
        assert heard.sink.dropped == 1
        assert heard.metrics.value("hub.telemetry.dropped") == 1


def test_a_good_span_beside_a_bad_one_still_leaves() -> None:
    with hearing() as heard:
        with_value(heard.sink)
        with heard.telemetry.doing(Doing.KEEP, "police"):
            pass
        (span,) = heard.named("keep")
        assert span.attributes == {"hub.agency": "police", "hub.count": 0}


def test_a_resource_that_says_more_is_held_back() -> None:
    spans, metrics = Spans(), Metrics()
    sink = OtlpSink(Resource({"service.name": "safeguarding-hub", "host.name": CANARY}), (spans, metrics), Words())
    sink.tracer.start_span("keep").end()
    sink.add(Measure.DECISIONS, 1, {})
    sink.flush()
    sink.close()
    assert not spans.all
    assert not metrics.names


@pytest.mark.parametrize(
    ("name", "said"),
    [("hub.decisions", {"hub.about": CANARY}), ("hub.decisions", {"child": "1"}), (CANARY.replace(" ", "."), {})],
)
def test_a_metric_that_goes_round_the_functions_is_held_back(name: str, said: dict[str, str]) -> None:
    with hearing() as heard:
        if name == "hub.decisions":
            heard.telemetry.decided("chronology", "permitted")
            heard.sink.meter.create_counter(
                name, "{decision}", "Decisions kept, by what they are about and their effect"
            )
        heard.sink.meter.create_counter(
            name, "{decision}", "Decisions kept, by what they are about and their effect"
        ).add(1, said)
        heard.sink.flush()
        assert name not in heard.metrics.names
        assert heard.sink.dropped >= 1


def test_a_message_is_followed_in_its_senders_trace_until_it_is_answered() -> None:
    with hearing() as heard:
        with heard.telemetry.doing(Doing.RECEIVE, if_any=True) as task:
            heard.telemetry.arrived("in.police.v1", 7, REMOTE)
            heard.telemetry.arrived("in.police.v1", 7, REMOTE)  # given again, as a bus does
            answer = heard.telemetry.continued("in.police.v1", 7)
            heard.telemetry.answered("in.police.v1", 7, "police", "quarantined", "altered_repeat")
            heard.telemetry.done("in.police.v1", 7)
            task.count = 1
        (span,) = heard.named("answer")
        (batch,) = heard.named("receive")
        context, around = span.get_span_context(), batch.get_span_context()
        assert context is not None
        assert around is not None
        assert answer == TraceContext(REMOTE.trace_id, context.span_id)
        assert span.parent is not None
        assert span.parent.span_id == REMOTE.span_id
        assert [link.context.span_id for link in span.links] == [around.span_id]
        assert span.attributes == {
            "hub.agency": "police",
            "hub.outcome": "quarantined",
            "hub.code": "altered_repeat",
            "hub.count": 1,
        }
        said = {"hub_agency": "police", "hub_outcome": "quarantined", "hub_code": "altered_repeat"}
        assert heard.metrics.value("hub.messages", **said) == 1
        assert heard.metrics.value("hub.receipt.latency", hub_agency="police") == 1


def test_a_message_with_no_trace_begins_one() -> None:
    with hearing() as heard:
        heard.telemetry.arrived("in.police.v1", 7, None)
        begun = heard.telemetry.continued("in.police.v1", 7)
        assert begun is not None
        assert begun.trace_id != 0


def test_of_a_flood_some_are_followed_and_all_are_counted() -> None:
    with hearing() as heard:
        for place in range(1000):
            heard.telemetry.arrived("in.police.v1", place, REMOTE)
            assert heard.telemetry.continued("in.police.v1", place) is not None
            heard.telemetry.answered("in.police.v1", place, "police", "accepted", "")
            heard.telemetry.done("in.police.v1", place)
        assert len(heard.named("answer")) < 1000
        assert heard.metrics.value("hub.messages", hub_agency="police", hub_outcome="accepted") == 1000


def test_an_empty_round_says_nothing() -> None:
    with hearing() as heard:
        with heard.telemetry.doing(Doing.RECEIVE, if_any=True):
            pass
        assert not heard.named("receive")


def test_what_is_sealed_says_how_long_the_oldest_waited() -> None:
    with hearing() as heard:
        heard.telemetry.kept(0.01, 5)
        heard.telemetry.kept(0.01, 9)
        heard.telemetry.sealed(4)
        heard.sink.flush()
        assert heard.metrics.value("hub.seal.delay") is None
        heard.telemetry.sealed(9)
        heard.sink.flush()
        assert heard.metrics.value("hub.seal.delay") == 1
        assert heard.metrics.value("hub.keep.duration") == 2


def test_levels_are_looked_at_now_and_then() -> None:
    with hearing() as heard:
        assert heard.telemetry.due("bus")
        assert not heard.telemetry.due("bus")
        assert heard.telemetry.due("followers")


def test_a_line_of_the_log_can_name_the_trace() -> None:
    assert current_trace() == ""
    with hearing() as heard, heard.telemetry.doing(Doing.KEEP) as task:
        assert task.context is not None
        assert current_trace() == f"{task.context.trace_id:032x}"


def test_a_collector_that_is_away_costs_a_few_seconds_at_the_end_and_nothing_else() -> None:
    lost: Telemetry = start("http://127.0.0.1:9", "work")
    for _ in range(100):
        with lost.doing(Doing.KEEP):
            pass
    began = monotonic()
    lost.close()
    assert alone(monotonic() - began) < 6


def test_words_know_their_own_and_no_others() -> None:
    words = Words(frozenset({"/about"}))
    assert words.text(Attribute.ROUTE, "/about") == "/about"
    assert words.text(Attribute.ROUTE, "/chronology/9990001006") == OTHER
    assert words.number(Attribute.STATUS, 9990001006) == 599
    assert not words.allows("hub.count", True)
    assert not words.allows("hub.count", 9990001006)
    assert not words.allows("hub.agency", 1)
    assert not words.allows("enduser.id", "sam")


def test_two_workers_are_told_apart_and_nothing_else_is_told_of_them() -> None:
    names = [str(resource_of("work").attributes["service.instance.id"]) for _ in range(2)]
    assert len(set(names)) == 2
    for name in (*names, CANARY, f"work-{CANARY}", "work"):
        spans, metrics = Spans(), Metrics()
        resource = Resource({"service.name": "safeguarding-hub", "service.instance.id": name})
        sink = OtlpSink(resource, (spans, metrics), Words())
        Telemetry(sink, Words()).decided("chronology", "permitted")
        sink.close()
        assert bool(metrics.points) == (name in names), name
