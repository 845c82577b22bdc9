"""Are the words from the field, the folders plain, and the five top names ours alone?"""

import ast
import re
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from importlib.util import find_spec
from pathlib import PurePosixPath

import pytest

from tests.support.source_tree import ROOMS, ROOT, Finding, Source, all_sources, listed_files, listing, planted, sources

BANNED = frozenset({"manager", "service", "util", "helper", "data"})
# Here the word is the field's own: a service given to a family (Children Act 1989 s.17), the key that encrypts data.
FIELD_SENSE = frozenset(
    {
        "ServiceAgreement",
        "ServicesRecord",
        "ServicesReferral",
        "section_17_service",
        "service_declined",
        "services",
        "DataKey",
    }
)
TOP_LEVEL = frozenset({*ROOMS, "tests", "docs", "bench", ".ci"})
TOP_FILES = frozenset(
    {
        *("pyproject.toml", "compose.yaml", "README.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "Makefile"),
        *(".gitignore", ".gitattributes", ".editorconfig", ".dockerignore"),
    }
)
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_ONE_SENTENCE = re.compile(r"[^\n]*[^.\n]\.\Z")
_SENTENCE_END = re.compile(r"\. +[A-Z]")


def words(name: str) -> frozenset[str]:
    """The words in a name, lower case, plurals made single."""
    found = (word.lower() for word in _WORD.findall(name))
    return frozenset(word.removesuffix("s") if word.removesuffix("s") in BANNED else word for word in found)


def empty_words(source: Source) -> Iterator[Finding]:
    """Module and class names that hold a word that says nothing."""
    if source.stem not in FIELD_SENSE and (banned := words(source.stem) & BANNED):
        yield Finding(source.path, 1, f"module named {source.stem}: {', '.join(banned)} says nothing")
    for node in ast.walk(source.tree):
        if not isinstance(node, ast.ClassDef) or node.name in FIELD_SENSE:
            continue
        if banned := words(node.name) & BANNED:
            yield source.finding(node, f"class {node.name}: {', '.join(banned)} says nothing")


def is_agency(path: str) -> bool:
    """Whether the file is a partner folder's own `__init__`, where its AGENCY constant stands."""
    return PurePosixPath(path).match("agencies/*/__init__.py")


def crowded_folder(source: Source) -> Iterator[Finding]:
    """What a folder's `__init__` holds besides its one sentence."""
    sentence = ast.get_docstring(source.tree) or ""
    if not _ONE_SENTENCE.match(sentence) or _SENTENCE_END.search(sentence):
        yield Finding(source.path, 1, "the folder's docstring must be one sentence on one line")
    if not is_agency(source.path):
        for node in source.tree.body[1:]:
            yield source.finding(node, "a folder's __init__ holds its sentence and nothing else")


def test_modules_and_classes_are_named_in_the_fields_words() -> None:
    findings = [finding for source in all_sources() for finding in empty_words(source)]
    assert not findings, listing(findings)


@pytest.mark.parametrize("name", ["ReportManager", "DataStore", "IDService", "utils", "date_helpers", "HTTPService2"])
def test_each_empty_word_is_caught(name: str) -> None:
    assert list(empty_words(planted(f"class {name}: ..."))) or list(empty_words(planted("", f"hub/{name}.py")))


@pytest.mark.parametrize("name", ["Metadata", "SocialCare", "Database", "utility_free"])
def test_longer_words_are_left_alone(name: str) -> None:
    assert not words(name) & BANNED


def test_no_exception_outlives_its_use() -> None:
    used = {source.stem for source in all_sources()}
    used |= {node.name for source in all_sources() for node in ast.walk(source.tree) if isinstance(node, ast.ClassDef)}
    assert used >= FIELD_SENSE


def test_each_folder_says_one_sentence_and_imports_nothing() -> None:
    folders = [source for source in sources(*ROOMS, "tests") if source.path.endswith("/__init__.py")]
    findings = [finding for source in folders for finding in crowded_folder(source)]
    assert folders
    assert not findings, listing(findings)


@pytest.mark.parametrize("text", ["", '"""Two. Sentences."""', '"""No stop"""', '"""One."""\nimport re'])
def test_a_crowded_folder_is_caught(text: str) -> None:
    assert list(crowded_folder(planted(text, "hub/web/__init__.py")))


def test_an_agency_may_state_its_constant() -> None:
    assert not list(crowded_folder(planted('"""Police."""\nAGENCY = 1', "agencies/police/__init__.py")))


def test_nothing_under_tests_bears_one_of_the_five_names() -> None:
    for name in listed_files():
        inside = PurePosixPath(name).parts[1:] if name.startswith("tests/") else ()
        assert not {PurePosixPath(part).stem for part in inside} & set(ROOMS), name


@pytest.mark.parametrize("room", ROOMS)
def test_each_of_the_five_names_resolves_inside_the_tree(room: str) -> None:
    spec = find_spec(room)
    assert spec is not None
    assert spec.origin == str(ROOT / room / "__init__.py")


@pytest.mark.parametrize("room", ROOMS)
def test_no_other_distribution_claims_one_of_the_five_names(room: str) -> None:
    assert set(packages_distributions().get(room, ())) <= {"safeguarding-hub"}


def test_nothing_else_lies_at_the_top() -> None:
    for name in listed_files():
        first = PurePosixPath(name).parts[0]
        allowed = first in TOP_LEVEL if "/" in name else first in TOP_FILES or first.startswith("requirements")
        assert allowed, f"{name}: architecture.md lists what lies at the top of the tree"
