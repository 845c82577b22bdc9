"""Is every command, setting, file, link and target that a document names one that there is, and is none left out?"""

import argparse
import re
from collections.abc import Callable, Iterator, Mapping
from fnmatch import fnmatch
from functools import cache
from posixpath import basename, dirname, join, normpath

import pytest

from audit import __main__
from hub.cli import commands_parser
from hub.settings import Settings, read_settings
from hub.settings_kafka import KafkaSettings
from tests.support import compose
from tests.support.documents import Document
from tests.support.source_tree import ROOT, Finding, all_sources, listed_files, listing

SETTING = re.compile(r"\b(?:HUB|KAFKA)_[A-Z0-9_]*[A-Z0-9]\b")
BROKER = {"HUB_KAFKA": "127.0.0.1:9092", "HUB_KAFKA_USER": "hub", "HUB_KAFKA_PASSWORD_FILE": "/secret"}
WORD = re.compile(r"[a-z][a-z-]*")
# What documents name of others: an issuer's addresses, a server's folder, Compose's option.
OF_OTHERS = frozenset({"/certs", "/token", "/var/lib/postgresql", "--profile three-brokers"})
Parser = argparse.ArgumentParser
Checker = Callable[[Document], Iterator[Finding]]


class Asked(Mapping[str, str]):
    """An environment that remembers what was asked of it; there is a broker, so that nothing of it goes unasked."""

    def __init__(self) -> None:
        """Nobody asked yet."""
        self.names: set[str] = set()

    def __getitem__(self, name: str) -> str:
        self.names.add(name)
        return BROKER[name]

    def __iter__(self) -> Iterator[str]:
        return iter(BROKER)

    def __len__(self) -> int:
        return len(BROKER)


@cache
def settings() -> frozenset[str]:
    """The settings that the product reads."""
    asked = Asked()
    read_settings(asked)
    return frozenset(asked.names)


@cache
def other_settings() -> frozenset[str]:
    """Those of compose.yaml and of the tests."""
    of_tests = (SETTING.findall(one.text) for one in all_sources() if one.path.startswith("tests/support/"))
    of_compose = compose.variables(compose.FILE.read_text(encoding="utf-8"))
    return of_compose | {name for found in of_tests for name in found if name.startswith("HUB_TEST_")}


def read(path: str) -> Document:
    """The document that lies there."""
    return Document(path, (ROOT / path).read_text(encoding="utf-8"))


@cache
def places() -> frozenset[str]:
    """Every file of the tree, and every folder that holds one."""
    found = set(listed_files())
    for name in listed_files():
        while name := dirname(name):
            found.add(name)
    return frozenset(found)


@cache
def programs() -> Mapping[str, Parser]:
    """By what the words of each program of ours are read."""
    return {"hub": commands_parser(), "python -m audit": __main__.commands_parser()}


def below(parser: Parser) -> dict[str, Parser]:
    """The commands under a command, by name."""
    found = (one.choices for one in parser._actions if isinstance(one, argparse._SubParsersAction))
    return {name: each for one in found for name, each in one.items()}


def options(*parsers: Parser) -> frozenset[str]:
    """The options of the commands and of all under them."""
    own = {name for one in parsers for name in one._option_string_actions}
    return frozenset(own).union(*(options(each) for one in parsers for each in below(one).values()))


def wrong_words(words: str, parser: Parser) -> Iterator[str]:
    """Words behind a program's name that it does not take: one in capitals stands for what somebody puts there."""
    standing = [parser]
    for word in words.replace("[", " ").replace("]", " ").split():
        given = word.rstrip(",…)").split("|")
        if word.startswith("--"):
            yield from (name for name in given if name.partition("=")[0] not in options(*standing))
            continue
        under = {name: each for one in standing for name, each in below(one).items()}
        if under and WORD.fullmatch(given[0]):
            yield from (name for name in given if name not in under)
            standing = [under[name] for name in given if name in under] or standing


def no_commands(document: Document) -> Iterator[Finding]:
    """Commands, subcommands and options that are not taken."""
    for program, parser in programs().items():
        for said in document.commands(program):
            for wrong in wrong_words(said.words, parser):
                yield Finding(document.path, said.line, f"`{program} {said.words}`: there is no {wrong}")


def no_options(document: Document) -> Iterator[Finding]:
    """Options that stand alone, and that no command takes."""
    known = options(*programs().values())
    for said in document.spans:
        word = said.words.partition(" ")[0]
        if word.startswith("--") and word not in known and said.words not in OF_OTHERS:
            yield Finding(document.path, said.line, f"there is no {word}")


@cache
def pages() -> frozenset[str]:
    """The addresses that the pages and the processes answer; those that end with a stroke have more under them."""
    written = (re.findall(r'"(/[a-z/-]*)', one.text) for one in all_sources() if one.path.startswith("hub/"))
    return frozenset(address for found in written for address in found)


def no_pages(document: Document) -> Iterator[Finding]:
    """Addresses of pages that nothing answers."""
    for said in document.spans:
        if re.fullmatch(r"(/[a-z0-9-]+)+/?", said.words) and said.words not in OF_OTHERS:
            whole = said.words in pages() or any(
                one.startswith(f"{said.words}/") or (one.endswith("/") and one != "/" and said.words.startswith(one))
                for one in pages()
            )
            if not whole:
                yield Finding(document.path, said.line, f"no page is at {said.words}")


def no_settings(document: Document) -> Iterator[Finding]:
    """Settings that nothing reads."""
    for number, line in enumerate(document.text.splitlines(), 1):
        for name in SETTING.findall(line):
            if name not in settings() | other_settings():
                yield Finding(document.path, number, f"{name} is no setting")


def no_places(document: Document) -> Iterator[Finding]:
    """Links that lead nowhere, to a file or to a heading in one."""
    for said in document.links:
        target, _, anchor = said.words.partition("#")
        place = normpath(join(dirname(document.path), target))
        if re.match(r"[a-z]+:", target):
            continue
        if target and place not in places():
            yield Finding(document.path, said.line, f"{said.words} leads nowhere")
        elif anchor and anchor not in (read(place) if target else document).anchors:
            yield Finding(document.path, said.line, f"no heading for {said.words}")


def no_files(document: Document) -> Iterator[Finding]:
    """Paths of the tree, and names of modules and tests, that are not there."""
    top, names = {name.partition("/")[0] for name in places()}, {basename(name) for name in places()}
    for said in document.spans:
        path, _, test = said.words.rstrip("/").partition("::")
        if not re.fullmatch(r"[\w.*-]+(/[\w.*-]+)*", path):
            continue
        if "/" in path and path.partition("/")[0] in top:
            if path not in places() and not any(fnmatch(one, path) for one in places()):
                yield Finding(document.path, said.line, f"{path} is not there")
            elif test and f"def {test}(" not in (ROOT / path).read_text(encoding="utf-8"):
                yield Finding(document.path, said.line, f"no test {test} in {path}")
        elif re.fullmatch(r"\w+\.(py|cedar|md)|requirements[\w-]*\.(lock|in)", path) and path not in names:
            yield Finding(document.path, said.line, f"no file is called {path}")


@cache
def targets() -> frozenset[str]:
    """What can be made."""
    return frozenset(re.findall(r"(?m)^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8")))


def no_targets(document: Document) -> Iterator[Finding]:
    """What `make` cannot make."""
    for said in document.commands("make"):
        for word in said.words.split():
            if WORD.fullmatch(word) and word not in targets():
                yield Finding(document.path, said.line, f"`make {word}` makes nothing")


CHECKERS: tuple[Checker, ...] = (no_commands, no_options, no_settings, no_places, no_files, no_targets, no_pages)


@cache
def documents() -> tuple[Document, ...]:
    """Every document, the list of changes too."""
    return tuple(read(name) for name in listed_files() if name.endswith(".md"))


@pytest.mark.parametrize("checker", CHECKERS, ids=lambda checker: checker.__name__)
def test_documents_name_only_what_is_there(checker: Checker) -> None:
    findings = [finding for document in documents() for finding in checker(document)]
    assert not findings, listing(findings)


def test_every_setting_is_in_the_documents_and_in_the_words_of_the_settings() -> None:
    said = " ".join(one.text for one in documents() if one.path == "README.md" or dirname(one.path) == "docs")
    assert settings() == set(SETTING.findall(f"{Settings.__doc__} {KafkaSettings.__doc__}"))
    assert settings() - set(SETTING.findall(said)) == set()


def test_every_command_is_in_the_documents() -> None:
    named = {said.words.split()[0] for one in documents() for said in one.commands("hub") if said.words}
    assert set(below(programs()["hub"])) - named == set()


@pytest.mark.parametrize(
    ("checker", "text", "lines"),
    [
        (no_commands, "`hub audit verify --json`, `hub chronology CHILD [--as-known-on DATE]`, `hub serve`", []),
        (no_commands, "`hub audit verifies`", [1]),
        (no_commands, "| `hub audit verify [--jsonn]` | `hub quarantine list\\|shown` |", [1, 1]),
        (no_commands, "```sh\nhub serve   # hub nothing\nHUB_PORT=1 hub serv && hub wrk > out\n```\n", [3, 3]),
        (no_commands, "```\nhub serv\n```\n`docker compose exec work /opt/hub/bin/hub keyz`", [4]),
        (no_commands, "`python -m audit verify log --policies policy.txt`", [1]),
        (no_options, "`--json`, `--profile three-brokers`\n`--jsonn`", [2]),
        (no_pages, "`/told`, `/log/2026/`, `/audit`, `/certs`\n`/tolds`, `/audit/looked`", [2, 2]),
        (no_settings, "HUB_HOME, HUB_SECRETS, KAFKA_COPIES\nand HUB_HOMES", [2]),
        (no_places, "[a](README.md#use-it), [b](docs/), [c](https://example.org/x), `[d](nowhere)`", []),
        (no_places, "[a](README.md#use)\n[b](doc/)\n[c](#here)\n# There\n[d](#there)", [1, 2, 3]),
        (
            no_files,
            "`hub/cli.py`, `hub/policies/*.cedar`, `test_sizes.py`, `log/checkpoint`, `contracts/events/<owner>.py`",
            [],
        ),
        (
            no_files,
            "`hub/cly.py`\n`hub/*.none`\n`test_size.py`\n`tests/architecture/test_sizes.py::test_none`",
            [1, 2, 3, 4],
        ),
        (no_targets, "`make`, `make lock UPGRADE=--upgrade`\n```sh\nmake demos   # again\n```", [3]),
    ],
)
def test_what_is_not_there_would_be_found(checker: Checker, text: str, lines: list[int]) -> None:
    assert [finding.line for finding in checker(Document("planted.md", text))] == lines
