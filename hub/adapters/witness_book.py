"""How each witness stands, in a file beside the log: sizes, times and codes, as a JSON object."""

import json
from datetime import datetime
from pathlib import Path

from hub.adapters.private_file import write_through
from hub.application.gather_cosignatures import Standing
from hub.domain.errors import StoreUnavailable


class WitnessBook:
    """See application.gather_cosignatures.Book."""

    def __init__(self, path: Path) -> None:
        """Use this file."""
        self._path = path

    def read(self) -> tuple[Standing, ...]:
        """See application.gather_cosignatures.Book."""
        return self._held()[1]

    def since(self) -> datetime | None:
        """Since when witnesses are asked; None when none was yet. Raises StoreUnavailable."""
        return self._held()[0]

    def write(self, standings: tuple[Standing, ...], now: datetime) -> None:
        """See application.gather_cosignatures.Book."""
        since = self.since() or now
        held = {"since": since.isoformat(), "witnesses": [_written(one) for one in standings]}
        try:
            write_through(self._path, json.dumps(held).encode())
        except OSError as refused:
            raise StoreUnavailable("witness_book") from refused

    def _held(self) -> tuple[datetime | None, tuple[Standing, ...]]:
        try:
            held: object = json.loads(self._path.read_bytes())
        except FileNotFoundError:
            return None, ()
        except (OSError, ValueError) as refused:
            raise StoreUnavailable("witness_book") from refused
        match held:
            case {"since": str(since), "witnesses": list(standings)}:
                return datetime.fromisoformat(since), tuple(map(_read, standings))
            case _:
                raise StoreUnavailable("witness_book")


def _written(one: Standing) -> dict[str, str | int | None]:
    said: dict[str, str | int | None] = {"name": one.name, "size": one.size, "at": _moment(one.at), "code": one.code}
    return {**said, "origin": one.origin, "key": one.key, "went_back": _moment(one.went_back)}


def _moment(at: datetime | None) -> str | None:
    return at.isoformat() if at is not None else None


def _time(held: object) -> datetime | None:
    return datetime.fromisoformat(held) if isinstance(held, str) else None


def _read(held: object) -> Standing:
    match held:
        case {"name": str(name), "size": int(size), "at": at, "code": str(code), **later}:
            origin, key = str(later.get("origin", "")), str(later.get("key", ""))
            return Standing(name, size, _time(at), code, origin, key, _time(later.get("went_back")))
        case _:
            raise StoreUnavailable("witness_book")
