"""A member of staff asks what came to be known of a child between two days: one look, on record before it is opened."""

from datetime import date

from contracts.events.hub import Actor, ReportLinked
from contracts.vocabulary import Purpose, StaffRole
from hub.application.ports import History
from hub.application.read_chronology import Reading, look, show
from hub.domain.moment import day_in_london
from hub.domain.three_factors import Sought
from hub.domain.two_days import Compared, compare


def compare_days(
    reading: Reading, actor: Actor, child: Sought, purpose: Purpose | None, days: tuple[date, date | None]
) -> Compared:
    """What this reader may see of what came between the days (None: today), in the words of the second of them.

    Raises AccessRefused (on record; a child who is not there is answered alike), StoreUnavailable (nothing could be put
    on record, so nothing is shown), WaitsForWitnesses, Conflict, Unreadable.
    """
    first, second = days
    history, decision, kept = look(reading, actor, child, purpose, second)
    own_only = actor.role is StaffRole.PRACTITIONER
    shown = show(reading, history, decision, kept, own_only=own_only)
    stood = history.standing(first)
    between = (first, second or day_in_london(reading.clock.now()))
    gone = _elsewhere(history, stood, second)
    told = sum(_may_be_counted(one, actor, own_only=own_only) for one in gone)
    return compare(shown, between, frozenset(one.report_id for one in stood), told)


def _elsewhere(history: History, stood: tuple[ReportLinked, ...], second: date | None) -> tuple[ReportLinked, ...]:
    """The reports that stood with the child on the first day and were found by the second to be about another."""
    still = {one.report_id for one in history.standing(second)}
    return tuple(one for one in stood if one.report_id not in still)


def _may_be_counted(link: ReportLinked, actor: Actor, *, own_only: bool) -> bool:
    """Whether the reader may learn that it was there: not where their agency must not see it."""
    return actor.agency not in link.not_to_be_seen_by and (not own_only or link.source == actor.agency)
