"""A member of staff signs in, or is refused; either way it is on record. Nobody is anybody by default."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal

from contracts.events.hub import Actor, SessionOpened
from contracts.events.phrases import PhraseChanged
from hub.application.enrol import PassPhrases
from hub.application.guessing import Tries
from hub.application.ports import Clock, Entry, Store, Stream
from hub.domain import registry
from hub.domain.assurance import MACHINE_ACCOUNT
from hub.domain.errors import AlreadyKept, Conflict, NotEnrolled, SignInRefused, TooBusy
from hub.domain.registry import Held


@dataclass(frozen=True, slots=True)
class SigningIn:
    """What signing in by a pass phrase needs. `by_phrase`: whether anybody may."""

    store: Store
    clock: Clock
    phrases: PassPhrases
    tries: Tries
    by_phrase: bool = True


@dataclass(frozen=True, slots=True)
class How:
    """In what way somebody signs in.

    `again`: they are signed in, and prove once more who they are. `known`: their browser held a session of theirs
    lately. `first_too`: by a phrase that the hub gave them too, since nothing is open to them but to choose their own.
    """

    again: bool = False
    known: bool = False
    first_too: bool = False


PLAINLY = How()


def sign_in(signing: SigningIn, subject: str, phrase: str, how: How = PLAINLY) -> tuple[Actor, str]:
    """The actor and the person's name.

    Raises SignInRefused (on record, with a code: too_many, phrase, phrase_lapsed, phrase_first), TooBusy,
    StoreUnavailable.
    """
    facts = signing.store.read_stream(Stream.registry())
    holders = registry.holders(facts)
    held = holders.get(subject)
    refusal = _refusal(signing, subject, phrase, holders, how)
    if held is None or refusal:
        _record(signing, held.enrolled.actor if held is not None else None, "refused", refusal)
        raise SignInRefused(refusal)
    _record(signing, held.enrolled.actor, "opened", "step_up" if how.again else "")
    if not how.again and held.chosen is not None and signing.phrases.is_cheap(held.enrolled.pass_hash):
        _renew(signing, held.enrolled.actor, phrase, len(facts))
    return held.enrolled.actor, held.enrolled.name


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


def _refusal(signing: SigningIn, subject: str, phrase: str, holders: Mapping[str, Held], how: How) -> str:
    """Why nobody is signed in, as a code; empty where somebody is. A wrong try counts, and no other. Raises TooBusy."""
    if not signing.tries.begin(subject, known=how.known):
        return "too_many"
    held = holders.get(subject)
    pass_hash = held.enrolled.pass_hash if held is not None else ""
    everybodys = tuple(one.enrolled.pass_hash for one in holders.values() if one.enrolled.pass_hash)
    try:
        matches = signing.phrases.matches(phrase, pass_hash, everybodys)
    except TooBusy:  # nothing was held against anything: a crowd at the door shuts nobody out for the hour
        signing.tries.forget(subject, known=how.known)
        raise
    if held is None or not matches or not signing.by_phrase:
        return "phrase"
    signing.tries.forget(subject, known=how.known)
    if held.until is not None and signing.clock.now() >= held.until:
        return "phrase_lapsed"
    return "phrase_first" if held.must_choose and not how.first_too else ""


def _renew(signing: SigningIn, actor: Actor, phrase: str, known: int) -> None:
    """The same phrase is hashed at today's cost.

    At their next signing in, where somebody else wrote meanwhile or there is no room to work it out: they are let in.
    """
    with suppress(Conflict, AlreadyKept, TooBusy):
        pass_hash = signing.phrases.hashed_chosen(phrase)
        fact = PhraseChanged(at=signing.clock.now(), actor=actor, pass_hash=pass_hash, why="renewed")
        signing.store.keep((Entry(Stream.registry(), signing.clock.new_id(), fact, expected=known),))


def _record(signing: SigningIn, actor: Actor | None, effect: Literal["opened", "refused"], why: str) -> None:
    session_id = signing.clock.new_id()
    fact = SessionOpened(at=signing.clock.now(), actor=actor, effect=effect, why=why)
    signing.store.keep((Entry(Stream.session(session_id), session_id, fact, expected=0),))
