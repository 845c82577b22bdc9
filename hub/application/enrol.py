"""Agencies and staff are put on the hub's own registry, each as a fact."""

from typing import Protocol

from contracts.events.hub import Actor, AgencyEnrolled, StaffEnrolled
from hub.application.ports import Clock, Entry, Store, Stream
from hub.domain import registry
from hub.domain.errors import AlreadyKept, Conflict, EnrolledOtherwise, StoreUnavailable

_ATTEMPTS = 20


class PassPhrases(Protocol):
    """Hashes of pass phrases, slow on purpose."""

    def hashed(self, phrase: str) -> str:
        """The hash to keep, with its salt and cost."""

    def matches(self, phrase: str, hashed: str) -> bool:
        """Whether the phrase is the one that was hashed; takes as long either way."""


def enrol_agency(store: Store, clock: Clock, enrolment: AgencyEnrolled) -> bool:
    """Whether the enrolment is new; one with the same keys is left as it is.

    Raises EnrolledOtherwise (the agency has other keys: whoever held new ones could speak for it), StoreUnavailable.
    """
    for _ in range(_ATTEMPTS):
        facts = store.read_stream(Stream.registry())
        known = registry.agencies(facts).get(enrolment.source)
        if known is not None:
            ever = (one for one in facts if isinstance(one, AgencyEnrolled) and one.source == enrolment.source)
            if (enrolment.public_key, enrolment.seal_key) not in {(one.public_key, one.seal_key) for one in ever}:
                raise EnrolledOtherwise("agency")
            return False
        try:
            store.keep((Entry(Stream.registry(), clock.new_id(), enrolment, expected=len(facts)),))
        except (Conflict, AlreadyKept):
            continue  # somebody was enrolled meanwhile, perhaps this very agency: read and decide again
        return True
    raise StoreUnavailable("contention")


def enrol_staff(store: Store, clock: Clock, actor: Actor, name: str, pass_hash: str) -> None:
    """The member of staff may now sign in under `actor.subject`, with the phrase hashed. Raises StoreUnavailable."""
    fact = StaffEnrolled(at=clock.now(), actor=actor, name=name, pass_hash=pass_hash)
    store.keep((Entry(Stream.registry(), clock.new_id(), fact),))


def enrol_new_staff(store: Store, clock: Clock, actor: Actor, name: str, pass_hash: str) -> None:
    """As `enrol_staff`, for a name that nobody signs in under. Raises EnrolledOtherwise, StoreUnavailable."""
    for _ in range(_ATTEMPTS):
        facts = store.read_stream(Stream.registry())
        if actor.subject in registry.staff(facts):
            raise EnrolledOtherwise("staff")
        fact = StaffEnrolled(at=clock.now(), actor=actor, name=name, pass_hash=pass_hash)
        try:
            store.keep((Entry(Stream.registry(), clock.new_id(), fact, expected=len(facts)),))
        except (Conflict, AlreadyKept):
            continue  # somebody was enrolled meanwhile, perhaps under this very name: read and decide again
        return
    raise StoreUnavailable("contention")
