"""Who did what on whose record: pointers, codes, dates and sign-in names, found by day, by agency and by person.

Each line is kept once, under its position; what finds it are pages of positions, one chain of pages for each day of
everybody, of an agency and of a member of staff, so that a list costs what it shows and not what the hub holds.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from contracts.event import Fact
from contracts.events.hub import Actor
from contracts.strict_json import Json
from contracts.vocabulary import LogOperation, Purpose
from hub.domain.access_line import AccessLine, line_of
from hub.domain.moment import day_in_london
from hub.views.view import Read, Values, View, ViewRow

PAGE: Final = 200
EVERYBODY: Final = "all"
EMERGENCIES: Final = "emergency"
REVIEWS: Final = "review"
_EVER: Final = "ever"  # emergencies and their reviews are few: one chain, whatever the day


@dataclass(frozen=True, slots=True)
class Chain:
    """A chain of pages: whose lines, on which day."""

    of: str
    day: str

    @property
    def head(self) -> str:
        """The key of the row that says how many lines the chain has."""
        return f"{self.of} {self.day}"

    def page(self, number: int) -> str:
        """The key of a page, the first being 0."""
        return f"{self.head} {number}"


def of_agency(source: str) -> str:
    """Whose lines an agency's are."""
    return f"agency {source}"


def of_staff(issuer: str, subject: str) -> str:
    """Whose lines those of a member of staff are."""
    return f"staff {issuer} {subject}"


def chains(of: str, since: date, until: date) -> tuple[Chain, ...]:
    """The chains from one day to another, both included, the newest first."""
    return tuple(Chain(of, (until - timedelta(days=ago)).isoformat()) for ago in range((until - since).days + 1))


def ever(of: str) -> Chain:
    """The one chain of the emergencies, or of the reviews."""
    return Chain(of, _EVER)


def gather(fact: Fact, position: int, read: Read) -> tuple[ViewRow, ...]:
    """The line, and its place on each page on which it belongs; nothing for what people did not do."""
    line = line_of(fact, position)
    if line is None or not line.of_people:
        return ()
    return (
        ViewRow(key_of(position), _values(line)),
        *(row for one in _chains_of(line) for row in _on(one, line, read)),
    )


def asks(fact: Fact) -> tuple[str, ...]:
    """The heads of the chains on which the fact belongs."""
    line = line_of(fact, 0)
    return tuple(one.head for one in _chains_of(line)) if line is not None and line.of_people else ()


def key_of(position: int) -> str:
    """The key of the line at a position."""
    return f"at {position}"


def count_of(head: Values | None) -> int:
    """How many lines a chain has, by its head (None: there is no such chain)."""
    count = head["count"] if head is not None else 0
    return count if isinstance(count, int) else 0


def positions_on(page: Values) -> tuple[int, ...]:
    """The positions on a page, oldest first."""
    held = page["positions"]
    return tuple(one for one in held if isinstance(one, int)) if isinstance(held, list) else ()


def line_from(row: Values) -> AccessLine:
    """The line that a row holds."""
    decision, review = row["decision_id"], row["as_of"]
    purpose = next((one for one in Purpose if one.value == row["purpose"]), None)
    actor = row["actor"]
    return AccessLine(
        position=_whole(row["position"]),
        at=datetime.fromisoformat(str(row["at"])),
        kind=str(row["kind"]),
        what=str(row["what"]),
        effect=str(row["effect"]),
        actor=Actor.model_validate_json(actor) if isinstance(actor, str) else None,
        source=str(row["source"]),
        purpose=purpose,
        decision_id=UUID(str(decision)) if decision is not None else None,
        people=tuple(UUID(one) for one in _texts(row["people"])),
        items=_whole(row["items"]),
        recipients=_texts(row["recipients"]),
        rules=_texts(row["rules"]),
        operation=next((one for one in LogOperation if one.value == row["operation"]), None),
        as_of=datetime.fromisoformat(str(review)) if review is not None else None,
    )


def _chains_of(line: AccessLine) -> Iterable[Chain]:
    day = day_in_london(line.at).isoformat()
    yield Chain(EVERYBODY, day)
    if line.agency:
        yield Chain(of_agency(line.agency), day)
    if line.actor is not None:
        yield Chain(of_staff(line.actor.issuer, line.actor.subject), day)
    if line.kind == "break_glass":
        yield ever(EMERGENCIES)
    if line.kind == "review":
        yield ever(REVIEWS)


def _on(chain: Chain, line: AccessLine, read: Read) -> tuple[ViewRow, ViewRow]:
    count = count_of(read(chain.head))
    key = chain.page(count // PAGE)
    page = read(key) if count % PAGE else None
    held: list[Json] = [*(positions_on(page) if page is not None else ()), line.position]
    return ViewRow(chain.head, {"count": count + 1}), ViewRow(key, {"positions": held})


def _values(line: AccessLine) -> Values:
    people: list[Json] = [str(one) for one in line.people]
    recipients: list[Json] = list(line.recipients)
    rules: list[Json] = list(line.rules)
    actor: Json = line.actor.model_dump_json() if line.actor is not None else None
    return {
        "position": line.position,
        "at": line.at.isoformat(),
        "kind": line.kind,
        "what": line.what,
        "effect": line.effect,
        "actor": actor,
        "source": line.source,
        "purpose": line.purpose.value if line.purpose is not None else None,
        "decision_id": str(line.decision_id) if line.decision_id is not None else None,
        "people": people,
        "items": line.items,
        "recipients": recipients,
        "rules": rules,
        "operation": line.operation.value if line.operation is not None else None,
        "as_of": line.as_of.isoformat() if line.as_of is not None else None,
    }


def _whole(value: Json) -> int:
    return value if isinstance(value, int) else 0


def _texts(value: Json) -> tuple[str, ...]:
    return tuple(one for one in value if isinstance(one, str)) if isinstance(value, list) else ()


ACCESSES = View("accesses", 2, gather=gather, asks=asks)
