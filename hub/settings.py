"""Settings, read once from the environment into one frozen value."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path

DEFAULT_PORT = 8470
DEFAULT_SCHOOL_STARTS = time(8, 45)


class BadSetting(Exception):
    """A setting is not of its shape; the message names the setting and never its value."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Where everything lives and what may be chosen. There is no setting that turns recording off.

    HUB_HOME: folder of all data (default ~/.safeguarding-hub). HUB_PORT: port on 127.0.0.1 (default 8470).
    HUB_LAW_16LA_FROM: ISO date from which Children Act 2004 s16LA is taken to be in force (default: not in force).
    HUB_SCHOOL_STARTS: clock time at which a school day begins (default 08:45). HUB_SCHOOL_CLOSED: ISO dates, parted by
    commas, on which schools are closed besides weekends (default: none).
    """

    home: Path
    port: int = DEFAULT_PORT
    sixteen_la_from: date | None = None
    school_starts: time = DEFAULT_SCHOOL_STARTS
    school_closed: tuple[date, ...] = ()


def read_settings(environment: Mapping[str, str]) -> Settings:
    """The settings that the environment holds. Raises BadSetting."""
    home = environment.get("HUB_HOME") or str(Path.home() / ".safeguarding-hub")
    return Settings(
        home=Path(home).absolute(),
        port=_port(environment.get("HUB_PORT")),
        sixteen_la_from=_day(environment.get("HUB_LAW_16LA_FROM")),
        school_starts=_clock_time(environment.get("HUB_SCHOOL_STARTS")),
        school_closed=_days(environment.get("HUB_SCHOOL_CLOSED")),
    )


def _port(text: str | None) -> int:
    if not text:
        return DEFAULT_PORT
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 65536:
        raise BadSetting("HUB_PORT is a whole number from 1 to 65535")
    return int(text)


def _day(text: str | None) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadSetting("HUB_LAW_16LA_FROM is a date such as 2026-09-30") from None


def _clock_time(text: str | None) -> time:
    if not text:
        return DEFAULT_SCHOOL_STARTS
    try:
        found = time.fromisoformat(text)
    except ValueError:
        raise BadSetting("HUB_SCHOOL_STARTS is a clock time such as 08:45") from None
    if found.tzinfo is not None:
        raise BadSetting("HUB_SCHOOL_STARTS is a clock time in England, with no offset")
    return found


def _days(text: str | None) -> tuple[date, ...]:
    try:
        return tuple(date.fromisoformat(day.strip()) for day in (text or "").split(",") if day.strip())
    except ValueError:
        raise BadSetting("HUB_SCHOOL_CLOSED is dates such as 2026-10-26,2026-10-27") from None
