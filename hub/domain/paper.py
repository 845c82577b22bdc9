"""A document as a layout is given it: names and plain words, nested. No layout ever reads a value as its own code."""

import unicodedata
from collections.abc import Callable
from typing import Final, Literal

from contracts.strict_json import Json

Layout = Literal["meeting", "court"]
Document = dict[str, Json]
# The PDF that a layout makes of a document. Raises CannotSet: this machine cannot, or the document did not fit.
Typeset = Callable[[Layout, Document], bytes]
_NOT_SEEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_BLANK_LETTERS: Final = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\u2800")
_SHAPING: Final = frozenset("\n\u200c\u200d")  # a line's end, and what joins or parts letters in scripts that join


def plain(value: Json) -> Json:
    """The same with each character that shows nothing, or turns what is around it, written out: `[U+202E]`."""
    if isinstance(value, str):
        return value if value.isascii() and value.isprintable() else "".join(map(_seen, value))
    if isinstance(value, dict):
        return {name: plain(one) for name, one in value.items()}
    return [plain(one) for one in value] if isinstance(value, list) else value


def _seen(character: str) -> str:
    if character in _SHAPING:
        return character
    hides = character in _BLANK_LETTERS or unicodedata.category(character) in _NOT_SEEN
    return f"[U+{ord(character):04X}]" if hides else character
