"""Whether words may tell where somebody is, though they name no place that is known: then a person looks first.

Wide on purpose: what is caught wrongly waits for a review, what is missed may lead somebody to a door.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Final
from uuid import UUID

from contracts.event import Fact
from contracts.events.compartment import WordsReviewed
from contracts.report import Report, Statement
from hub.domain.protected_places import texts_of, words_in

_SURE: Final = ("postcode ", "telephone ")
_STREETS: Final = (
    "road|rd|street|lane|avenue|ave|close|drive|court|gardens|terrace|crescent|way|grove|hill|square|mews|walk|row"
)
_STREET: Final = re.compile(rf"\b[0-9]{{1,4}}[a-z]?,?\s+(?:[\w'’-]+\s+){{1,3}}(?:{_STREETS})\b", re.IGNORECASE)
_WRITTEN: Final = (
    "Road|Rd|Street|Lane|Avenue|Ave|Close|Drive|Court|Gardens|Terrace|Crescent|Way|Grove|Hill|Square|Mews|Walk|Row"
)
_NAMED: Final = re.compile(rf"\b[A-Z][\w'’-]+\s+(?:{_WRITTEN})\b")
_GONE: Final = re.compile(
    r"\b(?:mov(?:ed|ing|es)|relocated|fled|rehoused|stay(?:s|ed|ing)|liv(?:es|ed|ing)|placed|hid(?:ing|den))\s+"
    r"(?:[\w'’]+\s+){0,4}?(?:to|in|at|with|near|by|from)\b",
    re.IGNORECASE,
)
_HOMES: Final = "accommodation|address|home|school|flat|house"
_SHELTER: Final = re.compile(
    rf"\b(?:safe ?house|refuge|hostel|bed and breakfast|b&b|(?:safe|temporary|new) (?:{_HOMES}))\b", re.IGNORECASE
)


def tells_where(said: Statement) -> bool:
    """Whether free words may tell where somebody is."""
    return isinstance(said.value, str) and said.code is None and may_tell_where(texts_of(said))


def may_tell_where(text: str) -> bool:
    """Whether a text holds a postcode or a telephone number, names a street, or speaks of where somebody went."""
    if any(word.startswith(_SURE) for word in words_in(text, lines=False)):
        return True
    return any(pattern.search(text) for pattern in (_STREET, _NAMED, _GONE, _SHELTER))


def reviews(facts: Iterable[Fact]) -> Mapping[UUID, WordsReviewed]:
    """The last review of each report's words. What the hub held on an earlier day is told by it too.

    They were held on that day; that nobody had looked at them yet is no reason to hold them from whoever reads of it.
    """
    return {fact.report_id: fact for fact in facts if isinstance(fact, WordsReviewed)}


def with_released(report: Report, review: WordsReviewed | None) -> Report:
    """The report with the words that a review let go."""
    if review is None or review.outcome != "released":
        return report
    return report.model_copy(update={"statements": (*report.statements, *review.statements)})
