"""Spans and measures leave for one collector by OTLP over HTTP (OTLP 1.x, s. OTLP/HTTP, binary protobuf).

The library makes and batches them; the request is ours, so that no proxy, redirect, password file or environment
variable has a say in where they go. A collector that is away costs its own data and nothing else.
"""

import logging
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from threading import Lock
from time import monotonic
from typing import Protocol
from urllib.parse import urlsplit

from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.common.metrics_encoder import encode_metrics
from opentelemetry.exporter.otlp.proto.common.trace_encoder import encode_spans
from opentelemetry.metrics import Counter, Histogram
from opentelemetry.sdk.metrics import AlwaysOffExemplarFilter, MeterProvider
from opentelemetry.sdk.metrics.export import (
    MetricExporter,
    MetricExportResult,
    MetricsData,
    PeriodicExportingMetricReader,
)
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter, SpanExportResult
from opentelemetry.sdk.trace.sampling import ALWAYS_ON

from contracts.trace_context import TraceContext
from hub.adapters.telemetry import Attributes, Telemetry
from hub.adapters.telemetry_gate import GatedMetrics, GatedSpans
from hub.adapters.telemetry_words import MEASURES, SCOPE, Attribute, Doing, Measure, Words

SEND_SECONDS = 2.0
CLOSE_SECONDS = 3.0
EVERY_MILLISECONDS = 10_000
_SECONDS_AT_LEAST = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0, 3600.0)
_COUNTED = (Measure.MESSAGES, Measure.DECISIONS, Measure.DROPPED)
_LOG = logging.getLogger(f"{SCOPE}.telemetry")


class _Level(Protocol):
    """As much of a gauge as is used here."""

    def set(self, amount: float, attributes: Mapping[str, str | int]) -> None:
        """The present value."""


class Collector:
    """One collector, at an address that the settings have checked; a request of its own for each batch."""

    def __init__(self, address: str) -> None:
        """Speak to it at this address (http or https, a name or the loopback)."""
        parts = urlsplit(address)
        self._secure = parts.scheme == "https"
        self._host, self._port = parts.hostname or "", parts.port
        self._folder = parts.path.rstrip("/")
        self._until: float | None = None
        self._away = False

    def hurry(self) -> None:
        """The process ends: what cannot be sent within a few seconds from now is let go."""
        self._until = monotonic() + CLOSE_SECONDS

    def take(self, signal: str, body: bytes) -> bool:
        """Whether the collector has it; that it is away is logged once, until it is back."""
        seconds = SEND_SECONDS if self._until is None else min(SEND_SECONDS, self._until - monotonic())
        if seconds <= 0:
            return False
        made = HTTPSConnection if self._secure else HTTPConnection
        connection = made(self._host, self._port, timeout=seconds)
        try:
            connection.request("POST", f"{self._folder}/v1/{signal}", body, {"Content-Type": "application/x-protobuf"})
            answer = connection.getresponse()
            answer.read()
            taken = 200 <= answer.status < 300
        except (OSError, HTTPException):
            taken = False
        finally:
            connection.close()
        if not taken and not self._away:
            _LOG.warning("the collector is away")
        self._away = not taken
        return taken


class _Spans(SpanExporter):
    def __init__(self, collector: Collector) -> None:
        self._collector = collector

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        body = encode_spans(spans).SerializeToString()
        return SpanExportResult.SUCCESS if self._collector.take("traces", body) else SpanExportResult.FAILURE


class _Metrics(MetricExporter):
    def __init__(self, collector: Collector) -> None:
        super().__init__()
        self._collector = collector

    def export(self, metrics_data: MetricsData, timeout_millis: float = 10_000, **_: object) -> MetricExportResult:
        body = encode_metrics(metrics_data).SerializeToString()
        return MetricExportResult.SUCCESS if self._collector.take("metrics", body) else MetricExportResult.FAILURE

    def shutdown(self, timeout_millis: float = 30_000, **_: object) -> None:
        """Nothing waits here."""

    def force_flush(self, timeout_millis: float = 10_000) -> bool:
        return True


class _OpenSpan:
    """See telemetry.Opened."""

    def __init__(self, span: trace.Span) -> None:
        self.span = span

    @property
    def context(self) -> TraceContext:
        """See telemetry.Opened."""
        context = self.span.get_span_context()
        return TraceContext(context.trace_id, context.span_id)

    def end(self, attributes: Attributes) -> None:
        """See telemetry.Opened."""
        for name, value in attributes.items():
            self.span.set_attribute(name.value, value)
        if Attribute.ERROR in attributes:
            self.span.set_status(trace.Status(trace.StatusCode.ERROR))
        self.span.end()


class OtlpSink:
    """See telemetry.Sink. Nothing is set up for the whole process, so no library can speak through it unasked."""

    def __init__(
        self,
        resource: Resource,
        exporters: tuple[SpanExporter, MetricExporter],
        words: Words,
        ending: Callable[[], None] | None = None,
    ) -> None:
        """Send to these, through the gate; `ending` is called when the process ends, before what waits is sent."""
        spans, metrics = exporters
        self.dropped = 0
        self._lock = Lock()
        self._ending = ending
        self._tracing = TracerProvider(ALWAYS_ON, resource, shutdown_on_exit=False)
        self._tracing.add_span_processor(BatchSpanProcessor(GatedSpans(spans, words, self._drop)))
        self.tracer = self._tracing.get_tracer(SCOPE)
        self._reader = PeriodicExportingMetricReader(
            GatedMetrics(metrics, words, self._drop), EVERY_MILLISECONDS, CLOSE_SECONDS * 1000
        )
        self._measuring = MeterProvider((self._reader,), resource, AlwaysOffExemplarFilter(), shutdown_on_exit=False)
        self.meter = self._measuring.get_meter(SCOPE)
        self._counters: dict[Measure, Counter] = {}
        self._durations: dict[Measure, Histogram] = {}
        self._levels: dict[Measure, _Level] = {}
        self._make_instruments()

    def begin(self, doing: Doing, parent: TraceContext | None) -> _OpenSpan:
        """See telemetry.Sink. What this thread is doing is linked where a message's own trace goes on."""
        if parent is None:
            return _OpenSpan(self.tracer.start_span(doing.value, record_exception=False))
        remote = trace.SpanContext(parent.trace_id, parent.span_id, True, trace.TraceFlags(trace.TraceFlags.SAMPLED))
        context = trace.set_span_in_context(trace.NonRecordingSpan(remote), Context())
        here = trace.get_current_span().get_span_context()
        links = [trace.Link(here)] if here.is_valid else None
        return _OpenSpan(self.tracer.start_span(doing.value, context, links=links, record_exception=False))

    @contextmanager
    def within(self, opened: object) -> Iterator[None]:
        """See telemetry.Sink."""
        if not isinstance(opened, _OpenSpan):
            raise TypeError("a span of another sink")
        with trace.use_span(opened.span, record_exception=False, set_status_on_exception=False):
            yield

    def add(self, measure: Measure, number: int, attributes: Attributes) -> None:
        """See telemetry.Sink."""
        self._counters[measure].add(number, _plain(attributes))

    def observe(self, measure: Measure, seconds: float, attributes: Attributes) -> None:
        """See telemetry.Sink."""
        self._durations[measure].record(seconds, _plain(attributes))

    def set(self, measure: Measure, number: int, attributes: Attributes) -> None:
        """See telemetry.Sink."""
        self._levels[measure].set(number, _plain(attributes))

    def flush(self) -> None:
        """Send what waits now."""
        self._tracing.force_flush()
        self._measuring.force_flush()

    def close(self) -> None:
        """See telemetry.Sink."""
        if self._ending is not None:
            self._ending()
        self._tracing.shutdown()
        self._measuring.shutdown(CLOSE_SECONDS * 1000)

    def _make_instruments(self) -> None:
        for measure, (unit, says) in MEASURES.items():
            if measure in _COUNTED:
                self._counters[measure] = self.meter.create_counter(measure.value, unit, says)
            elif unit == "s":
                self._durations[measure] = self.meter.create_histogram(
                    measure.value, unit, says, explicit_bucket_boundaries_advisory=_SECONDS_AT_LEAST
                )
            else:
                self._levels[measure] = self.meter.create_gauge(measure.value, unit, says)

    def _drop(self, number: int) -> None:
        with self._lock:
            self.dropped += number
        self._counters[Measure.DROPPED].add(number)


def start(address: str | None, process: str, routes: tuple[str, ...] = ()) -> Telemetry:
    """The telemetry of this process (serve, work or edge); silent when no collector is named.

    `routes` are the templates of its pages.
    """
    if address is None:
        return Telemetry()
    words = Words(frozenset(routes))
    collector = Collector(address)
    exporters = (_Spans(collector), _Metrics(collector))
    return Telemetry(OtlpSink(resource_of(process), exporters, words, collector.hurry), words)


def resource_of(process: str) -> Resource:
    """What stands on everything that leaves: the product and which of its processes; no host, user or command line.

    Of two workers each has a number of its own, drawn anew at each start: under one name their counts would overwrite
    each other at the collector.
    """
    return Resource({"service.name": "safeguarding-hub", "service.instance.id": f"{process}-{secrets.token_hex(4)}"})


def current_trace() -> str:
    """The id of the trace that this thread is in (32 hex digits), for a line of the log; empty when in none."""
    context = trace.get_current_span().get_span_context()
    return f"{context.trace_id:032x}" if context.is_valid else ""


def _plain(attributes: Attributes) -> dict[str, str | int]:
    return {name.value: value for name, value in attributes.items()}
