"""The words of a report that stand beside its statements: why somebody is not told, why it was changed, who is whose.

They may name a place as well as any statement does; each is left whole or left out.
"""

from collections.abc import Callable, Iterator

from contracts.report import Person, Place, Report, Told

Names = Callable[[str], bool]


def side_words(report: Report) -> tuple[str, ...]:
    """All of them."""
    found = (report.change.reason, *_of_people(report), *_of_places(report), *_of_telling(report))
    return tuple(dict.fromkeys(one for one in found if one))


def without_side_words(report: Report, names: Names) -> tuple[Report, tuple[str, ...]]:
    """The report less each of them of which this is so, and what was left out."""
    out = tuple(one for one in side_words(report) if names(one))
    if not out:
        return report, ()

    def kept(text: str | None) -> str | None:
        return None if text in out else text

    cut = {
        "change": report.change.model_copy(update={"reason": kept(report.change.reason)}),
        "people": tuple(_person(one, kept) for one in report.people),
        "telling": tuple(_told(one, kept) for one in report.telling),
        "place": _place(report.place, kept),
    }
    return report.model_copy(update=cut), out


def _of_people(report: Report) -> Iterator[str | None]:
    return (one.relationship for one in report.people)


def _of_places(report: Report) -> Iterator[str | None]:
    places = (report.place, *(one.address for one in report.people))
    return (one.withheld_reason for one in places if one is not None)


def _of_telling(report: Report) -> Iterator[str | None]:
    return (text for one in report.telling for text in (one.reason, one.decided_by, one.approved_by))


def _person(one: Person, kept: Callable[[str | None], str | None]) -> Person:
    address = _place(one.address, kept)
    return one.model_copy(update={"relationship": kept(one.relationship), "address": address})


def _place(one: Place | None, kept: Callable[[str | None], str | None]) -> Place | None:
    return None if one is None else one.model_copy(update={"withheld_reason": kept(one.withheld_reason)})


def _told(one: Told, kept: Callable[[str | None], str | None]) -> Told:
    words = {"reason": one.reason, "decided_by": one.decided_by, "approved_by": one.approved_by}
    return one.model_copy(update={name: kept(text) for name, text in words.items()})
