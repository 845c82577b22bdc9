"""The tree as the architecture tests read it: its files, their syntax, and findings that name a file and a line."""

import ast
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("agencies", "audit", "consent", "contracts", "hub")
PURE = ("contracts", "consent", "agencies", "hub/domain")


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing wrong, where it stands. `path` is relative to the tree; `line` counts from 1."""

    path: str
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.what}"


@dataclass(frozen=True)
class Source:
    """One Python file: its path relative to the tree, with forward slashes, and its text."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """The file's syntax."""
        return ast.parse(self.text, filename=self.path)

    @property
    def stem(self) -> str:
        """The module's own name; for a folder's `__init__`, the folder's."""
        path = Path(self.path)
        return path.parent.name if path.name == "__init__.py" else path.stem

    def finding(self, node: ast.AST, what: str) -> Finding:
        """A finding at the node's line, or at line 1 where the node has none."""
        return Finding(self.path, getattr(node, "lineno", 1), what)


@lru_cache(maxsize=1)
def listed_files() -> tuple[str, ...]:
    """Every file that git tracks or would take, relative to the tree, sorted; ignored ones are left out."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    names = {name for name in answer.stdout.decode().split("\0") if name}
    return tuple(sorted(name for name in names if (ROOT / name).is_file()))


@lru_cache(maxsize=1)
def all_sources() -> tuple[Source, ...]:
    """Every Python file of the tree."""
    names = (name for name in listed_files() if name.endswith(".py"))
    return tuple(Source(name, (ROOT / name).read_text(encoding="utf-8")) for name in names)


def sources(*folders: str) -> tuple[Source, ...]:
    """The Python files under these folders (paths relative to the tree)."""
    wanted = tuple(f"{folder}/" for folder in folders)
    return tuple(source for source in all_sources() if source.path.startswith(wanted))


def planted(text: str, path: str = "contracts/planted.py") -> Source:
    """A file that exists only in a test, for showing that a checker catches what it should."""
    return Source(path, text)


def listing(findings: Iterable[Finding]) -> str:
    """The findings one to a line, in order, for an assertion's message."""
    return "\n" + "\n".join(str(finding) for finding in sorted(findings))


def imported_names(source: Source) -> dict[str, str]:
    """What each name bound by an import means, dotted: `from a import b as c` gives c: a.b."""
    meanings: dict[str, str] = {}
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                bound = alias.asname or alias.name.split(".", maxsplit=1)[0]
                meanings[bound] = alias.name if alias.asname else bound
        elif isinstance(node, ast.ImportFrom) and node.module:
            meanings.update({alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names})
    return meanings


def imported_modules(source: Source) -> tuple[tuple[ast.stmt, str], ...]:
    """Every absolute import with the dotted name it may reach: `from a import b` gives a.b."""
    found: list[tuple[ast.stmt, str]] = []
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            found.extend((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            found.extend((node, f"{node.module}.{alias.name}") for alias in node.names)
    return tuple(found)
