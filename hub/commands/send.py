"""`hub send`: files in an agency's own form go through its edge and the bus into the hub, each record accounted for."""

import json
from dataclasses import dataclass
from pathlib import Path

from agencies.agency import Outcome, Result
from contracts.strict_json import Json
from hub.commands.one_line import one_line
from hub.settings import Settings
from hub.wiring import Edge, Hub


@dataclass(frozen=True, slots=True)
class Item:
    """What became of one native record, with the ids of its facts and the hub's answer to each."""

    record: str
    outcome: Result
    reason: str
    events: tuple[str, ...]
    receipts: tuple[str, ...]
    marks: tuple[str, ...]


def run(settings: Settings, agency: str, files: list[Path], *, as_json: bool) -> int:
    """0, with the account printed."""
    items = send(Hub(settings), agency, files)
    if as_json:
        print(json.dumps(account(items), ensure_ascii=False))
    else:
        for line in lines(agency, items):
            print(line)
    return 0


def send(hub: Hub, agency: str, files: list[Path]) -> tuple[Item, ...]:
    """One item for each native record in the files, after the hub has answered for every fact."""
    edge = hub.edge(agency)
    outcomes = [(path.name, outcome) for path in files for outcome in edge.send(path.read_bytes(), path.name)]
    hub.work()
    edge.receipts()
    label = len(files) > 1
    return tuple(_item(f"{name}: {one.record}" if label else one.record, one, edge) for name, one in outcomes)


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


def _item(record: str, outcome: Outcome, edge: Edge) -> Item:
    """The outcome with the hub's answers: a fact that the hub set aside makes its whole record quarantined.

    The answers are looked up where the edge keeps them, since another process may have taken them off the bus.
    """
    ids = tuple(str(fact.event_id) for fact in outcome.facts)
    answers = tuple(edge.outbox.answer_to(fact.event_id) for fact in outcome.facts)
    receipts = tuple(answer for answer in answers if answer is not None)
    unanswered = "hub_has_not_answered_yet" if None in answers else outcome.reason
    refused = next((receipt for receipt in receipts if receipt.outcome == "quarantined"), None)
    return Item(
        record=record,
        outcome=Result.QUARANTINED if refused is not None else outcome.result,
        reason=f"hub_{refused.code}" if refused is not None else unanswered,
        events=ids,
        receipts=tuple(receipt.outcome for receipt in receipts),
        marks=tuple(dict.fromkeys(mark.code for receipt in receipts for mark in receipt.marks)),
    )
