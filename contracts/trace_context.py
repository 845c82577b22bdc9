"""Which trace a message belongs to: the header `traceparent`, two random numbers (W3C Trace Context, s.3.2).

It lies outside the signature and proves nothing. No `tracestate` and no baggage: both could hold words.
"""

import re
from dataclasses import dataclass

TRACE_HEADER = "traceparent"
_SHAPE = re.compile(r"00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}")
_LETTERS_AT_LEAST = 2
_SAME_AT_MOST = 7


@dataclass(frozen=True, slots=True)
class TraceContext:
    """A trace and the span within it that wrote the header: random, above 0, below 2**128 and 2**64."""

    trace_id: int
    span_id: int

    def written(self) -> str:
        """The header's value. Always "sampled": whoever reads it decides for itself what it records."""
        return f"00-{self.trace_id:032x}-{self.span_id:016x}-01"


def read_trace(text: str | None) -> TraceContext | None:
    """What the header says; None when it says nothing, is not of its shape, or is a number that nobody drew at random.

    A record's number written as a trace id would travel in clear and come back in every trace: digits alone, or one
    character many times over, are therefore no trace id here. Of random ones, fewer than one in a hundred thousand is
    turned away.
    """
    found = _SHAPE.fullmatch(text or "")
    if found is None or not _looks_random(found[1]):
        return None
    trace_id, span_id = int(found[1], 16), int(found[2], 16)
    return TraceContext(trace_id, span_id) if span_id else None


def _looks_random(digits: str) -> bool:
    letters = sum(digit in "abcdef" for digit in digits)
    return letters >= _LETTERS_AT_LEAST and not re.search(rf"(.)\1{{{_SAME_AT_MOST}}}", digits)
