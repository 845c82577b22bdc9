"""After each checkpoint the witnesses are asked to cosign it: what they answer is proved, attached and published.

One round at a time: all witnesses are sent the same checkpoint, so that enough of them can meet on it. Whoever does
not answer is left behind, and asked again in the next round. A witness that has forgotten what it cosigned is asked no
more, and does not count, until somebody who checks says that it may.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Final, Literal, Protocol

from audit.checkpoint import parse_checkpoint
from audit.note import parse_vkey
from audit.policy import Policy
from audit.submission import Cosigned, Elsewhere, Refused, encode_request, outcome_of
from audit.witness import Answer

ROUND = timedelta(seconds=20)  # how long a witness may take
AGAIN = timedelta(minutes=2)  # a log that does not grow is still confirmed: silence would look like a stop
AHEAD = "witness_is_ahead"  # it has seen more of this log than we hold: an old backup was restored
SILENT = "no_answer"
WENT_BACK = "witness_went_back"  # twice it answered with less of this log than it had cosigned: its book was put back

BookTrouble = Literal["witness_book_gone", "witness_book_altered"]  # of this hub's own book: nobody is asked meanwhile
BOOK_GONE: Final = "witness_book_gone"
BOOK_ALTERED: Final = "witness_book_altered"  # or a copy from another policy's time, or its day has not come yet


@dataclass(frozen=True, slots=True)
class Standing:
    """How one witness stands: the size it cosigned last and when, and what went wrong last, if that is newer.

    `origin` names the log of that size, and `key` the key it signed with (its id, 8 hex digits). `went_back` is since
    when it no longer counts, because it forgot what it cosigned.
    """

    name: str
    size: int = 0
    at: datetime | None = None
    code: str = ""
    origin: str = ""
    key: str = ""
    went_back: datetime | None = None


@dataclass(frozen=True, slots=True)
class Heard:
    """What a witness answered; over a bus to a checkpoint that it names itself, else to the one it was sent."""

    name: str
    answer: Answer
    note: bytes = b""


class Road(Protocol):
    """A way to some witnesses. Sending waits for nobody; answers come when they come."""

    def send(self, requests: Mapping[str, bytes]) -> None:
        """Send each named witness its request (C2SP tlog-witness, add-checkpoint)."""

    def heard(self) -> tuple[Heard, ...]:
        """What came since last asked. A witness that cannot be reached is heard with status 0."""


class Log(Protocol):
    """The sealed log."""

    @property
    def size(self) -> int:
        """How many leaves it holds."""

    def checkpoint(self) -> bytes:
        """Sign and publish the present size; the note that is published."""

    def consistency(self, old: int, new: int | None = None) -> tuple[bytes, ...]:
        """The proof that the tree of `old` leaves begins that of `new` (the present one)."""

    def attach(self, note: bytes, lines: bytes, *, enough: bool) -> bytes:
        """Publish the checkpoint with these cosignatures; `enough`: it meets the policy, and is kept apart as such."""


class Book(Protocol):
    """Where it is noted how each witness stands."""

    def read(self) -> tuple[Standing, ...]:
        """Every witness that was ever asked. Raises StoreUnavailable."""

    def write(self, standings: tuple[Standing, ...], now: datetime) -> None:
        """Note it, durable; `now` is kept as the day of asking first, the first time. Raises StoreUnavailable."""


def as_of(policy: Policy, held: tuple[Standing, ...]) -> dict[str, Standing]:
    """How each witness in the book stands, by name; one that has a new key since is a new one."""
    return {one.name: one if _has_its_key(policy, one) else Standing(one.name) for one in held}


def _has_its_key(policy: Policy, one: Standing) -> bool:
    vkey = policy.witnesses.get(one.name)
    return vkey is None or one.key in ("", key_of(vkey))


def key_of(vkey: str) -> str:
    """The id of a key: 8 hex digits."""
    return parse_vkey(vkey).key_id.hex()


@dataclass(slots=True)
class Round:
    """One checkpoint on its way round: who has not answered yet, and the lines that came."""

    note: bytes
    size: int
    began: datetime
    waiting: set[str]
    lines: dict[str, bytes] = field(default_factory=dict)


class Gathering:
    """Asks the policy's witnesses, again and again. One for each process that seals."""

    def __init__(self, policy: Policy, roads: Mapping[str, Road], book: Book) -> None:
        """`roads` leads to each witness by its name in the policy."""
        self._policy = policy
        self._roads = roads
        self._book = book
        self._round: Round | None = None
        self._standings = as_of(policy, book.read())
        self._doubted: dict[str, datetime] = {}  # who answered with less than it had cosigned, in the round begun then

    def tick(self, log: Log, now: datetime) -> None:
        """Take in what was answered, and begin the next round when it is time. Raises StoreUnavailable.

        To be called about every second, with the log that this process holds.
        """
        self._standings = as_of(self._policy, self._book.read())  # somebody may have put a witness right meanwhile
        before = dict(self._standings) if self._round is not None else {"": Standing("")}
        new_lines = False
        for road in dict.fromkeys(self._roads.values()):
            for heard in road.heard():
                new_lines |= self._take(heard, log, now)
        if new_lines and self._round is not None:
            enough = self._policy.is_met_by(frozenset(self._round.lines))
            log.attach(self._round.note, b"".join(self._round.lines.values()), enough=enough)
        self._close_round(now)
        if self._is_time(log, now):
            self._begin(log, now)
        if before != self._standings:
            self._book.write(tuple(self._standings.values()), now)

    def _take(self, heard: Heard, log: Log, now: datetime) -> bool:
        """Whether the round has a new line."""
        current = self._round
        if current is None or heard.name not in self._counted():
            return False
        vkey = self._policy.witnesses[heard.name]
        match outcome_of(heard.answer, heard.note or current.note, vkey):
            case Cosigned(line):
                return self._cosigned(heard, line, current, now)
            case Elsewhere(size) if self._has_cosigned_more(heard.name, size, current):
                self._doubt(heard.name, current, now)
            case Elsewhere(size) if size <= log.size and heard.name in current.waiting and size <= current.size:
                self._ask(heard.name, size, current, log)
            case Elsewhere(size):
                ahead = size > log.size
                self._noted(heard.name, current, AHEAD if ahead else "answer_409")
            case Refused(code):
                self._noted(heard.name, current, SILENT if heard.answer.status == 0 else code)
        return False

    def _cosigned(self, heard: Heard, line: bytes, current: Round, now: datetime) -> bool:
        checkpoint = parse_checkpoint(heard.note or current.note)[0]
        self._doubted.pop(heard.name, None)
        key = key_of(self._policy.witnesses[heard.name])
        self._standings[heard.name] = Standing(
            heard.name, checkpoint.size, now.astimezone(UTC), origin=checkpoint.origin, key=key
        )
        if checkpoint != parse_checkpoint(current.note)[0]:
            return False
        current.waiting.discard(heard.name)
        current.lines[heard.name] = line
        return True

    def _noted(self, name: str, current: Round, code: str) -> None:
        current.waiting.discard(name)
        self._standings[name] = replace(self._standings.get(name, Standing(name)), code=code)

    def _counted(self) -> set[str]:
        """The witnesses that are asked: those that have not gone back."""
        return {name for name in self._roads if self._standings.get(name, Standing(name)).went_back is None}

    def _has_cosigned_more(self, name: str, size: int, current: Round) -> bool:
        """Whether this hub holds the witness's proof that it cosigned more of this log than it says now."""
        known = self._standings.get(name, Standing(name))
        same = known.origin == parse_checkpoint(current.note)[0].origin
        return same and known.key == key_of(self._policy.witnesses[name]) and size < known.size

    def _doubt(self, name: str, current: Round, now: datetime) -> None:
        """One such answer may be an old one that came late: it went back when the next round hears it too."""
        self._noted(name, current, "answer_409")
        if self._doubted.setdefault(name, current.began) != current.began:
            current.lines.pop(name, None)
            self._doubted.pop(name)
            self._standings[name] = replace(self._standings[name], code=WENT_BACK, went_back=now.astimezone(UTC))

    def _close_round(self, now: datetime) -> None:
        current = self._round
        if current is not None and current.waiting and now - current.began > ROUND:
            for name in tuple(current.waiting):
                self._noted(name, current, SILENT)

    def _is_time(self, log: Log, now: datetime) -> bool:
        current = self._round
        if current is None:
            return log.size > 0
        if current.waiting:
            return False
        everybody = self._counted() <= current.lines.keys()
        wait = AGAIN if everybody and log.size == current.size else ROUND
        return (everybody and log.size > current.size) or now - current.began >= wait

    def _begin(self, log: Log, now: datetime) -> None:
        note = log.checkpoint()
        self._round = Round(note, parse_checkpoint(note)[0].size, now, self._counted())
        for name in sorted(self._round.waiting):
            size = self._standings.get(name, Standing(name)).size
            self._ask(name, min(size, self._round.size), self._round, log)

    def _ask(self, name: str, old: int, current: Round, log: Log) -> None:
        request = encode_request(old, log.consistency(old, current.size), current.note)
        self._roads[name].send({name: request})
