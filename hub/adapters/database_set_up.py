"""The tables of a hub on PostgreSQL, made once by the role that owns them, for the role that the application has."""

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

from hub.adapters.postgres_tables import make_tables
from hub.adapters.view_rows_postgres import make_view_tables
from hub.domain.errors import StoreUnavailable


def make_database(owner: str, application: str) -> None:
    """Make what is missing; both say how to connect (libpq conninfo), the second naming the application's role.

    Raises StoreUnavailable: no_role where it names none, role_owns where it names the owner.
    """
    role, owning = _user(application), _user(owner)
    if role is None:
        raise StoreUnavailable("no_role")
    if role == owning:
        raise StoreUnavailable("role_owns")
    make_tables(owner, role)
    make_view_tables(owner, role)


def is_conninfo(text: str) -> bool:
    """Whether libpq could read it as how to reach a server; nobody is asked."""
    try:
        conninfo_to_dict(text)
    except ProgrammingError:
        return False
    return True


def _user(conninfo: str) -> str | None:
    try:
        found = conninfo_to_dict(conninfo).get("user")
    except ProgrammingError:
        raise StoreUnavailable("conninfo") from None
    return str(found) if found else None
