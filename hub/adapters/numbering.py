"""A store put back from a copy older than the sealed log gives no position a second time.

The log has sealed other rows under the positions that such a store would give next: what it keeps then would never be
sealed.
"""

from eventsourcing.persistence import PersistenceError

from hub.adapters.recorder import HubRecorder
from hub.adapters.recorder_postgres import PostgresHubRecorder
from hub.domain.errors import StoreUnavailable

_MAY_SEE = (
    "SELECT pg_get_serial_sequence('event', 'notification_id') AS named, "
    "has_sequence_privilege(pg_get_serial_sequence('event', 'notification_id'), 'SELECT') AS may_see"
)


class Numbering:
    """Whether the store may keep; looked at once, since nothing is put back under a process that runs."""

    def __init__(self, recorder: HubRecorder | PostgresHubRecorder, sealed: int) -> None:
        """`sealed` is the highest position that the log has sealed. Raises StoreUnavailable."""
        self._goes_on = numbers_on(recorder, sealed)

    def check(self) -> None:
        """Raises StoreUnavailable where the next row would have a position that the log has sealed for another."""
        if not self._goes_on:
            raise StoreUnavailable("store_went_back")


def numbers_on(recorder: HubRecorder | PostgresHubRecorder, sealed: int) -> bool:
    """Whether the next row's position comes after `sealed`; in a file it is seen to here.

    In PostgreSQL only the owner of the tables can see to it, and where the role may not look it is taken to be so.
    Raises StoreUnavailable.
    """
    try:
        if isinstance(recorder, HubRecorder):
            return _in_a_file(recorder, sealed)
        return _given(recorder) >= sealed or int(recorder.max_notification_id() or 0) >= sealed
    except PersistenceError as refused:
        raise StoreUnavailable(type(refused).__name__) from None


def _in_a_file(recorder: HubRecorder, sealed: int) -> bool:
    with recorder.datastore.transaction(commit=False) as cursor:
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = 'event'")
        row = cursor.fetchone()
        if row is not None and int(row["seq"]) >= sealed:
            return True
    with recorder.datastore.transaction(commit=True) as cursor:
        cursor.execute("UPDATE sqlite_sequence SET seq = ? WHERE name = 'event' AND seq < ?", (sealed, sealed))
        cursor.execute(
            "INSERT INTO sqlite_sequence SELECT 'event', ? WHERE NOT EXISTS "
            "(SELECT 1 FROM sqlite_sequence WHERE name = 'event')",
            (sealed,),
        )
    return True


def _given(recorder: PostgresHubRecorder) -> int:
    """The last position given; as far as can be known, without the right to look."""
    with recorder.datastore.get_connection() as connection, connection.cursor() as cursor:
        found = cursor.execute(_MAY_SEE).fetchone()
        if found is None or not found["may_see"]:
            return 2**62
        given = cursor.execute("SELECT last_value AS given FROM event_notification_id_seq").fetchone()
        return int(given["given"]) if given is not None else 0
