"""Who is kept from whose record, and who is in which team: declared, withdrawn and changed as facts, each by a person.

Declaring says nothing of whether the child is known; withdrawing takes somebody whose conflict it is not, and who did
not declare it. Nobody puts themselves in a team.
"""

from typing import Final, Literal
from uuid import UUID

from contracts.events.hub import Actor, StaffEnrolled
from contracts.events.need import ConflictDeclared, ConflictKind, ConflictWithdrawn, TeamChanged
from contracts.identifiers import Identifier
from contracts.vocabulary import StaffRole
from hub.application.keep_read import keep_read
from hub.application.ports import Clock, Entry, Store, Stream
from hub.domain import registry
from hub.domain.errors import AccessRefused, NotEnrolled
from hub.domain.known_of_staff import standing_conflicts

CHECKERS: Final = frozenset({StaffRole.IG_OFFICER})
TEAM_KEEPERS: Final = frozenset({StaffRole.IG_OFFICER, StaffRole.MASH_DECISION_MAKER})


def declare_conflict(
    store: Store, clock: Clock, actor: Actor, child: Identifier, *, of: str, kind: ConflictKind
) -> ConflictDeclared:
    """The conflict, on record from the next request on; each declares their own, who checks for others too.

    Raises NotEnrolled, AccessRefused (on record), StoreUnavailable.
    """
    if of != actor.subject:
        keep_read(store, clock, actor, ("list", "conflicts"), CHECKERS)
    whose = _enrolled(store, of)
    fact = ConflictDeclared(
        conflict_id=clock.new_id(),
        at=clock.now(),
        by=actor,
        issuer=whose.actor.issuer,
        subject=whose.actor.subject,
        child=f"{child.scheme.value}:{child.value}",
        kind=kind,
    )
    store.keep((Entry(Stream.registry(), clock.new_id(), fact),))
    return fact


def withdraw_conflict(store: Store, clock: Clock, actor: Actor, conflict_id: UUID) -> None:
    """Nothing, once the conflict does not stand any more.

    Raises AccessRefused (on record): not this role's, one's own or declared by oneself, or there is none, all answered
    alike; StoreUnavailable.
    """
    standing = standing_conflicts(store.read_stream(Stream.registry()))
    one = next((each for each in standing if each.conflict_id == conflict_id), None)
    concerned = set() if one is None else {(one.issuer, one.subject), (one.by.issuer, one.by.subject)}
    may = one is not None and (actor.issuer, actor.subject) not in concerned
    keep_read(store, clock, actor, ("list", "conflict_withdrawal"), CHECKERS if may else frozenset())
    fact = ConflictWithdrawn(conflict_id=conflict_id, at=clock.now(), by=actor)
    store.keep((Entry(Stream.registry(), clock.new_id(), fact),))


def list_conflicts(store: Store, clock: Clock, actor: Actor) -> tuple[ConflictDeclared, ...]:
    """The conflicts that stand, for those who check; whose child it is is never shown. Raises as the others do."""
    found = standing_conflicts(store.read_stream(Stream.registry()))
    keep_read(store, clock, actor, ("list", "conflicts"), CHECKERS, items=len(found))
    return found


def change_team(
    store: Store, clock: Clock, actor: Actor, *, of: str, team: str, change: Literal["joined", "left"]
) -> TeamChanged:
    """Somebody joined a team, or left it, by the word of somebody else.

    Raises NotEnrolled, AccessRefused (on record), StoreUnavailable.
    """
    keep_read(store, clock, actor, ("list", "teams"), TEAM_KEEPERS)
    if of == actor.subject and change == "joined":
        keep_read(store, clock, actor, ("list", "teams"), frozenset())
        raise AccessRefused
    whose = _enrolled(store, of).actor
    fact = TeamChanged(at=clock.now(), by=actor, issuer=whose.issuer, subject=whose.subject, team=team, change=change)
    store.keep((Entry(Stream.registry(), clock.new_id(), fact),))
    return fact


def _enrolled(store: Store, subject: str) -> StaffEnrolled:
    found = registry.staff(store.read_stream(Stream.registry())).get(subject)
    if found is None:
        raise NotEnrolled("staff")
    return found
