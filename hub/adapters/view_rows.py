"""View tables in one SQLite file; a view whose version changed is emptied and follows again from the start."""

import json
from pathlib import Path

from contracts.strict_json import Json
from hub.adapters.durable_db import DurableDatabase
from hub.views.view import Values, View, ViewRow

_ROWS = """
CREATE TABLE IF NOT EXISTS view_row (
    view TEXT NOT NULL, key TEXT NOT NULL, contents TEXT NOT NULL, PRIMARY KEY (view, key)
) WITHOUT ROWID"""
_FOLLOWED = """
CREATE TABLE IF NOT EXISTS followed (view TEXT PRIMARY KEY, version INTEGER NOT NULL, position INTEGER NOT NULL)"""
_ROWS_OF = "SELECT key, contents FROM view_row WHERE view = ? AND key IN (SELECT value FROM json_each(?))"
_FOLLOW_ON = "UPDATE followed SET position = ? WHERE view = ? AND version = ? AND position = ?"


class ViewRows:
    """See view_rows_port.KeptViews."""

    def __init__(self, path: Path, views: tuple[View, ...]) -> None:
        """Open the file, making it on first use. Raises StoreUnavailable."""
        self._db = DurableDatabase(path, _ROWS, _FOLLOWED)
        self._views = views

    @property
    def views(self) -> tuple[View, ...]:
        """See application.keep_views.ViewTables."""
        return self._views

    def followed_to(self, view: View) -> int:
        """See application.keep_views.ViewTables."""
        position = self._position(view)
        if position is not None:
            return position
        with self._db.writing() as db:
            if self._position(view) is None:  # else another process has just begun it
                db.execute("DELETE FROM view_row WHERE view = ?", (view.name,))
                db.execute("INSERT OR REPLACE INTO followed VALUES (?,?,0)", (view.name, view.version))
        return self._position(view) or 0

    def rows_of(self, view: View, keys: tuple[str, ...]) -> dict[str, Values]:
        """See application.keep_views.ViewTables."""
        rows = self._db.rows(_ROWS_OF, view.name, json.dumps(keys))
        return {str(key): json.loads(str(contents)) for key, contents in rows}

    def write(self, view: View, rows: tuple[ViewRow, ...], position: int, *, since: int) -> bool:
        """See application.keep_views.ViewTables."""
        contents = [(view.name, row.key, json.dumps(row.values, sort_keys=True)) for row in rows]
        with self._db.writing() as db:
            if db.execute(_FOLLOW_ON, (position, view.name, view.version, since)).rowcount != 1:
                return False
            db.executemany("INSERT OR REPLACE INTO view_row VALUES (?,?,?)", contents)
        return True

    def read(self, view: View) -> tuple[dict[str, Json], ...]:
        """The view's rows, by key."""
        rows = self._db.rows("SELECT contents FROM view_row WHERE view = ? ORDER BY key", view.name)
        return tuple(json.loads(str(contents)) for (contents,) in rows)

    def contents(self, view: View) -> dict[str, str]:
        """Each row of the view as it is kept, by key."""
        rows = self._db.rows("SELECT key, contents FROM view_row WHERE view = ? ORDER BY key", view.name)
        return {str(key): str(contents) for key, contents in rows}

    def begin_again(self) -> None:
        """See view_rows_port.KeptViews."""
        with self._db.writing() as db:
            for view in self._views:
                db.execute("DELETE FROM view_row WHERE view = ?", (view.name,))
                db.execute("UPDATE followed SET position = 0 WHERE view = ?", (view.name,))
        self._db.let_go()

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def _position(self, view: View) -> int | None:
        rows = self._db.rows("SELECT version, position FROM followed WHERE view = ?", view.name)
        if not rows or rows[0][0] != view.version:
            return None
        position = rows[0][1]
        return position if isinstance(position, int) else 0
