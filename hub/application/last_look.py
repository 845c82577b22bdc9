"""When somebody last looked at a child before now, so that what came since can be pointed out."""

from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from contracts.events.hub import Actor
from hub.application.list_accesses import RowsUnder, lines_of
from hub.views.accesses import chains, of_staff

DAYS: Final = 60


def last_look(rows_under: RowsUnder, actor: Actor, person_id: UUID, before: int, today: date) -> datetime | None:
    """When this reader was last shown the child's chronology before a position; None: not in the last 60 days."""
    wanted = chains(of_staff(actor.issuer, actor.subject), today - timedelta(days=DAYS - 1), today)
    return next(
        (
            line.at
            for line in lines_of(rows_under, wanted)
            if line.position < before
            and person_id in line.people
            and (line.what, line.effect) == ("chronology", "permitted")
        ),
        None,
    )
