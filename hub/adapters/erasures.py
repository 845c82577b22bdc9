"""Erasing on this machine: one process at a time, and nobody is served before what was erased is gone."""

import logging
from pathlib import Path
from uuid import UUID

from contracts.events.erasure import ErasureDone
from contracts.events.hub import Actor
from hub.adapters.alone import alone
from hub.adapters.numbering import Numbering
from hub.application.carry_out_erasure import Erasing, erase, is_settled, settle, write_again

_LOCK = "erasing.lock"
_LOG = logging.getLogger("safeguarding_hub.hub")


def settle_here(erasing: Erasing, numbering: Numbering, home: Path) -> None:
    """Nothing, once every erasure that was ever begun is carried out here: in a copy that was put back too.

    Raises StoreUnavailable: then nobody is served.
    """
    if not is_settled(erasing):
        with alone(home / _LOCK):
            numbering.check()
            if write_again(erasing):
                _LOG.warning("the journal of what was erased had lost lines; they are written again from the store")
            settle(erasing)


def erase_here(erasing: Erasing, home: Path, actor: Actor, erasure_id: UUID) -> ErasureDone:
    """See application.carry_out_erasure.erase."""
    with alone(home / _LOCK):
        return erase(erasing, actor, erasure_id)
