"""What a process says of itself while it works: which spans, counts and measures there are, and nothing else.

Each has a function whose parameters are counts, times and members of closed sets: there is no way to say a name, an id
or a sentence, and an error is named by its type alone. Switched off (the default), every function returns at once.
"""

from collections import OrderedDict, deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic
from typing import Protocol

from contracts.trace_context import TraceContext
from hub.adapters.telemetry_words import Attribute, Doing, Measure, Words

Attributes = Mapping[Attribute, str | int]
_PLACES_AT_MOST = 20_000
_UNSEALED_AT_MOST = 20_000
# A span costs about as much as proving a signature: of a flood some are followed, and all are counted.
MESSAGES_TRACED_A_SECOND = 50
LOOK_EVERY_SECONDS = 10.0


class Opened(Protocol):
    """A span that has begun."""

    @property
    def context(self) -> TraceContext:
        """What a message says that continues it."""

    def end(self, attributes: Attributes) -> None:
        """End it with these; once."""


class Sink(Protocol):
    """Where spans and measures go."""

    def begin(self, doing: Doing, parent: TraceContext | None) -> Opened:
        """Begin a span under `parent`, or else under whatever this thread is doing."""

    @contextmanager
    def within(self, opened: Opened) -> Iterator[None]:
        """What this thread begins in the block is under that span."""

    def add(self, measure: Measure, number: int, attributes: Attributes) -> None:
        """Count."""

    def observe(self, measure: Measure, seconds: float, attributes: Attributes) -> None:
        """One more duration."""

    def set(self, measure: Measure, number: int, attributes: Attributes) -> None:
        """The present value."""

    def close(self) -> None:
        """Send what waits, for a few seconds at most, and end."""


@dataclass(slots=True)
class Task:
    """What is being done: how many it turned out to be, and what a message says that continues it."""

    count: int = 0
    context: TraceContext | None = None


@dataclass(slots=True)
class _Message:
    opened: Opened | None
    said_trace: TraceContext | None
    arrived: float
    answers: int = 0
    said: Attributes = field(default_factory=dict)


@dataclass(slots=True)
class _Remembered:
    """Messages under way, by topic and place, and what was kept and is not yet sealed; both bounded."""

    messages: OrderedDict[tuple[str, int], _Message] = field(default_factory=OrderedDict)
    kept: deque[tuple[int, float]] = field(default_factory=lambda: deque(maxlen=_UNSEALED_AT_MOST))
    lock: Lock = field(default_factory=Lock)
    looked: dict[str, float] = field(default_factory=dict)
    second: int = 0
    traced: int = 0

    def may_trace(self, now: float) -> bool:
        """Whether one more message may have a span of its own in this second."""
        if int(now) != self.second:
            self.second, self.traced = int(now), 0
        self.traced += 1
        return self.traced <= MESSAGES_TRACED_A_SECOND


class Telemetry:
    """The spans and measures of one process. Calls may come from any thread."""

    def __init__(self, sink: Sink | None = None, words: Words | None = None) -> None:
        """Say it to the sink; without one, say nothing."""
        self._sink = sink
        self._words = words or Words()
        self._seen = _Remembered()

    @property
    def on(self) -> bool:
        """Whether anything is said."""
        return self._sink is not None

    @contextmanager
    def doing(self, doing: Doing, agency: str = "", *, if_any: bool = False) -> Iterator[Task]:
        """A span around the block; `if_any`: only when the block counted something, or raised."""
        task = Task()
        if self._sink is None:
            yield task
            return
        opened = self._sink.begin(doing, None)
        task.context = opened.context
        named = self._texts({Attribute.AGENCY: agency})
        try:
            with self._sink.within(opened):
                yield task
        except BaseException as raised:
            opened.end({**named, **self._texts({Attribute.ERROR: type(raised).__name__})})
            raise
        if task.count or not if_any:
            opened.end({**named, Attribute.COUNT: self._words.number(Attribute.COUNT, task.count)})

    def arrived(self, topic: str, place: int, said: TraceContext | None) -> None:
        """A message came off the bus, in the trace that it says, or in one of its own."""
        if self._sink is None or (topic, place) in self._seen.messages:
            return
        with self._seen.lock:
            now = monotonic()
            opened = self._sink.begin(Doing.ANSWER, said) if self._seen.may_trace(now) else None
            self._seen.messages[topic, place] = _Message(opened, said, now)
            while len(self._seen.messages) > _PLACES_AT_MOST:
                self._seen.messages.popitem(last=False)

    def continued(self, topic: str, place: int) -> TraceContext | None:
        """What the answer to that message says, so that its sender finds both in one trace."""
        message = self._seen.messages.get((topic, place))
        if message is None:
            return None
        return message.opened.context if message.opened is not None else message.said_trace

    def answered(self, topic: str, place: int, agency: str, outcome: str, code: str) -> None:
        """One answer to a message, or to a statement in it, is on the bus."""
        message = self._seen.messages.get((topic, place))
        if self._sink is None or message is None:
            return
        sender = self._texts({Attribute.AGENCY: agency})
        message.said = {**sender, **self._texts({Attribute.OUTCOME: outcome, Attribute.CODE: code})}
        message.answers += 1
        self._sink.add(Measure.MESSAGES, 1, message.said)
        self._sink.observe(Measure.RECEIPT_LATENCY, monotonic() - message.arrived, sender)

    def done(self, topic: str, place: int) -> None:
        """A message is done with, answered or not; of several answers its span says the last, and how many."""
        if self._sink is None:
            return
        with self._seen.lock:
            message = self._seen.messages.pop((topic, place), None)
        if message is not None and message.opened is not None:
            count = self._words.number(Attribute.COUNT, message.answers)
            message.opened.end({**message.said, Attribute.COUNT: count})

    def decided(self, about: str, effect: str) -> None:
        """A decision is kept."""
        if self._sink is not None:
            self._sink.add(Measure.DECISIONS, 1, self._texts({Attribute.ABOUT: about, Attribute.EFFECT: effect}))

    def kept(self, seconds: float, last_position: int) -> None:
        """The store has kept up to a position, and took so long."""
        if self._sink is not None:
            self._sink.observe(Measure.KEEP_DURATION, seconds, {})
            self._seen.kept.append((last_position, monotonic()))

    def sealed(self, position: int) -> None:
        """The log has sealed up to a position; the delay is that of the oldest kept in this process."""
        if self._sink is None:
            return
        oldest: float | None = None
        with self._seen.lock:
            while self._seen.kept and self._seen.kept[0][0] <= position:
                _, at = self._seen.kept.popleft()
                oldest = at if oldest is None else min(oldest, at)
        if oldest is not None:
            self._sink.observe(Measure.SEAL_DELAY, monotonic() - oldest, {})

    def page(self, route: str, method: str, status: int, seconds: float) -> None:
        """A page was answered; `route` is its template."""
        if self._sink is not None:
            said = self.page_said(route, method, status)
            self._sink.observe(Measure.PAGE_DURATION, seconds, said)

    def page_said(self, route: str, method: str, status: int) -> Attributes:
        """What may be said of one page."""
        texts = self._texts({Attribute.ROUTE: route, Attribute.METHOD: method})
        return {**texts, Attribute.STATUS: self._words.number(Attribute.STATUS, status)}

    @contextmanager
    def asked(self) -> Iterator["Asked"]:
        """A span around one request for a page; the block notes what was asked, by its template."""
        asked = Asked()
        if self._sink is None:
            yield asked
            return
        opened, began = self._sink.begin(Doing.PAGE, None), monotonic()
        try:
            with self._sink.within(opened):
                yield asked
        finally:
            self.page(asked.route, asked.method, asked.status, monotonic() - began)
            opened.end(self.page_said(asked.route, asked.method, asked.status))

    def due(self, what: str) -> bool:
        """Whether it is time to look again at what is measured by looking: at most every ten seconds."""
        now, last = monotonic(), self._seen.looked.get(what)
        if self._sink is None or (last is not None and now - last < LOOK_EVERY_SECONDS):
            return False
        self._seen.looked[what] = now
        return True

    def lag(self, agency: str, messages: int) -> None:
        """How many messages of an agency the hub has not done with."""
        self._set(Measure.LAG, messages, {Attribute.AGENCY: agency})

    def waiting(self, agency: str, messages: int) -> None:
        """How many messages wait in an agency's outbox."""
        self._set(Measure.WAITING, messages, {Attribute.AGENCY: agency})

    def behind(self, follower: str, positions: int) -> None:
        """How far a follower is behind the store."""
        self._set(Measure.BEHIND, positions, {Attribute.FOLLOWER: follower})

    def quarantined(self, messages: int) -> None:
        """How many messages are set aside and wait for somebody."""
        self._set(Measure.QUARANTINED, messages, {})

    def close(self) -> None:
        """Send what waits, for a few seconds at most, and end."""
        if self._sink is not None:
            self._sink.close()

    def _set(self, measure: Measure, number: int, said: Mapping[Attribute, str]) -> None:
        if self._sink is not None:
            self._sink.set(measure, max(0, number), self._texts(said))

    def _texts(self, said: Mapping[Attribute, str]) -> dict[Attribute, str | int]:
        return {attribute: self._words.text(attribute, value) for attribute, value in said.items() if value}


@dataclass(slots=True)
class Asked:
    """What a request turned out to be."""

    route: str = ""
    method: str = ""
    status: int = 500
