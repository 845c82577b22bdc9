"""Whether somebody, or something, is named at all, and whether two names are those of one person."""

from unicodedata import normalize


def is_blank(words: str | None) -> bool:
    """Whether nothing is said: no letter and no digit, whatever spaces and marks there are."""
    return words is None or not any(letter.isalnum() for letter in words)


def names_alike(name: str | None, *others: str | None) -> bool:
    """Whether `name` is one of the others, however it is spaced, pointed or written large or small."""
    return not is_blank(name) and _bare(name) in {_bare(other) for other in others}


def _bare(name: str | None) -> str:
    return "".join(letter for letter in normalize("NFKC", name or "").casefold() if letter.isalnum())
