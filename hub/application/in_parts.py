"""A report that is kept in parts, and what seals those that are held apart."""

from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID

from contracts.compartment import Compartment
from contracts.signature import Signed

WHOLE = "whole"  # under which the report stands as it was signed, sealed to every compartment that it has parts in


@dataclass(frozen=True, slots=True)
class InParts:
    """What a chronology may open, as bytes of that version of its type; what is held apart, sealed, by compartment."""

    version: int
    standard: bytes = field(repr=False)
    parts: tuple[tuple[str, bytes], ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class SealedPart:
    """A part that is held apart, as it lies there, and the hub's signed decision by which it may be opened."""

    decision: Signed
    sealed: bytes = field(repr=False)


class SealsApart(Protocol):
    """What can seal into the compartments, and open none of them."""

    def seal(self, compartments: tuple[Compartment, ...], what: str, report_id: UUID, content: bytes) -> bytes:
        """The content, which only the keys of all these together open, as that part of that report."""
