"""Is JSON that two readers could take in two ways refused, with a code and without a word of what it held?

Rows 1-17 of the bad-input corpus: files under `tests/corpus/json`, and literals where a file would be large.
"""

import json
import time
from pathlib import Path

import pytest

from contracts import strict_json
from contracts.errors import ContractError, NotReadable
from contracts.events.shared import InvolvementStated
from contracts.hidden_characters import has_hidden_characters

CORPUS = Path(__file__).resolve().parents[1] / "corpus" / "json"
EXPECTED: dict[str, str] = json.loads((CORPUS / "expected.json").read_text(encoding="utf-8"))
MEGABYTE = 1024 * 1024
SECRETS = ("Jane", "Smith", "Refuge", "9990000018", "__proto__", "constructor", "evil")


def code_of(raw: bytes) -> str:
    """The code with which the bytes are refused; empty when they are read."""
    try:
        strict_json.read(raw)
    except NotReadable as refused:
        return refused.code
    return ""


def fact_code_of(raw: bytes) -> str:
    """As `code_of`, read as a fact; a refusal may repeat nothing of what was sent."""
    try:
        InvolvementStated.from_bytes(raw, 1)
    except ContractError as refused:
        told = f"{refused} {refused.where} {refused!r}"
        return "leak" if any(secret in told for secret in SECRETS) else refused.code
    return ""


def test_every_file_of_the_corpus_has_its_outcome() -> None:
    assert {path.name for path in CORPUS.glob("*.bin")} == set(EXPECTED)


@pytest.mark.parametrize("name", [name for name in EXPECTED if name < "012"])
def test_corpus_of_bytes(name: str) -> None:
    raw = (CORPUS / name).read_bytes()
    assert code_of(raw) == EXPECTED[name]
    assert fact_code_of(raw) in ({EXPECTED[name]} if EXPECTED[name] else {"object", "schema"})


@pytest.mark.parametrize("name", [name for name in EXPECTED if name >= "012"])
def test_corpus_of_reports(name: str) -> None:
    raw = (CORPUS / name).read_bytes()
    assert code_of(raw) == ""
    assert fact_code_of(raw) == EXPECTED[name]


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"1" * 5000, "number"),
        (b"-" + b"9" * 5000, "number"),
        (b"0." + b"1" * 5000, "number"),
        (b"[" * 100_000, "too_deep"),
        (b'{"a":' * 100_000, "too_deep"),
        (b'"' + b"x" * strict_json.MAX_STRING_LENGTH + b'"', ""),
        (b'"' + b"x" * (strict_json.MAX_STRING_LENGTH + 1) + b'"', "string"),
        (b"[" + b"0," * 9_998 + b"0]", ""),
        (b"[" + b"0," * 9_999 + b"0]", "too_many"),
        (b'"' + b"x" * MEGABYTE + b'"', "too_big"),
        (b" " * MEGABYTE, "empty"),
    ],
)
def test_limits(raw: bytes, code: str) -> None:
    assert code_of(raw) == code


@pytest.mark.parametrize(
    "raw",
    [
        b"[]" * 40 + b'"' + b'\\"' * 500_000,
        b"[]" * 40 + b'"' + b"\\" * 1_000_000,
        b"[]" * 40 + b'"' * 1_000_000,
        b"[]" * 40 + b'"a' * 500_000,
    ],
    ids=["never-ending", "backslashes", "quotes", "short-strings"],
)
def test_no_input_makes_the_depth_scan_slow(raw: bytes) -> None:
    """A scan that starts again from each quote needs minutes for these; this one, milliseconds."""
    started = time.process_time()
    assert code_of(raw) == "not_json"
    assert time.process_time() - started < 2


def test_what_is_read_is_what_was_written() -> None:
    raw = '{"a":[1,2.5,-0.0,true,null,"Zoë 🙂"],"b":{"c":""}}'.encode()
    value = strict_json.read(raw)
    assert isinstance(value, dict)
    assert strict_json.write(value) == raw


def test_writing_sorts_keys_and_leaves_no_space() -> None:
    assert strict_json.write({"b": 1, "a": [True, None]}) == b'{"a":[true,null],"b":1}'


@pytest.mark.parametrize(
    ("value", "code"),
    [("a\x00b", "string"), ("\ud800", "string"), (float("nan"), "number"), (float("inf"), "number")],
)
def test_nothing_is_written_that_would_be_refused(value: str | float, code: str) -> None:
    with pytest.raises(NotReadable) as refused:
        strict_json.write({"value": value})
    assert refused.value.code == code


def test_text_that_only_looks_like_nul_is_written() -> None:
    raw = strict_json.write({"value": "\\u0000"})
    assert strict_json.read(raw) == {"value": "\\u0000"}


@pytest.mark.parametrize("name", ["016_direction_override.bin", "016_zero_width.bin"])
def test_a_name_with_hidden_characters_is_kept_and_flagged(name: str) -> None:
    report = InvolvementStated.from_bytes((CORPUS / name).read_bytes(), 1)
    assert any(has_hidden_characters(given) for person in report.people for given in map(_given, person.names))


@pytest.mark.parametrize(
    "text", ["\u2066x", "\u200fx", "x\u00ad", "\ufeffx", "\U000e0041", "\ufffe", "\x1b[1m", "\u3164"]
)
def test_hidden_characters_are_seen(text: str) -> None:
    assert has_hidden_characters(text)


@pytest.mark.parametrize("text", ["Zoë", "Siân O’Neil", "👨‍👩‍👧", "two\nlines", "Łukasz", "محمد", "Z" + "\u0301" * 150])
def test_ordinary_text_hides_nothing(text: str) -> None:
    assert not has_hidden_characters(text)


def _given(name: object) -> str:
    return str(getattr(name, "given", ""))
