"""Is a report that first stood with another child gone with the child it is about, and is one that left not touched?"""

from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from contracts.events.erasure import ErasureGround, HoldReason
from contracts.identifiers import parse_identifier
from contracts.vocabulary import Purpose
from hub.application.erase_record import (
    approve_erasure,
    ask_erasure,
    lift_hold,
    list_erasures,
    place_hold,
    read_erasure,
)
from hub.application.move_report import Move, Moving, move_report
from hub.application.open_shielded import open_shielded
from hub.application.permit import Act
from hub.application.ports import Entry, Stream
from hub.commands import share
from hub.commands.audit_log import check
from hub.domain.erasures import ErasureRefused
from tests.support.given import WREN, a_child, a_concern, a_decision
from tests.support.house import say
from tests.support.officers import CHILD, Officers, officers

SIBLING = parse_identifier(f"nhs:{WREN}")
WHY, REVIEW = ErasureGround.REQUEST_UPHELD, date(2027, 1, 1)


@pytest.fixture
def office(tmp_path: Path) -> Officers:
    return officers(tmp_path)


def moved(office: Officers, from_person: UUID, to_person: UUID) -> None:
    """The last report of the one is found to be about the other."""
    hub = office.hub
    link = hub.store.read_history(from_person).standing()[-1]
    why = "it is of the other, seen and named"
    move_report(
        Moving(hub.store, hub.index, hub.clock, hub.deciding()),
        Move(link.report_id, from_person, to_person, office.ivy, office.priya, why),
    )
    hub.follow()


def opened(office: Officers, person: UUID, report_id: UUID) -> list[str]:
    """What opens of a report under a decision about that person, as at a look at an earlier day."""
    hub, history = office.hub, office.hub.store.read_history(person)
    now = {"at": hub.clock.now(), "decision_id": hub.clock.new_id()}
    looked = a_decision(person, history.version).model_copy(update=now)
    entry = Entry(Stream.access(person), looked.decision_id, looked)
    permit = hub.store.keep((entry,), seen=((Stream.history(person), history.version),)).permit
    found = open_shielded((hub.store, hub.index), history, permit, Act.SHOW, frozenset({report_id}))
    return [str(each.value) for one in found for each in one.report.statements]


def test_what_stood_with_another_child_first_does_not_open_there_once_it_is_erased(office: Officers) -> None:
    of_wren = a_child(WREN, given="Wren", born="2020-01-02")
    (report_id,) = say(office.hub, "police", a_concern("C-7", of_wren, words="Robin is under the stairs"))
    wren = office.person(WREN)
    moved(office, wren, office.person())
    assert opened(office, wren, report_id) == ["Robin is under the stairs"]
    office.erase(office.approved())
    assert opened(office, wren, report_id) == []
    assert office.looks(WREN) == 1
    assert check(office.hub).ok, check(office.hub)


def test_what_was_found_to_be_about_another_child_stays_with_them_and_is_not_counted_as_gone(office: Officers) -> None:
    (report_id,) = say(office.hub, "police", a_concern("C-7", words="It was Wren"))
    moved(office, office.person(), office.person(WREN))
    erasure_id = office.approved()
    office.erase(erasure_id)
    assert opened(office, office.person(WREN), report_id) == ["It was Wren"]
    begun = read_erasure(office.erasing, office.ivy, erasure_id).begun
    assert begun is not None
    assert len(begun.taken) == 1
    assert check(office.hub).ok, check(office.hub)


def test_a_hold_follows_a_report_that_is_moved_at_each_step(office: Officers) -> None:
    """On whoever it stood with first, placed before it was moved or after."""
    of_wren = a_child(WREN, given="Wren", born="2020-01-02")
    say(office.hub, "police", a_concern("C-7", of_wren, words="Robin is under the stairs"))
    before = place_hold(office.erasing, office.priya, SIBLING, HoldReason.COURT, REVIEW)
    moved(office, office.person(WREN), office.person())
    with pytest.raises(ErasureRefused, match="held"):
        ask_erasure(office.erasing, office.ivy, CHILD, WHY)
    lift_hold(office.erasing, office.ivy, before.hold_id)
    asked = ask_erasure(office.erasing, office.ivy, CHILD, WHY).erasure_id
    approve_erasure(office.erasing, office.ann, asked)
    approve_erasure(office.erasing, office.priya, asked)
    after = place_hold(office.erasing, office.priya, SIBLING, HoldReason.COURT, REVIEW)
    for act in (lambda: approve_erasure(office.erasing, office.priya, asked), lambda: office.erase(asked)):
        with pytest.raises(ErasureRefused, match="held"):
            act()
    ((listed,), _) = list_erasures(office.erasing, office.ivy)
    assert (listed.state, [one.hold_id for one in listed.holds]) == ("held", [after.hold_id])
    assert office.looks() == 2
    lift_hold(office.erasing, office.ivy, after.hold_id)
    with pytest.raises(ErasureRefused, match="waiting"):
        office.erase(asked)  # what was agreed before that hold counts no more


def test_a_hold_on_whom_a_report_was_moved_to_holds_where_it_first_stood(office: Officers) -> None:
    say(office.hub, "police", a_concern("C-7", words="It was Wren"))
    moved(office, office.person(), office.person(WREN))
    erasure_id = office.approved()
    place_hold(office.erasing, office.priya, SIBLING, HoldReason.COURT, REVIEW)
    with pytest.raises(ErasureRefused, match="held"):
        office.erase(erasure_id)


def test_a_hold_on_a_child_who_never_had_a_report_of_this_one_holds_nothing_here(office: Officers) -> None:
    place_hold(office.erasing, office.priya, SIBLING, HoldReason.COURT, REVIEW)
    office.erase(office.approved())
    assert office.looks() == -1


def test_what_an_agency_is_owed_of_a_moved_report_is_sent_before_the_record_goes(office: Officers) -> None:
    hub = office.hub
    (report_id,) = say(hub, "police", a_concern("C-7", words="It was Wren"))
    asked = share.Sharing(CHILD, "priya", (report_id,), "health", Purpose.SECTION_47)
    assert share.send(hub, asked).effect == "permitted"
    assert len(hub.edge("health").collect("named_nurse")) == 1
    moved(office, office.person(), office.person(WREN))  # its recall is owed from now on
    office.erase(office.approved())
    assert len(hub.edge("health").collect("named_nurse")) == 1
    assert check(hub).ok, check(hub)
