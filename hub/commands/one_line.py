"""What an agency stated, made fit for a terminal: one line, and nothing that moves, hides or turns what is in it."""

import json
import unicodedata

from contracts.strict_json import Json

_BLANK_LETTERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\u2800")
_NOT_SEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_USUAL = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def one_line(text: str) -> str:
    """The text with each character that a terminal would obey, or would not show, written as an escape.

    An escape sequence could clear the screen or forge a line, and a direction override makes words read backwards.
    """
    if text.isprintable() and text.isascii():
        return text
    return "".join(_escaped(character) if _is_not_seen(character) else character for character in text)


def lines_alone(text: str) -> str:
    """The text with only its own line feeds to move the cursor: each line as `one_line` has it."""
    return "\n".join(one_line(line) for line in text.split("\n"))


def in_json(value: Json) -> str:
    """The value as one line of JSON that reads back the same, and that a terminal neither obeys nor hides."""
    text = json.dumps(value, ensure_ascii=False)
    if text.isprintable() and text.isascii():
        return text
    return "".join(_in_json(character) if _is_not_seen(character) else character for character in text)


def _is_not_seen(character: str) -> bool:
    return character in _BLANK_LETTERS or unicodedata.category(character) in _NOT_SEEN


def _escaped(character: str) -> str:
    code = ord(character)
    return _USUAL.get(character) or (f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}")


def _in_json(character: str) -> str:
    """As JSON escapes it: two halves where one is not enough."""
    return f"\\u{ord(character):04x}" if ord(character) < 0x10000 else json.dumps(character)[1:-1]
