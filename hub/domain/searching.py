"""How many children one person, and one agency, may look for within an hour: finding is no way of listing who is known.

What counts is how many different things were asked for, found or not and shown or not, so that running out tells
nothing of whether anybody is there; looking again at the same child costs nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from contracts.event import Fact
from contracts.events.hub import Cited, SearchMade
from contracts.events.need import AlarmKind, AlarmRaised

SPENT: Final = Cited(
    rule="search-budget",
    citation="UK GDPR Art 5(1)(c) and (f), Art 25(2), Art 32(4); DPA 2018 s57",
    says="More children were looked for within the hour than the work takes. Those who check are told.",
)


@dataclass(frozen=True, slots=True)
class Budget:
    """How many different children may be looked for within a clock hour, by one person and by all of one agency."""

    person: int = 30
    agency: int = 300


USUAL: Final = Budget()


def hour_of(issuer: str, subject: str, at: datetime) -> str:
    """The key of what one person looked for within one clock hour (UTC)."""
    return f"{issuer}\x1f{subject}\x1f{at.astimezone(UTC):%Y-%m-%dT%H}"


def asked_for(facts: Iterable[Fact]) -> frozenset[str]:
    """The different things that were asked for, by their keyed hash."""
    return frozenset(fact.token for fact in facts if isinstance(fact, SearchMade))


def is_told(facts: Iterable[Fact], kind: AlarmKind) -> bool:
    """Whether those who check were told already within the hour."""
    return any(isinstance(fact, AlarmRaised) and fact.kind is kind for fact in facts)
