"""The sealed log in the hub's folder, opened by one process at a time; the log's errors become the hub's."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from audit.errors import AuditError
from audit.log import SealedLog
from audit.note import NoteSigner
from hub.adapters.alone import alone
from hub.domain.errors import StoreUnavailable


@contextmanager
def opened(folder: Path, signer: NoteSigner) -> Iterator[SealedLog]:
    """The log, for this block alone. Raises StoreUnavailable."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with alone(folder.with_suffix(".lock")):
        try:
            with SealedLog.open(folder, signer) as log:
                yield log
        except AuditError as refused:
            raise StoreUnavailable(f"log {type(refused).__name__}") from refused
