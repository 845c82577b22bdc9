"""What the pages are made with; the pages know the use cases, and nothing under them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from contracts.strict_json import Json
from hub.application.ports import Clock, IdentityIndex, Store
from hub.application.read_chronology import Reading
from hub.application.sign_in import SigningIn

Rows = tuple[dict[str, Json], ...]


@dataclass(frozen=True, slots=True)
class Parts:
    """The use cases' needs, what partners are called (by source), and where the sealed log's public files lie.

    `reading` is called for each request, since who is connected may change. `rows_of` reads a view by name (feeds,
    quarantine, questions). `sealed_up_to` says how many entries the last checkpoint covers.
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
