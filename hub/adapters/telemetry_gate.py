"""The second wall: whatever was said, nothing leaves this process that is not made of the allowed words.

The functions of telemetry.py cannot say anything else; this one holds when a library, or somebody in haste, goes round
them. What is held back is dropped whole and counted, since half a span would be a puzzle.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from opentelemetry.sdk.metrics.export import (
    Metric,
    MetricExporter,
    MetricExportResult,
    MetricsData,
    ResourceMetrics,
    ScopeMetrics,
)
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SpanExporter, SpanExportResult
from opentelemetry.sdk.util.instrumentation import InstrumentationScope

from hub.adapters.telemetry_words import MEASURES, RESOURCE, SCOPE, Doing, Measure, Words

Dropped = Callable[[int], None]


class GatedSpans(SpanExporter):
    """Passes on the spans that may leave."""

    def __init__(self, inner: SpanExporter, words: Words, dropped: Dropped) -> None:
        """Before `inner`."""
        self._inner = inner
        self._words = words
        self._dropped = dropped

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        """As the library asks it."""
        allowed = tuple(span for span in spans if self._allows(span))
        if len(allowed) < len(spans):
            self._dropped(len(spans) - len(allowed))
        return self._inner.export(allowed) if allowed else SpanExportResult.SUCCESS

    def shutdown(self) -> None:
        """As the library asks it."""
        self._inner.shutdown()

    def force_flush(self, timeout_millis: int = 30000) -> bool:
        """As the library asks it."""
        return self._inner.force_flush(timeout_millis)

    def _allows(self, span: ReadableSpan) -> bool:
        said = span.attributes or {}
        context = span.get_span_context()
        return (
            span.name in list(Doing)
            and _allows_resource(span.resource)
            and _is_ours(span.instrumentation_scope)
            and all(self._words.allows(name, value) for name, value in said.items())
            and not span.events
            and span.status.description is None
            and not any(link.attributes or link.context.trace_state for link in span.links)
            and (context is None or not context.trace_state)
            and (span.parent is None or not span.parent.trace_state)
        )


class GatedMetrics(MetricExporter):
    """Passes on the metrics that may leave."""

    def __init__(self, inner: MetricExporter, words: Words, dropped: Dropped) -> None:
        """Before `inner`."""
        super().__init__()
        self._inner = inner
        self._words = words
        self._dropped = dropped

    def export(self, metrics_data: MetricsData, timeout_millis: float = 10_000, **_: object) -> MetricExportResult:
        """As the library asks it."""
        kept = tuple(self._of_resource(each) for each in metrics_data.resource_metrics)
        return self._inner.export(replace(metrics_data, resource_metrics=kept), timeout_millis)

    def shutdown(self, timeout_millis: float = 30_000, **_: object) -> None:
        """As the library asks it."""
        self._inner.shutdown(timeout_millis)

    def force_flush(self, timeout_millis: float = 10_000) -> bool:
        """As the library asks it."""
        return self._inner.force_flush(timeout_millis)

    def _of_resource(self, each: ResourceMetrics) -> ResourceMetrics:
        wanted = each.scope_metrics if _allows_resource(each.resource) else ()
        return replace(each, scope_metrics=tuple(self._of_scope(scope) for scope in wanted if _is_ours(scope.scope)))

    def _of_scope(self, scope: ScopeMetrics) -> ScopeMetrics:
        allowed = tuple(metric for metric in scope.metrics if self._allows(metric))
        if len(allowed) < len(scope.metrics):
            self._dropped(len(scope.metrics) - len(allowed))
        return replace(scope, metrics=allowed)

    def _allows(self, metric: Metric) -> bool:
        return (
            metric.name in list(Measure)
            and (metric.unit or "", metric.description or "") == MEASURES[Measure(metric.name)]
            and all(
                self._words.allows(name, value)
                for point in metric.data.data_points
                for name, value in (point.attributes or {}).items()
            )
            and not any(point.exemplars for point in metric.data.data_points)
        )


def _is_ours(scope: InstrumentationScope | None) -> bool:
    return scope is not None and scope.name == SCOPE and not scope.version and not scope.attributes


def _allows_resource(resource: Resource) -> bool:
    said: Mapping[str, object] = resource.attributes
    return all(name in RESOURCE and RESOURCE[name].fullmatch(str(value)) for name, value in said.items())
