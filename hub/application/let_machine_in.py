"""An agency's own system is let in by its agency's key (private_key_jwt), to count; it never reads a statement."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

from contracts.events.agency_keys import MachineLetIn
from contracts.strict_json import Json
from hub.application.openid_port import Once
from hub.application.ports import Clock, Entry, Store, Stream
from hub.domain.client_claims import check_client
from hub.domain.errors import SignInRefused
from hub.domain.pinned_keys import PinnedKey, pinned


class Assertions(Protocol):
    """Client assertions, as they are signed."""

    def key_id(self, assertion: str) -> str:
        """By which key it says that it is signed. Raises SignInRefused (token_form, token_algorithm)."""

    def claims(self, assertion: str, public_key: str) -> Mapping[str, Json]:
        """What it says, proved by this key (base64). Raises SignInRefused (token_signature, token_form)."""


@dataclass(frozen=True, slots=True)
class LettingMachinesIn:
    """What letting machines in needs. `audience` is the address at which this hub gives tokens."""

    store: Store
    clock: Clock
    assertions: Assertions
    once: Once
    audience: str


@dataclass(frozen=True, slots=True)
class Machine:
    """A system of an agency, let in by one of its keys."""

    source: str
    key_id: str


def let_machine_in(letting: LettingMachinesIn, assertion: str) -> Machine:
    """Whose system it is. Raises SignInRefused (on record where it names a key that is pinned), StoreUnavailable."""
    key = _key(letting, letting.assertions.key_id(assertion))
    try:
        if not key.stands(letting.clock.now()):
            raise SignInRefused("revoked")
        claims = letting.assertions.claims(assertion, key.public_key)
        token_id = check_client(claims, key.source, letting.audience, letting.clock.now())
        if not letting.once.is_new(f"{key.source} {token_id}", letting.clock.now()):
            raise SignInRefused("replayed")
    except SignInRefused as refused:
        _record(letting, key, "refused", str(refused))
        raise
    _record(letting, key, "opened", "")
    return Machine(key.source, key.key_id)


def still_stands(letting: LettingMachinesIn, machine: Machine) -> bool:
    """Whether the key by which it was let in still proves anything. Raises StoreUnavailable."""
    now = letting.clock.now()
    keys = pinned(letting.store.read_stream(Stream.registry()))
    return any((one.source, one.key_id) == (machine.source, machine.key_id) and one.stands(now) for one in keys)


def _key(letting: LettingMachinesIn, key_id: str) -> PinnedKey:
    for one in pinned(letting.store.read_stream(Stream.registry())):
        if one.key_id == key_id:
            return one
    raise SignInRefused("token_key")


def _record(letting: LettingMachinesIn, key: PinnedKey, effect: Literal["opened", "refused"], why: str) -> None:
    session_id = letting.clock.new_id()
    fact = MachineLetIn(at=letting.clock.now(), source=key.source, key_id=key.key_id, effect=effect, why=why)
    letting.store.keep((Entry(Stream.session(session_id), session_id, fact, expected=0),))
