"""The road in one folder, away and back: its database takes no message for as long as a test says so."""

import sqlite3
from contextlib import closing

from hub.wiring import Hub


def no_road(hub: Hub) -> None:
    """The bus takes nothing more."""
    with closing(sqlite3.connect(hub.settings.home / "bus.db")) as bus, bus:
        bus.execute("CREATE TRIGGER away BEFORE INSERT ON message BEGIN SELECT RAISE(ABORT, 'away'); END")


def a_road(hub: Hub) -> None:
    """It does again."""
    with closing(sqlite3.connect(hub.settings.home / "bus.db")) as bus, bus:
        bus.execute("DROP TRIGGER away")
