"""A statement that is not taken in is kept whole, encrypted, and its sender is told why in a code."""

from contextlib import suppress
from hashlib import sha256

from contracts.base64_text import to_text
from contracts.envelope import Sealed
from contracts.events.hub import ReceiptIssued, ReportQuarantined
from hub.application.bus_port import Letter
from hub.application.ports import Entry, Stream, StreamKind
from hub.application.receiving import Reason, Receiving
from hub.domain.errors import AlreadyKept

_ALARMS = ("dup_key", "altered_repeat", "pii_in_context")


def set_aside(receiving: Receiving, letter: Letter, reason: Reason) -> ReceiptIssued:
    """The answer that says why it was not taken in; what is set aside is durable once the store keeps it.

    Raises StoreUnavailable.
    """
    source, event_id = receiving.unsealer.claimed(letter)
    now = receiving.clock.now()
    sequence = letter.proved[0].sequence if letter.proved is not None else ""
    fact = ReportQuarantined(
        topic=letter.arrived.topic,
        source=source,
        event_id=event_id,
        received=now,
        code=reason.code,
        where=reason.where,
        alarm=reason.alarm or reason.code in _ALARMS,
        proved=letter.proved is not None,
        sequence=sequence,
        held=_held(receiving.unsealer.alone(letter)),
    )
    entry = Entry(_stream(letter, fact), receiving.clock.new_id(), fact, expected=0)
    with suppress(AlreadyKept):  # the very same message was set aside before; once is enough
        if not receiving.again:
            receiving.store.keep((entry,))
    return ReceiptIssued(
        source=source or "",
        event_id=event_id or "",
        outcome="quarantined",
        code=reason.code,
        where=reason.where,
        at=now,
        sequence=sequence,
    )


def _stream(letter: Letter, fact: ReportQuarantined) -> Stream:
    """The same for the same bytes: a bundle's statement is known by what it holds, since its seal is made anew."""
    known_by = fact.held.encode()
    if letter.number and letter.inside is not None:
        known_by = letter.inside.jws.encode("ascii") + b"\n" + letter.inside.body
    return Stream(StreamKind.QUARANTINE, f"{fact.topic}\x1f{sha256(known_by).hexdigest()}")


def _held(message: Sealed) -> str:
    headers = "\n".join(f"{name}: {value}" for name, value in message.headers)
    return to_text(headers.encode("utf-8", "surrogatepass") + b"\n\n" + message.value)
