"""Where a protected person is to be found, as words to compare: postcodes, property numbers, telephone numbers, lines.

The words are kept as keyed hashes only. What an agency writes is looked through for them in the ways in which people
write the same place: another case, full-width letters, points, spaces or a line break within.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from contracts.report import Place, Report, Statement
from hub.domain.side_words import side_words

SCHEME: Final = "protected place"  # under which the hashes stand in the index, with nobody's name
BEFORE: Final = "protected before"  # the same, of what was given before anything protected it: hashes of the hashes
_PARTED = r"[^A-Z0-9]{0,3}"
_POSTCODE = re.compile(
    rf"(?=(?<![A-Z0-9])([A-Z]{_PARTED}[A-Z]?{_PARTED}[0-9]{_PARTED}[A-Z0-9]?{_PARTED}[0-9]{_PARTED}[A-Z]{_PARTED}[A-Z])"
    r"(?![A-Z0-9]))"
)
_ENDS_AS_A_POSTCODE = re.compile(rf"[0-9]{_PARTED}[A-Z]{_PARTED}[A-Z](?![A-Z0-9])")  # soon looked for, and rare
_TELEPHONE = re.compile(r"(?<![0-9])(?:(?:\+|00)44[^0-9A-Z]{0,3}(?:\(0\))?|0)(?:[^0-9A-Z]{0,2}[0-9]){9,10}(?![0-9])")
_NUMBER = re.compile(r"(?<![0-9])[0-9]{6,12}(?![0-9])")
_DIGIT = re.compile(r"[0-9]")
_FEWEST = 6  # digits: with fewer, a text holds neither a telephone number nor a property number
_OTHER = re.compile(r"[^a-z0-9]")
_LONGEST_LINE = 6  # words of the first line of an address
_SHORTEST = 5  # letters and digits: a shorter piece of an address is in any text


def words_of_place(place: Place) -> tuple[str, ...]:
    """By what a place is known: its postcode, its property number, its first line."""
    return _known_by(*_keys_of(place))


def _known_by(text: str, postcode: str, uprn: str) -> tuple[str, ...]:
    first = re.split(r"[,\n;]", text)[0]
    found = (("postcode", postcode), ("uprn", uprn), ("line", first))
    named = (f"{kind} {plain}" for kind, said in found if len(plain := _plain(said)) >= _SHORTEST)
    return tuple(dict.fromkeys((*named, *_in_plain(text))))


def words_in(text: str, lines: bool) -> tuple[str, ...]:
    """By what a place in the text would be known; with `lines`, whatever may be the first line of an address too."""
    return tuple(dict.fromkeys((*_in_plain(text), *(_windows(text) if lines else ()))))


def texts_of(said: Statement) -> str:
    """All that a statement says in words."""
    code = said.code.display if said.code is not None else None
    return " ".join(str(part) for part in (said.value, code, said.by, said.said_by) if part not in (None, ""))


def places_in_words(said: Statement) -> str:
    """All of a statement in which a place may be named: what it says, and its code, where an address was put there."""
    code = f" {said.code.code} {said.code.system}" if said.code is not None else ""
    return f"{texts_of(said)}{code}"


def places_of(report: Report) -> tuple[Place, ...]:
    """Every place in a report."""
    return tuple(one for one in (report.place, *(person.address for person in report.people)) if one is not None)


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found in each text and place that was looked through: for as long as reports are taken in together."""

    texts: dict[tuple[str, bool], tuple[str, ...]] = field(default_factory=dict, repr=False)
    places: dict[tuple[str, str, str], tuple[str, ...]] = field(default_factory=dict, repr=False)

    def in_text(self, text: str, lines: bool) -> tuple[str, ...]:
        """See `words_in`."""
        found = self.texts.get((text, lines))
        if found is None:
            found = self.texts[text, lines] = words_in(text, lines)
        return found

    def in_place(self, known_by: tuple[str, str, str]) -> tuple[str, ...]:
        """See `words_of_place`: of a place with this text, postcode and property number."""
        found = self.places.get(known_by)
        if found is None:
            found = self.places[known_by] = _known_by(*known_by)
        return found


def words_in_report(report: Report, lines: bool, looked: Looked | None = None) -> tuple[str, ...]:
    """By what the places in a report, and in its words, would be known."""
    return words_in_reports((report,), lines, looked)


def words_in_reports(reports: Iterable[Report], lines: bool, looked: Looked | None = None) -> tuple[str, ...]:
    """The same of several; a place or a text that stands in many of them is looked through once."""
    found, reports = looked or Looked(), tuple(reports)
    places = dict.fromkeys(_keys_of(place) for report in reports for place in places_of(report))
    texts = dict.fromkeys(text for report in reports for text in _texts(report))
    words = dict.fromkeys(word for place in places for word in found.in_place(place))
    return tuple(words | dict.fromkeys(word for text in texts for word in found.in_text(text, lines)))


def _texts(report: Report) -> tuple[str, ...]:
    return (*map(places_in_words, report.statements), *side_words(report))


def _keys_of(place: Place) -> tuple[str, str, str]:
    return place.text or "", place.postcode or "", place.uprn or ""


def _in_plain(text: str) -> Iterator[str]:
    folded = (text if text.isascii() else unicodedata.normalize("NFKC", text)).upper()
    if _ENDS_AS_A_POSTCODE.search(folded) is not None:
        for match in _POSTCODE.finditer(folded):
            yield f"postcode {_plain(match.group(1))}"
    if len(_DIGIT.findall(folded)) < _FEWEST:
        return
    for match in _TELEPHONE.finditer(folded):
        yield f"telephone {_telephone(match.group())}"
    for match in _NUMBER.finditer(folded):
        yield f"uprn {match.group()}"


def _telephone(text: str) -> str:
    """The number as it is dialled within the country."""
    digits = re.sub(r"[^0-9]", "", text.replace("(0)", ""))
    return re.sub(r"^(?:00)?44", "0", digits) if not re.match(r"0[1-9]", digits) else digits


def _windows(text: str) -> Iterator[str]:
    words = [plain for word in re.split(r"\s+", text) if (plain := _plain(word))]
    for start in range(len(words)):
        yield from (f"line {joined}" for joined in _joined(words[start : start + _LONGEST_LINE]))


def _joined(words: Iterable[str]) -> Iterator[str]:
    whole = ""
    for word in words:
        whole += word
        if len(whole) >= _SHORTEST:
            yield whole


def _plain(text: str) -> str:
    if not text.isascii():  # what is, is decomposed as it stands
        text = "".join(each for each in unicodedata.normalize("NFKD", text) if not unicodedata.combining(each))
    return _OTHER.sub("", text.casefold())
