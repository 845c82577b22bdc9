"""The hub's own store: with whatever it keeps, it keeps how the answers before it ended; it waits for witnesses."""

import logging
from collections.abc import Callable

from hub.adapters.event_store import StoreKeys
from hub.adapters.recorder_port import Recorder, SealedVersions
from hub.adapters.sealing_mapper import SealingMapper
from hub.adapters.telemetry import Telemetry
from hub.adapters.watched import WatchedStore
from hub.application.keep_outcome import Outcomes
from hub.application.ports import Entry, Kept, Seen, Term
from hub.application.wait_for_witnesses import held_back
from hub.domain.errors import StoreUnavailable, WaitsForWitnesses
from hub.domain.witnessed import WitnessState

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
        witnessed: Callable[[], WitnessState],
    ) -> None:
        """As WatchedStore; `witnessed` says how fresh the witnesses' word on the log is."""
        super().__init__(recorder, mapper, keys, sealed, telemetry)
        self.outcomes = outcomes
        self._witnessed = witnessed

    def keep(self, entries: tuple[Entry, ...], terms: tuple[Term, ...] = (), seen: Seen = ()) -> Kept:
        """See ports.Store."""
        instead = held_back(entries, self._witnessed)
        if instead is not None:
            self._keep(instead, (), seen)
            raise WaitsForWitnesses
        return self._keep(entries, terms, seen)

    def _keep(self, entries: tuple[Entry, ...], terms: tuple[Term, ...], seen: Seen) -> Kept:
        ended = self.outcomes.take()
        try:
            kept = super().keep((*entries, *ended), terms, seen)
        except BaseException:
            self.outcomes.put_back(ended)
            raise
        self.outcomes.decided(entries, kept.positions[: len(entries)])
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
