"""A table of concerns as a case system exports it: comma-separated UTF-8, its columns declared and never guessed.

A column out of place would put one child's words in another's record, so a header that is not exactly the declared one
stops the whole file. Source of the dialect: RFC 4180; a byte-order mark is passed over.
"""

import csv
import io
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from agencies.agency import Outcome, Stated, ignored, quarantined
from agencies.formats.dates import read_uk_time
from agencies.formats.draft import outcome_of
from agencies.formats.unsound import Unsound
from contracts.strict_json import Json
from contracts.when import When

MAX_BYTES = 256 * 1024 * 1024
MAX_ROWS = 20_000
MAX_CELL = 64 * 1024
_EXCEL_NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?[Ee]\+?[0-9]+")


@dataclass(frozen=True, slots=True)
class TableForm:
    """One system's table: its name there, and the columns in order, each our field and the header that it bears.

    `numbers` are fields that hold identifiers, which a spreadsheet may have spoilt.
    """

    system: str
    columns: tuple[tuple[str, str], ...]
    numbers: frozenset[str] = frozenset()

    @property
    def header(self) -> tuple[str, ...]:
        """The header row, exactly."""
        return tuple(title for _, title in self.columns)


@dataclass(frozen=True, slots=True)
class Row:
    """One row by our field names. Every cell is text, a formula too; cells are stripped of spaces at their ends."""

    cells: Mapping[str, str]

    def get(self, field: str) -> str | None:
        """The cell's text, or None when it is empty."""
        return self.cells[field] or None

    def time(self, field: str) -> When | None:
        """The time that the cell states, day first. Raises Unsound `bad_date`."""
        text = self.cells[field]
        return read_uk_time(text) if text else None

    def required(self, field: str) -> str:
        """The cell's text. Raises Unsound `missing_field`."""
        text = self.cells[field]
        if not text:
            raise Unsound("missing_field")
        return text

    @property
    def native(self) -> Json:
        """The row as a native item."""
        return dict(self.cells)

    @property
    def notes(self) -> tuple[str, ...]:
        """Whether a cell looks like a formula: it is kept as text, and never worked out."""
        return ("formula_as_text",) if any(cell[:1] in ("=", "+", "@") for cell in self.cells.values()) else ()


def translate_table(raw: bytes, form: TableForm, make: Callable[[Row], tuple[Stated, ...]]) -> tuple[Outcome, ...]:
    """What became of each row; or of the whole file, when it cannot be read as the declared table."""
    try:
        rows = _rows(raw)
    except Unsound as refused:
        return (quarantined("file", refused.code),)
    if not rows or tuple(rows[0]) != form.header:
        return (quarantined("file", "header"),)
    body = [row for row in rows[1:] if row]
    if not body:
        return (ignored("file", "no_records"),)
    return tuple(_outcome(place, cells, form, make) for place, cells in enumerate(body, 1))


def _rows(raw: bytes) -> list[list[str]]:
    if len(raw) > MAX_BYTES:
        raise Unsound("too_big")
    try:
        text = raw.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
    except UnicodeDecodeError:
        raise Unsound("encoding") from None
    if not text.strip():
        raise Unsound("empty")
    if "\x00" in text:
        raise Unsound("encoding")
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=",", quotechar='"', strict=True):
            rows.append(row)
            if len(rows) > MAX_ROWS + 1:
                raise Unsound("too_many")
    except csv.Error:
        raise Unsound("not_csv") from None
    return rows


def _outcome(place: int, cells: list[str], form: TableForm, make: Callable[[Row], tuple[Stated, ...]]) -> Outcome:
    return outcome_of(f"row {place}", lambda: make(_row(cells, form)))


def _row(cells: list[str], form: TableForm) -> Row:
    if len(cells) != len(form.columns):
        raise Unsound("ragged_row")
    if any(len(cell) > MAX_CELL for cell in cells):
        raise Unsound("too_big")
    found = {field: cell.strip() for (field, _), cell in zip(form.columns, cells, strict=True)}
    if any(_EXCEL_NUMBER.fullmatch(found[field]) for field in form.numbers):
        raise Unsound("excel_damage")
    return Row(found)
