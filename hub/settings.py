"""Settings, read once from the environment into one frozen value."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from hub.domain.explained_rules import CODES
from hub.domain.own_area import school_time, telephone
from hub.domain.pass_phrase import CHOSEN_COST, LEAST_COST, MOST_COST
from hub.settings_kafka import KafkaSettings, read_kafka
from hub.settings_shapes import BadSetting, is_on, is_this_machine, listed, path, port, read_as

__all__ = ["BadSetting", "KafkaSettings", "Settings", "edge_folder", "is_this_machine", "read_settings"]
DEFAULT_PORT = 8470
DEFAULT_ADDRESS = "127.0.0.1"
DEFAULT_HEARTBEAT_SECONDS = 300
DEFAULT_KEY_BACKUP_DAYS = 35
DEFAULT_SCHOOL_STARTS = time(8, 45)
DEFAULT_REFUSE_AFTER = timedelta(hours=4)
LEAST_REFUSE_AFTER = timedelta(minutes=16)
_HOST_NAME = re.compile(r"([a-z0-9-]{1,63}\.)*[a-z][a-z0-9-]{0,62}", re.ASCII)  # its last part begins with a letter


@dataclass(frozen=True, slots=True)
class Settings:
    """Where everything lives and what may be chosen. There is no setting that turns recording off.

    HUB_HOME: folder of this party's data and keys (default ~/.safeguarding-hub). HUB_DATABASE: how the application's
    role reaches PostgreSQL (libpq conninfo; give its pass phrase by `passfile`); unset, the store is a file in
    HUB_HOME. HUB_DATABASE_OWNER: the same for the role that owns the tables, for `hub database make` alone. HUB_KAFKA
    and what begins with it: see KafkaSettings; unset, the bus is a file: HUB_BUS (default bus.db in HUB_HOME).
    HUB_ADDRESS and HUB_PORT: where the pages are served (default 127.0.0.1, 8470). HUB_HOSTS: the names, parted by
    commas, by which browsers call the hub through a proxy that speaks https (default: none; the hub is called by its
    loopback names). HUB_STATUS_PORT: where `hub work`, `hub edge` and `hub witness --bus` say how they are (default:
    nowhere). HUB_HEARTBEAT_SECONDS: how often an edge says that it is there (default 300); after two without a word
    the hub says that it is silent.
    HUB_PUBLIC_KEYS: at an edge, the file that `hub keys --public` printed at the hub. HUB_DROP: at an edge, the folder
    for native files.
    HUB_TELEMETRY: the address (http or https) at which a collector takes OTLP: a host by its name, or this machine
    (default: nothing is sent). HUB_LOG: `json` for a log of one JSON object a line (default: plain lines).
    HUB_LOG_POLICY: the file that names the log's witnesses (C2SP tlog-policy; `bus:AGENCY` as the address of one asked
    over the bus); unset, nobody witnesses, and the pages say so. HUB_WITNESS_REFUSE_AFTER: minutes without enough
    cosignatures after which only emergencies are read (default 240). HUB_LOG_MLDSA: `on` for a second signature of the
    log, ML-DSA-44 (default off). HUB_COMPARTMENTS: socket of what is held apart (default compartments.sock there).
    HUB_ACCESS_RULES_OFF: reasons to ask about a look that are not used here, by code, parted by commas (default: none).
    HUB_ISSUERS: the file that lists who vouches for staff (docs/sign-in.md); HUB_PHRASES_OFF: `on` for no pass phrases.
    HUB_PHRASE_COST: the cost (scrypt, as a power of two, 14 to 20; default 17) of those that people choose.
    HUB_ERASURE_JOURNAL: the file of what was erased, to be kept where no copy of HUB_HOME is put back over it (default
    erased.journal in HUB_HOME). HUB_KEY_BACKUP_DAYS: for how long copies of the keys are kept (default 35).
    HUB_LAW_16LA_FROM: ISO date from which Children Act 2004 s16LA is taken to be in force (default: not in force).
    HUB_DUTY_NUMBER: telephone of the area's duty desk, shown on the pages (default: they send to the local procedure).
    HUB_SCHOOL_STARTS: clock time at which a school day begins (default 08:45). HUB_SCHOOL_CLOSED: ISO dates, parted by
    commas, on which schools are closed besides weekends (default: none).
    HUB_CLOCKS: the file of the area's ratings, clocks and hours of work (docs/clocks.md); unset, one working day.
    """

    home: Path
    port: int = DEFAULT_PORT
    sixteen_la_from: date | None = None
    duty_number: str | None = None
    school_starts: time = DEFAULT_SCHOOL_STARTS
    school_closed: tuple[date, ...] = ()
    database: str | None = field(default=None, repr=False)
    database_owner: str | None = field(default=None, repr=False)
    kafka: KafkaSettings | None = None
    bus: Path | None = None
    address: str = DEFAULT_ADDRESS
    hosts: tuple[str, ...] = ()
    status_port: int | None = None
    public_keys: Path | None = None
    drop: Path | None = None
    heartbeat_seconds: int = DEFAULT_HEARTBEAT_SECONDS
    telemetry: str | None = None
    log_as_json: bool = False
    log_policy: Path | None = None
    witness_refuse_after: timedelta = DEFAULT_REFUSE_AFTER
    log_mldsa: bool = False
    access_rules_off: frozenset[str] = frozenset()
    issuers: Path | None = None
    phrases_off: bool = False
    phrase_cost: int = CHOSEN_COST
    compartments: Path | None = None
    erasure_journal: Path | None = None
    key_backup_days: int = DEFAULT_KEY_BACKUP_DAYS
    clocks: Path | None = None

    @property
    def on_one_machine(self) -> bool:
        """Whether store and bus are both files here, so that one command does all the work of a hub."""
        return self.database is None and self.kafka is None


def edge_folder(settings: Settings, name: str) -> Path:
    """Where an edge of that partner keeps what is its own."""
    return settings.home / "edges" / name


def read_settings(environment: Mapping[str, str]) -> Settings:
    """The settings that the environment holds. Raises BadSetting."""
    kafka, bus = read_kafka(environment), path(environment, "HUB_BUS")
    if kafka is not None and bus is not None:
        raise BadSetting("HUB_KAFKA and HUB_BUS each name a bus: set one of them")
    return Settings(
        home=Path(environment.get("HUB_HOME") or Path.home() / ".safeguarding-hub").absolute(),
        port=port(environment, "HUB_PORT") or DEFAULT_PORT,
        sixteen_la_from=read_as(environment, "HUB_LAW_16LA_FROM", date.fromisoformat, "a date such as 2026-09-30"),
        duty_number=read_as(environment, "HUB_DUTY_NUMBER", telephone, "a telephone number such as 01632 960100"),
        school_starts=read_as(environment, "HUB_SCHOOL_STARTS", school_time, "a clock time in England such as 08:45")
        or DEFAULT_SCHOOL_STARTS,
        school_closed=_days(environment.get("HUB_SCHOOL_CLOSED")),
        database=environment.get("HUB_DATABASE") or None,
        database_owner=environment.get("HUB_DATABASE_OWNER") or None,
        kafka=kafka,
        bus=bus,
        address=_address(environment.get("HUB_ADDRESS")),
        hosts=listed(environment.get("HUB_HOSTS")),
        status_port=port(environment, "HUB_STATUS_PORT"),
        public_keys=path(environment, "HUB_PUBLIC_KEYS"),
        drop=path(environment, "HUB_DROP"),
        log_policy=path(environment, "HUB_LOG_POLICY"),
        compartments=path(environment, "HUB_COMPARTMENTS"),
        erasure_journal=path(environment, "HUB_ERASURE_JOURNAL"),
        key_backup_days=_backup_days(environment.get("HUB_KEY_BACKUP_DAYS")),
        witness_refuse_after=_minutes(environment.get("HUB_WITNESS_REFUSE_AFTER")),
        log_mldsa=is_on(environment, "HUB_LOG_MLDSA"),
        access_rules_off=_rules(environment.get("HUB_ACCESS_RULES_OFF")),
        issuers=path(environment, "HUB_ISSUERS"),
        clocks=path(environment, "HUB_CLOCKS"),
        phrases_off=is_on(environment, "HUB_PHRASES_OFF"),
        phrase_cost=_phrase_cost(environment.get("HUB_PHRASE_COST")),
        heartbeat_seconds=_seconds(environment.get("HUB_HEARTBEAT_SECONDS")),
        telemetry=_collector(environment.get("HUB_TELEMETRY")),
        log_as_json=_log_as_json(environment.get("HUB_LOG")),
    )


def _address(text: str | None) -> str:
    if not text:
        return DEFAULT_ADDRESS
    if any(letter.isspace() for letter in text):
        raise BadSetting("HUB_ADDRESS is an address of this machine such as 127.0.0.1")
    return text


def _backup_days(text: str | None) -> int:
    if not text:
        return DEFAULT_KEY_BACKUP_DAYS
    if not text.isascii() or not text.isdigit() or len(text) > 3 or int(text) == 0:
        raise BadSetting("HUB_KEY_BACKUP_DAYS is a whole number of days from 1 to 999")
    return int(text)


def _phrase_cost(text: str | None) -> int:
    if not text:
        return CHOSEN_COST
    if text not in {str(cost) for cost in range(LEAST_COST, MOST_COST + 1)}:
        raise BadSetting("HUB_PHRASE_COST is a whole number from 14 to 20")
    return int(text)


def _seconds(text: str | None) -> int:
    if not text:
        return DEFAULT_HEARTBEAT_SECONDS
    if not text.isascii() or not text.isdigit() or len(text) > 5 or int(text) == 0:
        raise BadSetting("HUB_HEARTBEAT_SECONDS is a whole number from 1 to 99999")
    return int(text)


def _collector(text: str | None) -> str | None:
    """The collector's address: no user or pass phrase in it, no query, and no other machine by a bare number."""
    if not text:
        return None
    wrong = BadSetting("HUB_TELEMETRY is http:// or https:// and a host name, or this machine, and perhaps a port")
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        raise wrong from None
    named = _HOST_NAME.fullmatch(host) is not None or is_this_machine(host)
    if parts.scheme not in ("http", "https") or not named or "@" in text or parts.query or parts.fragment:
        raise wrong
    return text


def _log_as_json(text: str | None) -> bool:
    if text not in (None, "", "plain", "json"):
        raise BadSetting("HUB_LOG is plain or json")
    return text == "json"


def _minutes(text: str | None) -> timedelta:
    if not text:
        return DEFAULT_REFUSE_AFTER
    if not text.isascii() or not text.isdigit() or len(text) > 6 or timedelta(minutes=int(text)) < LEAST_REFUSE_AFTER:
        raise BadSetting("HUB_WITNESS_REFUSE_AFTER is a number of minutes, 16 or more")
    return timedelta(minutes=int(text))


def _rules(text: str | None) -> frozenset[str]:
    found = frozenset(listed(text))
    if not found <= CODES:
        raise BadSetting(f"HUB_ACCESS_RULES_OFF is of these codes, parted by commas: {', '.join(sorted(CODES))}")
    return found


def _days(text: str | None) -> tuple[date, ...]:
    try:
        return tuple(date.fromisoformat(day) for day in listed(text))
    except ValueError:
        raise BadSetting("HUB_SCHOOL_CLOSED is dates such as 2026-10-26,2026-10-27") from None
