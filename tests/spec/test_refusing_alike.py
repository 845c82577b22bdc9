"""Does a refusal cost the same, and leave the same behind, for a child who is absent and for one that is forbidden?"""

from pathlib import Path
from uuid import UUID

import pytest

from contracts.event import Fact
from contracts.events.hub import AccessDecided, Actor, SearchMade
from contracts.identifiers import Identifier, parse_identifier
from contracts.vocabulary import AgencyKind, Purpose, StaffRole
from hub.application.ports import Entry, Kept, Seen, Stream, Term
from hub.application.read_chronology import read_chronology
from hub.domain.errors import AccessRefused
from hub.domain.unread import NOBODY
from tests.support.given import ROBIN, WREN, a_concern, an_actor
from tests.support.small_hub import SmallHub
from tests.support.watched_store import WatchedStore

THERE, ABSENT = parse_identifier(f"nhs:{ROBIN}"), parse_identifier(f"nhs:{WREN}")
STRANGER = an_actor("sam", "school", AgencyKind.ACADEMY, StaffRole.PRACTITIONER)
OFFICER = an_actor("pc1", "police", AgencyKind.POLICE, StaffRole.PRACTITIONER)
REFUSED: list[tuple[Actor, Purpose | None]] = [
    (STRANGER, Purpose.SECTION_47),
    (STRANGER, Purpose.AUDIT),
    (STRANGER, None),
    (an_actor(), Purpose.AUDIT),
    (an_actor(), None),
    (an_actor("ivy", role=StaffRole.IG_OFFICER), Purpose.SECTION_47),
]


class CountingStore(WatchedStore):
    """Notes every call on the port, and what each keep kept."""

    def history_version(self, person_id: UUID) -> int:
        """See ports.Store."""
        self.calls.append("history_version")
        return super().history_version(person_id)

    def versions(self, streams: tuple[Stream, ...]) -> tuple[int, ...]:
        """See ports.Store."""
        self.calls.append("versions")
        return super().versions(streams)

    def read_stream(self, stream: Stream) -> tuple[Fact, ...]:
        """See ports.Store."""
        self.calls.append("read_stream")
        return super().read_stream(stream)

    def positions(self, stream: Stream) -> tuple[int, ...]:
        """See ports.Store."""
        self.calls.append("positions")
        return super().positions(stream)

    def keep(self, entries: tuple[Entry, ...], terms: tuple[Term, ...] = (), seen: Seen = ()) -> Kept:
        """See ports.Store."""
        self.calls += [f"kept {type(entry.what).__name__}" for entry in entries]
        return super().keep(entries, terms, seen)


@pytest.fixture
def hub(tmp_path: Path) -> SmallHub:
    made = SmallHub(tmp_path)
    for number in range(5):
        made.receive(a_concern(f"C-{number}"))
    return made


def robin(hub: SmallHub) -> UUID:
    (person_id,) = hub.index.people_with("nhs", ROBIN)
    return person_id


def calls(hub: SmallHub, child: Identifier, actor: Actor, purpose: Purpose | None) -> list[str]:
    store = CountingStore(hub.store)
    with pytest.raises(AccessRefused):
        read_chronology(hub.reading(store), actor, child, purpose)
    return store.calls


@pytest.mark.parametrize(("actor", "purpose"), REFUSED)
def test_the_same_calls_are_made_for_absent_and_for_forbidden(
    hub: SmallHub, actor: Actor, purpose: Purpose | None
) -> None:
    forbidden = calls(hub, THERE, actor, purpose)
    assert forbidden == calls(hub, ABSENT, actor, purpose)
    kept = ["kept SearchMade", "kept AccessDecided", "keep"]
    assert forbidden == ["versions", "history_version", *kept, "versions"]


@pytest.mark.parametrize(("actor", "purpose"), REFUSED)
def test_a_refusal_that_nothing_read_is_on_record_in_the_same_words_for_both(
    hub: SmallHub, actor: Actor, purpose: Purpose | None
) -> None:
    for child in (THERE, ABSENT):
        calls(hub, child, actor, purpose)
    (forbidden,), (absent,) = hub.store.read_access(robin(hub)), hub.store.read_access(NOBODY)
    alike = {"decision_id": NOBODY, "person_id": NOBODY, "history_version": 0}
    assert forbidden.model_copy(update=alike) == absent.model_copy(update=alike)
    assert (forbidden.effect, forbidden.history_version) == ("refused", hub.store.history_version(robin(hub)))
    searches = [
        fact for row in hub.store.rows_after(0, 1000) if isinstance(fact := hub.store.open_row(row), SearchMade)
    ]
    assert [search.hits for search in searches] == [(robin(hub),), ()]


def test_nothing_decided_about_nobody_lets_anything_be_opened(hub: SmallHub) -> None:
    calls(hub, ABSENT, STRANGER, Purpose.SECTION_47)
    (kept,) = hub.store.read_access(NOBODY)
    assert isinstance(kept, AccessDecided)
    assert (kept.effect, kept.items_shown, kept.classes) == ("refused", 0, ())


def test_a_practitioner_whose_agency_stated_something_is_not_refused_unread(hub: SmallHub) -> None:
    shown = read_chronology(hub.reading(), OFFICER, THERE, Purpose.SECTION_47)
    assert len(shown.entries) == 5
    assert shown.own_agency_only


def test_what_an_agency_stated_of_one_child_lets_it_read_no_other(hub: SmallHub) -> None:
    from_health = a_concern("H-1", child=a_concern().people[0].model_copy(update={"identifiers": (ABSENT,)}))
    hub.receive(from_health, hub.health)
    assert "read_history" not in calls(hub, ABSENT, OFFICER, Purpose.SECTION_47)
