"""The rules, policies, agreements, settings and keys of this process, on record as one fact: codes and hashes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from hashlib import sha256
from importlib import resources
from pathlib import Path

from contracts.events.access import Agreed, KeyStated, SettingsStated
from hub.adapters.edition import edition
from hub.adapters.public_keys import HubKeys
from hub.application.ports import Clock, Store
from hub.application.state_settings import state_settings

Agreements = Mapping[str, tuple[str, bytes]]  # version and bytes, by agency


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is chosen that bears on decisions; `policy` is the file that names the log's witnesses.

    `policies` is SHA-256 of the policies on who may act.
    """

    sixteen_la_from: date | None
    policy: Path | None
    refuse_after: timedelta
    rules_off: frozenset[str]
    policies: str


class StatedOnce:
    """States them once in the life of a process."""

    def __init__(self, chosen: Chosen, agreements: Callable[[], Agreements]) -> None:
        """Of these."""
        self._chosen = chosen
        self._agreements = agreements
        self._is_done = False

    def state(self, store: Store, clock: Clock, keys: HubKeys) -> None:
        """Put them on record where they are other than was stated last. Raises StoreUnavailable, Unreadable."""
        if self._is_done:
            return
        held = {f"signing {keys.key_id}": keys.signing.public_bytes_raw(), "seal": keys.seal.public_bytes_raw()}
        held["log"] = keys.log_key.encode()
        fact = SettingsStated(
            at=clock.now(),
            edition=edition(),
            rulebook=_rulebook(),
            sixteen_la_from=self._chosen.sixteen_la_from,
            agreements=tuple(
                Agreed(agency=agency, version=version, sha256=sha256(body).hexdigest())
                for agency, (version, body) in sorted(self._agreements().items())
            ),
            keys=tuple(KeyStated(name=name, sha256=sha256(key).hexdigest()) for name, key in sorted(held.items())),
            witnesses=_of_file(self._chosen.policy),
            witness_refuse_after_minutes=int(self._chosen.refuse_after.total_seconds() // 60),
            access_rules_off=tuple(sorted(self._chosen.rules_off)),
            policies=self._chosen.policies,
        )
        state_settings(store, clock, fact)
        self._is_done = True


@cache
def _rulebook() -> str:
    """SHA-256 over the files of the law, by name."""
    digest, folder = sha256(), resources.files("consent")
    for room in (folder, folder.joinpath("rules")):
        for one in sorted((each for each in room.iterdir() if each.name.endswith(".py")), key=lambda each: each.name):
            digest.update(one.name.encode() + b"\x00" + sha256(one.read_bytes()).digest())
    return digest.hexdigest()


def _of_file(path: Path | None) -> str:
    """SHA-256 of a file; empty where none is named, or it cannot be read (whoever needs it says so)."""
    return sha256(path.read_bytes()).hexdigest() if path is not None and path.is_file() else ""
