"""Does anything speak to the outside but the one gate, and under another name than ours?"""

import ast
from collections.abc import Iterable

import pytest

from hub.adapters.telemetry_words import CODES
from tests.support.source_tree import ROOMS, Finding, Source, imported_modules, listing, sources

GATE = ("hub/adapters/telemetry_gate.py", "hub/adapters/telemetry_otlp.py")
# What copies an error's words, or carries words from message to message.
COPIES = frozenset({"record_exception", "add_event", "set_baggage", "set_tracer_provider", "set_meter_provider"})
OUR_NAMES = frozenset({"NAME", "SCOPE"})  # constants that begin with safeguarding_hub.


def strangers(tree: Iterable[Source]) -> list[Finding]:
    """Imports of the telemetry library outside the gate."""
    found = ((source, node, module) for source in tree for node, module in imported_modules(source))
    return [
        source.finding(node, f"imports {module}")
        for source, node, module in found
        if module.partition(".")[0] == "opentelemetry" and source.path not in GATE
    ]


def copying(tree: Iterable[Source]) -> list[Finding]:
    """Calls that would copy what was said into a span, or speak for the whole process."""
    return [
        source.finding(node, f"calls {node.func.attr}")
        for source in tree
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in COPIES
    ]


def misnamed(tree: Iterable[Source]) -> list[Finding]:
    """Loggers and tracers that are not named `safeguarding_hub.<package>`."""
    return [
        source.finding(node, "a logger of another name")
        for source in tree
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call) and called(node) in {"getLogger", "get_tracer", "get_meter"}
        if not (node.args and is_ours(node.args[0]))
    ]


def called(node: ast.Call) -> str:
    """The last word of what is called."""
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def is_ours(name: ast.expr) -> bool:
    """Whether a logger's name is ours: written out, one of our constants, or begun with one."""
    match name:
        case ast.Constant(value=str(text)):
            return text.startswith("safeguarding_hub.")
        case ast.Name(id=constant):
            return constant in OUR_NAMES
        case ast.JoinedStr(values=[ast.FormattedValue(value=ast.Name(id=constant)), *_]):
            return constant in OUR_NAMES
        case _:
            return False


def test_only_the_gate_knows_the_telemetry_library() -> None:
    assert not strangers(sources(*ROOMS)), listing(strangers(sources(*ROOMS)))


def test_nothing_copies_the_words_of_an_error() -> None:
    assert not copying(sources(*ROOMS)), listing(copying(sources(*ROOMS)))


def test_every_logger_and_tracer_bears_our_name() -> None:
    assert not misnamed(sources(*ROOMS)), listing(misnamed(sources(*ROOMS)))


@pytest.mark.parametrize(
    ("line", "finds"),
    [
        ("from opentelemetry import trace", strangers),
        ("import opentelemetry.baggage", strangers),
        ("span.record_exception(error)", copying),
        ("trace.set_tracer_provider(p)", copying),
        ("import logging\nlogging.getLogger(__name__)", misnamed),
        ("import logging\nlogging.getLogger()", misnamed),
        ("import logging\nlogging.getLogger('hub')", misnamed),
    ],
)
def test_the_rules_have_teeth(line: str, finds: object) -> None:
    planted = [Source("hub/application/planted.py", line)]
    assert callable(finds)
    assert finds(planted)


def test_every_code_that_a_sender_can_be_told_is_among_the_words() -> None:
    kinds = {"NotReadable", "NotOfShape", "UnknownType", "NotGenuine", "NotForUs", "AgreementBroken", "Reason"}
    told = {
        call.args[0].value
        for source in sources("contracts", "hub/application", "hub/adapters")
        for call in ast.walk(source.tree)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in kinds and call.args
        if isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, str)
    }
    assert len(told) > 30
    assert not told - CODES
