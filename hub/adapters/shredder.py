"""What holds a child's record, to be destroyed: keys, pointers of the index, rows of the views."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from eventsourcing.persistence import PersistenceError

from hub.adapters.alone import alone
from hub.adapters.event_store import EventStore
from hub.adapters.keys import Keyring
from hub.adapters.recorder_port import Recorder
from hub.adapters.row_form import of_person
from hub.adapters.view_rows_port import KeptViews
from hub.application.carry_out_erasure import Left
from hub.application.ports import Stream, StreamKind, marks_of
from hub.domain.errors import StoreUnavailable


@dataclass(frozen=True, slots=True)
class HubShredder:
    """See application.carry_out_erasure.Shredder. `log_lock` is the file by which one process at a time seals."""

    keyring: Keyring
    recorder: Recorder
    store: EventStore
    views: KeptViews
    log_lock: Path

    def keys_of(self, person_id: UUID) -> tuple[str, ...]:
        """See Shredder."""
        return tuple(kid.hex() for kid in self.keyring.ids_of(of_person(person_id.hex)))

    def pointers_of(self, person_id: UUID) -> tuple[str, ...]:
        """See Shredder."""
        with _translated():
            return marks_of(self.recorder.terms_of(person_id))

    def destroy_keys(self, person_id: UUID) -> None:
        """See Shredder. Nobody seals meanwhile: what a row said is known as long as somebody is reading it."""
        with alone(self.log_lock):
            self.keyring.destroy(of_person(person_id.hex))
        with _translated():
            self.recorder.let_go()

    def make_views_again(self) -> None:
        """See Shredder."""
        self.views.begin_again()

    def left(self, person_id: UUID) -> Left:
        """See Shredder."""
        streams = (Stream(kind, person_id.hex) for kind in (StreamKind.HISTORY, StreamKind.ACCESS, StreamKind.ENQUIRY))
        destroyed = self.keyring.destroyed()
        with _translated():
            rows = [row for one in streams for row in self.recorder.select_events(self.store.stream_id(one))]
            opening = sum(row.state[1:17] not in destroyed for row in rows)
            return Left(len(self.keys_of(person_id)), len(self.recorder.terms_of(person_id)), opening, len(rows))

    def gone(self) -> frozenset[UUID]:
        """See Shredder."""
        with _translated():
            forgotten = self.recorder.forgotten()
        owners = self.keyring.gone()
        return frozenset(person for person in forgotten if of_person(person.hex) in owners)


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except PersistenceError as refused:
        raise StoreUnavailable(type(refused).__name__) from None
