"""The one writer of comma-separated values: nothing in a cell is ever run by what opens the file.

RFC 4180; a cell that a spreadsheet would take as a formula has an apostrophe put before it (OWASP ASVS 5.0 V1.2.10).
"""

import csv
import io
from typing import Final

# What makes a spreadsheet take a cell as a formula, or splits it from what comes before; then the full-width forms. A
# cell that begins with an apostrophe gets another, so that whoever takes one away has what was there.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "\uff1d", "\uff0b", "\uff0d", "\uff20", "'")


def safe(cell: str) -> str:
    """The cell so that no spreadsheet runs it: an apostrophe stands before what would be taken as a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def csv_row(cells: tuple[str, ...]) -> bytes:
    """One row, every cell quoted, none of them a formula, ended by CR LF; UTF-8."""
    held = io.StringIO()
    csv.writer(held, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerow(tuple(map(safe, cells)))
    return held.getvalue().encode()
