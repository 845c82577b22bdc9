"""The two ways to a witness: over HTTP to where it listens, and over the bus where an agency lets nobody call in."""

import http.client
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from urllib.parse import urlsplit
from uuid import uuid4

from audit.errors import Malformed
from audit.note import parse_note
from audit.submission import MAX_ANSWER_BYTES
from audit.witness import TEXT_TYPE, Answer, Witness, parse_request
from contracts.envelope import Sealed
from hub.application.bus_port import Arrived, Bus
from hub.application.gather_cosignatures import Heard
from hub.application.ports import Clock

CALL_SECONDS = 5
BATCH = 100
MOST_CALLS = 8
_NOBODY = Answer(0, b"")


class HttpRoad:
    """Calls the witnesses at their submission prefixes, each call in a thread of its own. See Road."""

    def __init__(self, urls: Mapping[str, str]) -> None:
        """`urls` are http or https prefixes by the witness's name. Neither redirects nor proxies are followed."""
        self._urls = dict(urls)
        self._calls = ThreadPoolExecutor(MOST_CALLS, thread_name_prefix="witness")
        self._waiting: list[tuple[str, Future[Answer]]] = []

    def send(self, requests: Mapping[str, bytes]) -> None:
        """See gather_cosignatures.Road."""
        for name, request in requests.items():
            self._waiting.append((name, self._calls.submit(self._call, self._urls[name], request)))

    def heard(self) -> tuple[Heard, ...]:
        """See gather_cosignatures.Road."""
        done = [(name, call) for name, call in self._waiting if call.done()]
        self._waiting = [(name, call) for name, call in self._waiting if not call.done()]
        return tuple(Heard(name, call.result()) for name, call in done)

    def close(self) -> None:
        """Wait for no call that has not begun."""
        self._calls.shutdown(wait=False, cancel_futures=True)

    def _call(self, url: str, body: bytes) -> Answer:
        where = urlsplit(url)
        kind = http.client.HTTPSConnection if where.scheme == "https" else http.client.HTTPConnection
        try:
            with closing(kind(where.hostname or "", where.port, timeout=CALL_SECONDS)) as connection:
                connection.request(
                    "POST", f"{where.path.rstrip('/')}/add-checkpoint", body, {"Content-Type": TEXT_TYPE}
                )
                answer = connection.getresponse()
                return Answer(answer.status, answer.read(MAX_ANSWER_BYTES))
        except (OSError, ValueError, http.client.HTTPException):
            return _NOBODY


class BusRoad:
    """Puts requests on the topic of checkpoints, and reads what witnesses put on theirs. See Road."""

    def __init__(self, bus: Bus, requests: str, answers: Mapping[str, str], group: str) -> None:
        """`answers` are the topics by the witness's name; `group` is the consumer that reads them."""
        self._bus = bus
        self._requests = requests
        self._names = {topic: name for name, topic in answers.items()}
        self._group = group

    def send(self, requests: Mapping[str, bytes]) -> None:
        """See gather_cosignatures.Road. Raises StoreUnavailable."""
        for request in requests.values():
            self._bus.send(self._requests, str(uuid4()), Sealed((), request))

    def heard(self) -> tuple[Heard, ...]:
        """See gather_cosignatures.Road. What is no answer is passed over. Raises StoreUnavailable."""
        found: list[Heard] = []
        for arrived in self._bus.poll(self._group, tuple(self._names), BATCH):
            answer = read_answer(arrived.message.value)
            if answer is not None:
                found.append(Heard(self._names[arrived.topic], *answer))
            self._bus.done(self._group, arrived)
        return tuple(found)


def written_answer(answer: Answer, note: bytes) -> bytes:
    """An answer as it crosses the bus: the status, then the checkpoint it is about with the answer as its last line."""
    body = note + answer.body if answer.status == 200 else answer.body
    return f"{answer.status}\n".encode() + body


def read_answer(value: bytes) -> tuple[Answer, bytes] | None:
    """The answer and the checkpoint it is about; None for what is none."""
    status, newline, body = value[:MAX_ANSWER_BYTES].partition(b"\n")
    if not newline or len(status) != 3 or not status.isdigit():
        return None
    if status != b"200":
        return Answer(int(status), body), b""
    try:
        lines = parse_note(body).signatures
    except Malformed:
        return None
    last = lines[-1].line.encode()
    return Answer(200, last), body.removesuffix(last)


class BusWitness:
    """A witness's side of the bus: takes each request that it can take up, and answers on its agency's own topic."""

    def __init__(self, bus: Bus, witness: Witness, clock: Clock) -> None:
        """Use this bus and this witness."""
        self._bus = bus
        self._witness = witness
        self._clock = clock

    def work(self, requests: str, answers: str, group: str) -> int:
        """How many requests were taken from that topic and answered. Raises StoreUnavailable, AuditError."""
        arrived = self._bus.poll(group, (requests,), BATCH)
        for one in arrived:
            self._answer(one, answers)
            self._bus.done(group, one)
        return len(arrived)

    def _answer(self, arrived: Arrived, topic: str) -> None:
        raw = arrived.message.value
        answer = self._witness.add_checkpoint(raw, int(self._clock.now().timestamp()))
        try:
            note = parse_request(raw).note
        except Malformed:
            note = b""
        self._bus.send(topic, str(uuid4()), Sealed((), written_answer(answer, note)))
