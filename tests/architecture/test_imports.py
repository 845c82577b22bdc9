"""Do imports point down only? import-linter's contracts hold, and each has teeth; three more rules are read by AST."""

import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.support.source_tree import ROOT, Finding, Source, imported_modules, listing, planted, sources

_LINT = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"

# The smallest house that every contract can be judged on.
HOUSE = (
    *("contracts/vocabulary", "contracts/report", "audit/merkle", "consent/decide", "consent/rules/section_47"),
    *("consent/rules/vital_interests", "agencies/agency", "agencies/edge", "agencies/registry", "agencies/formats/sui"),
    *(
        "agencies/police/translate",
        "agencies/health/translate",
        "hub/cli",
        "hub/wiring",
        "hub/settings",
        "hub/settings_kafka",
        "hub/settings_shapes",
        "hub/web/app",
    ),
    *("hub/adapters/event_store", "hub/adapters/bus_kafka", "hub/application/receive_report", "hub/views/children"),
    "hub/domain/access",
)


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """import-linter run on the house in a folder."""
    return subprocess.run([sys.executable, "-c", _LINT], cwd=folder, capture_output=True, text=True, check=False)


def build(folder: Path, lines: Mapping[str, str]) -> None:
    """A house in a folder, under the tree's own import contracts, with these lines in these modules."""
    (folder / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text(encoding="utf-8"), encoding="utf-8")
    for module in {*HOUSE, *lines}:
        path = folder / f"{module}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        for parent in path.relative_to(folder).parents[:-1]:
            (folder / parent / "__init__.py").touch()
        path.write_text(lines.get(module, ""), encoding="utf-8")


def contract(name: str) -> str:
    """The title of the contract with this id, as import-linter prints it."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    found = re.search(rf'^id = "{name}"\nname = "(.+)"$', text, re.MULTILINE)
    assert found is not None, f"pyproject.toml has no import contract {name}"
    return found[1]


def test_the_import_contracts_hold() -> None:
    answer = lint(ROOT)
    assert answer.returncode == 0, answer.stdout + answer.stderr


def test_what_the_design_draws_is_allowed(tmp_path: Path) -> None:
    build(
        tmp_path,
        {
            "consent/decide": "from contracts.vocabulary import x\nfrom consent.rules import section_47",
            "agencies/police/translate": "from agencies.formats import sui\nfrom agencies.agency import x",
            "agencies/registry": "from agencies import health, police",
            "agencies/edge": "from agencies import registry\nfrom contracts import report",
            "hub/cli": "from hub import wiring, settings",
            "hub/wiring": "from hub import web, adapters, settings\nfrom hub.web import app\nimport audit.merkle",
            "hub/web/app": "import fastapi, jinja2\nfrom starlette import responses\nfrom hub.application import x",
            "hub/adapters/event_store": "import eventsourcing.persistence, sqlite3, logging\nimport hub.domain.access",
            "hub/adapters/bus_kafka": "import aiokafka, asyncio",
            "hub/application/receive_report": "from hub.views import children\nfrom hub.domain import access",
        },
    )
    answer = lint(tmp_path)
    assert answer.returncode == 0, answer.stdout + answer.stderr


@pytest.mark.slow
@pytest.mark.parametrize(
    ("broken", "module", "line"),
    [
        ("floors", "contracts/report", "import agencies.agency"),
        ("floors", "contracts/report", "import audit.merkle"),
        ("floors", "consent/decide", "import agencies.agency"),
        ("floors", "agencies/agency", "import hub.domain.access"),
        ("hub-layers", "hub/domain/access", "import hub.views.children"),
        ("hub-layers", "hub/application/receive_report", "import hub.adapters.event_store"),
        ("hub-layers", "hub/web/app", "import hub.adapters.event_store"),
        ("hub-layers", "hub/application/receive_report", "import hub.settings"),
        ("hub-layers", "hub/nowhere", ""),
        ("consent-door", "consent/rules/section_47", "from contracts import report"),
        ("agencies-floor", "agencies/police/translate", "import audit.merkle"),
        ("agencies-apart", "agencies/police/translate", "from agencies.health import translate"),
        ("agencies-apart", "agencies/police/translate", "import agencies.registry"),
        ("rules-apart", "consent/rules/section_47", "from consent.rules import vital_interests"),
        ("pure", "contracts/report", "import logging"),
        ("pure", "agencies/police/translate", "import sqlite3"),
        ("pure", "hub/domain/access", "from time import monotonic"),
        ("audit-alone", "audit/merkle", "import contracts.report"),
        ("store-in-one-place", "hub/application/receive_report", "import eventsourcing.persistence"),
        ("store-in-one-place", "hub/views/children", "import sqlite3"),
        ("kafka-in-one-place", "hub/adapters/event_store", "import aiokafka"),
        ("kafka-in-one-place", "hub/adapters/event_store", "import confluent_kafka"),
        ("web-in-one-place", "hub/application/receive_report", "import fastapi"),
        ("web-in-one-place", "hub/adapters/event_store", "from jinja2 import Environment"),
        ("no-keys-above", "hub/domain/access", "from cryptography.fernet import Fernet"),
    ],
)
def test_each_contract_catches_what_it_is_there_for(tmp_path: Path, broken: str, module: str, line: str) -> None:
    build(tmp_path, {module: line})
    answer = lint(tmp_path)
    assert answer.returncode == 1, answer.stdout + answer.stderr
    assert f"{contract(broken)} BROKEN" in " ".join(answer.stdout.split())


def strangers_in_audit(source: Source) -> Iterator[Finding]:
    """Imports of the sealed log that are neither the standard library, nor `cryptography`, nor its own."""
    for statement, module in imported_modules(source):
        top = module.split(".", maxsplit=1)[0]
        if top not in sys.stdlib_module_names | {"cryptography", "audit"}:
            yield source.finding(statement, f"imports {module}: audit needs cryptography alone")


def other_doors_into_contracts(source: Source) -> Iterator[Finding]:
    """Imports of `contracts` in the law that are not its vocabulary."""
    for statement, module in imported_modules(source):
        parts = module.split(".")
        if parts[0] == "contracts" and parts[1:2] != ["vocabulary"]:
            yield source.finding(statement, f"imports {module}: consent knows contracts.vocabulary alone")


def ways_round_the_names(source: Source) -> Iterator[Finding]:
    """Relative imports and imports by string, which no contract above would see."""
    for number, line in enumerate(source.text.splitlines(), start=1):
        if re.match(r"\s*from \.", line) or re.search(r"\b(import_module|__import__)\(", line):
            yield Finding(source.path, number, "imports are absolute and by name (conventions.md 9)")


def test_the_verifier_needs_cryptography_alone() -> None:
    findings = [finding for source in sources("audit") for finding in strangers_in_audit(source)]
    assert not findings, listing(findings)


def test_the_law_enters_contracts_by_its_vocabulary() -> None:
    findings = [finding for source in sources("consent") for finding in other_doors_into_contracts(source)]
    assert not findings, listing(findings)


def test_nothing_is_imported_round_the_contracts() -> None:
    rooms = sources("agencies", "audit", "consent", "contracts", "hub")
    findings = [finding for source in rooms for finding in ways_round_the_names(source)]
    assert not findings, listing(findings)


@pytest.mark.parametrize("line", ["import pydantic", "from contracts import report", "import yaml.nodes"])
def test_a_stranger_in_audit_is_caught(line: str) -> None:
    assert list(strangers_in_audit(planted(line, "audit/x.py")))


def test_cryptography_in_audit_is_left_alone() -> None:
    assert not list(strangers_in_audit(planted("import hashlib\nfrom cryptography.x import y\nfrom audit import z")))


@pytest.mark.parametrize("line", ["import contracts", "from contracts import event", "from contracts.report import x"])
def test_another_door_into_contracts_is_caught(line: str) -> None:
    assert list(other_doors_into_contracts(planted(line)))


def test_the_vocabulary_is_left_alone() -> None:
    assert not list(
        other_doors_into_contracts(planted("from contracts.vocabulary import x\nfrom contracts import vocabulary"))
    )


@pytest.mark.parametrize(
    "line", ["from . import x", "    from .x import y", "import_module('hub')", "__import__('hub')"]
)
def test_a_way_round_is_caught(line: str) -> None:
    assert list(ways_round_the_names(planted(f"if True:\n    pass\n{line}")))
