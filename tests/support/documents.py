"""A document as a reader tries what it says: what stands there as code, line by line, its links and its headings."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

_SPAN = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
_LINK = re.compile(r"\]\(<?([^()\s<>]*)>?\)")
_HEADING = re.compile(r"#{1,6} +(.+?)(?: +#+)?$")
_MARKS = re.compile(r"[^\w\- ]")
_SHELLS = frozenset({"sh", "console"})
_PARTS = re.compile(r"\s(?:&&|\|\|?)\s|;\s")


@dataclass(frozen=True, slots=True)
class Said:
    """Words of a document, and the line they stand on."""

    line: int
    words: str


@dataclass(frozen=True)
class Document:
    """One file of Markdown: its path relative to the tree, and its text."""

    path: str
    text: str

    @cached_property
    def _lines(self) -> tuple[tuple[int, str, bool], ...]:
        """Each line with its number, and whether it is of a block of commands; other blocks are left out."""
        found, fence, shell = [], "", False
        for number, line in enumerate(self.text.splitlines(), 1):
            mark = re.match(r"\s*(```+|~~~+)", line)
            if mark and not fence:
                fence = mark[1]
                shell = line.strip().removeprefix(fence) in _SHELLS
            elif mark and mark[1].startswith(fence):
                fence = ""
            elif shell or not fence:
                found.append((number, line, bool(fence)))
        return tuple(found)

    @cached_property
    def spans(self) -> tuple[Said, ...]:
        """What stands between backquotes, in the comments of a block too; a table's escaped bar is a bar."""
        return tuple(
            Said(number, span.replace("\\|", "|").strip())
            for number, line, _ in self._lines
            for span in _SPAN.findall(line)
        )

    def commands(self, program: str) -> tuple[Said, ...]:
        """What stands behind the program's name, in each span and each line of a block that runs it."""
        lines = [Said(number, line.partition("  #")[0]) for number, line, inside in self._lines if inside]
        parts = (Said(one.line, part) for one in (*self.spans, *lines) for part in _PARTS.split(one.words))
        ran = re.compile(rf"(?:\(|[A-Z_]+=\S+ |docker compose .* )*(?:\S*/)?{re.escape(program)}(?: ([^>;]*).*|$)")
        return tuple(
            Said(one.line, (found[1] or "").strip()) for one in parts if (found := ran.fullmatch(one.words.strip()))
        )

    @cached_property
    def links(self) -> tuple[Said, ...]:
        """Where its links and pictures lead, as they are written."""
        return tuple(
            Said(number, target)
            for number, line, inside in self._lines
            if not inside
            for target in _LINK.findall(_SPAN.sub("", line))
        )

    @cached_property
    def anchors(self) -> frozenset[str]:
        """The places in it that a link can lead to, by the rule of those who show Markdown on the web."""
        return frozenset(_numbered(_HEADING.fullmatch(line) for _, line, inside in self._lines if not inside))


def _numbered(headings: Iterator[re.Match[str] | None]) -> Iterator[str]:
    seen: dict[str, int] = {}
    for heading in headings:
        if heading is None:
            continue
        plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading[1])
        slug = _MARKS.sub("", plain.strip().lower()).replace(" ", "-")
        seen[slug] = seen.get(slug, -1) + 1
        yield f"{slug}-{seen[slug]}" if seen[slug] else slug
