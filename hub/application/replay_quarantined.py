"""What was set aside is received again, as if it had arrived now, and its sender is answered anew.

A message that is still not fit to be taken in changes nothing but the record of the try; one taken in before is a
duplicate. The hub does it by itself, once for each edition, with what an earlier edition could not read.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from contracts.events.hub import Actor, ReceiptIssued
from contracts.events.quarantine import QuarantineReplayed
from contracts.strict_json import Json
from hub.application.bus_port import agency_of
from hub.application.kept_rows import KeptRows
from hub.application.look_at_quarantine import Looking, keep_look
from hub.application.ports import Entry
from hub.application.receive_report import receive_report
from hub.application.receive_together import Answered
from hub.application.receiving import Receiving
from hub.application.set_aside_messages import Tried, read_set_aside, replays_of
from hub.application.take_messages import Answer
from hub.domain.access import Asked
from hub.domain.errors import AlreadyKept, Conflict, TopicRefuses
from hub.domain.quarantine_look import Look, usual_purpose
from hub.domain.reason_codes import UPDATE_NEEDED
from hub.views.quarantine import SetAside, in_order

ATTEMPTS = 8


@dataclass(frozen=True, slots=True)
class Replaying:
    """What replaying needs. `rows` are those of the quarantine view; `edition` names that of the language today."""

    receiving: Receiving
    kept: KeptRows
    answer: Answer
    rows: Iterable[dict[str, Json]]
    edition: str


@dataclass(frozen=True, slots=True)
class _By:
    """Who has it done, and by which decision; nobody and none where the hub does it by itself."""

    actor: Actor | None = None
    decision_id: UUID | None = None


def replay_quarantined(
    replaying: Replaying, actor: Actor, numbers: tuple[int, ...] = (), code: str | None = None
) -> tuple[QuarantineReplayed, ...]:
    """What became of each message: those under the numbers, or the open ones with a code.

    Raises AccessRefused and NotSetAside (the asking is on record, and nothing was tried), StoreUnavailable, Conflict,
    Unreadable: what was tried before it stays done, and trying again is harmless.
    """
    receiving = replaying.receiving
    chosen = numbers or tuple(one.number for one in _open(replaying) if code in (one.code, one.now_code))
    asked = Asked(actor, usual_purpose(actor), receiving.clock.now())
    looking = Looking(receiving.store, receiving.clock, receiving.law)
    decision_id = keep_look(looking, asked, Look("replay", numbers=chosen, code=code), len(chosen))
    by = _By(actor, decision_id)
    for number in numbers:
        read_set_aside(replaying.kept, receiving.store, number)
    # Read again one by one: all of them at once could be more than a process holds.
    return tuple(
        _replay(replaying, read_set_aside(replaying.kept, receiving.store, number), by)
        for number in dict.fromkeys(chosen)
    )


def replay_after_upgrade(replaying: Replaying) -> tuple[QuarantineReplayed, ...]:
    """What became of each open message that an earlier edition could not read; each is tried once by each edition.

    Raises TopicRefuses, naming the agencies that could not be answered, after all else is done: nothing more of theirs
    is tried meanwhile. Raises StoreUnavailable, Conflict, Unreadable. What is left is tried when this is called again.
    """
    found: list[QuarantineReplayed] = []
    refused: set[str] = set()
    for one in sorted(_open(replaying), key=lambda one: one.number):
        if (one.now_code or one.code) not in UPDATE_NEEDED or one.edition == replaying.edition:
            continue
        if agency_of(one.topic) in refused:
            continue
        tried = read_set_aside(replaying.kept, replaying.receiving.store, one.number)
        if replaying.edition in {replay.edition for replay in tried.replays}:  # the view may be behind
            continue
        try:
            found.append(_replay(replaying, tried, _By()))
        except TopicRefuses as away:
            refused.add(str(away))
    if refused:
        raise TopicRefuses(" ".join(sorted(refused)))
    return tuple(found)


def _open(replaying: Replaying) -> tuple[SetAside, ...]:
    return tuple(one for one in in_order(replaying.rows) if one.state == "open")


def _replay(replaying: Replaying, tried: Tried, by: _By) -> QuarantineReplayed:
    receiving = replaying.receiving
    arrived = tried.arrived()
    receipt = receive_report(replace(receiving, again=True), arrived)
    if replaying.answer((Answered(arrived, receipt),)):
        raise TopicRefuses(agency_of(arrived.topic))
    for _ in range(ATTEMPTS):
        now = read_set_aside(replaying.kept, receiving.store, tried.number)
        fact = _stated(replaying, now, receipt, by)
        entry = Entry(replays_of(tried.number), receiving.clock.new_id(), fact, expected=len(now.replays))
        try:
            receiving.store.keep((entry,))
        except (Conflict, AlreadyKept):
            continue
        return fact
    raise Conflict("the tries would not hold still")


def _stated(replaying: Replaying, tried: Tried, receipt: ReceiptIssued, by: _By) -> QuarantineReplayed:
    settles = receipt.outcome != "quarantined" and not tried.is_settled
    return QuarantineReplayed(
        number=tried.number,
        at=replaying.receiving.clock.now(),
        by=by.actor,
        decision_id=by.decision_id,
        edition=replaying.edition,
        source=tried.fact.source,
        event_id=tried.fact.event_id,
        proved=tried.fact.proved,
        sequence=tried.fact.sequence,
        outcome=receipt.outcome,
        code=receipt.code,
        where=receipt.where,
        settles=settles,
    )
