"""Somebody other than the reader looks at a look: an opening in an emergency, or one that nothing accounts for.

Whose child it is, and whoever checks, find openings on a list from the moment they are kept; nobody those about a child
from whom they are kept, and nobody reviews a look at one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from contracts.events.access import AccessReviewed, Finding
from contracts.events.hub import AccessDecided, Actor
from contracts.strict_json import Json
from contracts.vocabulary import StaffRole
from hub.application.keep_read import keep_read
from hub.application.list_accesses import RowsUnder
from hub.application.ports import Clock, Entry, IdentityIndex, Store, Stream
from hub.application.stand_to import Deciding, acting, alarms
from hub.domain.errors import AccessRefused
from hub.domain.wrong_match import purpose_of
from hub.views.looks import Emergency, emergencies, keys_of, looks

ROLES = frozenset({StaffRole.IG_OFFICER, StaffRole.MASH_DECISION_MAKER})


@dataclass(frozen=True, slots=True)
class Reviewing:
    """What reviewing needs. `rows_under` gives the rows of the looks view under some keys."""

    store: Store
    index: IdentityIndex
    clock: Clock
    deciding: Deciding
    rows_under: RowsUnder


def list_reviews(reviewing: Reviewing, rows: Iterable[dict[str, Json]], actor: Actor) -> tuple[Emergency, ...]:
    """The openings that this member of staff answers for, the newest first, whether reviewed or not.

    `rows` are all those of the looks view. Who checks answers for all; who decides at an agency, for those of its
    children. Nobody for their own, nor for one about a child from whom they are kept.

    Raises AccessRefused (on record), StoreUnavailable, Unreadable.
    """
    theirs = tuple(one for one in emergencies(rows) if _answers(actor, one))
    people = tuple(one for one in dict.fromkeys(each.person_id for each in theirs) if _may(reviewing, actor, one))
    found = tuple(one for one in theirs if one.person_id in people)
    store, clock = reviewing.store, reviewing.clock
    keep_read(store, clock, actor, ("list", "reviews"), ROLES, items=len(found), subjects=people)
    return found


def review_access(
    reviewing: Reviewing, actor: Actor, decision_id: UUID, finding: Finding, signs: tuple[str, ...] = ()
) -> AccessReviewed:
    """The review, kept; `signs` are the codes of the reasons for which it was asked about.

    Raises AccessRefused: not this role's, one's own look, one at a child from whom who acts is kept, or no such look,
    all answered alike and on record; StoreUnavailable, Unreadable.
    """
    store, clock = reviewing.store, reviewing.clock
    rows = tuple(reviewing.rows_under(keys_of(decision_id)).values())
    opened = next((one for one in emergencies(rows) if one.decision_id == decision_id and one.permitted), None)
    look = next((one for one in looks(rows) if one.decision_id == decision_id), None)
    may = _answers(actor, opened) if opened is not None else actor.role is StaffRole.IG_OFFICER
    kept = _decision(store, look.person_id, decision_id) if look is not None else None
    is_own = kept is not None and _is_own(actor, (kept.actor.issuer, kept.actor.subject))
    if kept is None or not may or is_own or not _may(reviewing, actor, kept.person_id):
        keep_read(store, clock, actor, ("list", "review"), frozenset())
        raise AccessRefused
    fact = AccessReviewed(
        decision_id=decision_id,
        at=clock.now(),
        person_id=kept.person_id,
        by=actor,
        of="break_glass" if opened is not None else "unexplained",
        finding=finding,
        signs=signs,
    )
    store.keep((Entry(Stream.access(kept.person_id), clock.new_id(), fact),))
    return fact


def _decision(store: Store, person_id: UUID, decision_id: UUID) -> AccessDecided | None:
    """The look as it is on record: what a view says of it is not enough to judge somebody by."""
    return next((one for one in store.read_access(person_id) if one.decision_id == decision_id), None)


def _may(reviewing: Reviewing, actor: Actor, person_id: UUID) -> bool:
    """Whether the policies let who acts do something about the person.

    Raises AccessRefused, where they could not be judged: those who check are told.
    """
    ruling = acting(reviewing, actor, purpose_of(actor), person_id).ruling
    if ruling.alarm:
        reviewing.store.keep(alarms(ruling, actor, reviewing.clock))
        raise AccessRefused
    return ruling.permitted


def _answers(actor: Actor, one: Emergency) -> bool:
    if _is_own(actor, (one.issuer, one.subject)):
        return False
    is_owner = actor.role is StaffRole.MASH_DECISION_MAKER and actor.agency in one.owners
    return actor.role is StaffRole.IG_OFFICER or is_owner


def _is_own(actor: Actor, reader: tuple[str, str]) -> bool:
    """Whether it is their own look; one sign-in name under two issuers is taken for one person."""
    return actor.subject == reader[1]
