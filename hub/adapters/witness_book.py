"""How each witness stands, in a file beside the log: sizes, times and codes, as a JSON object that the hub proves.

Since when witnesses are asked, and which of them went back, bears on what may be read: so a file that the hub did not
write counts for nothing, and neither does none, once it is on record that witnesses are asked.
"""

import hmac
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

from audit.policy import Policy
from contracts.events.log import WitnessesAsked
from hub.adapters.private_file import write_through
from hub.application.gather_cosignatures import BOOK_ALTERED, BOOK_GONE, BookTrouble, Standing
from hub.domain.errors import StoreUnavailable

_LABEL = b"childhub/witness-book/v1\x00"
_LEAP = timedelta(seconds=300)  # how far another process's clock may run ahead


@dataclass(frozen=True, slots=True)
class _Held:
    """What the file says, under which policy. `proved`: the hub wrote it so; older releases left none of it."""

    since: datetime
    policy: str
    standings: tuple[Standing, ...]
    proved: bool


def policy_id(policy: Policy | None) -> str:
    """SHA-256 of who must cosign: the witnesses' keys, and how many of them; empty without a policy."""
    if policy is None:
        return ""
    groups = {name: [group.needed, *group.members] for name, group in policy.groups.items()}
    said = json.dumps([dict(policy.witnesses), groups, policy.quorum], sort_keys=True)
    return sha256(said.encode()).hexdigest()


def _never() -> tuple[WitnessesAsked, ...]:
    return ()


class WitnessBook:
    """See application.gather_cosignatures.Book."""

    def __init__(
        self, path: Path, secret: bytes, policy: str, asked: Callable[[], tuple[WitnessesAsked, ...]] = _never
    ) -> None:
        """Use this file, proved by this secret; `policy` is the id of the present one, `asked` what is on record."""
        self._path = path
        self._secret = secret
        self.policy_id = policy
        self._asked = asked

    def read(self) -> tuple[Standing, ...]:
        """See application.gather_cosignatures.Book."""
        held = self._held()
        return held.standings if held is not None else ()

    def since(self) -> datetime | None:
        """Since when witnesses are asked; None when none was yet. Raises StoreUnavailable."""
        held = self._held()
        return held.since if held is not None else None

    def trouble(self, now: datetime) -> BookTrouble | None:
        """Why it is not to be trusted; None where it is, or was not begun yet. Raises StoreUnavailable."""
        try:
            held = self._held()
        except _Altered:
            return BOOK_ALTERED
        if held is None:
            return BOOK_GONE if self._asked() else None
        if held.since > now + _LEAP:
            return BOOK_ALTERED
        if held.proved and held.policy == self.policy_id:
            return None
        on_record = {one.policy for one in self._asked()}
        is_taken = not on_record or (held.proved and held.policy in on_record)
        return None if is_taken else BOOK_ALTERED

    def write(self, standings: tuple[Standing, ...], now: datetime) -> None:
        """See application.gather_cosignatures.Book."""
        self._write(standings, self.since() or self._first_asked(now))

    def begin_again(self, now: datetime) -> None:
        """Nothing is known of any witness; they are asked since it was first on record. Raises StoreUnavailable."""
        self._write((), self._first_asked(now))

    def _first_asked(self, now: datetime) -> datetime:
        return min([now, *(one.at for one in self._asked())])

    def _write(self, standings: tuple[Standing, ...], since: datetime) -> None:
        written = [_written(one) for one in standings]
        said = {"since": since.isoformat(), "policy": self.policy_id, "witnesses": written}
        try:
            write_through(self._path, json.dumps({**said, "mac": self._mac(said)}).encode())
        except OSError as refused:
            raise StoreUnavailable("witness_book") from refused

    def _held(self) -> _Held | None:
        try:
            raw = self._path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as refused:
            raise StoreUnavailable("witness_book") from refused
        try:
            held: object = json.loads(raw)
        except (ValueError, RecursionError):
            raise _Altered from None
        match held:
            case {"since": str(since), "policy": str(policy), "witnesses": list(standings), "mac": str(mac)}:
                said = {"since": since, "policy": policy, "witnesses": standings}
                if not hmac.compare_digest(mac.encode(), self._mac(said).encode()):
                    raise _Altered
                return _Held(_moment(since), policy, tuple(map(_read, standings)), proved=True)
            case {"since": str(since), "witnesses": list(standings), **proof} if "mac" not in proof:
                return _Held(_moment(since), "", tuple(map(_read, standings)), proved=False)
            case _:
                raise _Altered

    def _mac(self, said: Mapping[str, object]) -> str:
        written = json.dumps(said, sort_keys=True).encode()
        return hmac.digest(self._secret, _LABEL + written, sha256).hex()


class _Altered(StoreUnavailable):
    """The file is there, and the hub did not write it so."""

    def __init__(self) -> None:
        super().__init__(BOOK_ALTERED)


def _written(one: Standing) -> dict[str, str | int | None]:
    at, went_back = (each.isoformat() if each is not None else None for each in (one.at, one.went_back))
    said: dict[str, str | int | None] = {"name": one.name, "size": one.size, "at": at, "code": one.code}
    return {**said, "origin": one.origin, "key": one.key, "went_back": went_back}


def _moment(said: str) -> datetime:
    try:
        at = datetime.fromisoformat(said)
    except ValueError:
        raise _Altered from None
    if at.tzinfo is None:
        raise _Altered
    return at


def _time(held: object) -> datetime | None:
    return _moment(held) if isinstance(held, str) else None


def _read(held: object) -> Standing:
    match held:
        case {"name": str(name), "size": int(size), "at": at, "code": str(code), **later}:
            origin, key = str(later.get("origin", "")), str(later.get("key", ""))
            return Standing(name, size, _time(at), code, origin, key, _time(later.get("went_back")))
        case _:
            raise _Altered
