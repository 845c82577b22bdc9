"""One row of the decision table: what is asked, and what the register of law says the answer is."""

from dataclasses import dataclass
from enum import Enum

from consent.circumstances import Circumstances
from consent.packs import LawSettings
from consent.request import FactsInLaw, Item, Request


class Expected(Enum):
    """The outcomes of the register: a task is a warning that proposes what to do."""

    ALLOW = "ALLOW"
    WARN = "WARN"
    FIX = "FIX"
    STOP = "STOP"
    TASK = "TASK"


@dataclass(frozen=True, slots=True)
class Row:
    """`law` is a part of the citation that must be given; `goes` says whether the act may go ahead all the same."""

    id: str
    when: str
    expected: Expected
    law: str
    goes: bool
    request: Request
    facts: FactsInLaw
    settings: LawSettings
    propose: str


def row(
    named: str,
    expected: Expected,
    law: str,
    goes: bool,
    request: Request,
    *items: Item,
    around: Circumstances = Circumstances(),
    settings: LawSettings = LawSettings(),
    propose: str = "",
) -> Row:
    """A row; `named` is its id and, after a space, the case it stands for."""
    row_id, when = named.split(" ", 1)
    return Row(row_id, when, expected, law, goes, request, FactsInLaw(items, around), settings, propose)
