"""Who may read a child's chronology, what is shown, and that the asking is on record before anything is opened."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from contracts.event_id import event_id
from contracts.events.hub import Actor, SearchMade
from contracts.events.shared import PersonDescribed
from contracts.identifiers import parse_identifier
from contracts.report import Change, Told
from contracts.vocabulary import AgencyKind, ChangeKind, Purpose, StaffRole, Telling
from contracts.when import at_moment, on_day, unknown_time
from hub.application.read_access_record import read_access_record
from hub.application.read_chronology import read_chronology
from hub.domain.chronology import Chronology
from hub.domain.errors import AccessRefused, StoreUnavailable
from hub.domain.silence import SilenceKind
from tests.support.given import NOW, ROBIN, a_child, a_concern, an_actor, an_id
from tests.support.small_hub import SmallHub
from tests.support.watched_store import FailingStore, WatchedStore

CHILD = parse_identifier(f"nhs:{ROBIN}")
MASH = an_actor()
STRANGER = an_actor("sam", "school", AgencyKind.ACADEMY, StaffRole.PRACTITIONER)
OFFICER = an_actor("pc1", "police", AgencyKind.POLICE, StaffRole.PRACTITIONER)
IG = an_actor("ivy", role=StaffRole.IG_OFFICER)


@pytest.fixture
def hub(tmp_path: Path) -> SmallHub:
    return SmallHub(tmp_path)


def read(
    hub: SmallHub, actor: Actor = MASH, purpose: Purpose | None = Purpose.SECTION_47, on: date | None = None
) -> Chronology:
    return read_chronology(hub.reading(), actor, CHILD, purpose, on)


def texts(shown: Chronology) -> list[str]:
    return [line.text for entry in shown.entries for line in (*entry.facts, *entry.views, *entry.child_words)]


def test_the_decision_maker_sees_what_every_agency_stated_in_order_of_happening(hub: SmallHub) -> None:
    hub.receive(a_concern("C-1", words="second", happened=at_moment(NOW - timedelta(days=2))))
    hub.receive(a_concern("H-1", words="first", happened=on_day((NOW - timedelta(days=9)).date())), hub.health)
    hub.receive(a_concern("C-3", words="last, since nobody knows when", happened=unknown_time()))
    assert texts(read(hub)) == ["first", "second", "last, since nobody knows when"]


def test_the_childs_words_stand_in_a_column_of_their_own(hub: SmallHub) -> None:
    hub.receive(a_concern(words="seen by a teacher", said="I hide in my room"))
    (entry,) = read(hub).entries
    assert [line.text for line in entry.child_words] == ["I hide in my room"]
    assert [line.text for line in entry.facts] == ["seen by a teacher"]


def test_each_entry_carries_its_basis_and_whether_each_person_was_told(hub: SmallHub) -> None:
    hub.receive(a_concern(telling=(Told(person="child", state=Telling.DUE, review_on=on_day(date(2026, 10, 9))),)))
    (entry,) = read(hub).entries
    assert entry.bases[0].article6 == "6e"
    assert entry.telling[0].state is Telling.DUE


def test_somebody_whose_agency_nothing_links_to_the_child_is_refused_and_it_is_on_record(hub: SmallHub) -> None:
    hub.receive(a_concern())
    with pytest.raises(AccessRefused):
        read(hub, STRANGER)
    (person_id,) = hub.index.people_with("nhs", ROBIN)
    (decision,) = hub.store.read_access(person_id)
    assert (decision.effect, decision.actor.subject) == ("refused", "sam")


def test_a_child_who_is_not_there_is_answered_like_one_that_may_not_be_seen(hub: SmallHub) -> None:
    hub.receive(a_concern())
    with pytest.raises(AccessRefused) as seen:
        read(hub, STRANGER)
    with pytest.raises(AccessRefused) as absent:
        read_chronology(hub.reading(), STRANGER, parse_identifier("nhs:9990001375"), Purpose.SECTION_47)
    assert (str(seen.value), type(seen.value)) == (str(absent.value), type(absent.value))


def test_every_search_is_on_record_with_everybody_it_found(hub: SmallHub) -> None:
    hub.receive(a_concern())
    with pytest.raises(AccessRefused):
        read_chronology(hub.reading(), MASH, parse_identifier("nhs:9990001375"), Purpose.SECTION_47)
    read(hub)
    facts = [hub.store.open_row(row) for row in hub.store.rows_after(0, 100)]
    searches = [fact for fact in facts if isinstance(fact, SearchMade)]
    assert [len(search.hits) for search in searches] == [0, 1]
    assert all(ROBIN not in search.to_bytes().decode() for search in searches)


def test_without_a_purpose_nothing_is_shown(hub: SmallHub) -> None:
    hub.receive(a_concern())
    with pytest.raises(AccessRefused):
        read(hub, purpose=None)


def test_a_practitioner_sees_only_the_items_of_their_own_agency(hub: SmallHub) -> None:
    hub.receive(a_concern("C-1", words="of the police"))
    hub.receive(a_concern("H-1", words="of the hospital"), hub.health)
    shown = read(hub, OFFICER)
    assert texts(shown) == ["of the police"]
    assert shown.own_agency_only
    assert shown.silences == ()


def test_the_decision_is_kept_before_anything_is_opened(hub: SmallHub) -> None:
    hub.receive(a_concern())
    watched = WatchedStore(hub.store)
    read_chronology(hub.reading(watched), MASH, CHILD, Purpose.SECTION_47)
    assert watched.calls == ["read_history", "keep", "open_reports"]


def test_when_the_decision_cannot_be_kept_nothing_is_shown(hub: SmallHub) -> None:
    hub.receive(a_concern())
    failing = FailingStore(hub.store)
    with pytest.raises(StoreUnavailable):
        read_chronology(hub.reading(failing), MASH, CHILD, Purpose.SECTION_47)
    assert "open_reports" not in failing.calls


def test_a_report_that_arrives_between_reading_and_deciding_is_decided_on_too(hub: SmallHub) -> None:
    hub.receive(a_concern("C-1", words="before"))

    def arrive() -> None:
        hub.receive(a_concern("C-2", words="meanwhile"))

    watched = WatchedStore(hub.store, before_first_keep=arrive)
    shown = read_chronology(hub.reading(watched), MASH, CHILD, Purpose.SECTION_47)
    assert sorted(texts(shown)) == ["before", "meanwhile"]
    assert watched.calls.count("keep") == 2


def test_as_known_on_a_day_shows_only_what_the_hub_had_by_the_end_of_it(hub: SmallHub) -> None:
    hub.receive(a_concern("C-1", words="known then"))
    hub.clock.forward(timedelta(days=2))
    hub.receive(a_concern("H-1", words="known later"), hub.health)
    shown = read(hub, on=NOW.date())
    assert texts(shown) == ["known then"]
    assert {one.source: one.kind for one in shown.silences}[hub.health.source] is SilenceKind.AFTER_THIS_DAY
    assert texts(read(hub)) == ["known then", "known later"]


def test_a_retraction_shows_later_and_leaves_the_past_as_it_was_known(hub: SmallHub) -> None:
    first = a_concern("C-1", words="said in error")
    hub.receive(first)
    hub.clock.forward(timedelta(days=2))
    change = Change(kind=ChangeKind.RETRACTION, of=event_id(hub.police.source, first), reason="entered in error")
    hub.receive(a_concern("C-1r", words="withdrawn", change=change))
    (entry,) = read(hub).entries
    assert entry.withdrawn
    (then,) = read(hub, on=NOW.date()).entries
    assert not then.withdrawn


def test_a_newer_version_of_a_record_stands_under_the_first(hub: SmallHub) -> None:
    hub.receive(a_concern("C-1", words="as first recorded", version="1"))
    hub.clock.forward(timedelta(hours=1))
    hub.receive(a_concern("C-1", words="as recorded again", version="2"))
    (entry,) = read(hub).entries
    assert [line.text for later in entry.later for line in later.facts] == ["as recorded again"]


def test_silence_is_never_shown_as_nothing(hub: SmallHub) -> None:
    hub.receive(a_concern())
    kinds = {one.source: one.kind for one in read(hub).silences}
    assert kinds == {
        hub.health.source: SilenceKind.NOTHING_RECEIVED,
        "urn:childhub:agency:gp": SilenceKind.NOT_CONNECTED,
    }


def test_the_ig_officer_sees_who_looked_and_that_is_on_record_too(hub: SmallHub) -> None:
    hub.receive(a_concern())
    read(hub)
    with pytest.raises(AccessRefused):
        read(hub, STRANGER)
    record = read_access_record(hub.reading(), IG, CHILD)
    assert [(one.actor.subject, one.effect, one.what) for one in record.decisions] == [
        ("ivy", "permitted", "access_record"),
        ("sam", "refused", "chronology"),
        ("priya", "permitted", "chronology"),
    ]


def test_nobody_else_sees_who_looked(hub: SmallHub) -> None:
    hub.receive(a_concern())
    for actor in (MASH, STRANGER, OFFICER):
        with pytest.raises(AccessRefused):
            read_access_record(hub.reading(), actor, CHILD)


def test_the_ig_officer_does_not_see_the_content(hub: SmallHub) -> None:
    hub.receive(a_concern(words="CANARY"))
    shown = read(hub, IG, Purpose.AUDIT)
    assert "CANARY" not in repr(shown)


def test_no_score_is_anywhere_in_a_chronology(hub: SmallHub) -> None:
    hub.receive(a_concern())
    assert "score" not in repr(read(hub)).lower()


def test_who_a_person_is_stands_apart_from_what_happened(hub: SmallHub) -> None:
    concern = a_concern("C-1")
    parts = concern.model_dump(exclude={"statements", "telling", "bases"})
    hub.receive(PersonDescribed.model_validate({**parts, "statements": ()}))
    hub.receive(concern)
    shown = read(hub)
    assert [entry.type for entry in shown.entries] == ["concern.raised"]
    assert [entry.type for entry in shown.described] == ["person.described"]


def test_five_risks_of_one_record_stand_side_by_side_and_their_newer_versions_under_each(hub: SmallHub) -> None:
    for version in ("1", "2"):
        hub.clock.forward(timedelta(hours=1))
        for part in ("one", "two", "three"):
            report = a_concern("C-1", words=f"{part} {version}", version=version)
            hub.receive(report.model_copy(update={"record": report.record.model_copy(update={"part": part})}))
    shown = read(hub)
    assert sorted(texts(shown)) == ["one 1", "three 1", "two 1"]
    assert sorted(line.text for entry in shown.entries for later in entry.later for line in later.facts) == [
        "one 2",
        "three 2",
        "two 2",
    ]


def test_withdrawing_a_record_and_all_below_it_withdraws_each_item_under_it(hub: SmallHub) -> None:
    hub.receive(a_concern("301/A/episode/1", words="an item of the episode"))
    hub.receive(a_concern("301/A/episode/2", words="another"))
    hub.receive(a_concern("301/B/episode/1", words="of another child's record"))
    hub.clock.forward(timedelta(hours=1))
    change = Change(kind=ChangeKind.RETRACTION, of=an_id("no such version"), reason="purge")
    purge = a_concern("301/A", words="withdrawn", change=change)
    notes = purge.provenance.model_copy(update={"notes": ("of_all_below",)})
    hub.receive(purge.model_copy(update={"provenance": notes}))
    withdrawn = {entry.facts[0].text: entry.withdrawn for entry in read(hub).entries}
    assert withdrawn == {"an item of the episode": True, "another": True, "of another child's record": False}


def test_whoever_checks_access_reads_no_words_of_why_somebody_was_not_told(hub: SmallHub) -> None:
    told = Told(person="child", state=Telling.NOT_TOLD_SAFETY, reason="CANARY", decided_by="CANARY NAME")
    change = Change(kind=ChangeKind.RETRACTION, of=an_id("other"), reason="CANARY")
    hub.receive(a_concern(telling=(told,), change=change))
    assert "CANARY" in repr(read(hub).entries)
    assert "CANARY" not in repr(read(hub, IG, Purpose.AUDIT))


def test_each_look_says_where_in_the_one_order_it_is_on_record(hub: SmallHub) -> None:
    hub.receive(a_concern())
    shown = read(hub)
    record = read_access_record(hub.reading(), IG, CHILD)
    assert record.positions == (record.position, shown.position)


def test_a_report_in_question_is_neither_silence_nor_shown(hub: SmallHub) -> None:
    hub.receive(a_concern("C-1"))
    hub.receive(a_concern("H-1", a_child(family="Typo", given="Wrong", born="2022-05-12"), words="CANARY"), hub.health)
    shown = read(hub)
    assert [question.source for question in shown.in_question] == [hub.health.source]
    assert {one.source: one.kind for one in shown.silences}[hub.health.source] is SilenceKind.IN_QUESTION
    assert "CANARY" not in repr(shown)


def test_a_withdrawal_that_comes_before_what_it_withdraws_is_applied(hub: SmallHub) -> None:
    first = a_concern("C-1", words="said in error")
    change = Change(kind=ChangeKind.RETRACTION, of=event_id(hub.police.source, first), reason="entered in error")
    hub.receive(a_concern("C-1r", words="withdrawn", change=change))
    hub.clock.forward(timedelta(minutes=5))
    hub.receive(first)
    (entry,) = read(hub).entries
    assert entry.withdrawn


def test_whoever_checks_access_reads_no_statement_at_all(hub: SmallHub) -> None:
    hub.receive(a_concern(words="seen", said="heard"))
    assert texts(read(hub, IG, Purpose.AUDIT)) == []
