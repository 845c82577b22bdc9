"""Whether a pass phrase that somebody chose may stand: long, and not made of what anybody would try first.

NIST SP 800-63B s3.1.1: length counts, kinds of letters do not; nothing is cut off, and no day ends a phrase.
"""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Final, Literal
from unicodedata import normalize

from hub.domain.usual_words import OF_THE_HUB, ROWS, USUAL

SHORTEST: Final = 15
LONGEST: Final = 1_000
LEFT_OVER: Final = 8
GIVEN_LASTS: Final = timedelta(days=3)
LEAST_COST, CHOSEN_COST, MOST_COST = 14, 17, 20  # of scrypt, as powers of two: what the hub made, what people choose
_LEAST_WORD, _LEAST_RUN = 3, 4
_SIGNS = str.maketrans("034578@$!", "oeastbasi")
_ONES: Final = ("i", "l")  # what a 1 may stand for
_WAYS: Final = tuple(way for row in ROWS for way in (row, row[::-1]))
PhraseFault = Literal["too_short", "too_long", "usual"]


def in_one_form(phrase: str) -> str:
    """The phrase in normal form NFKC: two keyboards that write a letter in two ways type the same phrase."""
    return normalize("NFKC", phrase)


def fault_of(phrase: str, about: Iterable[str]) -> PhraseFault | None:
    """Why the phrase may not stand; None where it may. `about`: names and words that lead to its owner."""
    phrase = in_one_form(phrase)
    if len(phrase) < SHORTEST:
        return "too_short"
    if len(phrase) > LONGEST:
        return "too_long"
    return "usual" if left_over(phrase, about) < LEFT_OVER else None


def left_over(phrase: str, about: Iterable[str]) -> int:
    """How many letters are neither of a usual word, of `about`, of a row of keys, nor said before in the phrase."""
    text = "".join(one for one in phrase.lower() if one.isalnum() or one in "@$!" or not one.isascii())
    told = {*_runs(text), *_said_before(text)}
    words = USUAL | OF_THE_HUB | {part for word in about for part in _parts(word)}
    signs = text.translate(_SIGNS)
    for spelt in {text, *(signs.replace("1", one) for one in _ONES)}:
        for word in words:
            told.update(_places(spelt, word))
    return sum(index not in told and not one.isspace() for index, one in enumerate(text))


def _parts(word: str) -> Iterator[str]:
    """The parts of a name that are long enough to be looked for."""
    parts = "".join(one if one.isalnum() else " " for one in word.lower()).split()
    return (part for part in parts if len(part) >= _LEAST_WORD)


def _places(text: str, word: str) -> Iterator[int]:
    """Every place of the text that the word takes up."""
    start = text.find(word)
    while start >= 0:
        yield from range(start, start + len(word))
        start = text.find(word, start + 1)


def _runs(text: str) -> Iterator[int]:
    """Every place that lies in a run of four or more along a row of keys, either way."""
    for start in range(len(text) - _LEAST_RUN + 1):
        run = text[start : start + _LEAST_RUN]
        if any(run in way for way in _WAYS):
            yield from range(start, start + _LEAST_RUN)


def _said_before(text: str) -> Iterator[int]:
    """Every place where three letters stand that stood in the text before, or a letter that the two before it were."""
    for start in range(len(text) - _LEAST_WORD + 1):
        part = text[start : start + _LEAST_WORD]
        if len(set(part)) == 1 or part in text[:start]:
            yield from range(start, start + _LEAST_WORD)
