"""What a kept decision lets be opened: whose content, up to which version, and for what."""

from dataclasses import dataclass, field
from enum import Enum
from typing import Literal
from uuid import UUID


class Act(Enum):
    """For what a decision lets content be opened: what was decided for one of them opens nothing for another."""

    SHOW = "show"  # to whoever asked
    PRINT = "print"  # on paper that leaves
    SHARE = "share"  # to another agency
    MOVE = "move"  # to whose record it is
    APART = "apart"  # one compartment of what is held apart


Whole = Literal[Act.SHOW, Act.PRINT, Act.SHARE, Act.MOVE]
"""The acts that open reports; what is held apart is no report."""


@dataclass(frozen=True, slots=True)
class Permit:
    """The receipt of a kept decision that lets one person's content be opened for one act, up to one version.

    Only `Store.keep` makes one that opens anything: `proof` is keyed by the store.
    """

    decision_id: UUID
    person_id: UUID
    history_version: int
    position: int
    proof: bytes = field(repr=False)
    act: Act
    purpose: str = ""
    apart: str = ""  # the one compartment that it opens; empty: what is not held apart
