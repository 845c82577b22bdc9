"""A member of staff signs in, or is refused; either way it is on record. Nobody is anybody by default."""

from dataclasses import dataclass
from typing import Literal

from contracts.events.hub import Actor, SessionOpened
from hub.application.enrol import PassPhrases
from hub.application.ports import Clock, Entry, Store, Stream
from hub.domain import registry
from hub.domain.assurance import MACHINE_ACCOUNT
from hub.domain.errors import NotEnrolled, SignInRefused


@dataclass(frozen=True, slots=True)
class SigningIn:
    """What signing in by a pass phrase needs. `by_phrase`: whether anybody may.

    `decoy` is a hash of no phrase, so that an unknown name takes as long as a known one.
    """

    store: Store
    clock: Clock
    phrases: PassPhrases
    decoy: str
    by_phrase: bool = True


def sign_in(signing: SigningIn, subject: str, phrase: str, *, again: bool = False) -> tuple[Actor, str]:
    """The actor and the person's name. `again`: they are signed in, and prove once more who they are.

    Raises SignInRefused (on record), StoreUnavailable.
    """
    enrolled = registry.staff(signing.store.read_stream(Stream.registry())).get(subject)
    matches = signing.phrases.matches(phrase, (enrolled.pass_hash if enrolled is not None else "") or signing.decoy)
    if enrolled is None or not enrolled.pass_hash or not matches or not signing.by_phrase:
        _record(signing, enrolled.actor if enrolled is not None else None, "refused", "phrase")
        raise SignInRefused("phrase")
    _record(signing, enrolled.actor, "opened", "step_up" if again else "")
    return enrolled.actor, enrolled.name


def has_phrase(signing: SigningIn, subject: str) -> bool:
    """Whether somebody of that name could sign in by a pass phrase of this hub. Raises StoreUnavailable."""
    enrolled = registry.staff(signing.store.read_stream(Stream.registry())).get(subject)
    return signing.by_phrase and enrolled is not None and bool(enrolled.pass_hash)


def act_as(store: Store, subject: str) -> Actor:
    """The enrolled member of staff, acting from the command line of the machine. Raises NotEnrolled."""
    enrolled = registry.staff(store.read_stream(Stream.registry())).get(subject)
    if enrolled is None:
        raise NotEnrolled("staff")
    return enrolled.actor.model_copy(update={"via": "command", "assurance": MACHINE_ACCOUNT})


def name_of(store: Store, actor: Actor) -> str | None:
    """The name by which somebody is enrolled; None where nobody is, under this sign-in name."""
    enrolled = registry.ever_staff(store.read_stream(Stream.registry())).get(actor.subject)
    return enrolled.name if enrolled is not None else None


def _record(signing: SigningIn, actor: Actor | None, effect: Literal["opened", "refused"], why: str) -> None:
    session_id = signing.clock.new_id()
    fact = SessionOpened(at=signing.clock.now(), actor=actor, effect=effect, why=why)
    signing.store.keep((Entry(Stream.session(session_id), session_id, fact, expected=0),))
