"""Which reports wait to be moved, for those who may agree; and what a reader was shown with the wrong child.

Codes, references and days alone; the look is on record first, with each child on the list.
"""

from collections.abc import Iterable
from uuid import UUID

from contracts.events.hub import Actor
from contracts.strict_json import Json
from contracts.vocabulary import StaffRole
from hub.application.keep_read import keep_read
from hub.application.move_report import Moving
from hub.application.stand_to import acting
from hub.domain.need_to_know import Action
from hub.domain.proposed_moves import ROLES
from hub.domain.wrong_match import purpose_of
from hub.views.moves import SeenWrongly, Waiting, seen_wrongly, waiting_moves


def list_moves(moving: Moving, rows: Iterable[dict[str, Json]], actor: Actor) -> tuple[Waiting, ...]:
    """The moves that wait, the oldest first, less those about a child from whom the reader is kept.

    Raises AccessRefused (on record), StoreUnavailable, Unreadable.
    """
    found = waiting_moves(rows) if actor.role in ROLES else ()
    people = dict.fromkeys(person_id for one in found for person_id in _people(one))
    open_to = {one for one in people if _may(moving, actor, one)}
    shown = tuple(one for one in found if open_to.issuperset(_people(one)))
    subjects = tuple(dict.fromkeys(person_id for one in shown for person_id in _people(one)))
    keep_read(moving.store, moving.clock, actor, ("list", "moves"), ROLES, items=len(shown), subjects=subjects)
    return shown


def list_seen_wrongly(moving: Moving, rows: Iterable[dict[str, Json]], actor: Actor) -> tuple[SeenWrongly, ...]:
    """What who asks was shown with the wrong child, the newest first. Raises StoreUnavailable."""
    found = seen_wrongly(rows, actor.issuer, actor.subject)
    subjects = tuple(dict.fromkeys(one.person_id for one in found))
    everybody = frozenset(StaffRole)
    keep_read(
        moving.store, moving.clock, actor, ("list", "moved_reports"), everybody, items=len(found), subjects=subjects
    )
    return found


def _may(moving: Moving, actor: Actor, person_id: UUID) -> bool:
    return acting(moving, actor, purpose_of(actor), person_id, action=Action.MATCH).ruling.permitted


def _people(one: Waiting) -> tuple[UUID, ...]:
    return (one.person_id, *((one.to_person,) if one.to_person is not None else ()))
