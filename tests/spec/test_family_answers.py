"""Can a family tell hidden from absent from suppressed? Not by a byte, nor by anything that is kept or comes later."""

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.event import Fact
from contracts.events.hub import AccessDecided
from contracts.events.telling import FamilyAsked
from contracts.report import Handling, Report
from contracts.vocabulary import Purpose, SensitivityTag, StaffRole, Telling
from hub.application.ports import Entry, Kept, Seen, Stream, Term
from hub.application.read_chronology import read_chronology
from hub.domain.errors import AccessRefused, StoreUnavailable
from hub.domain.family_answer import (
    PROTECTED,
    Asker,
)
from hub.domain.family_letter import NOTHING, SIZE_BYTES, outgoing
from hub.domain.unread import NOBODY
from tests.support.families import ABSENT, FATHER, THERE, Noted, about_father, asked, hub_at
from tests.support.given import ROBIN, an_actor
from tests.support.small_hub import SmallHub
from tests.support.watched_store import FailingStore, WatchedStore

UNTOLD = [state for state in Telling if not state.value.startswith("told_")]
TOLD = [state for state in Telling if state.value.startswith("told_")]
EMPTY = NOTHING


class CountingStore(WatchedStore):
    """Notes every read and what each keep kept."""

    def keep(self, entries: tuple[Entry, ...], terms: tuple[Term, ...] = (), seen: Seen = ()) -> Kept:
        """See ports.Store."""
        self.calls += [f"kept {type(entry.what).__name__} in {entry.stream.kind.value}" for entry in entries]
        return super().keep(entries, terms, seen)


@pytest.fixture
def hub(tmp_path: Path) -> SmallHub:
    """A hub that has told the father of one item."""
    made = hub_at(tmp_path)
    made.receive(about_father("C-1", Telling.TOLD_AT))
    return made


def letter_of(folder: Path, *reports: Report) -> bytes:
    """The bytes that leave when the father asks a hub that holds just these."""
    hub = hub_at(folder)
    for report in reports:
        hub.receive(report)
    return asked(hub).outgoing


def kept(hub: SmallHub) -> AccessDecided:
    """The last decision about Robin."""
    (person_id,) = hub.index.people_with("nhs", ROBIN)
    return hub.store.read_access(person_id)[-1]


def test_what_he_was_told_of_is_listed(hub: SmallHub) -> None:
    letter = asked(hub).letter
    assert "- 6 October 2026: Hexley Police stated: " in letter
    assert letter.count(EMPTY) == 2


@pytest.mark.parametrize("state", UNTOLD)
def test_hidden_absent_and_suppressed_leave_the_same_bytes(tmp_path: Path, state: Telling) -> None:
    absent = asked(hub_at(tmp_path / "absent")).outgoing
    nothing_held = asked(hub_at(tmp_path / "nobody"), ABSENT).outgoing
    hidden = letter_of(tmp_path / "hidden", about_father("C-1", state), about_father("C-2", state))
    told = hub_at(tmp_path / "suppressed")
    told.receive(about_father("C-1", Telling.TOLD_AT))
    suppressed = asked(told, asker=Asker("father", "parent", "not_checked")).outgoing
    assert absent == nothing_held == hidden == suppressed
    assert len(absent) == SIZE_BYTES


@settings(max_examples=12, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(UNTOLD), st.booleans()), max_size=4))
def test_whatever_is_hidden_the_letter_lists_only_what_was_told(
    tmp_path_factory: pytest.TempPathFactory, hidden: list[tuple[Telling, bool]]
) -> None:
    """Hidden items before, between and after the told ones, protecting an address or not, change no byte."""
    folder = tmp_path_factory.mktemp("hubs")
    told = [about_father("C-1", Telling.TOLD_AT), about_father("C-2", Telling.TOLD_AFTER)]
    among: list[Report] = list(told)
    for number, (state, first) in enumerate(hidden):
        among.insert(0 if first else len(among), about_father(f"H-{number}", state))
    assert letter_of(folder / "with", *among) == letter_of(folder / "without", *told)


def test_an_address_protected_later_shrinks_no_list(hub: SmallHub) -> None:
    """A line that went away would tell him that there is something to hide, and since when."""
    before = asked(hub).outgoing
    hub.clock.forward(timedelta(seconds=1))
    refuge = about_father("C-2", Telling.TOLD_AT)
    tags = (SensitivityTag.OFFICIAL_SENSITIVE, SensitivityTag.ADDRESS_PROTECTED)
    hub.receive(refuge.model_copy(update={"handling": Handling(purpose=Purpose.SECTION_47, sensitivity=tags)}))
    hub.receive(about_father("C-3", Telling.TOLD_AT), hub.health)
    assert asked(hub).outgoing == before
    assert {one.reason for one in kept(hub).withheld} == {PROTECTED}


@pytest.mark.parametrize("purpose", [Purpose.SECTION_47, Purpose.SECTION_17, Purpose.EMERGENCY])
def test_a_look_is_listed_only_for_a_purpose_that_alarms_nobody(hub: SmallHub, purpose: Purpose) -> None:
    read_chronology(hub.reading(), an_actor(), THERE, purpose)
    letter = asked(hub).letter
    assert ("somebody at" in letter) is (purpose is Purpose.SECTION_17)
    if purpose is Purpose.SECTION_17:
        assert "somebody at Children's Services, to see what help is needed" in letter


def test_a_look_that_showed_anything_hidden_is_never_listed(hub: SmallHub) -> None:
    hub.receive(about_father("H-1", Telling.NOT_TOLD_SAFETY))
    before = asked(hub).outgoing
    read_chronology(hub.reading(), an_actor(), THERE, Purpose.SECTION_17)
    assert asked(hub).outgoing == before


def test_asking_changes_nothing_that_the_next_answer_shows(hub: SmallHub) -> None:
    answers = {asked(hub).outgoing for _ in range(4)}
    assert len(answers) == 1


def test_the_same_is_read_and_kept_whether_the_child_is_there_or_not(hub: SmallHub) -> None:
    calls = []
    for child, asker in ((THERE, FATHER), (THERE, Asker("uncle", "parent", "document_seen")), (ABSENT, FATHER)):
        store = CountingStore(hub.store)
        asked(hub, child, asker, store=store)
        calls.append(store.calls)
    assert calls[0] == calls[1] == calls[2]
    assert calls[0] == [
        "read_history", "read_stream", "kept SearchMade in search", "kept AccessDecided in access",
        "kept FamilyAsked in access", "keep",
    ]  # fmt: skip


def test_what_piles_up_about_children_who_are_not_there_is_never_read(hub: SmallHub) -> None:
    """It lies in one stream, which would make an absent child slower from asking to asking."""
    asked(hub, ABSENT)

    class Noting(WatchedStore):
        """Notes the streams that are read."""

        def read_stream(self, stream: Stream) -> tuple[Fact, ...]:
            """See ports.Store."""
            self.calls.append(stream.key)
            return super().read_stream(stream)

    store = Noting(hub.store)
    asked(hub, ABSENT, store=store)
    assert NOBODY.hex not in store.calls


def test_who_asked_and_what_was_decided_is_on_record_before_the_letter(hub: SmallHub) -> None:
    answer = asked(hub)
    (person_id,) = hub.index.people_with("nhs", ROBIN)
    decision, said = hub.store.read_stream(Stream.access(person_id))[-2:]
    assert isinstance(decision, AccessDecided)
    assert isinstance(said, FamilyAsked)
    assert (decision.what, decision.effect, decision.purpose) == ("family_answer", "permitted", Purpose.SUBJECT_ACCESS)
    assert (decision.decision_id, decision.items_shown) == (answer.decision_id, 1)
    assert (said.asker, said.asker_kind, said.proof, said.actor.subject) == ("father", "parent", "document_seen", "ivy")
    asked(hub, ABSENT)
    assert [type(fact) for fact in hub.store.read_stream(Stream.access(NOBODY))] == [AccessDecided, FamilyAsked]


def test_where_nothing_can_be_kept_there_is_no_letter(hub: SmallHub) -> None:
    noted = Noted()
    with pytest.raises(StoreUnavailable):
        asked(hub, store=FailingStore(hub.store), release=noted)
    assert noted.waited == [1.0]


@pytest.mark.parametrize("role", [role for role in StaffRole if role is not StaffRole.IG_OFFICER])
@pytest.mark.parametrize("child", [THERE, ABSENT], ids=["there", "absent"])
def test_nobody_else_prepares_answers_and_their_asking_is_on_record(
    hub: SmallHub, role: StaffRole, child: object
) -> None:
    noted = Noted()
    with pytest.raises(AccessRefused):
        asked(hub, THERE if child is THERE else ABSENT, actor=an_actor("x", role=role), release=noted)
    person = hub.index.people_with("nhs", ROBIN)[0] if child is THERE else NOBODY
    (decision,) = hub.store.read_access(person)
    assert (decision.effect, decision.items_shown, decision.withheld, decision.classes) == ("refused", 0, (), ())
    assert noted.waited == [1.0]


def test_the_letter_names_nobody(hub: SmallHub) -> None:
    letter = asked(hub).letter
    for secret in ("Exemplar", "Robin", "Ray", "9990001006", "crying", "priya", "ivy", "DSL"):
        assert secret not in letter


def test_a_longer_letter_is_a_whole_number_of_times_as_long() -> None:
    assert len(outgoing("x")) == len(outgoing("x" * SIZE_BYTES)) == SIZE_BYTES
    assert len(outgoing("x" * (SIZE_BYTES + 1))) == 2 * SIZE_BYTES
    assert outgoing("x\n").decode().rstrip() == "x"
