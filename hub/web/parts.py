"""What the pages are made with; the pages know the use cases, and nothing under them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from contracts.agreement import Agreement
from contracts.strict_json import Json
from hub.application.kept_rows import KeptRows
from hub.application.let_machine_in import LettingMachinesIn
from hub.application.list_accesses import RowsUnder
from hub.application.need_port import PoliciesWritten
from hub.application.open_apart import Door
from hub.application.open_apart import Parts as SealedParts
from hub.application.ports import Clock, IdentityIndex, Store
from hub.application.prove_entry import SealedEntries
from hub.application.prove_lines import RowsAt, SealedPages
from hub.application.read_chronology import Reading
from hub.application.share_reports import SharingOn
from hub.application.sign_in import SigningIn
from hub.application.sign_in_openid import SigningInOpenly
from hub.domain.clocks import AS_GUIDED, Clocks
from hub.domain.notices import Posted
from hub.domain.paper import Typeset

Rows = tuple[dict[str, Json], ...]


class LateView(Protocol):
    """A view that is behind the store."""

    @property
    def view(self) -> str:
        """Its name."""

    @property
    def since(self) -> datetime:
        """From when on (UTC) what was kept is not in it."""


class Proofs(SealedEntries, SealedPages, Protocol):
    """What the log holds of entries, one by one or of many at once."""


@dataclass(frozen=True, slots=True)
class Parts:
    """The use cases' needs, what partners are called (by source), and where the sealed log's public files lie.

    `reading` is called for each request, since who is connected may change. `rows_of` reads a view by name (feeds,
    quarantine, questions). `sealed_up_to` says how many entries the last checkpoint covers. `ready` says how each thing
    that the hub stands on is, as a code (`ok` when well). `kept` is the store as its followers see it; `topics` says
    whose each inbound topic is (source, by topic). `late` names the views that are behind.
    `accesses_under` and `looks_under` give rows of those views by their keys; `proofs` what the log holds of entries,
    `placed` the rows they are of; `access_rules_off` the codes of the rules that ask about no look here. `agreements`
    are those of all partners, whose staff may be sent what `sharing` sends; `typeset` makes a PDF of a document.
    `openly`: what signing in by an issuer needs, where there is a list of issuers. `apart` has what is held apart,
    sealed; `door` leads to what opens it. `policies` are those on who may act, as they are written. `clocks`: how long
    there is for a first decision here. `notices`: those that stand just now, or that they cannot be read.
    """

    store: Store
    index: IdentityIndex
    clock: Clock
    reading: Callable[[], Reading]
    signing: SigningIn
    titles: Mapping[str, str]
    rows_of: Callable[[str], Rows]
    sealed_up_to: Callable[[], int]
    log_folder: Path
    log_key: str
    about: Mapping[str, str]
    ready: Callable[[], Mapping[str, str]]
    kept: KeptRows
    topics: Mapping[str, str]
    accesses_under: RowsUnder
    looks_under: RowsUnder
    proofs: Proofs
    placed: RowsAt
    access_rules_off: frozenset[str]
    sharing: Callable[[], SharingOn]
    agreements: tuple[Agreement, ...]
    typeset: Typeset
    apart: SealedParts
    door: Door
    policies: PoliciesWritten
    late: Callable[[], tuple[LateView, ...]] = tuple
    openly: SigningInOpenly | None = None
    machines: LettingMachinesIn | None = None
    clocks: Clocks = AS_GUIDED
    notices: Callable[[], Posted] = Posted
