"""The words of a report that stand beside its statements: why somebody is not told, why it was changed, who is whose.

They may name a place as well as any statement does, and so may a name, a number or the code of a basis, where
an agency's system put an address in the wrong field; each is left whole or left out.
"""

from collections.abc import Callable
from operator import attrgetter
from typing import Final

from contracts.report import LawfulBasis, Person, Place, Report, Told

Names = Callable[[str], bool]
_Kept = Callable[[str | None], str | None]
_CODES: Final = ("article6", "annex1", "article9", "no_consent_reason", "gateway", "authority_36_4")  # of a basis
_OF_TELLING: Final = ("reason", "decided_by", "approved_by")
_codes_of: Final[Callable[[LawfulBasis], tuple[str | None, ...]]] = attrgetter(*_CODES)
_words_of: Final[Callable[[Told], tuple[str | None, ...]]] = attrgetter(*_OF_TELLING)


def side_words(report: Report) -> tuple[str, ...]:
    """All of them, with each name, each number, each code of a basis, and whom it is kept from."""
    return tuple(dict.fromkeys((*_beside(report), *filter(None, _of_people_and_bases(report)))))


def _beside(report: Report) -> tuple[str, ...]:
    found = [report.change.reason, *(one.relationship for one in report.people)]
    places = (report.place, *(one.address for one in report.people))
    found += [one.withheld_reason for one in places if one is not None]
    for told in report.telling:
        found += _words_of(told)
    return tuple(dict.fromkeys(filter(None, found)))


def without_side_words(report: Report, names: Names) -> tuple[Report, tuple[str, ...]]:
    """The report less each of them of which this is so, and what was left out."""
    out = tuple(one for one in side_words(report) if names(one))
    if not out:
        return report, ()
    kept, handling = _unless(out), report.handling
    whom = tuple(one for one in handling.not_to_be_seen_by if kept(one) is not None)
    cut = {
        "handling": handling.model_copy(update={"not_to_be_seen_by": whom}),
        "people": tuple(_known_as(one, kept) for one in report.people),
        "bases": tuple(_basis(one, kept) for one in report.bases),
    }
    return _cut(report.model_copy(update=cut), kept), out


def without_all_beside(report: Report) -> tuple[Report, tuple[str, ...]]:
    """The report less all of them, and what was left out; it is still about the same people, on the same bases."""
    out = _beside(report)
    return _cut(report, _unless(out)), out


def _unless(out: tuple[str, ...]) -> _Kept:
    def kept(text: str | None) -> str | None:
        return None if text in out else text

    return kept


def _cut(report: Report, kept: _Kept) -> Report:
    cut = {
        "change": report.change.model_copy(update={"reason": kept(report.change.reason)}),
        "people": tuple(_person(one, kept) for one in report.people),
        "telling": tuple(_told(one, kept) for one in report.telling),
        "place": _place(report.place, kept),
    }
    return report.model_copy(update=cut)


def _of_people_and_bases(report: Report) -> list[str | None]:
    found: list[str | None] = []
    for one in report.people:
        for name in one.names:
            found += (name.family, name.given, name.text)
        found += [number.value for number in one.identifiers]
    found += report.handling.not_to_be_seen_by
    for basis in report.bases:
        found += _codes_of(basis)
    return found


def _known_as(one: Person, kept: _Kept) -> Person:
    """A name goes whole: half of one may be taken for somebody else's."""
    names = tuple(
        name for name in one.names if all(kept(part) == part for part in (name.family, name.given, name.text))
    )
    numbers = tuple(number for number in one.identifiers if kept(number.value) is not None)
    return one.model_copy(update={"names": names, "identifiers": numbers})


def _basis(one: LawfulBasis, kept: _Kept) -> LawfulBasis:
    return one.model_copy(update={code: kept(getattr(one, code)) for code in _CODES})


def _person(one: Person, kept: _Kept) -> Person:
    address = _place(one.address, kept)
    return one.model_copy(update={"relationship": kept(one.relationship), "address": address})


def _place(one: Place | None, kept: _Kept) -> Place | None:
    return None if one is None else one.model_copy(update={"withheld_reason": kept(one.withheld_reason)})


def _told(one: Told, kept: _Kept) -> Told:
    return one.model_copy(update={name: kept(text) for name, text in zip(_OF_TELLING, _words_of(one), strict=True)})
