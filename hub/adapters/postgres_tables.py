"""The tables of a store on PostgreSQL, made by the role that owns them. The application adds and reads, no more."""

import psycopg
from psycopg.sql import SQL, Composed, Identifier

from hub.domain.errors import StoreUnavailable

LOCK = SQL("SELECT pg_advisory_xact_lock(7166057)")  # any number, the same for every writer of one database
_TABLES = (
    SQL(
        "CREATE TABLE IF NOT EXISTS event (originator_id uuid NOT NULL, originator_version bigint NOT NULL, "
        "topic text NOT NULL, state bytea NOT NULL, notification_id bigint GENERATED ALWAYS AS IDENTITY, "
        "PRIMARY KEY (originator_id, originator_version))"
    ),
    SQL("CREATE UNIQUE INDEX IF NOT EXISTS event_position ON event (notification_id)"),
    SQL(
        "CREATE TABLE IF NOT EXISTS term (token bytea NOT NULL, person uuid NOT NULL, proof bytea NOT NULL, "
        "PRIMARY KEY (token, person))"
    ),
    SQL("CREATE TABLE IF NOT EXISTS forgotten (person uuid PRIMARY KEY)"),
    # The application may say who is forgotten, and take no single pointer out: the table's owner does, for all of them.
    SQL(
        "CREATE OR REPLACE FUNCTION forget() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER "
        "SET search_path = public, pg_temp AS "
        "$body$ BEGIN DELETE FROM term WHERE person = NEW.person; RETURN NULL; END $body$"
    ),
    SQL("CREATE OR REPLACE TRIGGER forget AFTER INSERT ON forgotten FOR EACH ROW EXECUTE FUNCTION forget()"),
    SQL(
        "CREATE OR REPLACE FUNCTION one_writer() RETURNS trigger LANGUAGE plpgsql AS "
        "$body$ BEGIN PERFORM pg_advisory_xact_lock(7166057); RETURN NULL; END $body$"
    ),
    SQL("CREATE OR REPLACE TRIGGER one_writer BEFORE INSERT ON event FOR EACH STATEMENT EXECUTE FUNCTION one_writer()"),
)
# Column by column: the application can't choose a position. The identity column needs no right to its sequence.
_GRANTS = (
    SQL("REVOKE ALL ON event, term, forgotten FROM PUBLIC, {role}"),
    SQL("GRANT SELECT ON event, term, forgotten TO {role}"),
    SQL("GRANT INSERT (originator_id, originator_version, topic, state) ON event TO {role}"),
    SQL("GRANT INSERT ON term, forgotten TO {role}"),
    SQL("GRANT SELECT ON SEQUENCE event_notification_id_seq TO {role}"),  # to see that no position is given twice
)


def make_tables(owner: str, application_role: str) -> None:
    """Make the tables as the role that owns them, and let the application's role insert and select, no more.

    `owner` says how to connect (a libpq conninfo). Raises StoreUnavailable.
    """
    role = Identifier(application_role)
    make_as_owner(owner, (LOCK, *_TABLES, *(grant.format(role=role) for grant in _GRANTS)))


def make_as_owner(owner: str, statements: tuple[SQL | Composed, ...]) -> None:
    """Make tables and grant what may be done with them, all or none.

    `owner` says how to connect (a libpq conninfo). Raises StoreUnavailable.
    """
    try:
        with psycopg.connect(owner) as connection:
            for statement in statements:
                connection.execute(statement)
    except psycopg.Error as refused:
        raise StoreUnavailable(type(refused).__name__) from None
