"""An area's ratings, clocks and hours of work, a TOML file that whoever runs the hub writes; see docs/clocks.md."""

import tomllib
from datetime import date, time
from pathlib import Path
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from hub.adapters.wrong_field import wrong_field
from hub.domain.bank_holidays import ENGLAND
from hub.domain.clocks import ONE_WORKING_DAY, Clocks, Hours, Limit, Rating

_WEEK: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MIDNIGHT: Final = "24:00"
_CLOCK: Final = r"^([01][0-9]|2[0-3]):[0-5][0-9]$"
_STRICT: Final = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class NotClocks(Exception):
    """The file is none of this form; the message is a code, or a field of ours and never its value."""


class _Limit(BaseModel):
    """How much time there is: hours, or working days."""

    model_config = _STRICT

    hours: int | None = Field(default=None, strict=True, ge=1, le=720)
    working_days: int | None = Field(default=None, strict=True, ge=1, le=30)
    runs_past_closing: bool = Field(default=False, strict=True)


class _Rating(_Limit):
    """One [[rating]] of the file, the most pressing first."""

    name: str = Field(pattern=r"^[A-Z][A-Za-z0-9 -]{0,28}[A-Za-z0-9]$")


class _Hours(BaseModel):
    """The [hours] of the file."""

    model_config = _STRICT

    days: tuple[Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"], ...] = Field(default=_WEEK[:5], min_length=1)
    opens: str = Field(default="00:00", pattern=_CLOCK)
    closes: str = Field(default=_MIDNIGHT, pattern=rf"{_CLOCK}|^{_MIDNIGHT}$")
    bank_holidays: bool = Field(default=False, strict=True)
    closed: tuple[date, ...] = Field(default=(), max_length=400)


class _File(BaseModel):
    """The whole file."""

    model_config = _STRICT

    hours: _Hours = _Hours()
    unrated: _Limit | None = None
    rating: tuple[_Rating, ...] = Field(default=(), max_length=8)


def read_clocks(path: Path) -> Clocks:
    """The clocks in the file. Raises NotClocks, OSError."""
    try:
        written = _File.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except ValidationError as refused:
        raise NotClocks(wrong_field(refused)) from None
    except ValueError:
        raise NotClocks("not_toml") from None
    ratings = tuple(Rating(one.name, _limit(f"rating.{place}", one)) for place, one in enumerate(written.rating))
    if len({one.name.casefold() for one in ratings}) != len(ratings):
        raise NotClocks("field rating: a name stands there twice")
    unrated = _limit("unrated", written.unrated) if written.unrated is not None else ONE_WORKING_DAY
    return Clocks(_hours(written.hours), ratings, unrated, is_set=True)


def _limit(place: str, one: _Limit) -> Limit:
    if one.hours is not None and one.working_days is None:
        return Limit(one.hours, "hours", one.runs_past_closing)
    if one.working_days is None or one.hours is not None:
        raise NotClocks(f"field {place}: either hours or working_days")
    if one.runs_past_closing:
        raise NotClocks(f"field {place}: runs_past_closing is of hours")
    return Limit(one.working_days, "working_days")


def _hours(one: _Hours) -> Hours:
    closes = None if one.closes == _MIDNIGHT else time.fromisoformat(one.closes)
    opens = time.fromisoformat(one.opens)
    if closes is not None and closes <= opens:
        raise NotClocks("field hours: it closes after it opens, on the same day")
    closed = frozenset(one.closed) | (frozenset() if one.bank_holidays else ENGLAND)
    return Hours(opens, closes, frozenset(_WEEK.index(day) for day in one.days), closed)
