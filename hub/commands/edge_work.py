"""What `hub edge` does in each round: takes files in, publishes, keeps accounts, and hands over what was shared."""

import json
import logging
from collections.abc import Iterable
from dataclasses import dataclass, replace
from time import monotonic
from uuid import UUID

from agencies.agency import Delivered, Outcome, Result
from contracts.strict_json import Json
from hub.adapters.drop_folder import DropFolder, Found, NotTaken
from hub.adapters.drop_ledger import DropLedger
from hub.adapters.edge_collect import is_role
from hub.commands.one_line import in_json
from hub.commands.quiet_log import NAME
from hub.commands.send import UNANSWERED, Item, account, answered, item_of
from hub.domain.errors import StoreUnavailable
from hub.wiring import Edge

DELIVERED_TO = "edge_process"
_LOG = logging.getLogger(NAME)


@dataclass(frozen=True, slots=True)
class _Kept:
    """A file whose facts are durable and that still lies where it was put; its bytes are not held."""

    found: Found
    outcomes: tuple[Outcome, ...]


class EdgeWork:
    """One agency's edge at work on its folder. Everything it does may be done again after a crash and does no harm."""

    def __init__(self, edge: Edge, folder: DropFolder, ledger: DropLedger, heartbeat_seconds: int) -> None:
        """Nothing is done yet."""
        self._edge = edge
        self._folder = folder
        self._ledger = ledger
        self._heartbeat_seconds = heartbeat_seconds
        self._beat_at: float | None = None
        self._caught_up = False
        self._kept: dict[str, _Kept] = {}
        self._left: set[tuple[str, str]] = set()
        self._not_taken: tuple[str, ...] = ()
        self._heeded: set[tuple[str, str]] = set()

    def one_round(self) -> bool:
        """Whether there was anything to do. Raises StoreUnavailable: the round is tried again.

        What is in the outbox is sent, and answers are fetched, even when the folder cannot be used. No heartbeat goes
        out then: the hub would call the agency heard, while its files lie where nobody takes them in.
        """
        try:
            return self._round()
        except StoreUnavailable:
            self._caught_up = False  # what came before it was refused may lie in no file yet, or in one too long
            raise

    def _round(self) -> bool:
        taken, refused = self._take_all()
        published = self._edge.publish()
        if refused is None:
            self._beat()
        receipts = self._edge.receipts()
        self._tell({account for one in receipts for account in self._ledger.accounts_of(one.event_id)})
        self._heed_readers()
        shared = self._edge.collect(DELIVERED_TO)
        self._deliver(shared)
        if shared:
            self._take_away()
        if refused is not None:
            raise refused
        return any(taken) or bool(published or receipts or shared)

    def _take_all(self) -> tuple[list[bool], StoreUnavailable | None]:
        """For each file whether it was taken in, and what refused one, if anything: it stops none of the others."""
        taken: list[bool] = []
        left: list[str] = []
        refused: StoreUnavailable | None = None
        try:
            if not self._caught_up:
                self._catch_up()
            settled = self._folder.settled()
        except StoreUnavailable as away:
            return taken, away
        for name in settled:
            try:
                taken.append(self._take(name))
            except NotTaken as not_taken:
                left.append(self._leave(name, str(not_taken)))
            except StoreUnavailable as away:
                refused = refused or away
        left += (self._leave(name, "no_plain_file") for name in self._folder.no_plain_files)
        self._not_taken = tuple(left)
        return taken, refused

    def _take(self, name: str) -> bool:
        """Whether the file was taken in. Its facts are durable first, then its account, and only then is it moved.

        One that cannot be moved is not taken in again in every round: the outbox would grow by it for ever.
        Raises NotTaken, StoreUnavailable.
        """
        if name not in self._kept:
            found = self._folder.read(name)
            self._kept[name] = _Kept(replace(found, raw=b""), self._edge.take(found.raw, found.name))
        kept = self._kept[name]
        items = tuple(item_of(one.record, one, self._edge.outbox) for one in kept.outcomes)
        events = tuple(fact.event_id for one in kept.outcomes for fact in one.facts)
        self._ledger.speaks_of(kept.found.label, events)
        self._write(kept.found.label, items)
        is_moved = self._folder.take(kept.found)
        del self._kept[name]
        return is_moved

    def _leave(self, name: str, code: str) -> str:
        """The code by which the hub is told of it; the log is told of it once."""
        if (name, code) not in self._left:
            _LOG.warning("a file was left where it is", extra={"code": code})
            self._left.add((name, code))
        return code.lower()

    def _heed_readers(self) -> None:
        """What somebody moved to where those lie that were read, was read: the hub is told so, once."""
        for role, name in self._folder.read_by():
            if (role, name) in self._heeded:
                continue
            if not is_role(role):
                self._leave(name, "role_not_a_code")
            elif self._edge.read(name, role) is None:
                self._leave(name, "never_delivered")
            self._heeded.add((role, name))

    def _catch_up(self) -> None:
        """After a crash an answer may be kept that no account tells yet, and a share that no file holds yet."""
        self._tell(
            name for name in self._folder.accounts() if UNANSWERED.encode() in (self._folder.account(name) or b"")
        )
        self._deliver(self._edge.inbox.documents())
        self._take_away()
        self._caught_up = True

    def _tell(self, names: Iterable[str]) -> None:
        for name in names:
            told = self._folder.account(name)
            if told is not None:
                self._write(name, tuple(self._item(one) for one in json.loads(told)["items"]))

    def _item(self, told: dict[str, Json]) -> Item:
        """The item as it stands by now."""
        match told:
            case {"record": str(record), "events": [_, *_] as events}:
                return answered(record, tuple(UUID(str(event)) for event in events), self._edge.outbox)
            case {"record": str(record), "outcome": str(outcome), "reason": str(reason)}:
                return Item(record, Result(outcome), reason, (), (), ())
            case _:
                raise TypeError("an account is not of its shape")

    def _write(self, name: str, items: tuple[Item, ...]) -> None:
        self._folder.write_account(name, in_json(account(items)).encode())

    def _deliver(self, shared: tuple[Delivered, ...]) -> None:
        for one in shared:
            if not self._ledger.is_delivered(one.name):
                self._folder.write_shared(one.name, one.raw)
                self._ledger.delivered(one.name)

    def _take_away(self) -> None:
        """What was recalled before anybody had read it lies in the folder no longer."""
        for name in self._edge.inbox.to_take_away():
            self._folder.take_away_shared(name)

    def _beat(self) -> None:
        if self._beat_at is None or monotonic() - self._beat_at >= self._heartbeat_seconds:
            self._edge.beat(self._heartbeat_seconds, self._not_taken)
            self._beat_at = monotonic()
