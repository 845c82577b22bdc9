"""What telemetry says, heard: as values within the process, or as bytes by a collector on the loopback."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

from opentelemetry.sdk.metrics.export import MetricExporter, MetricExportResult, MetricsData, NumberDataPoint
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SpanExporter, SpanExportResult

from hub.adapters.telemetry import Telemetry
from hub.adapters.telemetry_otlp import OtlpSink, resource_of
from hub.adapters.telemetry_words import Words


class Spans(SpanExporter):
    """Keeps the spans that leave."""

    def __init__(self) -> None:
        self.all: list[ReadableSpan] = []

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        self.all.extend(spans)
        return SpanExportResult.SUCCESS


class Metrics(MetricExporter):
    """Keeps what leaves of the metrics: for each, its points as they were last said."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []
        self.points: dict[tuple[str, tuple[tuple[str, object], ...]], float] = {}

    def export(self, metrics_data: MetricsData, timeout_millis: float = 10_000, **_: object) -> MetricExportResult:
        for resource in metrics_data.resource_metrics:
            for scope in resource.scope_metrics:
                for metric in scope.metrics:
                    self.names.append(metric.name)
                    for point in metric.data.data_points:
                        key = (metric.name, tuple(sorted((point.attributes or {}).items())))
                        self.points[key] = point.value if isinstance(point, NumberDataPoint) else point.count
        return MetricExportResult.SUCCESS

    def value(self, name: str, **said: object) -> float | None:
        """The last value of a metric's point, or how many it has counted; `said` has `_` for the dots of a name."""
        wanted = {key.replace("_", ".", 1): value for key, value in said.items()}
        return self.points.get((name, tuple(sorted(wanted.items()))))

    def shutdown(self, timeout_millis: float = 30_000, **_: object) -> None:
        """Nothing waits here."""

    def force_flush(self, timeout_millis: float = 10_000) -> bool:
        return True


@dataclass(frozen=True)
class Heard:
    """A telemetry whose every word is kept."""

    telemetry: Telemetry
    sink: OtlpSink
    spans: Spans
    metrics: Metrics

    def named(self, name: str) -> list[ReadableSpan]:
        """The spans of that name that have left by now, in the order in which they ended."""
        self.sink.flush()
        return [span for span in self.spans.all if span.name == name]


@contextmanager
def hearing(*routes: str) -> Iterator[Heard]:
    """A telemetry for one test."""
    spans, metrics, words = Spans(), Metrics(), Words(frozenset(routes))
    sink = OtlpSink(resource_of("work"), (spans, metrics), words)
    yield Heard(Telemetry(sink, words), sink, spans, metrics)
    sink.close()


@dataclass
class Collector:
    """An OTLP collector as a test needs it: it keeps every request, path and body."""

    address: str = ""
    requests: list[tuple[str, bytes]] = field(default_factory=list)

    def heard(self, signal: str) -> bytes:
        """All that came for `traces` or `metrics`."""
        return b"".join(body for path, body in self.requests if path == f"/v1/{signal}")


@contextmanager
def collecting() -> Iterator[Collector]:
    """A collector on the loopback."""
    collector = Collector()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:  # the standard library calls it by this name
            body = self.rfile.read(int(self.headers["Content-Length"]))
            collector.requests.append((self.path, body + repr(self.headers.items()).encode()))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    collector.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield collector
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)
