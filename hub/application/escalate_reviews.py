"""An opening in an emergency that nobody reviewed within its working day is raised, once, by whoever keeps time.

Those who check, and the agencies whose child it is, are told until somebody reviews it. The views only say where to
look: whether it was reviewed is read from what is kept.
"""

from collections.abc import Iterator
from typing import Final
from uuid import UUID, uuid5

from hub.application.list_accesses import RowsUnder
from hub.application.list_emergencies import emergencies, is_waiting
from hub.application.ports import Clock, Entry, Store, Stream, StreamKind
from hub.domain.emergency import escalation, unreviewed
from hub.domain.errors import AlreadyKept, Unreadable

_NAMESPACE: Final = UUID("5b7c0e52-0d57-5f0a-9b53-6a3c1f0be0d1")


def escalate_reviews(store: Store, clock: Clock, rows_under: RowsUnder) -> int:
    """How many were raised now; `rows_under` gives the rows of the accesses view under some keys.

    Raises StoreUnavailable, and Unreadable once everything else is raised.
    """
    raised, broken = 0, list[Unreadable]()
    for person_id, decision_id in _not_yet_raised(store, clock, rows_under):
        try:
            raised += _raise_one(store, clock, person_id, decision_id)
        except Unreadable as found:
            broken.append(found)
    if broken:
        raise broken[0]
    return raised


def _not_yet_raised(store: Store, clock: Clock, rows_under: RowsUnder) -> Iterator[tuple[UUID, UUID]]:
    late = (one.line for one in emergencies(rows_under, clock.now()) if is_waiting(one) and one.is_late)
    named = [(line.people[0], line.decision_id) for line in late if line.people and line.decision_id is not None]
    versions = store.versions(tuple(_stream(decision_id) for _, decision_id in named)) if named else ()
    for each, version in zip(named, versions, strict=True):
        if not version:
            yield each


def _raise_one(store: Store, clock: Clock, person_id: UUID, decision_id: UUID) -> int:
    late = unreviewed(store.read_stream(Stream.access(person_id)), clock.now())
    opened = next((one for one in late if one.decision_id == decision_id), None)
    if opened is None:  # reviewed since, where the view lags
        return 0
    entry = Entry(_stream(decision_id), clock.new_id(), escalation(opened, clock.now()), expected=0)
    try:
        store.keep((entry,))
    except AlreadyKept:  # another process raised it meanwhile
        return 0
    return 1


def _stream(decision_id: UUID) -> Stream:
    """The stream of one escalation: it holds one fact, so that nothing is raised twice."""
    return Stream(StreamKind.READ, uuid5(_NAMESPACE, decision_id.hex).hex)
