"""The log of a small hub: it seals what the store holds each time that the pages ask how far an entry is proved."""

from dataclasses import replace

from hub.adapters.log_bodies import LogBodies, Salts
from hub.adapters.log_proofs import EntriesOfPage, LogProofs
from hub.adapters.log_shelf import LogShelf
from hub.adapters.placed_rows import PlacedRows
from hub.application.seal_log import seal_log
from hub.web.parts import Parts
from tests.support.small_hub import SmallHub


class LifeLog(LogProofs):
    """The log of one small hub, in its folder."""

    def __init__(self, small: SmallHub) -> None:
        """Open it there; nothing is sealed yet."""
        home, secret = small.path.parent, small.keyring.secret
        self.small = small
        self.shelf = LogShelf(home, secret, small.clock)
        self.bodies = LogBodies(home / "log-bodies.db", secret("log-bodies"))
        super().__init__(self.shelf, self.bodies, None)

    def together(self, positions: tuple[int, ...]) -> EntriesOfPage:
        """See LogProofs; what stands in the store by then is sealed first."""
        salts = Salts(self.small.keyring.openings)
        with self.shelf.opened() as log:
            seal_log(self.small.store, self.bodies, log, salts, self.shelf.last_checkpoint)
        return super().together(positions)


def with_its_log(parts: Parts, small: SmallHub) -> Parts:
    """The pages, proving what they show of the small hub by its own log."""
    log = LifeLog(small)
    return replace(
        parts,
        kept=small.store,
        placed=PlacedRows(small.recorder),
        proofs=log,
        log_folder=log.shelf.folder,
        log_key=log.shelf.vkey,
        sealed_up_to=lambda: log.bodies.last()[0],
    )
