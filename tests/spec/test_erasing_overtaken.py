"""Is nothing destroyed when something comes while an erasure is decided on, and nothing called done that is left?"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from contracts.events.access import EmergencyReason
from contracts.events.erasure import ErasureBegun, ErasureGround, HoldReason
from hub.adapters.alone import alone
from hub.adapters.shredder import HubShredder
from hub.application.break_glass import break_glass
from hub.application.carry_out_erasure import Erasing, Left, Shredder, erase
from hub.application.erase_record import ERASURES, approve_erasure, ask_erasure, list_erasures, place_hold
from hub.application.ports import Entry, Kept, Seen, Store, Term
from hub.domain.emergency import Opening
from hub.domain.erasures import ErasureRefused
from hub.domain.errors import Conflict, StoreUnavailable
from tests.support.given import StoppedClock, a_concern
from tests.support.house import say
from tests.support.officers import CHILD, Officers, officers
from tests.support.watched_store import WatchedStore


@dataclass(frozen=True)
class Overtaken:
    """A shredder before whose first word something comes; `left_over`: what it says is left, whatever it destroyed."""

    shredder: Shredder
    comes: Callable[[], object] = tuple
    left_over: Left | None = None

    def keys_of(self, person_id: UUID) -> tuple[str, ...]:
        """See Shredder. It is asked when all is read and decided, before the first write."""
        self.comes()
        return self.shredder.keys_of(person_id)

    def pointers_of(self, person_id: UUID) -> tuple[str, ...]:
        """See Shredder."""
        return self.shredder.pointers_of(person_id)

    def destroy_keys(self, person_id: UUID) -> None:
        """See Shredder."""
        self.shredder.destroy_keys(person_id)

    def make_views_again(self) -> None:
        """See Shredder."""
        self.shredder.make_views_again()

    def left(self, person_id: UUID) -> Left:
        """See Shredder."""
        return self.left_over or self.shredder.left(person_id)

    def gone(self) -> frozenset[UUID]:
        """See Shredder."""
        return self.shredder.gone()


class FullJournal:
    """A journal on a disk that is full."""

    def lines(self) -> tuple[ErasureBegun, ...]:
        """See Journal."""
        return ()

    def add(self, begun: ErasureBegun) -> None:
        """Raises StoreUnavailable."""
        raise StoreUnavailable("disk")


@pytest.fixture
def office(tmp_path: Path) -> Officers:
    return officers(tmp_path)


def overtaken(erasing: Erasing, comes: Callable[[], object] = tuple, left: Left | None = None) -> Erasing:
    return replace(erasing, shredder=Overtaken(erasing.shredder, comes, left))


def states(office: Officers) -> list[str]:
    """How far each erasure is."""
    return [one.state for one in list_erasures(office.erasing, office.ivy)[0]]


def a_hold(office: Officers) -> None:
    place_hold(office.erasing, office.priya, None, HoldReason.INQUIRY, date(2090, 1, 1))


def a_report(office: Officers) -> None:
    say(office.hub, "police", a_concern("C-9", words="Seen at the gate"))


def an_emergency(office: Officers) -> None:
    break_glass(office.hub.reading(), Opening(office.sam, EmergencyReason.HURT, office.hub.clock.now()), CHILD)


COMING = [(a_hold, "held", 1), (a_report, "moved_on", 2), (an_emergency, "approved", 1)]


@pytest.mark.parametrize(("comes", "state", "looks"), COMING)
def test_what_comes_after_it_was_decided_on_stops_it_before_anything_is_destroyed(
    office: Officers, comes: Callable[[Officers], None], state: str, looks: int
) -> None:
    erasure_id = office.approved()
    with pytest.raises(Conflict):
        erase(overtaken(office.erasing, lambda: comes(office)), office.ivy, erasure_id)
    assert (states(office), office.looks()) == ([state], looks)


class Meanwhile(WatchedStore):
    """A store in which something is kept about erasures just before what somebody else decided to keep there."""

    def __init__(self, store: Store, comes: Callable[[], object]) -> None:
        super().__init__(store)
        self._comes = [comes]

    def keep(self, entries: tuple[Entry, ...], terms: tuple[Term, ...] = (), seen: Seen = ()) -> Kept:
        """See ports.Store."""
        if self._comes and any(one.stream == ERASURES for one in entries):
            self._comes.pop()()
        return super().keep(entries, terms, seen)


def test_one_person_who_agrees_twice_in_one_moment_agrees_once(office: Officers) -> None:
    erasing, asked = office.erasing, ask_erasure(office.erasing, office.ivy, CHILD, ErasureGround.REQUEST_UPHELD)
    meanwhile = Meanwhile(erasing.store, lambda: approve_erasure(erasing, office.ann, asked.erasure_id))
    with pytest.raises(Conflict):
        approve_erasure(replace(erasing, store=meanwhile), office.ann, asked.erasure_id)
    assert states(office) == ["waiting"]


def test_a_period_that_was_over_by_a_wrong_clock_alone_is_found_when_it_is_to_be_carried_out(office: Officers) -> None:
    ahead = StoppedClock(datetime.now(UTC) + timedelta(days=7 * 366), "ahead")
    erasing = replace(office.erasing, clock=ahead)
    erasure_id = ask_erasure(erasing, office.ivy, CHILD, ErasureGround.RETENTION_OVER).erasure_id
    for who in (office.ann, office.priya):
        approve_erasure(erasing, who, erasure_id)
    with pytest.raises(ErasureRefused, match="too_early"):
        office.erase(erasure_id)
    assert office.looks() == 1


def test_before_it_is_erased_what_there_is_counts_as_left(office: Officers) -> None:
    left = office.erasing.shredder.left(office.person())
    assert (left.keys, left.opening) == (1, left.rows)
    assert min(left.pointers, left.rows) > 1


def test_no_key_is_destroyed_while_somebody_seals_what_it_opens(office: Officers) -> None:
    shredder, person = office.erasing.shredder, office.person()
    assert isinstance(shredder, HubShredder)
    with ThreadPoolExecutor(1) as beside:
        with alone(shredder.log_lock):
            destroying = beside.submit(shredder.destroy_keys, person)
            with pytest.raises(TimeoutError):
                destroying.result(0.5)
            assert len(shredder.keys_of(person)) == 1
        destroying.result(120)
    assert shredder.keys_of(person) == ()


def test_no_key_is_destroyed_before_the_journal_says_so(office: Officers) -> None:
    """Of what is destroyed and stands in no journal, a copy that is put back would bring everything back."""
    erasure_id, person = office.approved(), office.person()
    with pytest.raises(StoreUnavailable):
        erase(replace(office.erasing, journal=FullJournal()), office.ivy, erasure_id)
    assert len(office.erasing.shredder.keys_of(person)) == 1
    office.erase(erasure_id)
    assert (states(office), office.erasing.shredder.keys_of(person)) == (["done"], ())


def test_an_erasure_that_leaves_something_is_not_done_until_a_try_finds_nothing(office: Officers) -> None:
    erasure_id = office.approved()
    for left in (Left(1, 0, 0, 2), Left(0, 1, 0, 2), Left(0, 0, 1, 2)):
        with pytest.raises(StoreUnavailable, match="erasure_not_verified"):
            erase(overtaken(office.erasing, left=left), office.ivy, erasure_id)
        assert states(office) == ["begun"], left
    office.erase(erasure_id)
    assert states(office) == ["done"]
