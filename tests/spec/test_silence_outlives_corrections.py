"""Does a decision not to tell outlive a correction that says nothing new of telling, and end when it says something?"""

from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from consent.packs import LawSettings
from contracts.event_id import event_id
from contracts.events.shared import ConcernRaised
from contracts.report import Change
from contracts.vocabulary import ChangeKind, Telling
from hub.adapters.view_rows import ViewRows
from hub.application.keep_views import keep_views
from hub.application.state_telling import StatingTelling, state_telling
from hub.domain.family_letter import NOTHING
from hub.domain.moment import day_in_london
from hub.domain.told import NowTold, as_told
from hub.views.telling import TELLING, to_tell
from tests.support.families import THERE, about_father, asked
from tests.support.given import NOW, POLICE, an_actor
from tests.support.small_hub import SmallHub

DAY = day_in_london(NOW)
FIRST = event_id(POLICE, about_father("C-1", Telling.TOLD_AT))


def corrected(state: Telling, of: UUID = FIRST, version: str = "2") -> ConcernRaised:
    """The agency's correction of its own report, which says this of telling the father."""
    again = about_father("C-1", state, version=version)
    return again.model_copy(update={"change": Change(kind=ChangeKind.CORRECTION, of=of, reason="A slip")})


@pytest.fixture
def hub(tmp_path: Path) -> SmallHub:
    """A hub that was told that the father knew, and decided that he must not learn more."""
    made = SmallHub(tmp_path)
    made.receive(about_father("C-1", Telling.TOLD_AT))
    state(made, Telling.NOT_TOLD_SAFETY)
    return made


def state(hub: SmallHub, telling: Telling) -> None:
    silent = NowTold(
        an_actor(), FIRST, "father", telling, reason="violence feared", approved_by="MASH manager",
        review_on=DAY + timedelta(days=9),
    )  # fmt: skip
    assert state_telling(
        StatingTelling(hub.store, hub.index, hub.clock, LawSettings(), hub.deciding()), THERE, silent
    ).stands


def listed(hub: SmallHub, folder: Path) -> set[Telling]:
    """What the list of those to be told says of the father."""
    tables = ViewRows(folder / "views.db", (TELLING,))
    keep_views(hub.store, tables)
    return {one.state for one in to_tell(tables.read(TELLING), DAY) if one.label == "father"}


def in_law(hub: SmallHub) -> set[Telling]:
    """What the law is asked about, of every report that stands."""
    (person_id,) = hub.index.people_with("nhs", THERE.value)
    history = hub.store.read_history(person_id)
    links = as_told(history.standing(), history.facts)
    return {told.state for link in links for told in link.telling if told.person == "father"}


def test_a_correction_that_repeats_what_was_said_ends_no_silence(hub: SmallHub, tmp_path: Path) -> None:
    hub.receive(corrected(Telling.TOLD_AT))
    assert in_law(hub) == {Telling.NOT_TOLD_SAFETY}
    assert listed(hub, tmp_path) == {Telling.NOT_TOLD_SAFETY}
    assert asked(hub).letter.count(NOTHING) == 3


def test_nor_does_a_correction_of_the_correction(hub: SmallHub, tmp_path: Path) -> None:
    once = corrected(Telling.TOLD_AT)
    hub.receive(once)
    hub.receive(corrected(Telling.TOLD_AT, event_id(POLICE, once), "3"))
    assert in_law(hub) == {Telling.NOT_TOLD_SAFETY}
    assert listed(hub, tmp_path) == {Telling.NOT_TOLD_SAFETY}


def test_a_correction_that_says_something_new_is_heard(hub: SmallHub, tmp_path: Path) -> None:
    hub.receive(corrected(Telling.TOLD_AFTER))
    assert Telling.TOLD_AFTER in in_law(hub)
    assert listed(hub, tmp_path) == set()
