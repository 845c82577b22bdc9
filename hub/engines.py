"""Which engines this process runs on, as its settings say: a store, views and a bus, in files here or on servers."""

import logging
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from pathlib import Path
from threading import Thread
from time import monotonic
from typing import Protocol

from hub.adapters.bus_embedded import EmbeddedBus
from hub.adapters.bus_kafka import KafkaBus
from hub.adapters.database_set_up import is_conninfo
from hub.adapters.edge_side import Road
from hub.adapters.group_commit import GroupedPostgresRecorder, GroupedRecorder
from hub.adapters.kafka_client import KafkaAccess
from hub.adapters.recorder import HubRecorder, datastore
from hub.adapters.recorder_postgres import PATIENCE, DurableDatastore, PostgresHubRecorder
from hub.adapters.stated_settings import Chosen
from hub.adapters.view_rows import ViewRows
from hub.adapters.view_rows_port import KeptViews
from hub.adapters.view_rows_postgres import PostgresViewRows
from hub.domain.errors import StoreUnavailable
from hub.settings import BadSetting, KafkaSettings, Settings
from hub.views.view import View

LEAVING_SECONDS = 3.0
_OTHERS_MAY = 0o027
_LOG = logging.getLogger("safeguarding_hub.hub")

OpenRecorder = HubRecorder | PostgresHubRecorder


class Closable(Protocol):
    """What a process lets go at its end."""

    def close(self) -> None:
        """Let it go; again, nothing. Raises StoreUnavailable."""


# The servers that a block of `leaving` has opened and not left yet; None outside of one.
_OPENED: ContextVar[list[Closable] | None] = ContextVar("opened", default=None)


@contextmanager
def leaving() -> Iterator[None]:
    """Every server that this block opens is left at its end, however it ends: a short command leaves them so."""
    opened: list[Closable] = []
    before = _OPENED.set(opened)
    try:
        yield
    finally:
        leave(*opened)
        _OPENED.reset(before)


def check(settings: Settings) -> None:
    """Raise BadSetting where what the settings name can't be used, before anything is opened."""
    check_databases(settings)
    if settings.kafka is not None:
        kafka_access(settings.kafka)


def check_databases(settings: Settings) -> None:
    """Raise BadSetting where one can't be read: no server comes back that would mend it, so it is not waited for."""
    named = (("HUB_DATABASE", settings.database), ("HUB_DATABASE_OWNER", settings.database_owner))
    for name, conninfo in named:
        if conninfo is not None and not is_conninfo(conninfo):
            raise BadSetting(f"{name} is no libpq conninfo, such as: host=NAME dbname=hub user=hub_app passfile=FILE")


def chosen(settings: Settings, policies: str) -> Chosen:
    """What is chosen that bears on decisions, to be put on record; `policies` is SHA-256 of those on who may act."""
    bearing = (settings.sixteen_la_from, settings.log_policy, settings.witness_refuse_after)
    return Chosen(*bearing, settings.access_rules_off, policies)


def open_recorder(settings: Settings, patience_seconds: float = PATIENCE) -> OpenRecorder:
    """The recorder under the store; a server is waited for no longer than that at a time.

    Raises StoreUnavailable, BadSetting.
    """
    check_databases(settings)
    if settings.database is None:
        return GroupedRecorder(datastore(settings.home / "hub.db"))
    recorder = GroupedPostgresRecorder(DurableDatastore(settings.database, patience_seconds=patience_seconds))
    _to_be_left(recorder.datastore)
    return recorder


def open_views(settings: Settings, recorder: OpenRecorder, views: tuple[View, ...]) -> KeptViews:
    """Where the views are kept: beside the store on a server, else in a file. Raises StoreUnavailable."""
    if isinstance(recorder, PostgresHubRecorder):
        return PostgresViewRows(recorder.datastore, views)
    return ViewRows(settings.home / "views.db", views)


def open_bus(settings: Settings) -> Road:
    """The road between agencies and hub; a broker is connected to at the first call. Raises BadSetting."""
    if settings.kafka is None:
        return EmbeddedBus(settings.bus or settings.home / "bus.db")
    bus = KafkaBus(kafka_access(settings.kafka))
    _to_be_left(bus)
    return bus


def leave(*held: Closable) -> None:
    """Let them go, waiting no longer than LEAVING_SECONDS: a server that is away keeps no process from ending.

    What was not committed by then is given again; nothing is lost by it.
    """
    opened = _OPENED.get() or []
    opened[:] = [one for one in opened if one not in held]
    closings = [Thread(target=partial(_close, one), name="leaving", daemon=True) for one in held]
    for closing in closings:
        closing.start()
    until = monotonic() + LEAVING_SECONDS
    for closing in closings:
        closing.join(max(0.0, until - monotonic()))


def _to_be_left(held: Closable) -> None:
    opened = _OPENED.get()
    if opened is not None:
        opened.append(held)


def _close(held: Closable) -> None:
    try:
        held.close()
    except StoreUnavailable:
        _LOG.warning("a server was left without a word: it is away")


def kafka_access(kafka: KafkaSettings) -> KafkaAccess:
    """How the client reaches the brokers, with what the files hold. Raises BadSetting."""
    phrase = "" if kafka.password_file is None else _secret("HUB_KAFKA_PASSWORD_FILE", kafka.password_file)
    return KafkaAccess(kafka.brokers, kafka.user or "", phrase, _tls(kafka))


def _tls(kafka: KafkaSettings) -> ssl.SSLContext | None:
    if kafka.ca_file is None:
        return None
    try:
        context = ssl.create_default_context(cafile=str(kafka.ca_file))
        context.minimum_version = ssl.TLSVersion.TLSv1_3
    except (OSError, ssl.SSLError):
        raise BadSetting("HUB_KAFKA_CA_FILE is not a file of certificates (PEM) that can be read") from None
    if kafka.cert_file is not None and kafka.key_file is not None:
        _refuse_open("HUB_KAFKA_KEY_FILE", kafka.key_file)
        try:
            context.load_cert_chain(str(kafka.cert_file), str(kafka.key_file), password="")
        except (OSError, ssl.SSLError):
            raise BadSetting("HUB_KAFKA_CERT_FILE and HUB_KAFKA_KEY_FILE are not a certificate and its key") from None
    return context


def _secret(setting: str, path: Path) -> str:
    """The one line that the file holds."""
    _refuse_open(setting, path)
    try:
        found = path.read_text(encoding="utf-8").strip("\r\n")
    except (OSError, UnicodeDecodeError):
        raise BadSetting(f"{setting} names a file that can't be read") from None
    if not found:
        raise BadSetting(f"{setting} names a file that is empty")
    return found


def _refuse_open(setting: str, path: Path) -> None:
    """Raise BadSetting where somebody besides the file's owner and its group may read it, or others may change it."""
    try:
        mode = path.stat().st_mode
    except OSError:
        raise BadSetting(f"{setting} names a file that can't be read") from None
    if mode & _OTHERS_MAY:
        raise BadSetting(f"{setting} names a file that others can read: take their rights to it away (chmod 600)")
