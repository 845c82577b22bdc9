"""Which `traceparent` is continued, and which is none?"""

from dataclasses import replace

import pytest

from contracts import envelope
from contracts.trace_context import TRACE_HEADER, TraceContext, read_trace
from tests.support import exchange

GOOD = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"


def test_what_is_written_is_read_again() -> None:
    context = TraceContext(0x4BF92F3577B34DA6A3CE929D0E0E4736, 0x00F067AA0BA902B7)
    assert context.written() == GOOD
    assert read_trace(GOOD) == context


def test_the_sampled_flag_of_others_means_nothing() -> None:
    assert read_trace(GOOD[:-2] + "00") == read_trace(GOOD)


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "Robin Exemplar",
        GOOD.upper(),
        GOOD + "\n",
        " " + GOOD,
        GOOD + "-extra",
        "01" + GOOD[2:],
        "ff" + GOOD[2:],
        "00-" + "0" * 32 + "-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-" + "0" * 16 + "-01",
        GOOD.replace("4bf9", "４bf9"),
    ],
)
def test_what_is_not_of_the_form_is_no_trace(text: str | None) -> None:
    assert read_trace(text) is None


@pytest.mark.parametrize("number", ["9990001006".zfill(32), "9990001006" * 3 + "00", "a" * 9 + "b" * 8 + "1" * 15])
def test_a_records_number_is_no_trace(number: str) -> None:
    found = read_trace(f"00-{number}-00f067aa0ba902b7-01")
    assert found is None or "9990001006" not in f"{found.trace_id:032x}"


@pytest.mark.parametrize("trace", [GOOD, "nhs:9990000018", ""])
def test_a_trace_proves_nothing_and_a_bad_one_costs_nothing(trace: str) -> None:
    """It lies outside signature and seal; a concern about a child is not set aside for a broken tool at its sender."""
    reader, _ = exchange.reading_keys()
    key, attributes = exchange.signing_key(), exchange.attributes()
    sealed = envelope.seal(b"{}", attributes, key, reader.public_key())
    traced = replace(sealed, headers=(*sealed.headers, (TRACE_HEADER, trace)))
    found, signed = envelope.unseal(traced, attributes.topic, reader, {attributes.source: exchange.pinned(key)})
    assert (found, signed.body) == (attributes, b"{}")
    assert traced.may_travel() == (trace == GOOD)
