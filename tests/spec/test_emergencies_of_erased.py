"""Is a record erased only once somebody reviewed who opened it in an emergency, and is that raised no more then?"""

from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from uuid import UUID

import pytest

from contracts.events.access import EmergencyReason, Finding
from hub.adapters.view_rows import ViewRows
from hub.application.break_glass import break_glass
from hub.application.escalate_reviews import escalate_reviews
from hub.application.keep_views import keep_views
from hub.application.ports import Clock
from hub.application.review_access import Reviewing, review_access
from hub.commands.erasure import SAYS
from hub.domain.emergency import Opening
from hub.domain.erasures import ErasureRefused
from hub.views.accesses import ACCESSES
from hub.views.enquiries import ENQUIRIES, Escalated, escalated
from hub.views.looks import LOOKS
from tests.support.officers import CHILD, Officers, officers

WHY = Finding.CONFIRM


class Later:
    """A clock that is ahead of another."""

    def __init__(self, clock: Clock, by: timedelta) -> None:
        self._clock, self._by = clock, by

    def now(self) -> datetime:
        """See ports.Clock."""
        return self._clock.now() + self._by

    def new_id(self) -> UUID:
        """See ports.Clock."""
        return self._clock.new_id()


def seen(office: Officers, folder: Path) -> ViewRows:
    """The views, made from the start."""
    views = ViewRows(folder / f"{office.hub.clock.new_id()}.db", (LOOKS, ACCESSES, ENQUIRIES))
    keep_views(office.hub.store, views)
    return views


def told(office: Officers, folder: Path) -> tuple[Escalated, ...]:
    return escalated(seen(office, folder).read(ENQUIRIES))


def review(office: Officers, folder: Path, decision_id: UUID) -> None:
    """Whoever checks says that the opening was for the work."""
    hub = office.hub
    rows_of = partial(seen(office, folder).rows_of, LOOKS)
    review_access(Reviewing(hub.store, hub.index, hub.clock, hub.deciding(), rows_of), office.ivy, decision_id, WHY)


def test_a_record_that_was_opened_so_is_erased_once_that_is_reviewed_and_it_is_raised_no_more(tmp_path: Path) -> None:
    office = officers(tmp_path)
    hub = office.hub
    asked = Opening(office.sam, EmergencyReason.URGENT_CALL, hub.clock.now())
    opening = break_glass(hub.reading(), asked, CHILD).opening
    later = Later(hub.clock, timedelta(days=10))
    assert escalate_reviews(hub.store, later, partial(seen(office, tmp_path).rows_of, ACCESSES)) == 1
    assert [one.decision_id for one in told(office, tmp_path)] == [opening.decision_id]
    with pytest.raises(ErasureRefused, match="emergency_unreviewed") as refused:
        office.approved()
    assert "`hub reviews`" in SAYS[str(refused.value)]
    review(office, tmp_path, opening.decision_id)
    assert told(office, tmp_path) == ()
    office.erase(office.approved())
    assert told(office, tmp_path) == ()
    assert escalate_reviews(hub.store, later, partial(seen(office, tmp_path).rows_of, ACCESSES)) == 0


def test_one_opened_after_two_agreed_is_reviewed_before_the_record_goes(tmp_path: Path) -> None:
    office = officers(tmp_path)
    erasure_id = office.approved()
    asked = Opening(office.sam, EmergencyReason.URGENT_CALL, office.hub.clock.now())
    opening = break_glass(office.hub.reading(), asked, CHILD).opening
    with pytest.raises(ErasureRefused, match="emergency_unreviewed"):
        office.erase(erasure_id)
    assert office.looks() == 1
    review(office, tmp_path, opening.decision_id)
    office.erase(erasure_id)
    assert office.looks() == -1
