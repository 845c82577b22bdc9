"""Is nothing that comes in ever run: as code, as a command, as a statement to a database, as a pattern or as markup?"""

import ast
import re
from collections.abc import Callable, Iterator

import pytest

from tests.support.source_tree import ROOMS, ROOT, Finding, Source, listed_files, listing, planted, sources

RUNS = frozenset({"eval", "exec", "compile", "__import__", "os.system", "os.popen", "os.execv", "os.startfile"})
# Readers that make objects of any class, programs of others, and random numbers that can be guessed.
UNFIT = frozenset({"pickle", "marshal", "shelve", "dill", "subprocess", "pty", "code", "random", "urllib.request"})
WEAK = frozenset({"md5", "sha1", "new", "blake2s", "ECB", "CBC", "CTR", "CFB", "OFB", "PKCS1v15", "ARC4", "TripleDES"})
ASKS = frozenset({"execute", "executemany", "executescript"})
PATTERNS = frozenset({"compile", "match", "fullmatch", "search", "sub", "subn", "split", "findall", "finditer"})
MARKUP = re.compile(r"\|\s*safe\b|\bMarkup\(|autoescape\s*(?:=\s*)?false|\{%-?\s*autoescape", re.IGNORECASE)

Checker = Callable[[Source], Iterator[Finding]]


def running(source: Source) -> Iterator[Finding]:
    """Calls that run text, and imports of what could."""
    for node in ast.walk(source.tree):
        match node:
            case ast.Call(func=func) if ast.unparse(func) in RUNS:
                yield source.finding(node, f"{ast.unparse(func)} runs what it is given")
            case ast.Import(names=names) if found := UNFIT & {one.name for one in names}:
                yield source.finding(node, f"imports {sorted(found)[0]}")
            case ast.ImportFrom(module=str(module)) if module in UNFIT:
                yield source.finding(node, f"imports from {module}")
            case ast.keyword(arg="shell", value=ast.Constant(value=True)):
                yield source.finding(node.value, "a command line that a shell reads")
            case _:
                pass


def asking(source: Source) -> Iterator[Finding]:
    """Statements to a database that are put together of anything but constants of the module."""
    for node in ast.walk(source.tree):
        match node:
            case ast.Call(func=ast.Attribute(attr=name), args=[first, *_]) if name in ASKS and not _is_fixed(first):
                yield source.finding(node, "a statement that is put together")
            case _:
                pass


def patterns(source: Source) -> Iterator[Finding]:
    """Patterns that are not written down."""
    for node in ast.walk(source.tree):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id="re"), attr=name), args=[first, *_]) if name in PATTERNS:
                if not _is_fixed(first):
                    yield source.finding(node, "a pattern that is put together")
            case _:
                pass


def ciphers(source: Source) -> Iterator[Finding]:
    """Hashes, ciphers and paddings that nobody should begin to use."""
    for node in ast.walk(source.tree):
        match node:
            case ast.Attribute(value=ast.Name(id="hashlib" | "modes" | "padding" | "algorithms"), attr=name):
                if name in WEAK:
                    yield source.finding(node, f"{name} is weak")
            case ast.ImportFrom(module="hashlib", names=names) if found := WEAK & {one.name for one in names}:
                yield source.finding(node, f"{sorted(found)[0]} is weak")
            case _:
                pass


def _is_fixed(value: ast.expr) -> bool:
    """Whether no text of anybody's stands in it: a constant, a name, or names of constants put together."""
    match value:
        case ast.JoinedStr(values=parts):
            return all(isinstance(part, ast.Constant) or _is_plain(part) for part in parts)
        case ast.BinOp(left=left, right=right):
            return _is_fixed(left) and _is_fixed(right)
        case ast.Call(func=ast.Attribute(value=ast.Constant(value=str()))):
            return False
        case _:
            return True


def _is_plain(part: ast.expr) -> bool:
    """Whether it is a constant's name, or escaped so that it is no pattern."""
    match part:
        case ast.FormattedValue(value=ast.Name(id=name)):
            return name.isupper()
        case ast.FormattedValue(value=ast.Call(func=called)):
            return ast.unparse(called) == "re.escape"
        case _:
            return False


CHECKERS: tuple[Checker, ...] = (running, asking, patterns, ciphers)


@pytest.mark.parametrize("checker", CHECKERS)
def test_no_room_runs_what_it_is_given(checker: Checker) -> None:
    findings = [finding for source in sources(*ROOMS) for finding in checker(source)]
    assert not findings, listing(findings)


@pytest.mark.parametrize(
    "text",
    [
        "eval(words)",
        "import os\nos.system(words)",
        "import pickle",
        "from subprocess import run",
        "run(words, shell=True)",
        "import random",
        "db.execute(f'SELECT {name} FROM event')",
        "db.execute('SELECT ' + f'{name}')",
        "db.execute('SELECT {}'.format(name))",
        "re.compile(f'{typed}+')",
        "hashlib.md5(b'')",
        "from hashlib import sha1",
        "modes.ECB()",
        "padding.PKCS1v15()",
    ],
)
def test_each_slip_is_caught(text: str) -> None:
    assert [finding for checker in CHECKERS for finding in checker(planted(text))]


@pytest.mark.parametrize(
    "text",
    ["db.execute(f'{_SELECT} WHERE token = ?', (token,))", "db.execute(_SELECT, values)", "re.compile(r'[a-z]+')"],
)
def test_what_is_written_down_is_left_alone(text: str) -> None:
    assert not [finding for checker in CHECKERS for finding in checker(planted(text))]


def marked_as_safe(text: str) -> list[str]:
    """What a template or a page says that would let words of others through unescaped."""
    return [found[0] for found in MARKUP.finditer(text)]


def test_no_page_lets_words_through_unescaped() -> None:
    names = [name for name in listed_files() if name.startswith("hub/") and name.endswith((".html", ".py"))]
    assert len(names) > 100
    assert not {name for name in names if marked_as_safe((ROOT / name).read_text(encoding="utf-8"))}


@pytest.mark.parametrize("text", ["{{ words|safe }}", "{{ words | safe }}", "Markup(words)", "autoescape=False"])
def test_a_page_that_did_would_be_found(text: str) -> None:
    assert marked_as_safe(text)
