"""`python -m tests.support.dying KIND STEP TIMES SIGNAL`: a process of ours that signals itself at a named step.

KIND is `work`, `serve` (on files), or the agency whose edge it is.
It is the product's own, put together as the product does, with its ports wrapped: nothing in the product knows of it.
Without words it does so for each line that it reads, in a process forked from what is loaded already.
"""

import json
import os
import signal
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast
from uuid import UUID

from eventsourcing.persistence import Notification, StoredEvent

from contracts.envelope import Sealed
from contracts.strict_json import Json
from hub.adapters.log_bodies import LogBodies
from hub.adapters.recorder_port import Make, Recorder
from hub.adapters.view_rows_port import KeptViews
from hub.application.bus_port import Arrived, Letter, Unsealer
from hub.application.receiving import Receiving
from hub.application.seal_log import Body
from hub.commands.serve import serve
from hub.commands.stopping import told_to_stop, until_stopped
from hub.commands.work import Worker
from hub.settings import Settings, read_settings
from hub.views.view import Values, View, ViewRow
from hub.wiring import Hub
from tests.support.dying_edge import DyingBus, Moment, run_edge

PATIENCE_SECONDS = 60


class DyingRecorder:
    """What is under the store: every call is passed on; with its index terms, a report is known from all else."""

    def __init__(self, recorder: Recorder, moment: Moment) -> None:
        self._recorder = recorder
        self._insert: Callable[..., Sequence[int] | None] = recorder.insert_events
        self._moment = moment

    def __getattr__(self, name: str) -> object:
        return getattr(self._recorder, name)

    def insert_events(
        self, stored_events: Sequence[StoredEvent], *, make: Make, **with_them: object
    ) -> Sequence[int] | None:
        """See recorder_port.Recorder; a step of a fact is named by its code (fact_codes.CODES)."""
        reached = [""] if with_them.get("terms") else []
        for step in reached:
            self._moment.here(f"keeping{step}")

        def made(version: Callable[[UUID], int]) -> Sequence[StoredEvent]:
            events = make(version)
            for event in events:
                self._moment.here(f"keeping {event.topic}")
                reached.append(f" {event.topic}")
            return events

        positions = self._insert(stored_events, make=made, **with_them)
        for step in reached:
            self._moment.here(f"kept{step}")
        return positions

    def select_notifications(
        self, start: int | None, limit: int, *, inclusive_of_start: bool
    ) -> Sequence[Notification]:
        """See recorder_port.Recorder."""
        found = self._recorder.select_notifications(start, limit, inclusive_of_start=inclusive_of_start)
        if found:
            self._moment.here("rows read")
        return found


class DyingBodies(LogBodies):
    """The bodies of the log, kept before its leaves."""

    moment: Moment

    def add(self, bodies: tuple[Body, ...]) -> None:
        """See application.seal_log.Bodies."""
        super().add(bodies)
        if bodies:
            self.moment.here("bodies kept")


@dataclass
class DyingViews:
    """See view_rows_port.KeptViews."""

    kept: KeptViews
    moment: Moment

    @property
    def views(self) -> tuple[View, ...]:
        """See KeptViews."""
        return self.kept.views

    def followed_to(self, view: View) -> int:
        """See KeptViews."""
        return self.kept.followed_to(view)

    def rows_of(self, view: View, keys: tuple[str, ...]) -> dict[str, Values]:
        """See KeptViews."""
        return self.kept.rows_of(view, keys)

    def write(self, view: View, rows: tuple[ViewRow, ...], position: int, *, since: int) -> bool:
        """See KeptViews."""
        written = self.kept.write(view, rows, position, since=since)
        self.moment.here("view written")
        return written

    def read(self, view: View) -> tuple[dict[str, Json], ...]:
        """See KeptViews."""
        return self.kept.read(view)

    def begin_again(self) -> None:
        """See KeptViews."""
        self.kept.begin_again()

    def contents(self, view: View) -> dict[str, str]:
        """See KeptViews."""
        return self.kept.contents(view)

    def close(self) -> None:
        """See KeptViews."""
        self.kept.close()


@dataclass(frozen=True)
class DyingUnsealer:
    """See bus_port.Unsealer."""

    unsealer: Unsealer
    moment: Moment

    def letters(self, arrived: tuple[Arrived, ...]) -> Iterator[Letter]:
        """See bus_port.Unsealer."""
        found = tuple(self.unsealer.letters(arrived))
        if found:
            self.moment.here("proved")
        return iter(found)

    def claimed(self, letter: Letter) -> tuple[str | None, str | None]:
        """See bus_port.Unsealer."""
        return self.unsealer.claimed(letter)

    def alone(self, letter: Letter) -> Sealed:
        """See bus_port.Unsealer."""
        return self.unsealer.alone(letter)


class DyingHub(Hub):
    """The hub with its ports wrapped."""

    def __init__(self, settings: Settings, moment: Moment) -> None:
        super().__init__(settings)
        self._moment = moment
        bodies = DyingBodies(settings.home / "log-bodies.db", self.keyring.secret("log-bodies"))
        bodies.moment = moment
        self.bodies = bodies
        self.store.recorder = cast("Recorder", DyingRecorder(self.recorder, moment))
        self.bus = DyingBus(self._road, self.telemetry, moment)
        self.view_rows = DyingViews(self.view_rows, moment)

    def _receiving(self) -> Receiving:
        receiving = super()._receiving()
        return replace(receiving, unsealer=DyingUnsealer(receiving.unsealer, self._moment))


class DyingWorker(Worker):
    """`hub work` on that hub."""

    def __init__(self, settings: Settings, moment: Moment) -> None:
        super().__init__(settings, told_to_stop())
        self._hub = DyingHub(settings, moment)

    def until_stopped(self) -> int:
        """Its exit code."""
        code = until_stopped(self.work, self._stopping, 5.0)
        self.close()
        return code


def run(environment: Mapping[str, str], kind: str, moment: Moment) -> int:
    """The exit code of a process that never came to the moment."""
    settings = read_settings(environment)
    if kind == "work":
        return DyingWorker(settings, moment).until_stopped()
    if kind == "serve":
        serve(DyingHub(settings, moment))
        return 0
    return run_edge(settings, kind, moment)


def host() -> int:
    """For each line (a JSON object) a process that ends at a moment, and a line that says how it ended; 0 at the end.

    Nothing is open here, so a fork copies no lock and no connection.
    """
    for line in sys.stdin:
        asked = json.loads(line)
        child = os.fork()
        if child == 0:
            signal.alarm(PATIENCE_SECONDS)
            said = os.open(asked["said"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            os.dup2(said, 1)
            os.dup2(said, 2)
            return run(asked["environment"], asked["kind"], Moment(asked["step"], asked["times"], signal.SIGKILL))
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()
    return 0


def main(kind: str, step: str, times: str, by: str) -> int:
    """See the module."""
    return run(os.environ, kind, Moment(step, int(times), signal.Signals(int(by))))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]) if len(sys.argv) > 1 else host())
