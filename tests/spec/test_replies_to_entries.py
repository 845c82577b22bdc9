"""Does what somebody says about an entry stand beside it from its own day on, and nowhere that the entry does not?"""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from contracts.event_id import event_id
from contracts.events.access import ReadDecided
from contracts.events.printing import PrintReason
from contracts.events.reply import Disputes, Whose
from contracts.identifiers import Identifier, parse_identifier
from contracts.report import Place, Report
from contracts.vocabulary import AgencyKind, Purpose, SensitivityTag, StaffRole
from hub.application.compare_days import compare_days
from hub.application.move_report import Move, Moving, move_report
from hub.application.ports import History, Store
from hub.application.print_chronology import Printed, print_chronology
from hub.application.read_chronology import read_chronology
from hub.domain.chronology import Entry
from hub.domain.errors import AccessRefused
from hub.domain.moment import day_in_london
from hub.domain.printing import Printing, without_places
from hub.domain.replies import NewReply, ReplyUnfit
from tests.support.families import ABSENT
from tests.support.given import NOW, a_child, a_concern, an_actor, an_id
from tests.support.replies import CHILD, DECIDES, SAID, a_reply, attach, protect
from tests.support.sharers import SharingHub
from tests.support.watched_store import WatchedStore

DAY = day_in_london(NOW)
FIRST = a_concern("C-1", words="Refused twice")


@pytest.fixture
def hub(tmp_path: Path) -> SharingHub:
    """A hub that has one concern of the police about Robin."""
    made = SharingHub(tmp_path)
    made.receive(FIRST)
    return made


def of(hub: SharingHub, report: Report = FIRST) -> UUID:
    return event_id(hub.police.source, report)


def entry(hub: SharingHub, days: int | None = None, child: Identifier = CHILD, purpose: Purpose | None = None) -> Entry:
    """The first entry, as known that many days after the first (None: now)."""
    day = None if days is None else DAY + timedelta(days=days)
    return read_chronology(hub.reading(), DECIDES, child, purpose or Purpose.SECTION_47, day).entries[0]


def held(hub: SharingHub) -> list[tuple[str, str]]:
    """Of each reply to the first entry: its words as shown, and why they are not."""
    return [(one.words, one.held) for one in entry(hub).replies]


def test_a_reply_stands_beside_the_entry_which_stays_as_it_was(hub: SharingHub) -> None:
    before = entry(hub)
    fact = attach(hub, a_reply(of(hub)))
    after = entry(hub)
    (reply,) = after.replies
    assert (reply.words, reply.held, reply.moved, reply.attached) == (SAID, "", False, fact)
    assert (fact.whose, fact.disputes, fact.actor, fact.agency) == (Whose.PARENT_OR_CARER, Disputes.FACT, DECIDES, "")
    assert replace(after, replies=()) == before


def test_it_is_shown_from_its_own_day_on_and_not_in_a_look_at_an_earlier_one(hub: SharingHub) -> None:
    hub.clock.forward(timedelta(days=3))
    attach(hub, a_reply(of(hub)))
    hub.clock.forward(timedelta(days=3))
    assert [len(entry(hub, days).replies) for days in (0, 2, 3, 5)] == [0, 0, 1, 1]


def test_that_somebody_wrote_it_down_is_on_record_with_the_search_and_what_for(hub: SharingHub) -> None:
    attach(hub, a_reply(of(hub)))
    (look,) = looks(hub)
    assert (look.what, look.effect, look.subjects, look.purpose) == (
        "attach_reply", "permitted", (hub.robin(),), Purpose.SECTION_47,
    )  # fmt: skip


def looks(hub: SharingHub) -> list[ReadDecided]:
    """What was decided of writing replies down, oldest first."""
    rows = hub.store.rows_after(0, 500)
    facts = (hub.store.open_row(row) for row in rows)
    return [fact for fact in facts if isinstance(fact, ReadDecided)]


@pytest.mark.parametrize("role", [role for role in StaffRole if role is not StaffRole.MASH_DECISION_MAKER])
def test_nobody_else_writes_it_down_and_their_try_is_on_record(hub: SharingHub, role: StaffRole) -> None:
    other = an_actor("x", "police", AgencyKind.POLICE, role)
    with pytest.raises(AccessRefused):
        attach(hub, a_reply(of(hub), actor=other))
    (look,) = looks(hub)
    assert (look.effect, look.grounds, bool(look.bars)) == ("refused", (), True)
    assert entry(hub).replies == ()


@pytest.mark.parametrize("absent", ["child", "report"])
def test_who_and_what_is_not_there_is_answered_as_what_may_not_be_seen(hub: SharingHub, absent: str) -> None:
    made = a_reply(an_id("another") if absent == "report" else of(hub))
    with pytest.raises(AccessRefused):
        attach(hub, made, ABSENT if absent == "child" else CHILD)
    assert [one.effect for one in looks(hub)] == ["refused"]


def test_nobody_replies_to_an_entry_that_they_may_not_see(hub: SharingHub) -> None:
    shut = FIRST.handling.model_copy(update={"not_to_be_seen_by": (DECIDES.agency,)})
    kept_from = a_concern("C-2").model_copy(update={"handling": shut})
    hub.receive(kept_from)
    with pytest.raises(AccessRefused):
        attach(hub, a_reply(of(hub, kept_from)))


@pytest.mark.parametrize(
    ("otherwise", "code"),
    [
        (lambda made: replace(made, words=" \n"), "words_missing"),
        (lambda made: replace(made, words="x" * 4001), "words_too_long"),
        (lambda made: replace(made, said_on=DAY + timedelta(days=1)), "day_ahead"),
        (lambda made: replace(made, whose=Whose.AGENCY), "agency_missing"),
        (lambda made: replace(made, agency="urn:childhub:agency:school"), "agency_given"),
    ],
)
def test_a_reply_that_is_not_whole_is_not_kept(
    hub: SharingHub, otherwise: Callable[[NewReply], NewReply], code: str
) -> None:
    with pytest.raises(ReplyUnfit, match=f"^{code}$"):
        attach(hub, otherwise(a_reply(of(hub))))
    assert looks(hub) == []


def test_whoever_sees_that_an_entry_is_there_and_not_what_it_says_sees_no_words(hub: SharingHub) -> None:
    attach(hub, a_reply(of(hub)))
    ivy = an_actor("ivy", role=StaffRole.IG_OFFICER)
    (shown,) = read_chronology(hub.reading(), ivy, CHILD, Purpose.AUDIT).entries
    assert [(one.words, one.held, one.attached.disputes) for one in shown.replies] == [("", "entry", Disputes.FACT)]


def test_where_a_part_of_the_entry_is_held_apart_the_words_are_held_back(hub: SharingHub) -> None:
    adopted = a_concern("C-3", tags=(SensitivityTag.ADOPTION,))
    hub.receive(adopted)
    attach(hub, a_reply(of(hub, adopted)))
    found = {one.report_id: one for one in read_chronology(hub.reading(), DECIDES, CHILD, Purpose.SECTION_47).entries}
    assert [(one.words, one.held) for one in found[of(hub, adopted)].replies] == [("", "entry")]


@pytest.mark.parametrize(
    "words",
    ["It was not at nb1 4qt", "They came to 12, acacia avenue", "She moved in with her aunt", "I fled to a refuge"],
)
@pytest.mark.parametrize("first", [True, False])
def test_words_that_may_tell_where_a_protected_person_is_are_held_back(
    hub: SharingHub, words: str, first: bool
) -> None:
    if first:
        protect(hub)
    attach(hub, a_reply(of(hub), words))
    if not first:
        assert [one.words for one in entry(hub).replies] == [words]
        protect(hub)
    found = read_chronology(hub.reading(), DECIDES, CHILD, Purpose.SECTION_47).entries
    (mine,) = (one for one in found if one.report_id == of(hub))
    assert [(one.words, one.held) for one in mine.replies] == [("", "place")]


def test_words_that_name_anothers_protected_place_are_held_back(hub: SharingHub) -> None:
    lives = a_child("9990000018", given="Wren").model_copy(
        update={"address": Place(text="9 Far Lane", postcode="ZZ9 9ZZ")}
    )
    wren = a_concern("H-2", tags=(SensitivityTag.ADDRESS_PROTECTED,))
    hub.receive(wren.model_copy(update={"people": (lives, *wren.people[1:])}), hub.health)
    attach(hub, a_reply(of(hub), "They live at ZZ9 9ZZ"))
    attach(hub, a_reply(of(hub), "She moved in with her aunt"))
    assert held(hub) == [("", "place"), ("She moved in with her aunt", "")]


def test_a_reply_goes_with_an_entry_that_is_moved_and_comes_back_with_it_once(hub: SharingHub) -> None:
    attach(hub, a_reply(of(hub)))
    moving, steward, second = Moving(hub.store, hub.index, hub.clock, hub.deciding()), an_actor("ste"), an_actor("sec")
    hub.clock.forward(timedelta(hours=1))
    there = move_report(moving, Move(of(hub), hub.robin(), None, steward, second, "another child")).person_id
    wren = parse_identifier(f"hub:{there.hex}")
    (reply,) = entry(hub, child=wren).replies
    assert (reply.words, reply.moved, reply.attached.person_id) == (SAID, True, there)
    assert hub.store.read_history(hub.robin()).standing() == ()
    hub.clock.forward(timedelta(hours=1))
    move_report(moving, Move(of(hub), there, hub.robin(), steward, second, "it was Robin"))
    assert [one.words for one in entry(hub).replies] == [SAID]


class Racing(WatchedStore):
    """Something arrives just after the history is read for the first time."""

    def __init__(self, store: Store, arrives: Callable[[], object]) -> None:
        super().__init__(store)
        self._arrives = arrives

    def read_history(self, person_id: UUID) -> History:
        """See ports.Store."""
        found = super().read_history(person_id)
        if self.calls.count("read_history") == 1:
            self._arrives()
        return found


def test_what_arrives_meanwhile_is_read_before_it_is_kept(hub: SharingHub) -> None:
    store = Racing(hub.store, lambda: hub.receive(a_concern("C-9")))
    fact = attach(hub, a_reply(of(hub)), store=store)
    assert store.calls.count("read_history") == 2
    assert fact in hub.store.read_history(hub.robin()).facts
    assert [one.effect for one in looks(hub)] == ["permitted"]


def test_two_days_compared_say_what_was_replied_to_between_them(hub: SharingHub) -> None:
    attach(hub, a_reply(of(hub)))
    hub.clock.forward(timedelta(days=2))
    hub.receive(a_concern("C-5"))

    def compared() -> tuple[int, int, int, bool]:
        found = compare_days(hub.reading(), DECIDES, CHILD, Purpose.SECTION_47, (DAY, None))
        return len(found.added), len(found.replied), found.unchanged, found.is_same

    assert compared() == (1, 0, 1, False)
    attach(hub, replace(a_reply(of(hub), "Once"), said_on=DAY))
    attach(hub, a_reply(of(hub, a_concern("C-5"))))
    assert compared() == (1, 1, 0, False)


def test_on_paper_it_stands_under_the_entry_and_names_no_protected_place(hub: SharingHub) -> None:
    attach(hub, a_reply(of(hub)))
    why, now = PrintReason.PROCEEDINGS, hub.clock.now()
    asked = Printing(DECIDES, Purpose.SECTION_47, "court_chronology", why, now, "The court")
    printed = print_chronology(hub.reading(), asked, CHILD)
    assert isinstance(printed, Printed)
    (shown,) = printed.chronology.entries
    assert [one.words for one in shown.replies] == [SAID]
    cut = without_places(printed.chronology, (Place(text="Refused once", postcode="once"), Place(text="and not twice")))
    assert [(one.words, one.held) for one in cut.entries[0].replies] == [("", "place")]
