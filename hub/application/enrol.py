"""Agencies and staff are put on the hub's own registry, each as a fact."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from contracts.events.hub import Actor, AgencyEnrolled, StaffEnrolled
from contracts.events.phrases import PhraseGiven
from hub.application.ports import Clock, Entry, Store, Stream
from hub.domain import registry
from hub.domain.errors import AlreadyKept, Conflict, EnrolledOtherwise, StoreUnavailable

_ATTEMPTS = 20


class PassPhrases(Protocol):
    """Hashes of pass phrases, slow on purpose."""

    def hashed(self, phrase: str) -> str:
        """The hash to keep of a phrase that the hub made, with its salt and cost."""

    def hashed_chosen(self, phrase: str) -> str:
        """The hash to keep of a phrase that somebody chose: as costly as the settings say."""

    def matches(self, phrase: str, hashed: str, beside: Iterable[str] = ()) -> bool:
        """Whether the phrase is the one that was hashed; never so where `hashed` is empty.

        It takes as long as one hash at each of the costs that stand here and in `beside`, whatever the answer.
        """

    def is_cheap(self, hashed: str) -> bool:
        """Whether a phrase that somebody chose would be hashed at a higher cost today."""


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


@dataclass(frozen=True, slots=True)
class Given:
    """The hash of a pass phrase that the hub made for somebody, and when it lapses (UTC)."""

    pass_hash: str
    until: datetime


def enrol_new_staff(store: Store, clock: Clock, actor: Actor, name: str, given: Given | None) -> None:
    """As `enrol_staff`, for a name that nobody signs in under; `given` is None where an issuer vouches for them.

    Raises EnrolledOtherwise, StoreUnavailable.
    """
    for _ in range(_ATTEMPTS):
        facts = store.read_stream(Stream.registry())
        if actor.subject in registry.staff(facts):
            raise EnrolledOtherwise("staff")
        try:
            store.keep(_first_facts(clock, actor, name, given, len(facts)))
        except (Conflict, AlreadyKept):
            continue  # somebody was enrolled meanwhile, perhaps under this very name: read and decide again
        return
    raise StoreUnavailable("contention")


def _first_facts(clock: Clock, actor: Actor, name: str, given: Given | None, known: int) -> tuple[Entry, ...]:
    at = clock.now()
    enrolled = StaffEnrolled(at=at, actor=actor, name=name, pass_hash="")
    first = Entry(Stream.registry(), clock.new_id(), enrolled, expected=known)
    if given is None:
        return (first,)
    of = {"issuer": actor.issuer, "subject": actor.subject}
    phrase = PhraseGiven(at=at, **of, pass_hash=given.pass_hash, until=given.until)
    return first, Entry(Stream.registry(), clock.new_id(), phrase, expected=known + 1)
