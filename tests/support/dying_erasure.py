"""`python -m tests.support.dying_erasure HOME ERASURE STEP`: an erasure that kills itself after a named step."""

import os
import signal
import sys
from dataclasses import replace
from pathlib import Path
from typing import Final
from uuid import UUID

from contracts.events.erasure import ErasureBegun
from hub.adapters.erasures import erase_here
from hub.application.carry_out_erasure import Erasing, Journal, Left, Shredder
from hub.commands import staff
from hub.settings import Settings
from hub.wiring import Hub
from tests.support.house import proved

STEPS: Final = ("begun", "written down", "keys destroyed", "views emptied", "looked at")


class _Dying:
    def __init__(self, step: str) -> None:
        self._step = step

    def after(self, step: str) -> None:
        """End here, where it is this step."""
        if step == self._step:
            os.kill(os.getpid(), signal.SIGKILL)


class DyingJournal:
    """See carry_out_erasure.Journal."""

    def __init__(self, journal: Journal, dying: _Dying) -> None:
        self._journal = journal
        self._dying = dying

    def lines(self) -> tuple[ErasureBegun, ...]:
        """See Journal."""
        return self._journal.lines()

    def add(self, begun: ErasureBegun) -> None:
        """See Journal."""
        self._dying.after("begun")
        self._journal.add(begun)
        self._dying.after("written down")


class DyingShredder:
    """See carry_out_erasure.Shredder."""

    def __init__(self, shredder: Shredder, dying: _Dying) -> None:
        self._shredder = shredder
        self._dying = dying

    def keys_of(self, person_id: UUID) -> tuple[str, ...]:
        """See Shredder."""
        return self._shredder.keys_of(person_id)

    def pointers_of(self, person_id: UUID) -> tuple[str, ...]:
        """See Shredder."""
        return self._shredder.pointers_of(person_id)

    def destroy_keys(self, person_id: UUID) -> None:
        """See Shredder."""
        self._shredder.destroy_keys(person_id)
        self._dying.after("keys destroyed")

    def make_views_again(self) -> None:
        """See Shredder."""
        self._shredder.make_views_again()
        self._dying.after("views emptied")

    def left(self, person_id: UUID) -> Left:
        """See Shredder."""
        found = self._shredder.left(person_id)
        self._dying.after("looked at")
        return found

    def gone(self) -> frozenset[UUID]:
        """See Shredder."""
        return self._shredder.gone()


def dying(erasing: Erasing, step: str) -> Erasing:
    """The same, ending after that step."""
    at = _Dying(step)
    return replace(erasing, journal=DyingJournal(erasing.journal, at), shredder=DyingShredder(erasing.shredder, at))


def main(home: str, erasure_id: str, step: str) -> None:
    """See the module."""
    hub = Hub(Settings(home=Path(home)))
    erase_here(dying(hub.erasing(), step), hub.settings.home, proved(hub, staff.IG_OFFICER), UUID(erasure_id))


if __name__ == "__main__":
    main(*sys.argv[1:])
