"""`hub work`: receives, answers, keeps views, follows disclosures and seals, until it is told to stop.

Several may run for one hub: all of them receive, and one at a time follows.
"""

import argparse
import logging.config
import threading
from dataclasses import dataclass

from contracts.event import Fact
from hub.adapters.telemetry_otlp import start
from hub.application.kept_rows import KeptRow, KeptRows
from hub.application.replay_quarantined import replay_after_upgrade
from hub.commands.held_views import ToldOfViews
from hub.commands.hourly import Hourly
from hub.commands.keeping_time import escalate, every_minute
from hub.commands.pauses import settle
from hub.commands.quiet_log import log_config
from hub.commands.status_port import told
from hub.commands.stopping import LAST_WORDS_SECONDS, again_and_again, hear_no_more, told_to_stop, until_stopped
from hub.engines import check
from hub.settings import Settings
from hub.wiring import Hub

NAMES = frozenset({"work"})
PAUSE_SECONDS = 0.5
NOT_OPEN = {"store": "away"}


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add this command to `hub`."""
    commands.add_parser("work", help="receive what agencies send, answer, keep the views and seal, until stopped")


def run(settings: Settings, _arguments: argparse.Namespace) -> int:
    """0 when told to stop, 1 when it broke: what is away is waited for. Raises BadSetting."""
    check(settings)
    logging.config.dictConfig(log_config(as_json=settings.log_as_json))
    stopping = told_to_stop()
    worker = Worker(settings, stopping)
    with told(settings.address, settings.status_port, worker.codes):
        code = until_stopped(worker.work, stopping, LAST_WORDS_SECONDS)
        worker.close()
    hear_no_more()
    return code


class Worker:
    """One worker of a hub that may not be reachable yet."""

    def __init__(self, settings: Settings, stopping: threading.Event) -> None:
        """Open nothing yet."""
        self._settings = settings
        self._stopping = stopping
        self._hub: Hub | None = None
        self._telemetry = start(settings.telemetry, "work")
        self._trying_again = Hourly(self._try_again)
        self._escalating = every_minute(self._escalate)
        self._views = ToldOfViews()

    def work(self) -> None:
        """Until told to stop. Raises what is a fault of programming."""
        again_and_again(self.one_round, self._stopping, PAUSE_SECONDS)

    def one_round(self) -> bool:
        """Whether anything came in; what was kept before is followed too. Raises HubError: the round is tried again."""
        if self._hub is None:
            self._hub = Hub(self._settings, self._telemetry)
            settle()
        taken = self._hub.receive()
        if not self._stopping.is_set() and self._hub.follow_if_free(UntilStopped(self._hub.store, self._stopping)):
            self._views.tell(self._hub.held)
            self._escalating.if_due()
            if not self._hub.held:
                self._trying_again.if_due()
        return bool(taken)

    def _try_again(self) -> None:
        """What an earlier edition could not read is tried once by this one.

        Again every hour, since beside this worker one of an earlier edition may still be setting messages aside.
        """
        if self._hub is not None:
            replay_after_upgrade(self._hub.replaying())

    def _escalate(self) -> None:
        if self._hub is not None:
            escalate(self._hub)

    def codes(self) -> dict[str, str]:
        """How it stands, for its status port."""
        return dict(self._hub.readiness.codes()) if self._hub is not None else dict(NOT_OPEN)

    def close(self) -> None:
        """Leave what it reached."""
        if self._hub is not None:
            self._hub.close()
        self._telemetry.close()


@dataclass(frozen=True, slots=True)
class UntilStopped:
    """See application.kept_rows.KeptRows: the store's rows, until the process is told to stop; then no more come."""

    rows: KeptRows
    stopping: threading.Event

    def rows_after(self, position: int, limit: int) -> tuple[KeptRow, ...]:
        """See KeptRows."""
        return () if self.stopping.is_set() else self.rows.rows_after(position, limit)

    def open_row(self, row: KeptRow) -> Fact | None:
        """See KeptRows."""
        return self.rows.open_row(row)
