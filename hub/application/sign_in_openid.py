"""A member of staff comes back from their own organisation's sign-in, and is let in or refused; either is on record.

The issuer says who somebody is and how surely; which agency and role they have is the hub's own registry's to say.
"""

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from contracts.events.hub import Actor, SessionOpened
from hub.application.openid_port import Answered, Issuers, Once, Provider, Trip
from hub.application.ports import Clock, Entry, Store, Stream
from hub.domain import assurance, registry
from hub.domain.errors import SignInRefused
from hub.domain.id_token import Ended, Vouched, ended, vouched
from hub.domain.issuer import Issuer

TRIP_TIME = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class SigningInOpenly:
    """What signing in by an issuer needs."""

    store: Store
    clock: Clock
    issuers: Issuers
    provider: Provider
    once: Once


@dataclass(frozen=True, slots=True)
class LetIn:
    """Somebody who was let in: as whom, by what name, and what their issuer said of them.

    `proved`: when they proved who they are as surely as a step-up wants (UTC); None where they did not.
    """

    actor: Actor
    name: str
    vouched: Vouched
    proved: datetime | None


def set_out(signing: SigningInOpenly, name: str, *, afresh: bool) -> tuple[Trip, str]:
    """A trip to the issuer of that name, and where the browser is sent. Raises SignInRefused (issuer_unknown)."""
    issuer = issuer_named(signing, name)
    trip = signing.provider.new_trip(issuer, signing.clock.now() + TRIP_TIME, afresh=afresh)
    return trip, signing.provider.address(issuer, trip)


def come_back(signing: SigningInOpenly, trip: Trip, answered: Answered, only: Actor | None = None) -> LetIn:
    """Who came back. `only`: the person who must have, when somebody proves again who they are.

    Raises SignInRefused (on record, with a code), StoreUnavailable.
    """
    known: Actor | None = None
    try:
        issuer = issuer_named(signing, trip.issuer)
        found = _vouched(signing, issuer, trip, answered)
        enrolled = registry.staff(signing.store.read_stream(Stream.registry())).get(found.subject)
        known = enrolled.actor if enrolled is not None and enrolled.actor.issuer == found.issuer else None
        if enrolled is None or known is None or known.agency not in issuer.sources:
            raise SignInRefused("not_enrolled")
        if only is not None and (only.issuer, only.subject) != (known.issuer, known.subject):
            raise SignInRefused("another_person")
    except SignInRefused as refused:
        _record(signing, known, "refused", str(refused))
        raise
    actor = known.model_copy(update={"assurance": assurance.written(found)})
    _record(signing, actor, "opened", "step_up" if trip.afresh else "")
    surely = not issuer.step_up or found.acr in issuer.step_up
    return LetIn(actor, enrolled.name, found, found.auth_time if surely else None)


def sign_out_from_there(signing: SigningInOpenly, name: str, token: str) -> tuple[Issuer, Ended]:
    """Whose sessions an issuer says are over, its token proved and not seen before.

    Raises SignInRefused, StoreUnavailable.
    """
    issuer = issuer_named(signing, name)
    said = ended(signing.provider.logout_claims(issuer, token), issuer, signing.clock.now())
    if not signing.once.is_new(f"{issuer.name} {said.token_id}", signing.clock.now()):
        raise SignInRefused("replayed")
    return issuer, said


def issuer_named(signing: SigningInOpenly, name: str) -> Issuer:
    """The issuer of that name on the allow-list. Raises SignInRefused (issuer_unknown)."""
    for issuer in signing.issuers.now():
        if issuer.name == name:
            return issuer
    raise SignInRefused("issuer_unknown")


def _vouched(signing: SigningInOpenly, issuer: Issuer, trip: Trip, answered: Answered) -> Vouched:
    if signing.clock.now() >= trip.until:
        raise SignInRefused("too_late")
    if not hmac.compare_digest(answered.state.encode("utf-8", "surrogatepass"), trip.state.encode()):
        raise SignInRefused("state")
    if answered.issuer != issuer.issuer and (answered.issuer or issuer.names_itself):
        raise SignInRefused("issuer")  # RFC 9207: an answer of another issuer than the one that was asked
    if answered.error or not answered.code:
        raise SignInRefused("not_by_issuer")
    claims = signing.provider.claims(issuer, trip, answered.code)
    return vouched(claims, issuer, trip.nonce, signing.clock.now(), afresh=trip.afresh)


def _record(signing: SigningInOpenly, actor: Actor | None, effect: Literal["opened", "refused"], why: str) -> None:
    session_id = signing.clock.new_id()
    fact = SessionOpened(at=signing.clock.now(), actor=actor, effect=effect, why=why)
    signing.store.keep((Entry(Stream.session(session_id), session_id, fact, expected=0),))
