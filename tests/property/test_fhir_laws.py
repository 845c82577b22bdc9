"""Whatever the bytes, does reading FHIR never raise, always balance, and always say the same?"""

import json
from copy import deepcopy
from functools import cache
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from agencies.agency import Outcome, Result
from agencies.health import AGENCY
from contracts.catalogue import parse_report_type
from contracts.strict_json import Json
from tests.support.fhir import REPO, SAMPLES, Body, alert, bundle, bytes_of, message, patient, visit

ODD: tuple[Json, ...] = (
    None,
    True,
    0,
    1.5,
    "",
    "x",
    "#",
    "2020-02",
    "9999-99-99",
    "2026-10-02T18:25:00Z",
    "Patient/robin",
    "entered-in-error",
    [],
    {},
    [None],
    [{}],
    {"reference": "#"},
    {"resourceType": "Patient"},
    {"resourceType": "Nonesuch"},
    {"extension": [{"url": "u", "valueString": "x"}]},
)
NAMES = ("resourceType", "modifierExtension", "contained", "text", "status", "subject", "_id", "extension", "class")


@cache
def whole_messages() -> tuple[bytes, ...]:
    own = (bundle(patient(), visit(), alert(), message()), visit(subject={"reference": "Patient/robin"}))
    invented = [
        *REPO.glob("agencies/health/samples/made-up-*"),
        *REPO.glob("agencies/gp/samples/made-up-*"),
        *REPO.glob("agencies/health_visiting/samples/made-up-*"),
    ]
    shared = [*(SAMPLES / "health").glob("*.xml"), *(SAMPLES / "health").glob("hl7-r4-cc0/*.json")]
    return (*map(bytes_of, own), *(Path(path).read_bytes() for path in sorted([*invented, *shared])))


def is_sound(found: tuple[Outcome, ...]) -> bool:
    return bool(found) and all(
        bool(outcome.facts) == (outcome.result is Result.ACCEPTED)
        and bool(outcome.reason) == (outcome.result is not Result.ACCEPTED)
        for outcome in found
    )


def check(raw: bytes) -> None:
    found = AGENCY.translate(raw, "one.json")
    assert is_sound(found)
    assert found == AGENCY.translate(raw, "another.json")
    for outcome in found:
        for fact in outcome.facts:
            kind, version = parse_report_type(fact.type)
            assert kind.from_bytes(fact.report.to_bytes(), version) == fact.report


def places(value: Json, at: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    keys = list(value) if isinstance(value, dict) else list(range(len(value))) if isinstance(value, list) else []
    return [at, *(place for key in keys for place in places(_inside(value, key), (*at, key)))]


def _inside(value: Json, key: str | int) -> Json:
    if isinstance(value, dict) and isinstance(key, str):
        return value[key]
    assert isinstance(value, list)
    assert isinstance(key, int)
    return value[key]


def _put(value: Json, key: str | int, new: Json) -> None:
    if isinstance(value, dict):
        value[str(key)] = new
    if isinstance(value, list):
        value[int(key)] = new


def changed(whole: Json, at: tuple[str | int, ...], new: Json) -> Json:
    copy = deepcopy(whole)
    target = copy
    for key in at[:-1]:
        target = _inside(target, key)
    _put(target, at[-1], new)
    return copy


@settings(deadline=None)
@given(raw=some.binary(max_size=400))
def test_random_bytes_never_raise(raw: bytes) -> None:
    check(raw)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=some.data())
def test_a_message_with_bytes_changed_never_raises(data: some.DataObject) -> None:
    raw = bytearray(data.draw(some.sampled_from(whole_messages())))
    for _ in range(data.draw(some.integers(1, 3))):
        start = data.draw(some.integers(0, len(raw) - 1))
        raw[start : start + data.draw(some.integers(0, 30))] = data.draw(some.binary(max_size=8)) or b"x"
    check(bytes(raw))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=some.data())
def test_a_message_with_a_part_replaced_never_raises(data: some.DataObject) -> None:
    texts = [raw for raw in whole_messages() if raw.startswith(b"{")]
    whole: Json = json.loads(data.draw(some.sampled_from(texts)))
    at = data.draw(some.sampled_from(places(whole)[1:]))
    whole = changed(whole, at, data.draw(some.sampled_from(ODD)))
    check(bytes_of(whole))


@settings(deadline=None)
@given(name=some.sampled_from(NAMES), value=some.sampled_from(ODD))
def test_a_message_with_a_part_added_never_raises(name: str, value: Json) -> None:
    for body in (patient(), visit(), alert(), message()):
        added: Body = body | {name: value}
        check(bytes_of(bundle(patient(id="other"), added)))


@settings(deadline=None)
@given(order=some.permutations(range(4)))
def test_the_order_of_the_entries_changes_no_fact(order: list[int]) -> None:
    bodies = (patient(), visit(subject={"reference": "Patient/robin"}), alert(), message())
    facts = {
        fact.event_id: fact.report.to_bytes()
        for outcome in AGENCY.translate(bytes_of(bundle(*(bodies[place] for place in order))), "m.json")
        for fact in outcome.facts
    }
    straight = {
        fact.event_id: fact.report.to_bytes()
        for outcome in AGENCY.translate(bytes_of(bundle(*bodies)), "m.json")
        for fact in outcome.facts
    }
    assert facts == straight
