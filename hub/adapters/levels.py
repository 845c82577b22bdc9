"""What telemetry measures by looking, every ten seconds at most: what waits on the bus, set aside, for a follower."""

from eventsourcing.persistence import PersistenceError

from hub.adapters.edge_side import Road
from hub.adapters.log_bodies import LogBodies
from hub.adapters.recorder import HubRecorder
from hub.adapters.recorder_postgres import PostgresHubRecorder
from hub.adapters.telemetry import Telemetry
from hub.adapters.view_rows_port import KeptViews
from hub.application.bus_port import agency_of
from hub.application.take_messages import CONSUMER
from hub.domain.errors import StoreUnavailable
from hub.views.quarantine import QUARANTINE

AnyRecorder = HubRecorder | PostgresHubRecorder
SEALED_LOG = "sealed_log"


def look_at_bus(telemetry: Telemetry, bus: Road, topics: tuple[str, ...]) -> None:
    """Say how much of each agency the hub has not done with. Raises StoreUnavailable."""
    if telemetry.due("bus"):
        for one in bus.lag(CONSUMER, topics):
            telemetry.lag(agency_of(one.topic), one.count)


def look_at_followers(telemetry: Telemetry, tables: KeptViews, recorder: AnyRecorder, bodies: LogBodies) -> None:
    """Say how far each follower was behind before it follows, and how much is set aside. Raises StoreUnavailable.

    For whoever follows alone: a view whose version changed is emptied by being asked how far it has come.
    """
    if not telemetry.due("followers"):
        return
    newest = newest_of(recorder)
    for view in tables.views:
        telemetry.behind(view.name, newest - tables.followed_to(view))
    telemetry.behind(SEALED_LOG, newest - bodies.last()[1])
    telemetry.quarantined(sum(row.get("state", "open") == "open" for row in tables.read(QUARANTINE)))


def newest_of(recorder: AnyRecorder) -> int:
    """The position of what was kept last; 0 when nothing was. Raises StoreUnavailable."""
    try:
        return int(recorder.max_notification_id() or 0)
    except PersistenceError as refused:
        raise StoreUnavailable(type(refused).__name__) from None
