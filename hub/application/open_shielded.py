"""Reports are opened less whatever names a place that is held apart, whoever wrote it down and however long ago."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from uuid import UUID

from contracts.events.hub import ReportLinked
from contracts.report import Report
from hub.application.hold_apart import hash_of, protected_words
from hub.application.permit import Permit, Whole
from hub.application.ports import History, IdentityIndex, OpenedReport, Store
from hub.domain.compartments import without
from hub.domain.protected_places import words_in_reports
from hub.domain.record_places import ERASED_REPORT, report_key
from hub.domain.whereabouts import reviews, with_released


def open_shielded(
    places: tuple[Store, IdentityIndex],
    history: History,
    permit: Permit | None,
    act: Whole,
    wanted: frozenset[UUID] | None = None,
) -> tuple[OpenedReport, ...]:
    """The reports wanted (None: all that stand now), as a reader may have them; with the words that a review released.

    Less those that were erased with another child, whose they were found to be. Raises NotPermitted, Unreadable.
    """
    store, index = places
    reviewed = reviews(history.facts)
    wanted = wanted if wanted is not None else frozenset(link.report_id for link in history.standing())
    wanted -= _erased(index, history)
    opened = tuple(
        replace(one, report=with_released(one.report, reviewed.get(one.linked.report_id)))
        for one in store.open_reports(history, permit, act, wanted)
    )
    shielded = _shielding(index, history.linked(), opened)
    return opened if shielded is None else tuple(replace(one, report=shielded(one.report)) for one in opened)


def _erased(index: IdentityIndex, history: History) -> frozenset[UUID]:
    """The reports that stand here, or stood here once, and were erased with whom they were about."""
    keys = {report_key(link.source, link.report_id): link.report_id for link in history.linked()}
    return frozenset(keys[key] for key in index.known(ERASED_REPORT, tuple(keys)))


def _shielding(
    index: IdentityIndex, linked: Iterable[ReportLinked], opened: Iterable[OpenedReport]
) -> Callable[[Report], Report] | None:
    """What takes out this person's protected places, and anybody else's that these reports name; None: there are none.

    A first line in free words is looked for only where it is this person's, or the address of one of these reports.
    """
    hashes = frozenset(each for link in linked for each in link.protects)
    named = protected_words(index, words_in_reports((one.report for one in opened), lines=False))
    if not hashes and not named:
        return None

    def protected(word: str) -> bool:
        return word in named or (bool(hashes) and hash_of(index, word) in hashes)

    return lambda report: without(report, lambda found: any(protected(word) for word in found))
