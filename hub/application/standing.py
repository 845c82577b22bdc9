"""Whether somebody who signed in still may be here: asked at every request, of the registry as it stands then."""

from datetime import datetime
from threading import Lock
from typing import Literal

from contracts.events.hub import Actor, SessionEnded
from hub.application.openid_port import Issuers
from hub.application.ports import Clock, Entry, Store, Stream
from hub.domain import registry
from hub.domain.registry import Held

Ending = Literal["own_hand", "by_issuer", "issuer_gone", "left", "changed"]


class Standing:
    """What the registry says of those who are signed in. It is read again only when something was added to it."""

    def __init__(self, store: Store, clock: Clock, issuers: Issuers | None) -> None:
        """Nothing is read yet."""
        self._store = store
        self._clock = clock
        self._issuers = issuers
        self._lock = Lock()
        self._version = -1
        self._staff: dict[str, Held] = {}

    def lost(self, actor: Actor, since: datetime) -> Ending | None:
        """Why whoever signed in then (UTC) may be here no more; None where they may.

        Raises StoreUnavailable, Unreadable.
        """
        held = self._now().get(actor.subject)
        if held is None or held.enrolled.actor.issuer != actor.issuer:
            return "left"
        here = held.enrolled.actor
        if (here.agency, here.agency_kind, here.role) != (actor.agency, actor.agency_kind, actor.role):
            return "changed"
        if held.chosen is not None and held.chosen > since:
            return "changed"  # by another pass phrase than the one that stands
        if held.enrolled.pass_hash:
            return None
        listed = self._issuers.now() if self._issuers is not None else ()
        vouch = any(one.issuer == actor.issuer and actor.agency in one.sources for one in listed)
        return None if vouch else "issuer_gone"

    def must_choose(self, actor: Actor) -> bool:
        """Whether they have to choose a pass phrase of their own before anything else."""
        held = self._now().get(actor.subject)
        return held is not None and held.must_choose

    def keep_end(self, actor: Actor, why: Ending) -> None:
        """Nothing, once it is on record that a session was ended. Raises StoreUnavailable."""
        session_id = self._clock.new_id()
        fact = SessionEnded(at=self._clock.now(), actor=actor, why=why)
        self._store.keep((Entry(Stream.session(session_id), session_id, fact, expected=0),))

    def _now(self) -> dict[str, Held]:
        (version,) = self._store.versions((Stream.registry(),))
        with self._lock:
            if version != self._version:
                self._staff = registry.holders(self._store.read_stream(Stream.registry()))
                self._version = version
            return self._staff
