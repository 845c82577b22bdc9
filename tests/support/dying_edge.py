"""An edge that signals itself at a named step: the product's own, with its outbox, folder and bus wrapped; and how."""

import signal
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from agencies import registry as partners
from agencies.agency import Delivered, Outcome
from agencies.edge import NativeFile, Numbered, Outgoing
from contracts.events.hub import ReceiptIssued
from hub.adapters.clock import SystemClock
from hub.adapters.drop_folder import DropFolder, Found
from hub.adapters.drop_ledger import DropLedger
from hub.adapters.edge_inbox import AboutReport, EdgeInbox, KeptShare, Owed
from hub.adapters.edge_side import Beyond, Edge, Road
from hub.adapters.outbox import SqliteOutbox
from hub.adapters.telemetry import Telemetry
from hub.adapters.watched import WatchedBus
from hub.application.bus_port import Arrived
from hub.application.take_messages import CONSUMER
from hub.commands import edge as edge_command
from hub.commands.edge_work import EdgeWork
from hub.commands.stopping import again_and_again, told_to_stop, until_stopped
from hub.engines import open_bus
from hub.settings import Settings
from hub.wiring import edge_folder

_SENT = {"in": "published", "receipts": "answered", "out": "shared"}  # by how the topic's name begins


@dataclass
class Moment:
    """The step at which the process signals itself, when it has come there so many times."""

    step: str
    left: int
    by: signal.Signals

    def here(self, step: str) -> None:
        """The process is at that step now."""
        if step == self.step:
            self.left -= 1
            if self.left == 0:
                # To this thread: sent to the process, it would stop this thread a moment later, in the step after.
                signal.pthread_kill(threading.get_ident(), self.by)


class DyingBus(WatchedBus):
    """The bus of either; a heartbeat is no step."""

    def __init__(self, road: Road, telemetry: Telemetry, moment: Moment) -> None:
        super().__init__(road, telemetry)
        self._moment = moment

    def poll(self, consumer: str, topics: tuple[str, ...], limit: int) -> tuple[Arrived, ...]:
        """See ports.Bus."""
        found = super().poll(consumer, topics, limit)
        if found:
            self._moment.here(f"{_read_by(consumer)}polled")
        return found

    def send_all(self, outgoing: tuple[Outgoing, ...]) -> None:
        """See ports.Bus."""
        super().send_all(outgoing)
        if outgoing:
            self._moment.here(_SENT[outgoing[0].topic.partition(".")[0]])

    def publish(self, outgoing: Outgoing) -> None:
        """See agencies.edge.Publisher."""
        super().send_all((outgoing,))

    def done(self, consumer: str, arrived: Arrived) -> None:
        """See ports.Bus."""
        super().done(consumer, arrived)
        self._moment.here(f"{_read_by(consumer)}done")

    def done_all(self, consumer: str, arrived: tuple[Arrived, ...]) -> None:
        """See ports.Bus."""
        super().done_all(consumer, arrived)
        if arrived:
            self._moment.here(f"{_read_by(consumer)}done")


def _read_by(consumer: str) -> str:
    """What an edge reads there; the hub reads what is the first to be read."""
    if consumer == CONSUMER:
        return ""
    return "shares " if consumer.endswith("-shared") else "receipts "


class DyingOutbox(SqliteOutbox):
    """The outbox of the edge."""

    moment: Moment

    def take_in(
        self, native: NativeFile, outcomes: tuple[Outcome, ...], seal: Callable[[Numbered], tuple[Outgoing, ...]]
    ) -> None:
        """See agencies.edge.Outbox."""
        self.moment.here("outbox next")
        super().take_in(native, outcomes, seal)
        self.moment.here("in outbox")

    def published(self, positions: tuple[int, ...]) -> None:
        """See agencies.edge.Outbox."""
        super().published(positions)
        self.moment.here("marked")

    def answered(self, receipts: Iterable[tuple[ReceiptIssued, int]]) -> None:
        """See SqliteOutbox."""
        super().answered(receipts)
        self.moment.here("receipts kept")


class DyingFolder(DropFolder):
    """The folder of the edge."""

    moment: Moment

    def read(self, name: str) -> Found:
        """See DropFolder."""
        found = super().read(name)
        self.moment.here("file read")
        return found

    def write_account(self, name: str, told: bytes) -> None:
        """See DropFolder."""
        super().write_account(name, told)
        self.moment.here("account written")

    def take(self, found: Found) -> bool:
        """See DropFolder."""
        taken = super().take(found)
        self.moment.here("file moved")
        return taken

    def write_shared(self, name: str, raw: bytes) -> None:
        """See DropFolder."""
        super().write_shared(name, raw)
        self.moment.here("share written")


class DyingInbox(EdgeInbox):
    """The inbox of the edge."""

    moment: Moment

    def keep(self, share: KeptShare, delivered: Delivered, answer: Outgoing, about: AboutReport | None = None) -> bool:
        """See EdgeInbox."""
        is_new = super().keep(share, delivered, answer, about)
        self.moment.here("share kept")
        return is_new

    def answered(self, owed: Owed) -> None:
        """See EdgeInbox."""
        super().answered(owed)
        self.moment.here("share marked")


def run_edge(settings: Settings, name: str, moment: Moment) -> int:
    """`hub edge NAME` with its ports wrapped; its exit code."""
    assert settings.drop is not None
    stopping, agency = told_to_stop(), partners.by_name(name)
    folder = edge_folder(settings, agency.name)
    bus = DyingBus(open_bus(settings), Telemetry(), moment)
    edge = Edge(agency, folder, Beyond(edge_command.hub_keys(settings), bus, SystemClock()))
    outbox = DyingOutbox(folder / "outbox.db", edge.keys.keyring.secret("intake"))
    inbox = DyingInbox(folder / "inbox.db", edge.keys.keyring.secret("inbox"))
    drop = DyingFolder(settings.drop)
    outbox.moment = inbox.moment = drop.moment = moment
    edge.outbox, edge.inbox = outbox, inbox
    work = EdgeWork(edge, drop, DropLedger(folder / "drop.db"), settings.heartbeat_seconds)
    return until_stopped(lambda: again_and_again(work.one_round, stopping, 0.5), stopping, 5.0)
