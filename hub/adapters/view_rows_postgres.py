"""View tables in PostgreSQL, beside the store: several workers may follow at once, and two editions of the hub too.

A view's rows stand under its version, so while one worker after another is brought to a new edition, neither reads nor
empties what the other keeps. The application's role may do as it likes with these rows, which the store makes again.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from eventsourcing.persistence import PersistenceError
from eventsourcing.postgres import PostgresDatastore
from psycopg import Cursor
from psycopg.rows import DictRow
from psycopg.sql import SQL, Identifier

from contracts.strict_json import Json
from hub.adapters.postgres_tables import make_as_owner
from hub.domain.errors import StoreUnavailable
from hub.views.view import Values, View, ViewRow

_TABLES = (
    SQL("SELECT pg_advisory_xact_lock(7166058)"),  # any number: two that make the tables at once would collide
    SQL(
        "CREATE TABLE IF NOT EXISTS view_followed (view text NOT NULL, version bigint NOT NULL, "
        "position bigint NOT NULL, PRIMARY KEY (view, version))"
    ),
    SQL(
        "CREATE TABLE IF NOT EXISTS view_row (view text NOT NULL, version bigint NOT NULL, "
        'key text COLLATE "C" NOT NULL, contents text NOT NULL, PRIMARY KEY (view, version, key))'
    ),
)
_GRANTS = (
    SQL("REVOKE ALL ON view_followed, view_row FROM PUBLIC, {role}"),
    SQL("GRANT SELECT, INSERT, UPDATE, DELETE ON view_followed, view_row TO {role}"),
)
_MADE = SQL("SELECT to_regclass('view_followed') AS followed, to_regclass('view_row') AS rows")
_POSITION = SQL("SELECT position FROM view_followed WHERE view = %s AND version = %s")
_BEGIN = SQL("INSERT INTO view_followed VALUES (%s, %s, 0) ON CONFLICT DO NOTHING")
_EMPTY = (
    SQL("DELETE FROM view_row WHERE view = %s AND version <= %s"),
    SQL("DELETE FROM view_followed WHERE view = %s AND version < %s"),
)
_BACK = SQL("UPDATE view_followed SET position = 0 WHERE view = %s AND version = %s")
_OUT = SQL("DELETE FROM view_row WHERE view = %s AND version = %s")
_FOLLOW_ON = SQL("UPDATE view_followed SET position = %s WHERE view = %s AND version = %s AND position = %s")
# Arrays and no psycopg pipeline (which executemany would use): it can hang for ever over a Unix socket.
_WRITE = SQL(
    "INSERT INTO view_row SELECT %s, %s, a, b FROM unnest(%b::text[], %b::text[]) AS written (a, b) "
    "ON CONFLICT (view, version, key) DO UPDATE SET contents = excluded.contents"
)
_ROWS_OF = SQL("SELECT key, contents FROM view_row WHERE view = %s AND version = %s AND key = ANY(%b::text[])")
_ROWS = SQL("SELECT key, contents FROM view_row WHERE view = %s AND version = %s ORDER BY key")


def make_view_tables(owner: str, application_role: str) -> None:
    """Make the tables as the role that owns them, and let the application's role read, write and empty them.

    `owner` says how to connect (a libpq conninfo). Raises StoreUnavailable.
    """
    role = Identifier(application_role)
    make_as_owner(owner, (*_TABLES, *(grant.format(role=role) for grant in _GRANTS)))


class PostgresViewRows:
    """See view_rows_port.KeptViews."""

    def __init__(self, store: PostgresDatastore, views: tuple[View, ...]) -> None:
        """Keep these views by the store's pooled connections, in tables that `make_view_tables` made.

        The datastore may be the recorder's own (recorder_postgres.DurableDatastore); `close` closes it. Raises
        StoreUnavailable (no_view_tables).
        """
        self._store = store
        self._views = views
        with self._cursor() as cursor:
            made = cursor.execute(_MADE).fetchone()
        if made is None or None in made.values():
            raise StoreUnavailable("no_view_tables")

    @property
    def views(self) -> tuple[View, ...]:
        """See application.keep_views.ViewTables."""
        return self._views

    def followed_to(self, view: View) -> int:
        """See application.keep_views.ViewTables."""
        with self._cursor() as cursor:
            found = cursor.execute(_POSITION, _place(view)).fetchone()
            if found is None:
                _begin(cursor, view)
                found = cursor.execute(_POSITION, _place(view)).fetchone()
            return int(found["position"]) if found is not None else 0

    def rows_of(self, view: View, keys: tuple[str, ...]) -> dict[str, Values]:
        """See application.keep_views.ViewTables."""
        with self._cursor() as cursor:
            rows = cursor.execute(_ROWS_OF, (*_place(view), list(keys))).fetchall()
        return {row["key"]: json.loads(row["contents"]) for row in rows}

    def write(self, view: View, rows: tuple[ViewRow, ...], position: int, *, since: int) -> bool:
        """See application.keep_views.ViewTables."""
        written = {row.key: json.dumps(row.values, sort_keys=True) for row in rows}
        with self._cursor() as cursor:
            if cursor.execute(_FOLLOW_ON, (position, *_place(view), since)).rowcount != 1:
                return False
            if written:
                cursor.execute(_WRITE, (*_place(view), list(written), list(written.values())))
        return True

    def read(self, view: View) -> tuple[dict[str, Json], ...]:
        """The view's rows, by key."""
        return tuple(json.loads(contents) for contents in self.contents(view).values())

    def contents(self, view: View) -> dict[str, str]:
        """Each row of the view as it is kept, by key."""
        with self._cursor() as cursor:
            rows = cursor.execute(_ROWS, _place(view)).fetchall()
        return {row["key"]: row["contents"] for row in rows}

    def begin_again(self) -> None:
        """See view_rows_port.KeptViews."""
        with self._cursor() as cursor:
            for view in self._views:
                for statement in (_BACK, _OUT):
                    cursor.execute(statement, _place(view))

    def close(self) -> None:
        """Close every connection."""
        self._store.close()

    @contextmanager
    def _cursor(self) -> Iterator[Cursor[DictRow]]:
        """One transaction."""
        try:
            with self._store.get_connection() as connection, connection.transaction(), connection.cursor() as cursor:
                yield cursor
        except (PersistenceError, psycopg.Error) as refused:
            raise StoreUnavailable(type(refused).__name__) from None


def _place(view: View) -> tuple[str, int]:
    return view.name, view.version


def _begin(cursor: Cursor[DictRow], view: View) -> None:
    """Begin the view, and empty what earlier versions kept; where another worker is quicker, that one does it."""
    if cursor.execute(_BEGIN, _place(view)).rowcount == 1:
        for statement in _EMPTY:
            cursor.execute(statement, _place(view))
