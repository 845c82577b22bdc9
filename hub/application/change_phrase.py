"""Somebody chooses another pass phrase: by the one they have, and on record; nobody else can do it for them."""

from contracts.events.hub import Actor
from contracts.events.phrases import PhraseChanged
from hub.application.ports import Entry, Stream
from hub.application.sign_in import How, SigningIn, sign_in
from hub.domain import registry
from hub.domain.errors import Conflict, HubError, NotEnrolled
from hub.domain.pass_phrase import fault_of
from hub.domain.registry import Held

_ATTEMPTS = 20
_BY_ONES_OWN = How(again=True, known=True, first_too=True)


class PhraseRefused(HubError):
    """The phrase that was chosen may not stand: too_short, too_long, usual, or had_before. Nothing was changed."""


def change_phrase(signing: SigningIn, actor: Actor, present: str, chosen: str) -> None:
    """Nothing, once `chosen` is the actor's pass phrase, and the one that they had opens nothing any more.

    Raises SignInRefused (on record: `present` is not theirs), PhraseRefused, NotEnrolled, TooBusy, Conflict,
    StoreUnavailable.
    """
    held = _held(signing, actor)
    sign_in(signing, actor.subject, present, _BY_ONES_OWN)
    about = (held.enrolled.name, actor.subject, actor.agency)
    if fault := fault_of(chosen, about):
        raise PhraseRefused(fault)
    if any(signing.phrases.matches(chosen, one) for one in {held.enrolled.pass_hash, *held.given}):
        raise PhraseRefused("had_before")
    pass_hash = signing.phrases.hashed_chosen(chosen)
    for _ in range(_ATTEMPTS):
        facts = signing.store.read_stream(Stream.registry())
        if registry.holders(facts).get(actor.subject) != held:
            break  # changed by somebody meanwhile, or taken off the registry: what was proved is over
        fact = PhraseChanged(at=signing.clock.now(), actor=actor, pass_hash=pass_hash, why="chosen")
        entry = Entry(Stream.registry(), signing.clock.new_id(), fact, expected=len(facts))
        try:
            signing.store.keep((entry,))
        except Conflict:
            continue  # something else was added to the registry: read and decide again
        return
    raise Conflict("phrase")


def _held(signing: SigningIn, actor: Actor) -> Held:
    """What the registry says of the actor. Raises NotEnrolled."""
    held = registry.holders(signing.store.read_stream(Stream.registry())).get(actor.subject)
    if held is None or held.enrolled.actor.issuer != actor.issuer or not held.enrolled.pass_hash:
        raise NotEnrolled("staff")
    return held
