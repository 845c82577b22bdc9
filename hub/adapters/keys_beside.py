"""A store that was put down without its keys, from a stolen or a badly restored backup, is not begun again on new ones.

New keys open nothing of it: its registry would read as empty, its children as unknown, and what came next would be kept
beside what nobody can open.
"""

from pathlib import Path

from eventsourcing.persistence import PersistenceError

from hub.adapters.recorder import HubRecorder
from hub.adapters.recorder_postgres import PostgresHubRecorder
from hub.domain.errors import StoreUnavailable


def keys_beside(folder: Path, recorder: HubRecorder | PostgresHubRecorder) -> Path:
    """The folder of the store's keys. Raises StoreUnavailable (`keys_gone`) where it holds facts and there are none."""
    try:
        newest = int(recorder.max_notification_id() or 0)  # looked at first: keys are made before the first fact
    except PersistenceError as refused:
        raise StoreUnavailable(type(refused).__name__) from None
    if newest > 0 and not (folder / "root.key").exists():
        raise StoreUnavailable("keys_gone")
    return folder
