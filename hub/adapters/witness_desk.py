"""The hub's dealings with witnesses in one place: the policy file, the ways to each of them, and how it all stands."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from agencies.registry import by_name
from audit.errors import AuditError, Malformed
from audit.log import COSIGNED
from audit.note import MAX_NOTE_BYTES
from audit.policy import NO_QUORUM, Policy, cosigned_since, parse_policy
from contracts.events.log import WitnessesAsked
from hub.adapters.kafka_plan import CHECKPOINTS, cosigned_group_of, cosigned_topic_of
from hub.adapters.witness_book import WitnessBook, policy_id
from hub.adapters.witness_roads import BusRoad, HttpRoad
from hub.application.bus_port import Bus
from hub.application.gather_cosignatures import BookTrouble, Gathering, Log, Road, Standing, as_of
from hub.domain.errors import StoreUnavailable
from hub.domain.witnessed import Limits, WitnessState, state_of

OVER_BUS = "bus:"
_LEAP_SECONDS = 300  # how far a witness's clock may run ahead of ours


@dataclass(frozen=True, slots=True)
class Topics:
    """Where requests go, where an agency's cosignatures come (by its name), and the consumer that reads them."""

    requests: str
    answers: Callable[[str], str]
    group: str


class WitnessDesk:
    """Who witnesses the log, and how that stands. Without a policy nobody does, and it says so."""

    def __init__(self, policy: Policy | None, log_folder: Path, book: WitnessBook, limits: Limits) -> None:
        """`log_folder` holds the log's public files; in `book` it is noted how witnesses stand."""
        self.policy = policy if policy is not None and policy.quorum != NO_QUORUM else None
        self._cosigned = log_folder / COSIGNED
        self.book = book
        self._limits = limits
        self._gathering: Gathering | None = None
        self._roads: tuple[HttpRoad, ...] = ()
        self._seen: tuple[bytes, datetime | None] = (b"", None)

    def tick(self, log: Log, bus: Bus, topics: Topics, now: datetime) -> None:
        """Gather cosignatures for the log that this process holds; about once a second. Raises StoreUnavailable.

        Nobody is asked while the book is not to be trusted: to note anything in it would make it good again.
        """
        if self.policy is None or self.trouble(now) is not None:
            self._gathering = None
            return
        try:
            if self._gathering is None:
                self._gathering = Gathering(self.policy, self._roads_of(self.policy, bus, topics), self.book)
            self._gathering.tick(log, now)
        except AuditError as refused:
            raise StoreUnavailable(f"log {type(refused).__name__}") from refused

    def state(self, now: datetime) -> WitnessState:
        """How fresh the witnesses' word is: refuse, when it cannot be told. Raises StoreUnavailable."""
        if self.policy is None:
            return WitnessState.OFF
        if self.trouble(now) is not None:
            return WitnessState.REFUSE
        since = self._confirmed(self.policy, now) or self.book.since()
        return WitnessState.AMBER if since is None else state_of(since, now, self._limits)

    def trouble(self, now: datetime) -> BookTrouble | None:
        """Why the book of how witnesses stand is not to be trusted; None where it is. Raises StoreUnavailable."""
        return None if self.policy is None else self.book.trouble(now)

    @property
    def policy_id(self) -> str:
        """Whose book it is; see application.begin_book.Desk."""
        return self.book.policy_id

    def has_begun(self, now: datetime) -> bool:
        """Whether the book was begun, and is to be trusted. Raises StoreUnavailable."""
        return self.trouble(now) is None and self.book.since() is not None

    def begin_book(self, now: datetime) -> None:
        """Begin the book again, with nothing known of any witness; with the log held. Raises StoreUnavailable."""
        self.book.begin_again(now)

    def standings(self, now: datetime) -> tuple[Standing, ...]:
        """How each witness of the policy stands; all alike, by its code, while the book is not to be trusted.

        Raises StoreUnavailable.
        """
        if self.policy is None:
            return ()
        if (trouble := self.trouble(now)) is not None:
            return tuple(Standing(name, code=trouble) for name in self.policy.witnesses)
        held = as_of(self.policy, self.book.read())
        return tuple(held.get(name, Standing(name)) for name in self.policy.witnesses)

    def gone_back(self, name: str, now: datetime) -> Standing | None:
        """The witness of that name in the policy, if it went back and does not count; None: it does, or is not there.

        Raises StoreUnavailable.
        """
        return next((one for one in self.standings(now) if one.name == name and one.went_back is not None), None)

    def readmit(self, name: str, now: datetime) -> None:
        """Ask it again, from the start; to be called with the log held. Raises StoreUnavailable."""
        held = {one.name: one for one in self.book.read()}
        self.book.write(tuple({**held, name: Standing(name)}.values()), now)

    def close(self) -> None:
        """Wait for nobody any more."""
        for road in self._roads:
            road.close()

    def _confirmed(self, policy: Policy, now: datetime) -> datetime | None:
        """The time since when witnesses enough stand on the kept checkpoint; None when there is none."""
        try:
            with self._cosigned.open("rb") as file:
                raw = file.read(MAX_NOTE_BYTES)
        except FileNotFoundError:
            return None
        except OSError as refused:
            raise StoreUnavailable("witness_checkpoint") from refused
        if raw != self._seen[0]:
            self._seen = raw, _time(policy, raw, int(now.timestamp()) + _LEAP_SECONDS)
        return self._seen[1]

    def _roads_of(self, policy: Policy, bus: Bus, topics: Topics) -> Mapping[str, Road]:
        http = {name: url for name, url in policy.urls.items() if not url.startswith(OVER_BUS)}
        over_bus = {
            name: topics.answers(url.removeprefix(OVER_BUS))
            for name, url in policy.urls.items()
            if url.startswith(OVER_BUS)
        }
        called = HttpRoad(http)
        self._roads = (called,)
        roads: dict[str, Road] = dict.fromkeys(http, called)
        if over_bus:
            roads |= dict.fromkeys(over_bus, BusRoad(bus, topics.requests, over_bus, topics.group))
        return roads


def over_bus() -> Topics:
    """Where witnesses are asked over the bus, and where they answer."""
    return Topics(CHECKPOINTS, lambda name: cosigned_topic_of(by_name(name)), cosigned_group_of())


@dataclass(frozen=True, slots=True)
class BookPlace:
    """Where it is noted how witnesses stand, the key that proves it, and what the store says of being asked."""

    path: Path
    secret: bytes
    asked: Callable[[], tuple[WitnessesAsked, ...]]


def witness_desk(log_policy: Path | None, place: BookPlace, log_folder: Path, limits: Limits) -> WitnessDesk:
    """The desk for the witnesses that the policy file names. Raises StoreUnavailable."""
    policy = read_policy(log_policy)
    book = WitnessBook(place.path, place.secret, policy_id(policy), place.asked)
    return WitnessDesk(policy, log_folder, book, limits)


def read_policy(path: Path | None) -> Policy | None:
    """The policy in the file that the settings name. Raises StoreUnavailable: what cannot be read is not no policy."""
    if path is None:
        return None
    try:
        found = parse_policy(path.read_bytes())
        if not all(url.startswith((OVER_BUS, "http://", "https://")) for url in found.urls.values()):
            raise Malformed("a witness is called by http, https or bus:AGENCY")
        return found
    except (OSError, Malformed) as refused:
        raise StoreUnavailable("log_policy") from refused


def _time(policy: Policy, raw: bytes, not_after: int) -> datetime | None:
    try:
        since = cosigned_since(policy, raw, not_after)
    except AuditError:
        return None
    return None if since is None else datetime.fromtimestamp(since, UTC)
