"""The rows of the store at some positions, in few readings however many they are."""

from collections.abc import Mapping
from uuid import UUID

from eventsourcing.persistence import PersistenceError, StoredEvent

from hub.adapters.recorder_port import Recorder
from hub.application.kept_rows import KeptRow
from hub.domain.errors import StoreUnavailable, Unreadable


class PlacedRows:
    """See application.prove_lines.RowsAt."""

    def __init__(self, recorder: Recorder) -> None:
        """Use this recorder."""
        self._recorder = recorder

    def rows_at(self, positions: tuple[int, ...]) -> Mapping[int, KeptRow]:
        """See application.prove_lines.RowsAt."""
        if not positions:
            return {}
        try:
            found = self._recorder.events_at(positions)
        except PersistenceError as refused:
            raise StoreUnavailable(type(refused).__name__) from None
        return {position: _row(position, event) for position, event in found}


def _row(position: int, event: StoredEvent) -> KeptRow:
    if not isinstance(event.originator_id, UUID):
        raise Unreadable(position, "record_stream")
    return KeptRow(position, event.originator_id, event.originator_version, event.topic, event.state)
