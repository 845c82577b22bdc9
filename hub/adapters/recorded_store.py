"""The hub's own store: with whatever it keeps, it keeps how the answers before it ended."""

import logging
from uuid import UUID

from hub.adapters.event_store import StoreKeys
from hub.adapters.recorder_port import Recorder, SealedVersions
from hub.adapters.sealing_mapper import SealingMapper
from hub.adapters.telemetry import Telemetry
from hub.adapters.watched import WatchedStore
from hub.application.keep_outcome import Outcomes
from hub.application.ports import Entry, Kept, Term
from hub.domain.errors import StoreUnavailable

_LOG = logging.getLogger("safeguarding_hub.hub")


class RecordedStore(WatchedStore):
    """The event store, watched, with the outcomes of answers."""

    def __init__(
        self,
        recorder: Recorder,
        mapper: SealingMapper,
        keys: StoreKeys,
        sealed: SealedVersions | None,
        telemetry: Telemetry,
        *,
        outcomes: Outcomes,
    ) -> None:
        """As WatchedStore."""
        super().__init__(recorder, mapper, keys, sealed, telemetry)
        self.outcomes = outcomes

    def keep(
        self, entries: tuple[Entry, ...], terms: tuple[Term, ...] = (), seen: tuple[tuple[UUID, int], ...] = ()
    ) -> Kept:
        """See ports.Store."""
        ended = self.outcomes.take()
        try:
            kept = super().keep((*entries, *ended), terms, seen)
        except BaseException:
            self.outcomes.put_back(ended)
            raise
        self.outcomes.decided(entries)
        return Kept(kept.positions[: len(entries)], kept.permit)

    def leave(self) -> None:
        """Keep what still waits if it can be kept; where not, what was decided counts as shown."""
        try:
            self.keep_outcomes()
        except StoreUnavailable:
            _LOG.warning("how the last answers ended is not on record: the store is away")

    def keep_outcomes(self) -> None:
        """Keep what still waits, though there is nothing to keep it with. Raises StoreUnavailable."""
        while ended := self.outcomes.take():
            try:
                super().keep(ended)
            except BaseException:
                self.outcomes.put_back(ended)
                raise
