"""Characters that make a text look other than it is (Unicode Technical Reports 36 and 39); kept, shown, never repaired.

A name with a direction override or a zero-width space in it is still the name that the agency gave. Whoever shows it
isolates it and says so; whoever compares names knows not to trust their looks.
"""

import unicodedata

_BLANK_LETTERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\u2800")
_LAYOUT = frozenset("\t\n\r")
_JOINER = "\u200d"


def has_hidden_characters(text: str) -> bool:
    """Whether the text holds controls, direction marks, zero-width or blank letters, tags, noncharacters.

    A joiner between two signs, as in a family emoji, hides nothing.
    """
    if text.isascii() and text.isprintable():
        return False
    return any(_hides(character, text[place - 1 : place]) for place, character in enumerate(text))


def _hides(character: str, before: str) -> bool:
    if character in _LAYOUT:
        return False
    if character == _JOINER:
        return not before or unicodedata.category(before) not in ("So", "Sk", "Mn")
    return character in _BLANK_LETTERS or unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
