"""An agency's folder, its edge and the hub on one machine, and an edge whose process dies at a step that is named."""

import json
from dataclasses import dataclass, field
from pathlib import Path

from agencies import registry as partners
from hub.adapters.drop_folder import DropFolder, Found
from hub.adapters.drop_ledger import DropLedger
from hub.commands.edge_work import EdgeWork
from hub.wiring import Edge, Hub, edge_folder


class Died(RuntimeError):
    """The process ended here."""


@dataclass
class DyingFolder(DropFolder):
    """A folder whose process dies at the step that is named, once."""

    folder: Path
    at: str = ""

    def __post_init__(self) -> None:
        super().__init__(self.folder)

    def write_account(self, name: str, told: bytes) -> None:
        """See DropFolder."""
        self._die_at("account")
        super().write_account(name, told)

    def take(self, found: Found) -> bool:
        """See DropFolder."""
        self._die_at("take")
        return super().take(found)

    def write_shared(self, name: str, raw: bytes) -> None:
        """See DropFolder."""
        self._die_at("shared")
        super().write_shared(name, raw)

    def _die_at(self, step: str) -> None:
        if self.at == step:
            self.at = ""
            raise Died


@dataclass
class Desk:
    """An agency's folder, the hub on the same machine, and the edge between them, begun again whenever it died."""

    hub: Hub
    drop: Path
    agency: str = "police"
    dies_at: str = ""
    work: EdgeWork = field(init=False)

    def __post_init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        """The edge's process begins (again)."""
        own = edge_folder(self.hub.settings, self.agency)
        edge = Edge(partners.by_name(self.agency), own, self.hub.beyond)
        folder = DyingFolder(self.drop, self.dies_at)
        self.dies_at = ""
        self.work = EdgeWork(edge, folder, DropLedger(own / "drop.db"), 3600)

    def rounds(self) -> None:
        """The edge and the hub work until nothing is left; the edge is begun again where it dies."""
        for _ in range(4):
            try:
                self.work.one_round()
            except Died:
                self.begin()
            self.hub.work()

    def put(self, name: str, raw: bytes) -> None:
        """A file lies in the folder."""
        (self.drop / "in").mkdir(parents=True, exist_ok=True)
        (self.drop / "in" / name).write_bytes(raw)

    def names(self, of: str) -> list[str]:
        """What lies in one of the folders, without the digests."""
        return sorted(path.name[65:] if of != "in" else path.name for path in (self.drop / of).iterdir())

    def account(self, name: str) -> dict[str, object]:
        """The one account of a file."""
        (path,) = (self.drop / "accounts").glob(f"*-{name}.json")
        found: dict[str, object] = json.loads(path.read_bytes())
        return found
