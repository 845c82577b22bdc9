"""`hub database make`: the tables of a hub on PostgreSQL."""

import argparse

from hub.adapters.database_set_up import make_database
from hub.engines import check_databases
from hub.settings import BadSetting, Settings

NAMES = frozenset({"database"})


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add this command to `hub`."""
    database = commands.add_parser("database", help="the tables of a hub on PostgreSQL")
    what = database.add_subparsers(dest="what", required=True)
    what.add_parser("make", help="make what is missing, as HUB_DATABASE_OWNER, for the role that HUB_DATABASE names")


def run(settings: Settings, _arguments: argparse.Namespace) -> int:
    """0 when the tables stand. Raises StoreUnavailable, BadSetting."""
    if settings.database is None or settings.database_owner is None:
        raise BadSetting("HUB_DATABASE and HUB_DATABASE_OWNER say who uses the tables and who owns them: set both")
    check_databases(settings)
    make_database(settings.database_owner, settings.database)
    print("The tables stand.")
    return 0
