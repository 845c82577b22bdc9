"""`hub send`: files in an agency's own form go through its edge and the bus into the hub, each record accounted for."""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Protocol
from uuid import UUID

from agencies.agency import Outcome, Result
from contracts.events.hub import ReceiptIssued
from contracts.strict_json import Json
from hub.commands.one_line import in_json, one_line
from hub.commands.then_follow import not_followed, say
from hub.domain.errors import Conflict, StoreUnavailable
from hub.settings import BadSetting, Settings
from hub.wiring import Hub

UNANSWERED = "hub_has_not_answered_yet"
NOT_TAKEN_IN = (
    "the hub has not taken in all of this yet ({away}). It is kept at the agency's edge, or on its way, and is not on "
    "record at the hub before it answers. It goes on with the next `hub send {agency}`; sent again, it counts once."
)
ANSWER_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Item:
    """What became of one native record, with the ids of its facts and the hub's answer to each."""

    record: str
    outcome: Result
    reason: str
    events: tuple[str, ...]
    receipts: tuple[str, ...]
    marks: tuple[str, ...]


class Interrupted(StoreUnavailable):
    """What was read of the files is kept at the agency's edge; something on its way, or after it, was away."""

    def __init__(self, items: tuple[Item, ...], code: str) -> None:
        """Hold what became of each record so far, and what is away."""
        super().__init__(code)
        self.items = items


class Answers(Protocol):
    """Where an edge keeps what the hub answered."""

    def answer_to(self, event_id: UUID) -> ReceiptIssued | None:
        """The hub's answer to one fact; None when it has not answered yet."""


def run(settings: Settings, agency: str, files: list[Path], *, as_json: bool) -> int:
    """0, with the account printed; 1 where the hub has not taken in all of it yet, and why.

    Raises BadSetting where agencies have edges of their own, and StoreUnavailable.
    """
    refuse_on_kafka(settings)
    try:
        items, away = send(Hub(settings), agency, files), ""
    except Interrupted as broken:
        items, away = broken.items, str(broken)
    if as_json:
        print(in_json(account(items)))
    else:
        for line in lines(agency, items):
            print(line)
    waits = any(item.reason == UNANSWERED for item in items)
    if away:
        say(NOT_TAKEN_IN.format(away=away, agency=agency) if waits else not_followed(away))
    return 1 if away and waits else 0


def refuse_on_kafka(settings: Settings) -> None:
    """Raise BadSetting where a bus on servers joins the agencies.

    This command would make keys for an agency here and enrol them, and the agency's own would be refused for ever.
    """
    if settings.kafka is not None:
        raise BadSetting("HUB_KAFKA is set: agencies send by `hub edge`, with keys of their own, never from the hub")


def send(hub: Hub, agency: str, files: list[Path]) -> tuple[Item, ...]:
    """One item for each native record in the files, after the hub has answered for every fact.

    A bus on servers may bring a message later, or another worker may answer it: that is waited for, and not for ever.
    Raises Interrupted where road, store or log is away once the facts are durable, StoreUnavailable before that.
    """
    edge, label = hub.edge(agency), len(files) > 1
    outcomes = [
        (f"{path.name}: {one.record}" if label else one.record, one)
        for path in files
        for one in edge.take(path.read_bytes(), path.name)
    ]
    until = monotonic() + (0 if hub.settings.kafka is None else ANSWER_SECONDS)
    try:
        edge.publish()
        edge.beat()
        while True:
            hub.work()
            edge.receipts()
            items = tuple(item_of(record, one, edge.outbox) for record, one in outcomes)
            if monotonic() >= until or not any(item.reason == UNANSWERED for item in items):
                return items
    except (StoreUnavailable, Conflict) as away:
        with suppress(StoreUnavailable):
            edge.receipts()
        items = tuple(item_of(record, one, edge.outbox) for record, one in outcomes)
        raise Interrupted(items, str(away)) from away


def account(items: tuple[Item, ...]) -> dict[str, Json]:
    """The items as one JSON object; `in` is `accepted` and `ignored` and `quarantined` together."""
    listed: list[Json] = [
        {
            "record": item.record,
            "outcome": item.outcome.value,
            "reason": item.reason,
            "events": list(item.events),
            "receipts": list(item.receipts),
            "marks": list(item.marks),
        }
        for item in items
    ]
    counts: dict[str, Json] = {result.value: count(items, result) for result in Result}
    events = sum(len(item.events) for item in items)
    return {"in": len(items), **counts, "events": events, "items": listed}


def count(items: tuple[Item, ...], result: Result) -> int:
    """How many records had that outcome."""
    return sum(item.outcome is result for item in items)


def lines(agency: str, items: tuple[Item, ...]) -> list[str]:
    """The account, for people."""
    total = ", ".join(f"{count(items, result)} {result.value}" for result in Result)
    events = sum(len(item.events) for item in items)
    again = sum(receipt == "duplicate" for item in items for receipt in item.receipts)
    held = f", {again} of them held already" if again else ""
    told = [f"{agency}: {len(items)} in; {total}; {events} facts{held}"]
    told += [f"  {item.record}: {item.outcome.value} ({item.reason})" for item in items if item.reason]
    return [one_line(line) for line in told]


def item_of(record: str, outcome: Outcome, answers: Answers) -> Item:
    """The outcome with the hub's answers."""
    if not outcome.facts:
        return Item(record, outcome.result, outcome.reason, (), (), ())
    return answered(record, tuple(fact.event_id for fact in outcome.facts), answers)


def answered(record: str, events: tuple[UUID, ...], answers: Answers) -> Item:
    """What became of a record that became facts: one that the hub set aside makes the whole record quarantined.

    The answers are looked up where the edge keeps them, since another process may have taken them off the bus.
    """
    found = tuple(answers.answer_to(event) for event in events)
    receipts = tuple(answer for answer in found if answer is not None)
    refused = next((receipt for receipt in receipts if receipt.outcome == "quarantined"), None)
    unanswered = UNANSWERED if None in found else ""
    return Item(
        record=record,
        outcome=Result.QUARANTINED if refused is not None else Result.ACCEPTED,
        reason=f"hub_{refused.code}" if refused is not None else unanswered,
        events=tuple(str(event) for event in events),
        receipts=tuple(receipt.outcome for receipt in receipts),
        marks=tuple(dict.fromkeys(mark.code for receipt in receipts for mark in receipt.marks)),
    )
