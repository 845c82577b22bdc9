"""Many statements are decided one after the other and kept at once; each has the outcome it would have had alone.

When something came between (another worker, a number claimed elsewhere), the batch is taken in two halves, down to
single statements, which are received against the store itself.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from contracts.events.hub import ReceiptIssued
from hub.application.bus_port import Arrived, Letter
from hub.application.gathered import Gathered
from hub.application.hold_apart import look_ahead
from hub.application.ports import Stream
from hub.application.receive_report import Read, read_letter, receive_letter
from hub.application.receiving import Proved, Receiving
from hub.domain.errors import AlreadyKept, Conflict

_ReadLetter = tuple[Letter, Read]


@dataclass(frozen=True, slots=True)
class Answered:
    """A message, and the receipt for it or for one of its statements."""

    arrived: Arrived
    receipt: ReceiptIssued


def receive_together(receiving: Receiving, letters: tuple[Letter, ...]) -> tuple[Answered, ...]:
    """The receipt for each letter, in order; what they say is durable. Raises StoreUnavailable, Conflict."""
    receipts = _received(
        receiving.knowing_staff(), tuple((letter, read_letter(receiving, letter)) for letter in letters)
    )
    return tuple(Answered(letter.arrived, receipt) for letter, receipt in zip(letters, receipts, strict=True))


def _received(receiving: Receiving, letters: tuple[_ReadLetter, ...]) -> tuple[ReceiptIssued, ...]:
    if len(letters) < 2:
        return tuple(receive_letter(receiving, letter, read) for letter, read in letters)
    try:
        return _gathered(receiving, letters)
    except (Conflict, AlreadyKept):
        middle = len(letters) // 2
        return (*_received(receiving, letters[:middle]), *_received(receiving, letters[middle:]))


def _gathered(receiving: Receiving, letters: tuple[_ReadLetter, ...]) -> tuple[ReceiptIssued, ...]:
    gathered = Gathered(receiving.store)
    reports = [read for _, read in letters if isinstance(read, Proved)]
    evidence = tuple(dict.fromkeys(report.evidence for report in reports))
    index = receiving.index.beside(gathered.added, evidence)
    people = index.led_to(evidence)
    looked = look_ahead(index, (report.report for report in reports), people)
    gathered.look_ahead(tuple(dict.fromkeys((*_asked_for(receiving, reports), *map(Stream.history, people)))))
    together = replace(receiving, store=gathered, index=index, looked=looked)
    receipts = tuple(receive_letter(together, letter, read) for letter, read in letters)
    gathered.keep_all()
    return receipts


def _asked_for(receiving: Receiving, reports: list[Proved]) -> Iterator[Stream]:
    """Where it is looked whether a report was answered for, and whether what it changes is another agency's."""
    for proved in reports:
        source, changed = proved.attributes.source, proved.report.change.of
        yield Stream.receipt(source, str(proved.attributes.id))
        if changed is not None:
            yield from (Stream.receipt(other, str(changed)) for other in receiving.agreements if other != source)
