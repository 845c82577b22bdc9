"""An agency's signing key is replaced or taken back: one person proposes it, another agrees, and both are on record."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from contracts.event import Fact
from contracts.events.agency_keys import KeyChangeApproved, KeyChangeProposed
from contracts.events.hub import Actor, AgencyEnrolled, ReportLinked
from contracts.vocabulary import StaffRole
from hub.application.keep_read import keep_read
from hub.application.kept_rows import KeptRows
from hub.application.ports import Clock, Entry, Store, Stream
from hub.domain import registry
from hub.domain.assurance import MACHINE_ACCOUNT
from hub.domain.errors import AlreadyKept, Conflict, HubError
from hub.domain.pinned_keys import PinnedKey, doubts, is_other_person, lapses, pinned, waiting

ROLES = frozenset({StaffRole.IG_OFFICER, StaffRole.MASH_DECISION_MAKER})
_BATCH = 1_000


class KeyChangeRefused(HubError):
    """The change of a key may not be made so; the message is a code."""


@dataclass(frozen=True, slots=True)
class ChangingKeys:
    """What changing keys needs."""

    store: Store
    clock: Clock


@dataclass(frozen=True, slots=True)
class Revocation:
    """Which key of which source goes, from when on (UTC), and since when it may have been in other hands."""

    source: str
    key_id: str
    effective_from: datetime
    doubtful_from: datetime | None = None


def check_role(changing: ChangingKeys, actor: Actor) -> None:
    """Nothing, where the actor's role may change keys; the asking is on record. Raises AccessRefused, StoreUnavailable.

    First of all steps: nothing is read, not even a file, before it is on record who asked.
    """
    keep_read(changing.store, changing.clock, actor, ("page", "agency_keys"), ROLES)


def propose_rotation(changing: ChangingKeys, actor: Actor, stated: AgencyEnrolled) -> KeyChangeProposed:
    """The proposal that the key in a proved enrolment follows on the agency's present one.

    Raises KeyChangeRefused (not_proved, not_enrolled, seal_key, same_key, key_id), Conflict, StoreUnavailable.
    """
    facts = changing.store.read_stream(Stream.registry())
    known = registry.agencies(facts).get(stated.source)
    if known is None or (known.agency, known.agency_kind) != (stated.agency, stated.agency_kind):
        raise KeyChangeRefused("not_enrolled")
    if known.seal_key != stated.seal_key:
        raise KeyChangeRefused("seal_key")
    ever = [one for one in pinned(facts) if one.source == stated.source]
    if any(one.public_key == stated.public_key for one in ever):
        raise KeyChangeRefused("same_key")  # a key that was taken back never comes again
    if any(one.key_id == stated.key_id for one in ever):
        raise KeyChangeRefused("key_id")
    wanted = _Wanted("rotate", stated.source, stated.key_id, public_key=stated.public_key)
    return _propose(changing, actor, facts, wanted)


def propose_revocation(changing: ChangingKeys, actor: Actor, asked: Revocation) -> KeyChangeProposed:
    """The proposal that a key be taken back. Raises KeyChangeRefused (no_such_key, days), as above."""
    facts = changing.store.read_stream(Stream.registry())
    if not any((one.source, one.key_id) == (asked.source, asked.key_id) for one in pinned(facts)):
        raise KeyChangeRefused("no_such_key")
    if asked.doubtful_from is not None and asked.doubtful_from > asked.effective_from:
        raise KeyChangeRefused("days")
    wanted = _Wanted("revoke", asked.source, asked.key_id, "", asked.effective_from, asked.doubtful_from)
    return _propose(changing, actor, facts, wanted)


def approve_change(changing: ChangingKeys, actor: Actor, change_id: UUID) -> KeyChangeProposed:
    """The change, which stands from now on; the actor has proved who they are, for this.

    Raises KeyChangeRefused (not_proved, no_such_change, same_person, expired, same_key), Conflict, StoreUnavailable.
    """
    _check_proved(actor)
    facts = changing.store.read_stream(Stream.registry())
    change = next((one for one in waiting(facts) if one.change_id == change_id), None)
    if change is None:
        raise KeyChangeRefused("no_such_change")
    if not is_other_person(change.by, actor):
        raise KeyChangeRefused("same_person")
    if changing.clock.now() >= lapses(change):
        raise KeyChangeRefused("expired")
    if change.act == "rotate" and any(_is_same(one, change) for one in pinned(facts)):
        raise KeyChangeRefused("same_key")
    approved = KeyChangeApproved(change_id=change_id, at=changing.clock.now(), by=actor)
    entries = [_entry(changing, approved, len(facts))]
    if change.act == "rotate":
        before = registry.agencies(facts)[change.source]
        new = {"at": approved.at, "key_id": change.key_id, "public_key": change.public_key}
        entries.append(_entry(changing, before.model_copy(update=new), len(facts)))
    _keep(changing, tuple(entries))
    return change


def keys_on_registry(changing: ChangingKeys) -> tuple[tuple[PinnedKey, ...], tuple[KeyChangeProposed, ...]]:
    """Every key ever pinned, and the changes that wait for a second person. Raises StoreUnavailable."""
    facts = changing.store.read_stream(Stream.registry())
    return pinned(facts), waiting(facts)


def doubtful_reports(changing: ChangingKeys, rows: KeptRows, actor: Actor, source: str) -> tuple[ReportLinked, ...]:
    """What came from the source while a key of its own may have been in other hands; the look is on record.

    Raises AccessRefused (on record), StoreUnavailable, Unreadable.
    """
    times = doubts(changing.store.read_stream(Stream.registry()))
    found: list[ReportLinked] = []
    position = 0
    while times and (batch := rows.rows_after(position, _BATCH)):
        position = batch[-1].position
        facts = (rows.open_row(row) for row in batch)
        links = (fact for fact in facts if isinstance(fact, ReportLinked) and fact.source == source)
        found += [link for link in links if any(one.covers(link) for one in times)]
    people = tuple({link.person_id: None for link in found})
    store, clock = changing.store, changing.clock
    keep_read(store, clock, actor, ("list", "doubtful_reports"), ROLES, items=len(found), subjects=people)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is proposed, whichever way the key goes."""

    act: Literal["rotate", "revoke"]
    source: str
    key_id: str
    public_key: str = ""
    effective_from: datetime | None = None
    doubtful_from: datetime | None = None


def _propose(changing: ChangingKeys, actor: Actor, facts: tuple[Fact, ...], wanted: _Wanted) -> KeyChangeProposed:
    _check_proved(actor)
    change = KeyChangeProposed(
        change_id=changing.clock.new_id(),
        at=changing.clock.now(),
        by=actor,
        act=wanted.act,
        source=wanted.source,
        key_id=wanted.key_id,
        public_key=wanted.public_key,
        effective_from=wanted.effective_from,
        doubtful_from=wanted.doubtful_from,
    )
    _keep(changing, (_entry(changing, change, len(facts)),))
    return change


def _check_proved(actor: Actor) -> None:
    """Nothing, for somebody who proved who they are: else one person at the machine could be both of the two."""
    if actor.assurance == MACHINE_ACCOUNT:
        raise KeyChangeRefused("not_proved")


def _is_same(key: PinnedKey, change: KeyChangeProposed) -> bool:
    return key.public_key == change.public_key or (key.source, key.key_id) == (change.source, change.key_id)


def _entry(changing: ChangingKeys, fact: Fact, expected: int) -> Entry:
    return Entry(Stream.registry(), changing.clock.new_id(), fact, expected=expected)


def _keep(changing: ChangingKeys, entries: tuple[Entry, ...]) -> None:
    try:
        changing.store.keep(entries)
    except AlreadyKept:
        raise Conflict("the registry grew meanwhile") from None
