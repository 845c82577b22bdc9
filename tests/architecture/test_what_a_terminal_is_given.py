"""Does every command write JSON by `one_line.in_json`, which lets nothing through that a terminal would obey?"""

import ast
from collections.abc import Iterator

import pytest

from tests.support.source_tree import Finding, Source, imported_names, listing, planted, sources

THE_ONE = "hub/commands/one_line.py"
WRITERS = frozenset({"json.dumps", "json.dump", "json.JSONEncoder"})


def _prints(path: str) -> bool:
    return path == "hub/cli.py" or (path.startswith("hub/commands/") and path != THE_ONE)


def writes_for_itself(source: Source) -> Iterator[Finding]:
    """Each place that writes JSON by the library."""
    names = imported_names(source)
    for node in ast.walk(source.tree):
        match node:
            case ast.Attribute(value=ast.Name(id=module), attr=name):
                written = f"{names.get(module, module)}.{name}"
            case ast.Name(id=name):
                written = names.get(name, name)
            case _:
                continue
        if written in WRITERS:
            yield source.finding(node, f"{written}: print by hub.commands.one_line.in_json")


def test_every_command_writes_json_in_one_way() -> None:
    rooms = [source for source in sources("hub") if _prints(source.path)]
    assert {"hub/cli.py", "hub/commands/feeds.py"} <= {source.path for source in rooms}
    findings = [finding for source in rooms for finding in writes_for_itself(source)]
    assert not findings, listing(findings)


@pytest.mark.parametrize(
    "text",
    [
        "import json\nprint(json.dumps(x))",
        "import json as j\nprint(j.dumps(x))",
        "from json import dumps\nprint(dumps(x))",
        "import json\njson.dump(x, out)",
    ],
)
def test_each_other_way_is_caught(text: str) -> None:
    assert list(writes_for_itself(planted(text, "hub/commands/planted.py")))


def test_reading_json_is_left_alone() -> None:
    assert not list(writes_for_itself(planted("import json\njson.loads(x)", "hub/commands/planted.py")))
