"""What receiving works with: the machines under it, a report whose sender is proved, a reason to set one aside."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Self

from consent.decide import LawSettings
from contracts.agreement import Agreement
from contracts.errors import ContractError, NotGenuine
from contracts.report import Report
from contracts.signature import Attributes, Signed
from hub.application.bus_port import Unsealer
from hub.application.in_parts import SealsApart
from hub.application.ports import Clock, IdentityIndex, Store, Stream
from hub.domain.identity import Evidence
from hub.domain.known_of_staff import of_staff
from hub.domain.protected_places import Looked


@dataclass(frozen=True, slots=True)
class Receiving:
    """What receiving needs. `agreements` is by source; `again`: it was set aside before, so it is kept as it came.

    `staff`: identifiers of staff and of who is theirs, where they were read for many reports at once.
    `looked`: what was found in the texts of those.
    """

    store: Store
    index: IdentityIndex
    unsealer: Unsealer
    clock: Clock
    agreements: Mapping[str, Agreement]
    law: LawSettings
    apart: SealsApart
    again: bool = False
    staff: frozenset[tuple[str, str]] | None = None
    looked: Looked | None = None

    def knowing_staff(self) -> Self:
        """The same, with what the registry holds of staff as it stands now. Raises StoreUnavailable, Unreadable."""
        return replace(self, staff=of_staff(self.store.read_stream(Stream.registry())))


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a message is set aside: a code, the place in our own field names, whether somebody must look at once."""

    code: str
    where: str = ""
    alarm: bool = False

    @classmethod
    def of(cls, refused: ContractError) -> Self:
        """What an error says; what is not genuine is an alarm."""
        return cls(refused.code, refused.where, isinstance(refused, NotGenuine))


@dataclass(frozen=True, slots=True)
class Proved:
    """A statement whose sender is proved, and the report that it was read as, in today's version."""

    attributes: Attributes
    signed: Signed
    report: Report
    version: int
    agreement: Agreement
    evidence: Evidence
    answered: int = 0  # how often it was taken in before, when what was taken in is gone

    @property
    def body_sha256(self) -> str:
        """Of the bytes as signed (hex)."""
        return sha256(self.signed.body).hexdigest()
